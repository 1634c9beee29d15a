from sqlalchemy import Engine

from bot.storage.documents import PassageStore, StoredPassage


def test_a_passage_comes_back_with_its_vector_and_without_letters_no_database_takes(engine: Engine) -> None:
    store = PassageStore(engine)
    passage = StoredPassage("d1", 1, 3, "Gro\x00up", 0, "units", "One unit\x00 a member — “no more”.", "e", b"\x00\x01")
    store.put("T1", "d1", [passage])
    assert [(one.heading, one.text) for one in store.of("T1", "d1")] == [("Group", "One unit a member — “no more”.")]
    assert store.vectors(["T1"], "e") == {"d1-1": b"\x00\x01"}
    assert store.vectors(["T2"], "e") == {}
