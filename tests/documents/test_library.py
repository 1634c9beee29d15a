"""A file becomes searchable at once, its facts only when a person approves them."""

from datetime import date
from pathlib import Path

import pytest

from bot.app import Copilot
from bot.documents.library import About, Library
from bot.documents.proposals import Changes
from bot.errors import UserError
from bot.policies.models import Confidence, Decision, LineOfBusiness, SourceKind, Topic
from bot.settings import Settings
from tests.documents.files import MANUAL, ORDERS, make_pdf

TODAY = date(2026, 11, 26)
SAME_DAY = "Can I bill group and individual therapy the same day for Aetna?"
SIZE = "How many members can a group have for Aetna?"
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    return Copilot(Settings(data_dir=tmp_path))


@pytest.fixture
def library(copilot: Copilot) -> Library:
    return copilot.at("T1").library


def ask(copilot: Copilot, question: str = SAME_DAY, on: date | None = TODAY, practice: str = "T1"):
    return copilot.at(practice).ask(question, date_of_service=on).answers[0]


def about(payer: str = "Aetna", start: date = NEW_YEAR, **changes: object) -> About:
    return About(payer, start, **changes)  # type: ignore[arg-type]


def approve(library: Library, topic: Topic, decision: Decision = Decision.ALLOWED_WITH_CONDITIONS, **changes: object):
    proposal = next(one for one in library.proposals.waiting() if one.topic is topic)
    return library.proposals.approve(proposal.id, "U1", Changes(decision=decision, **changes))  # type: ignore[arg-type]


def test_a_document_is_found_at_the_next_question_quoted_with_its_page_and_decides_nothing(
    copilot: Copilot, library: Library
) -> None:
    before = ask(copilot)
    pages = [["Contents of this manual."], ["Individual and group psychotherapy are paid on one day", "when separate."]]
    library.add(make_pdf(pages, title="Aetna Manual 2026"), "a.pdf", about(), "U1")
    answer = ask(copilot)
    assert (before.decision, answer.decision) == (Decision.UNKNOWN, Decision.UNKNOWN)
    said = answer.answer.split("\n\n")[1]
    quote = "“Individual and group psychotherapy are paid on one day when separate.”"
    assert said.startswith(f"In your own document, Aetna Manual 2026, p. 2: {quote} [")
    cited = answer.citations[-1]
    assert said.endswith(f"[{len(answer.citations)}]")
    assert (cited.source_title, cited.source_kind) == ("Aetna Manual 2026, p. 2", SourceKind.PRIMARY)
    assert cited.snippet_id.startswith("d-")
    waits = "An admin can approve the fact that waits from Aetna Manual 2026, p. 2: it may settle this. Until then: "
    assert (answer.next_step, answer.confidence) == (waits + before.next_step, before.confidence)
    assert ("nothing on file" in before.answer, "nothing on file" in answer.answer) == (True, False)


def test_another_payer_and_another_practice_see_nothing_of_it(copilot: Copilot, library: Library) -> None:
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    assert "own document" in ask(copilot).answer
    assert "own document" not in ask(copilot, SAME_DAY.replace("Aetna", "Cigna")).answer
    assert "own document" not in ask(copilot, practice="T2").answer


def test_a_document_on_one_line_of_business_does_not_speak_for_another(copilot: Copilot, library: Library) -> None:
    library.add(MANUAL.encode(), "m.md", about(line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE), "U1")
    assert "own document" not in ask(copilot).answer
    assert "own document" in ask(copilot, SAME_DAY.replace("Aetna", "Aetna Medicare Advantage")).answer


def test_a_long_document_is_found_by_its_words_before_its_vectors_are_made(copilot: Copilot, library: Library) -> None:
    filler = "\n\n".join(f"## Chapter {number}\nClaims are sent within ninety days." for number in range(70))
    added = library.add(f"{MANUAL}\n\n{filler}".encode(), "m.md", about(), "U1")
    assert library.store.vectors(["T1"], copilot.embedder.fingerprint) == {}
    assert "own document" in ask(copilot).answer
    library.embed(added.document.id)
    assert len(library.store.vectors(["T1"], copilot.embedder.fingerprint)) == added.document.passages
    assert "own document" in ask(Copilot(copilot.settings)).answer


