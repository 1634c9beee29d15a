"""Fingerprints outlive a restart, are one practice's own, hold no text and go after their time."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, inspect, text

from bot.storage.fingerprints import Fingerprint, FingerprintStore

THEN = datetime(2026, 10, 3, tzinfo=UTC)
KEPT = timedelta(days=90)
PART = Fingerprint(note=-5, member=2**62, served_on=date(2026, 10, 3), weight=41.5, marks=frozenset(range(-20, 20)))


def at(engine: Engine, days: int = 0) -> FingerprintStore:
    return FingerprintStore(engine, KEPT, now=lambda: THEN + timedelta(days=days))


def test_a_part_is_found_by_some_of_its_marks_after_a_restart(engine: Engine) -> None:
    at(engine).put("T1", [PART], instead_of=(), members=())
    assert at(engine).sharing("T1", {-20, 999}) == [PART]
    assert at(engine).members_of("T1", [-5]) == {-5: {2**62}}


def test_another_practice_finds_nothing(engine: Engine) -> None:
    at(engine).put("T1", [PART], instead_of=(), members=())
    assert at(engine).sharing("T2", PART.marks) == []
    assert at(engine).members_of("T2", [-5]) == {-5: set()}


def test_what_a_note_was_before_gives_way_for_the_members_at_hand_only(engine: Engine) -> None:
    store = at(engine)
    other = Fingerprint(note=-5, member=7, served_on=None, weight=1, marks=PART.marks)
    store.put("T1", [PART, other], instead_of=(), members=())
    mended = Fingerprint(note=6, member=2**62, served_on=PART.served_on, weight=9, marks=PART.marks)
    store.put("T1", [mended], instead_of=[-5], members=[2**62])
    assert {(one.note, one.member) for one in store.sharing("T1", PART.marks)} == {(-5, 7), (6, 2**62)}


def test_old_fingerprints_are_not_read_and_are_erased_at_the_next_start(engine: Engine) -> None:
    at(engine).put("T1", [PART], instead_of=(), members=())
    assert at(engine, 89).sharing("T1", PART.marks) == [PART]
    assert at(engine, 91).sharing("T1", PART.marks) == []
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from note_fingerprints")).scalar_one() == 0
        assert connection.execute(text("select count(*) from note_fingerprint_marks")).scalar_one() == 0


def test_a_write_erases_what_is_past_its_time(engine: Engine) -> None:
    at(engine).put("T1", [PART], instead_of=(), members=())
    days = iter((0, 91, 91))
    late = FingerprintStore(engine, KEPT, now=lambda: THEN + timedelta(days=next(days)))
    late.put("T2", [], instead_of=(), members=())
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from note_fingerprints")).scalar_one() == 0


def test_more_marks_than_one_query_takes_are_looked_up(engine: Engine) -> None:
    store = at(engine)
    store.put("T1", [PART], instead_of=(), members=())
    assert store.sharing("T1", set(range(-20, 5000))) == [PART]


def test_a_database_that_fails_loses_no_review(engine: Engine) -> None:
    store = at(engine)
    with engine.begin() as connection:
        connection.execute(text("drop table note_fingerprint_marks"))
        connection.execute(text("drop table note_fingerprints"))
    store.put("T1", [PART], instead_of=[-5], members=[1])
    store.forget_old()
    assert store.sharing("T1", PART.marks) == []
    assert store.members_of("T1", [-5]) == {-5: set()}


def test_no_column_has_room_for_words(engine: Engine) -> None:
    """Beside the practice's id there are numbers, dates and packed marks only."""
    for table in ("note_fingerprints", "note_fingerprint_marks"):
        kinds = {column["name"]: str(column["type"]) for column in inspect(engine).get_columns(table)}
        assert [name for name, kind in kinds.items() if "CHAR" in kind or "TEXT" in kind] == ["practice"]
