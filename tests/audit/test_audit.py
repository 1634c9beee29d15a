"""What an audit says of a month: rates, copies, findings, claims and dollars at risk."""

from datetime import date
from pathlib import Path

import pytest

from bot.audit.code_names import code_name
from bot.audit.fees import read_fees
from bot.audit.history import History
from bot.audit.models import CopyKind, Finding
from bot.audit.scope import Scope
from bot.errors import UserError
from bot.review.earlier import EarlierNotes
from bot.review.models import Element
from bot.storage.database import open_database
from bot.storage.fingerprints import FingerprintStore
from tests.audit.month import GOOD, OTHER, SESSION, THIN, audited, row

MONTH = (
    row("a", "K.L.", GOOD, charge="60"),
    row("b", "T.W.", OTHER, payer="Cigna", charge="75"),
    row("c", "M.P.", THIN, charge="60"),
    row("d", "K.L.", GOOD, date_of_service="2026-10-12", clinician="Omar Castellan"),
    row("e", "T.W.", "{0} laughed for the first time and said the drill had worked on the bus. Denied SI/HI.",
        date_of_service="2026-10-12", clinician="Omar Castellan", payer="Cigna"),
)  # fmt: skip


def test_rows_of_one_date_group_and_clinician_are_one_session(tmp_path: Path) -> None:
    audit = audited(tmp_path, MONTH).audit
    assert (audit.sessions, audit.notes) == (2, 5)
    assert (audit.first, audit.last) == (date(2026, 10, 5), date(2026, 10, 12))


def test_session_elements_are_counted_once_a_session_and_member_elements_once_a_note(tmp_path: Path) -> None:
    elements = audited(tmp_path, MONTH).audit.elements
    modality, taking_part = elements[Element.MODALITY], elements[Element.PATIENT_PARTICIPATION]
    assert (modality.level, modality.of, modality.rate) == ("session", 2, 1.0)
    assert (taking_part.level, taking_part.of) == ("member", 5)
    assert taking_part.met + taking_part.partial + taking_part.missing == 5
    assert taking_part.low < taking_part.rate < taking_part.high


def test_a_note_carried_forward_to_the_same_members_next_session_is_found(tmp_path: Path) -> None:
    (cluster,) = audited(tmp_path, MONTH).audit.copy_clusters
    assert set(cluster.notes) == {"a", "d"}
    assert cluster.kinds == (CopyKind.SAME_MEMBER,)


def test_copies_are_found_within_a_session_and_between_members_of_two(tmp_path: Path) -> None:
    rows = (
        row("a", "K.L.", GOOD),
        row("b", "T.W.", GOOD),
        row("c", "M.P.", GOOD, group="Friday Mood", date_of_service="2026-10-09"),
    )
    (cluster,) = audited(tmp_path, rows).audit.copy_clusters
    kinds = {frozenset((pair.a, pair.b)): pair.kind for pair in cluster.pairs}
    assert kinds[frozenset("ab")] is CopyKind.SAME_SESSION
    assert {kind for pair, kind in kinds.items() if "c" in pair} == {CopyKind.OTHER_SESSION}


def test_the_copied_words_stand_where_the_spans_say(tmp_path: Path) -> None:
    (cluster,) = audited(tmp_path, MONTH).audit.copy_clusters
    texts = {one["note_id"]: one["note_text"] for one in MONTH}
    (pair,) = cluster.pairs
    copied = " ".join(texts[pair.a][span.a_start : span.a_end] for span in pair.spans)
    assert "named the thought that she is a burden" in copied


def test_every_quote_of_a_finding_stands_in_its_note_at_its_offsets(tmp_path: Path) -> None:
    texts = {one["note_id"]: one["note_text"] for one in MONTH}
    quoted = [(one, quote) for one in audited(tmp_path, MONTH).audit.findings if one.note for quote in one.quotes]
    assert quoted
    for finding, quote in quoted:
        assert texts[finding.note][quote.start : quote.end] == quote.quote


def test_a_thin_note_gets_a_finding_with_a_question_for_each_element_it_lacks(tmp_path: Path) -> None:
    found = [one for one in audited(tmp_path, MONTH).audit.findings if one.note == "c"]
    assert {"plan", "safety", "medical_necessity"} <= {one.name for one in found}
    assert all(one.question and one.clinician == "Rosa Lindqvist" for one in found if one.kind == "element")


