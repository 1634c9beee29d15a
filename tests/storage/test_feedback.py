from sqlalchemy import Engine

from bot.storage.feedback import AnswerIds, FeedbackStore


def test_the_last_thumb_of_a_person_counts(engine: Engine) -> None:
    store = FeedbackStore(engine)
    store.put("T1", "D1", "1.0", "U1", "up")
    store.put("T1", "D1", "1.0", "U1", "down")
    store.put("T1", "D1", "1.0", "U2", "down")
    assert store.counts() == {"down": 2}


def test_a_reason_stands_until_the_thumb_is_given_anew(engine: Engine) -> None:
    store = FeedbackStore(engine)
    told = AnswerIds("aetna", "same_day", "allowed", ("f-1",))
    store.put("T1", "D1", "1.0", "U1", "down", [told])
    assert store.explain("T1", "D1", "1.0", "U1", "wrong_rule")
    assert store.explain("T1", "D1", "1.0", "U1", "out_of_date")
    (given,) = store.all("T1")
    assert (given.value, given.reason, given.about) == ("down", "out_of_date", (told,))
    store.put("T1", "D1", "1.0", "U1", "up", [told])
    assert store.all("T1")[0].reason == ""
    assert not store.explain("T1", "D1", "1.0", "U1", "wrong_rule")


def test_practices_hear_of_their_own_thumbs_alone(engine: Engine) -> None:
    store = FeedbackStore(engine)
    store.put("T1", "D1", "1.0", "U1", "down")
    assert store.counts("T2") == {}
    assert list(store.all("T2")) == []