def test_a_manual_has_nothing_to_say_where_it_speaks_of_other_things(copilot: Copilot, library: Library) -> None:
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    assert "own document" not in ask(copilot, "What diagnosis does Aetna want for group?").answer


def test_the_shared_index_is_left_alone(copilot: Copilot, library: Library, tmp_path: Path) -> None:
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    assert not (tmp_path / "index").exists()
    assert not any(snippet.id.startswith("d-") for snippet in copilot.catalog.snippets)


def test_the_original_file_is_not_kept(library: Library, tmp_path: Path) -> None:
    data = make_pdf([["Group psychotherapy is covered."]])
    library.add(data, "m.pdf", about(), "U1")
    assert not any(b"%PDF" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_proposal_decides_nothing_until_a_person_approves_it_and_then_says_who(
    copilot: Copilot, library: Library
) -> None:
    added = library.add(MANUAL.encode(), "m.md", about(), "U1")
    assert {one.topic for one in added.proposals} >= {Topic.SAME_DAY, Topic.GROUP_SIZE, Topic.PRIOR_AUTH}
    assert all(one.decision is None for one in added.proposals)
    assert all(" ".join(MANUAL.split()).count(one.quote) for one in added.proposals)
    assert ask(copilot).decision is Decision.UNKNOWN
    own = approve(library, Topic.SAME_DAY, modifiers=("59",), conditions=("separate and distinct",))
    answer = ask(copilot)
    assert (answer.decision, answer.confidence) == (Decision.ALLOWED_WITH_CONDITIONS, Confidence.HIGH)
    assert (answer.modifiers, answer.conditions) == (("59",), ("separate and distinct",))
    assert answer.citations[0].source_title == "Provider Manual 2026, “Same-day services”"
    (change,) = library.ledger.history("T1", "fact", own.fact.id)
    assert (change.action, change.by) == ("recorded", "U1")


def test_a_decision_has_to_be_said_where_no_model_proposed_one(library: Library) -> None:
    added = library.add(MANUAL.encode(), "m.md", about(), "U1")
    with pytest.raises(UserError, match="Say what these words decide on group size: one of allowed,"):
        library.proposals.approve(added.proposals[0].id, "U1")


def test_a_decided_proposal_waits_no_more_and_a_turned_down_one_never_comes_back(library: Library) -> None:
    added = library.add(MANUAL.encode(), "m.md", about(), "U1")
    approve(library, Topic.SAME_DAY)
    rejected = next(one for one in library.proposals.waiting() if one.topic is Topic.GROUP_SIZE)
    library.proposals.reject(rejected.id, "U1")
    with pytest.raises(UserError, match="waits"):
        library.proposals.approve(rejected.id, "U1", Changes(decision=Decision.ALLOWED))
    library.remove(added.document.id, "U1")
    again = {one.id for one in library.add(MANUAL.encode(), "m.md", about(), "U1").proposals}
    assert rejected.id not in again
    assert again == {one.id for one in added.proposals} - {rejected.id}


def test_a_fact_can_be_withdrawn_and_its_history_stays(copilot: Copilot, library: Library) -> None:
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    own = approve(library, Topic.SAME_DAY)
    library.proposals.withdraw(own.fact.id, "U2")
    assert ask(copilot).decision is Decision.UNKNOWN
    assert [one.action for one in library.ledger.history("T1", "fact", own.fact.id)] == ["recorded", "withdrawn"]
    with pytest.raises(UserError, match="no fact"):
        library.proposals.withdraw(own.fact.id, "U2")


@pytest.mark.parametrize(
    ("day", "decision"),
    [
        (date(2024, 12, 31), Decision.UNKNOWN),
        (date(2025, 1, 1), Decision.NOT_ALLOWED),
        (date(2025, 12, 31), Decision.NOT_ALLOWED),
        (date(2026, 1, 1), Decision.ALLOWED_WITH_CONDITIONS),
        (TODAY, Decision.ALLOWED_WITH_CONDITIONS),
    ],
)
@pytest.mark.parametrize("newest_first", [True, False])
def test_a_date_of_service_is_answered_by_the_rule_of_that_day(
    copilot: Copilot, library: Library, day: date, decision: Decision, newest_first: bool
) -> None:
    versions = [
        ("# Manual 2025\nGroup and individual psychotherapy are never paid on the same day.", date(2025, 1, 1)),
        ("# Manual 2026\nGroup and individual psychotherapy are paid on the same day when distinct.", NEW_YEAR),
    ]
    decided = dict(
        zip((text for text, _ in versions), (Decision.NOT_ALLOWED, Decision.ALLOWED_WITH_CONDITIONS), strict=True)
    )
    for text, start in sorted(versions, key=lambda one: one[1], reverse=newest_first):
        added = library.add(text.encode(), f"{start.year}.md", about(start=start), "U1")
        library.proposals.approve(added.proposals[0].id, "U1", Changes(decision=decided[text]))
        changed = [(one.title, until) for one, until in added.ended]
        first = (start.year == 2025) != newest_first
        assert changed == ([] if first or newest_first else [("Manual 2025", date(2025, 12, 31))])
    answer = ask(copilot, on=day)
    assert answer.decision is decision
    assert not answer.stale


def test_passages_too_are_those_of_the_day(copilot: Copilot, library: Library) -> None:
    library.add(b"# Manual 2025\nA group may have 8 members at most.", "a.md", about(start=date(2025, 1, 1)), "U1")
    library.add(b"# Manual 2026\nA group may have 12 members at most.", "b.md", about(), "U1")
    assert "8 members" in ask(copilot, SIZE, date(2025, 5, 1)).answer
    now = ask(copilot, SIZE).answer
    assert "may have 12 members" in now
    assert "8 members" not in now


def test_removing_the_newer_version_gives_the_older_its_time_back(copilot: Copilot, library: Library) -> None:
    library.add(b"# Manual 2025\nA group may have 8 members at most.", "a.md", about(start=date(2025, 1, 1)), "U1")
    newer = library.add(b"# Manual 2026\nA group may have 12 members at most.", "b.md", about(), "U1").document
    assert [one.effective_to for one in library.documents()] == [date(2025, 12, 31), None]
    approve(library, Topic.GROUP_SIZE)
    _, facts = library.remove(newer.id, "U1")
    assert [one.effective_to for one in library.documents()] == [None]
    assert library.passages(newer.id) == []
    assert [one.action for one in library.history(newer.id)] == ["recorded", "withdrawn"]
    assert facts in (0, 1)
    with pytest.raises(UserError, match="no document"):
        library.document(newer.id)


def test_documents_of_other_titles_stand_beside_each_other_unless_told(library: Library) -> None:
    first = library.add(b"# Telehealth policy\nGroups may meet by video.", "a.md", about(start=date(2025, 1, 1)), "U1")
    library.add(MANUAL.encode(), "b.md", about(), "U1")
    assert [one.effective_to for one in library.documents()] == [None, None]
    told = about(replaces=first.document.id)
    assert library.add(b"# Virtual care\nGroups may meet by video.", "c.md", told, "U1").ended[0][1] == date(
        2025, 12, 31
    )
    with pytest.raises(UserError, match="no document"):
        library.add(b"# Third\nGroups may meet.", "d.md", about(replaces="d-000000000000"), "U1")


def test_the_same_file_is_no_second_copy(library: Library) -> None:
    first = library.add(MANUAL.encode(), "m.md", about(), "U1")
    again = library.add(MANUAL.encode(), "copy of m.md", about(start=date(2026, 6, 1)), "U2")
    assert (again.already, again.document) == (True, first.document)
    assert len(library.documents()) == 1


def test_a_payer_not_on_file_is_taken_by_name_and_answers_to_it(copilot: Copilot, library: Library) -> None:
    assert library.add(MANUAL.encode(), "m.md", about("Zebra Mutual"), "U1").new_payer
    answer = ask(copilot, SAME_DAY.replace("Aetna", "Zebra Mutual"))
    assert answer.payer
    assert answer.payer.name == "Zebra Mutual"
    assert "In your own document" in answer.answer


def test_a_name_that_fits_several_payers_is_asked_back_with_them(library: Library) -> None:
    with pytest.raises(UserError, match=r"fits several payers: .*; .*Give the full name or the state"):
        library.add(MANUAL.encode(), "m.md", about("Medicaid"), "U1")
    assert library.documents() == []


def test_a_group_note_is_refused_and_nothing_of_it_is_kept(library: Library, tmp_path: Path) -> None:
    note = Path("knowledge/samples/seven-members.txt").read_bytes()
    with pytest.raises(UserError, match="reads like a group note"):
        library.add(note, "manual.txt", about(), "U1")
    word = max(note.split(), key=len)
    assert not any(word in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_orders_inside_a_document_are_told_and_neither_followed_nor_shown(copilot: Copilot, library: Library) -> None:
    pages = [["Group psychotherapy needs prior authorization."], [ORDERS], [f"{ORDERS} Groups are covered."]]
    added = library.add(make_pdf(pages), "m.pdf", about(), "U1")
    assert added.orders == ("p. 2", "p. 3")
    assert [one.place for one in added.proposals] == ["p. 1"]
    answer = ask(copilot, "Does Aetna require prior authorization for group therapy?")
    assert answer.decision is Decision.UNKNOWN
    assert "ignore" not in answer.answer.lower()
    assert len(library.passages(added.document.id)) == 3  # nothing is lost, either


def test_a_number_in_brackets_in_a_document_is_no_marker_of_ours(copilot: Copilot, library: Library) -> None:
    text = "# Manual\nGroup and individual psychotherapy [1] are paid on the same day [2] when distinct."
    library.add(text.encode(), "m.md", about(), "U1")
    assert "psychotherapy (1) are paid on the same day (2)" in ask(copilot).answer
    approve(library, Topic.SAME_DAY)
    assert "psychotherapy (1) are paid on the same day (2) when distinct.” [1]" in ask(copilot).answer


def test_a_heading_that_is_the_documents_title_is_not_said_twice(copilot: Copilot, library: Library) -> None:
    text = "# Aetna Manual\nGroup and individual psychotherapy are paid on the same day when distinct."
    (proposal,) = library.add(text.encode(), "m.md", about(), "U1").proposals
    assert proposal.place == "paragraph 1"
    assert "In your own document, Aetna Manual, paragraph 1: “Group and" in ask(copilot).answer


def test_dates_that_do_not_follow_are_refused(library: Library) -> None:
    with pytest.raises(UserError, match="end before it begins"):
        library.add(MANUAL.encode(), "m.md", about(effective_to=date(2025, 1, 1)), "U1")
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    with pytest.raises(UserError, match="end before it begins"):
        approve(library, Topic.SAME_DAY, effective_to=date(2025, 1, 1))


def test_a_modifier_has_two_signs(library: Library) -> None:
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    with pytest.raises(UserError, match="two letters or figures"):
        approve(library, Topic.SAME_DAY, modifiers=("59 AND XE",))


def test_what_the_installation_added_is_every_practices(copilot: Copilot) -> None:
    copilot.at("").library.add(MANUAL.encode(), "m.md", about(), "U1")
    assert "In your own document" in ask(copilot, practice="T2").answer
    approve(copilot.at("T2").library, Topic.SAME_DAY)
    assert ask(copilot, practice="T3").decision is Decision.ALLOWED_WITH_CONDITIONS


def test_a_review_relies_on_an_approved_fact(copilot: Copilot, library: Library) -> None:
    from bot.claims.models import ClaimFacts
    from bot.review.models import Item, Status

    note = "Group note 03/14/2026.\nPatient: A.B.\nSpoke of a worry and tested it."
    claim = ClaimFacts(payer="Aetna", date_of_service=date(2026, 3, 14), same_day_codes=("90837",))
    library.add(MANUAL.encode(), "m.md", about(), "U1")
    approve(library, Topic.SAME_DAY, modifiers=("59",))
    checks = copilot.at("T1").review(note, [claim]).patients[0].checklist
    assert checks[Item.SAME_DAY_POLICY_CONFIRMED].status is Status.MET
