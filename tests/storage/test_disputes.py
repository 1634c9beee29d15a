from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, inspect

from bot.storage.disputes import Dispute, DisputeStore

DISPUTE = Dispute("plan", "missing", "met", "words_not_seen", "Under “next”.", "offline", "0.1.0")


def test_the_last_word_of_a_person_on_a_check_counts_and_the_newest_stands_first(engine: Engine) -> None:
    store = DisputeStore(engine)
    store.put("T1", "D1", "1.0", "U1", DISPUTE)
    changed = Dispute("plan", "missing", "partial", "other", "", "offline", "0.1.0")
    store.put("T1", "D1", "1.0", "U1", changed)
    store.put("T2", "D2", "2.0", "U2", DISPUTE)
    assert [one.dispute for one in store.all()] == [DISPUTE, changed]
    assert [(one.user, one.practice) for one in store.all("T1")] == [("U1", "T1")]
    assert all(datetime.now(UTC) - one.given_at < timedelta(minutes=10) for one in store.all())


def test_the_list_has_no_place_for_a_note_or_a_member(engine: Engine) -> None:
    columns = {column["name"] for column in inspect(engine).get_columns("review_disputes")}
    assert columns == {
        *("channel", "message_ts", "user", "practice", "given_at"),
        *("check", "judged", "proposed", "reason", "comment", "engine", "version"),
    }