def test_dollars_at_risk_come_from_the_fee_table_and_where_it_is_silent_from_the_charge(tmp_path: Path) -> None:
    fees = read_fees("payer,code,amount\nAetna,90853,$52.10\nAetna,90837,150\n", "fees.csv")
    risk = audited(tmp_path, MONTH, fees=fees).audit.at_risk
    by_payer = {one.payer: one for one in risk.payers}
    assert by_payer["Aetna"].dollars == round(52.10 * by_payer["Aetna"].at_risk, 2)
    assert by_payer["Cigna"].dollars_of == "charge"
    assert risk.without_amount == 1  # Cigna's second note has no charge


def test_without_fees_and_charges_claims_are_counted_and_no_dollars_are_made_up(tmp_path: Path) -> None:
    risk = audited(tmp_path, (row("c", "M.P.", THIN),)).audit.at_risk
    assert (risk.claims.part, risk.dollars) == (1, None)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("payer,amount\nAetna,5\n", "code is missing"),
        ("payer,code,amount\nAetna,90853,lots\n", "row 2"),
        ("payer,code,amount\nAetna,90837,150\n", "no row for code 90853"),
    ],
)
def test_a_fee_table_that_cannot_be_used_says_where(table: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_fees(table, "fees.csv")


def test_options_narrow_the_month(tmp_path: Path) -> None:
    def notes(scope: Scope) -> int:
        return audited(tmp_path, MONTH, scope=scope).audit.notes

    assert notes(Scope(since=date(2026, 10, 6))) == 2
    assert notes(Scope(until=date(2026, 10, 5))) == 3
    assert notes(Scope(clinician="omar castellan")) == 2
    assert notes(Scope(payer="CIGNA")) == 2


def test_options_that_leave_nothing_are_told_and_no_audit_in_which_all_is_well(tmp_path: Path) -> None:
    audit = audited(tmp_path, MONTH, scope=Scope(clinician="Rosa Lindquist")).audit
    (told,) = audit.failures
    assert (audit.notes, told.reason) == (
        0,
        "None of its 5 notes is of the days, clinician and payer asked for: write names in full, as the notes do.",
    )


def test_a_sample_takes_the_same_sessions_for_the_same_seed_and_says_what_it_is(tmp_path: Path) -> None:
    rows = [row(f"n{day}", "K.L.", THIN, date_of_service=f"2026-10-{day:02}") for day in range(1, 9)]
    one, again = (audited(tmp_path, rows, scope=Scope(sample=3, seed=7)).audit for _ in range(2))
    assert one.sample
    assert (one.sample.sessions, one.sample.of, one.sample.seed) == (3, 8, 7)
    assert one.findings == again.findings
    rate = one.elements[Element.PLAN]
    assert rate.high - rate.low > 0.5  # three notes tell little


def test_names_of_clinicians_can_be_replaced_by_codes_everywhere(tmp_path: Path) -> None:
    signed = row("s", "K.L.", "{0} was helped by Dr. Lindqvist and by rosa lindqvist. Signed: Lindqvist, LCSW.")
    done = audited(tmp_path, (signed,), code_key=b"k" * 32)
    told = done.audit.model_dump_json() + done.sessions[0].session.text
    assert "lindqvist" not in told.casefold()
    assert done.audit.clinicians[0].name == code_name("ROSA  Lindqvist", b"k" * 32)


def test_the_next_audit_is_set_beside_the_earlier_ones_and_a_repeated_one_replaces_itself(tmp_path: Path) -> None:
    history = History(tmp_path / "history.json")
    october = audited(tmp_path, MONTH, history=history).audit
    november = [one | {"date_of_service": "2026-11-02"} for one in MONTH]
    assert not october.earlier
    for _ in range(2):
        (before,) = audited(tmp_path, november, history=history).audit.earlier
        assert before.at_risk == october.at_risk.claims
    kept = (tmp_path / "history.json").read_text()
    assert not [word for word in ("K.L.", "landlord", "Lindqvist") if word in kept]


def test_a_broken_history_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text("[1, 2")
    with pytest.raises(UserError, match="no history of audits"):
        audited(tmp_path, MONTH, history=History(tmp_path / "history.json"))


def test_a_copy_of_a_month_audited_before_is_found_with_no_word_kept(tmp_path: Path) -> None:
    from datetime import timedelta

    database = open_database("", tmp_path / "data")
    earlier = EarlierNotes("", b"k" * 32, FingerprintStore(database, timedelta(days=90)))

    def copies(rows: list[dict[str, str]]) -> list[Finding]:
        found = audited(tmp_path, rows, earlier=earlier).audit.findings
        return [one for one in found if one.kind == "earlier_copy"]

    september = [row("s", "K.L.", GOOD, date_of_service="2026-09-07")]
    assert not copies(september)
    assert not copies(september), "the same month audited again is no copy of itself"
    (found,) = copies([row("o", "K.L.", GOOD)])
    database.dispose()
    assert (found.note, "2026-09-07" in found.reason) == ("o", True)


def test_a_folder_with_undated_sessions_audited_again_finds_no_copy_of_itself(tmp_path: Path) -> None:
    from datetime import timedelta

    notes = tmp_path / "notes"
    notes.mkdir()
    for name, day, member in (("dated", "Date of service: 10/05/2026", "K.L."), ("undated", "Date: Oct 6", "T.W.")):
        (notes / f"{name}.txt").write_text(f"Client: {member}\n{day}\n\n{SESSION}\n{GOOD.format(member)}")
    database = open_database("", tmp_path / "data")
    earlier = EarlierNotes("", b"k" * 32, FingerprintStore(database, timedelta(days=90)))
    first, again = (audited(tmp_path, notes, earlier=earlier).audit.findings for _ in range(2))
    database.dispose()
    assert again == first


def test_an_earlier_copy_is_found_behind_closer_ones_of_the_month_itself(tmp_path: Path) -> None:
    from datetime import timedelta

    database = open_database("", tmp_path / "data")
    earlier = EarlierNotes("", b"k" * 32, FingerprintStore(database, timedelta(days=90)))
    august = [row("s", "A.B.", GOOD.replace("landlord", "banker"), date_of_service="2026-08-03")]
    month = [row(str(at), f"K{at}.L.", GOOD, date_of_service=f"2026-10-{at + 5:02}") for at in range(6)]
    for rows in (august, month):
        audited(tmp_path, rows, earlier=earlier)
    again = audited(tmp_path, month, earlier=earlier).audit.findings
    database.dispose()
    assert {one.note for one in again if one.kind == "earlier_copy"} == {one["note_id"] for one in month}


@pytest.mark.parametrize("member", ["T.W.", "K.L."])
def test_a_note_of_an_earlier_audit_has_to_read_as_one_and_not_only_share_some_sentences(
    tmp_path: Path, member: str
) -> None:
    from datetime import timedelta

    ours, theirs = (text.split(". ") for text in (GOOD, OTHER))
    some = ". ".join([*theirs[:3], ours[2].replace("{0}", "She"), ours[3], ours[4]]) + "."
    database = open_database("", tmp_path / "data")
    earlier = EarlierNotes("", b"k" * 32, FingerprintStore(database, timedelta(days=90)))
    audited(tmp_path, [row("s", "K.L.", GOOD, date_of_service="2026-09-07")], earlier=earlier)
    found = audited(tmp_path, [row("o", member, some)], earlier=earlier).audit
    copied = audited(tmp_path, [row("p", "M.P.", GOOD, date_of_service="2026-11-02")], earlier=earlier).audit
    database.dispose()
    assert (found.copied.part, copied.copied.part) == (0, 1)


def test_notes_with_no_group_stand_alone(tmp_path: Path) -> None:
    rows = [row(str(at), f"{at}.L.", THIN, group="", session_text="") for at in range(3)]
    audit = audited(tmp_path, rows).audit
    assert (audit.sessions, audit.notes) == (3, 3)


def test_a_note_whose_session_has_no_text_of_its_own_is_read_for_the_session_too(tmp_path: Path) -> None:
    own = f"{SESSION_FOCUS} {GOOD}"
    audit = audited(tmp_path, [row("a", "K.L.", own, session_text="")]).audit
    assert audit.elements[Element.MODALITY].met == 1
    assert audit.elements[Element.SESSION_DATE].met == 1


SESSION_FOCUS = "Using CBT, the therapist guided a thought record."
