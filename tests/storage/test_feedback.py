from sqlalchemy import Engine

from bot.storage.feedback import FeedbackStore


def test_the_last_thumb_of_a_person_counts(engine: Engine) -> None:
    store = FeedbackStore(engine)
    store.put("T1", "D1", "1.0", "U1", "up")
    store.put("T1", "D1", "1.0", "U1", "down")
    store.put("T1", "D1", "1.0", "U2", "down")
    assert store.counts() == {"down": 2}
