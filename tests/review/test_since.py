"""What changed since the last review is told from letters that hold no word of the note."""

from bot.review.models import Element, Item, ItemVerdict, Readiness, Report, Status, Verdict
from bot.review.since import mark, since
from bot.review.wording import summary_line
from tests.slack.fakes import make_report

NOTE = "Patient: Quillon\nPatient: Brannoc\n"
LABELS = ("Quillon", "Brannoc")


def changed(report: Report, number: int, **items: Status) -> Report:
    patient = report.patients[number]
    checks = {**patient.checklist, **{Item(name): ItemVerdict(status=status) for name, status in items.items()}}
    patients = list(report.patients)
    patients[number] = patient.model_copy(update={"checklist": checks})
    return report.model_copy(update={"patients": tuple(patients)})


def test_a_mark_holds_no_label_and_no_word() -> None:
    assert "uillon" not in mark(make_report(NOTE, LABELS), NOTE).lower()
    assert set(mark(make_report(NOTE, LABELS), NOTE)) <= set("mpxcn-.0123456789abcdef")


def test_the_same_report_has_not_changed() -> None:
    report = make_report(NOTE, LABELS)
    found = since(mark(report, NOTE), report, NOTE)
    assert not found.changed
    assert found.stand


def test_findings_go_come_and_stand_each_with_its_member() -> None:
    before = changed(make_report(NOTE, LABELS, ready=LABELS), 0, medical_necessity=Status.MISSING)
    after = changed(make_report(NOTE, LABELS, ready=LABELS), 1, diagnosis_code=Status.NEEDS_CONFIRMATION)
    found = since(mark(before, NOTE), after, NOTE)
    assert found.gone == (("Quillon", "medical necessity"),)
    assert found.came == (("Brannoc", "diagnosis code"),)
    assert ("", "Modality") in found.stand


def test_a_finding_that_only_got_milder_still_stands() -> None:
    before = changed(make_report(NOTE, LABELS, ready=LABELS), 0, medical_necessity=Status.MISSING)
    after = changed(make_report(NOTE, LABELS, ready=LABELS), 0, medical_necessity=Status.PARTIAL)
    found = since(mark(before, NOTE), after, NOTE)
    assert ("Quillon", "medical necessity") in found.stand


def test_an_edit_that_settles_nothing_is_known_from_a_note_left_as_it_was() -> None:
    report = make_report(NOTE, LABELS)
    before = mark(report, NOTE)
    assert set(before) <= set("mpxcn-.0123456789abcdef")
    assert not since(before, report, NOTE).edited
    assert not since(before, report, NOTE.replace("\n", "\n\n")).edited
    found = since(before, report, NOTE + "Quillon spoke.")
    assert found.edited
    assert not found.changed


def test_members_are_told_apart_wherever_they_stand() -> None:
    before = mark(make_report(NOTE, LABELS, ready=LABELS), NOTE)
    found = since(before, make_report(NOTE, tuple(reversed(LABELS)), ready=LABELS), NOTE)
    assert not found.changed
    found = since(before, make_report(NOTE, ("Brannoc", "Zebulon"), ready=("Brannoc", "Zebulon")), NOTE)
    assert (found.left, found.new) == (1, ("Zebulon",))


def test_a_risk_that_nothing_speaks_to_is_the_first_thing_the_summary_says() -> None:
    report = make_report(NOTE, LABELS, ready=LABELS)
    first = report.patients[0]
    open_risk = {**first.elements, Element.SAFETY: Verdict(status=Status.PARTIAL, reason="Said, not spoken to.")}
    at_risk = first.model_copy(update={"elements": open_risk, "readiness": Readiness.READY})
    report = report.model_copy(update={"patients": (at_risk, report.patients[1])})
    assert summary_line(report) == "Risk mentioned and not addressed: Quillon. 2 claims: 1 ready, 1 to confirm"


def test_a_label_that_ends_in_a_stop_ends_the_risk_with_one() -> None:
    report = make_report(NOTE, ("Q.", "Z."), ready=("Q.", "Z."))
    open_risk = {**report.patients[0].elements, Element.SAFETY: Verdict(status=Status.PARTIAL, reason="Not spoken to.")}
    at_risk = report.patients[0].model_copy(update={"elements": open_risk})
    report = report.model_copy(update={"patients": (at_risk, report.patients[1])})
    assert summary_line(report).startswith("Risk mentioned and not addressed: Q. 2 claims: ")


def test_without_a_risk_the_summary_begins_with_the_claims() -> None:
    assert summary_line(make_report(NOTE, LABELS)).startswith("2 claims: ")
