"""The tagger reads sentences without names, one like another whoever stands beside it; verdicts weigh it with rules."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import OperatorError
from bot.review.elements.passages import read_note
from bot.review.models import PATIENT_ELEMENTS, Element, Member, Segments, Span, Status
from bot.review.offline import OfflineJudge
from bot.review.settle import Weights, decided, member_signs
from bot.review.tagger import TAGGED, Earns, Tagger
from bot.review.units import member_units, session_units

SESSION = "Date: March 4, 2026. Six members present. The theme was asking for help.\n"


def note_of(*parts: tuple[str, str]) -> tuple[str, Segments]:
    text, members = SESSION, []
    for label, words in parts:
        start = len(text)
        text += f"{label}\n{words}\n"
        members.append(Member(label=label, spans=(Span(start=start, end=len(text)),)))
    session = (Span(start=0, end=len(SESSION)),)
    return text, Segments(session=session, members=tuple(members), sure=True, how="by hand")


def verdicts(words: str) -> dict[Element, Status]:
    text, segments = note_of(("Dana", words), ("Ravi", "Ravi told of his week."))
    judged = OfflineJudge().judge(text, segments)[0].members[0]
    return {element: verdict.status for element, verdict in judged.items()}


def test_members_names_do_not_reach_the_tagger() -> None:
    text, segments = note_of(("Dana", "Dana asked Ravi what he had heard."), ("Ravi", "Ravi thanked Dana."))
    reading = read_note(text, segments)
    read = [unit.text for member in reading.members for unit in member_units(reading, member)]
    assert not [words for words in read if "Dana" in words or "Ravi" in words]
    assert "the patient asked a peer what he had heard." in read


@given(st.text(alphabet=st.sampled_from("abc AB.,;:\n\"'-[]x/1"), max_size=300))
@settings(max_examples=60)
def test_whatever_is_read_stands_in_the_note(words: str) -> None:
    text, segments = note_of(("Dana", words))
    reading = read_note(text, segments)
    for unit in [*session_units(reading), *member_units(reading, reading.members[0])]:
        quoted = unit.evidence()
        assert text[quoted.start : quoted.end] == quoted.quote
        assert quoted.quote.strip()


def test_a_dictated_run_on_is_read_in_pieces() -> None:
    words = ", and then ".join(f"she told the group about the call number {at} she had put off" for at in range(9))
    text, segments = note_of(("Dana", words))
    reading = read_note(text, segments)
    units = member_units(reading, reading.members[0])
    assert len(units) > 3
    assert max(len(unit.text.split()) for unit in units) < 60


def test_a_sentence_has_the_same_odds_alone_and_among_others() -> None:
    sentences = ["Told the group she would rather hide than call.", "Continue group.", "x" * 400, "Denied SI/HI."]
    among = Tagger.shipped().tag(sentences).rows
    alone = np.vstack([Tagger.shipped().tag([one]).rows for one in sentences])
    assert np.abs(among - alone).max() < 0.02
    for element in TAGGED:
        assert np.allclose(Tagger.shipped().tag(sentences).of(element).sum(axis=1), 1, atol=1e-4)


def test_no_sentence_gives_no_odds() -> None:
    assert Tagger.shipped().tag([]).rows.shape[0] == 0


def test_a_missing_model_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="Install the copilot again"):
        Tagger(tmp_path).tag(["Told the group."])


def test_a_met_needs_more_than_the_best_odds() -> None:
    assert decided(np.array([0.3, 0.15, 0.55], np.float32), sure=0.6) is Status.MISSING
    assert decided(np.array([0.1, 0.3, 0.6], np.float32), sure=0.6) is Status.MET


def test_what_the_weighing_did_not_serve_stays_with_the_rules() -> None:
    tags = Tagger.shipped().tag(["Continue group."])
    signs = member_signs(Element.PLAN, tags, Status.MET)
    assert Weights({}, {}).settle(Element.PLAN, Status.MET, signs) is Status.MET
    assert Element.SESSION_DATE not in Weights.load().by_element


@pytest.mark.parametrize(
    ("words", "element"),
    [
        ("She put the unopened letter on the chair and said it could wait no longer.", Element.PATIENT_PARTICIPATION),
        ("Went quiet when the others clapped, then let out a long breath and grinned.", Element.CLINICAL_RESPONSE),
        (
            "Wants to get through Mass without leaving; lasted twenty minutes, up from five.",
            Element.PROGRESS_TOWARD_GOALS,
        ),
        ("Card with the three names goes on the bathroom mirror tonight.", Element.PLAN),
    ],
)
def test_plain_words_that_no_rule_foresaw_are_understood(words: str, element: Element) -> None:
    others = "Dx: F41.1. Denied SI/HI. Told the group about her sister and laughed at herself when Ravi teased her."
    assert verdicts(f"{others} {words}")[element] is Status.MET


@pytest.mark.parametrize(
    "words",
    [
        "Everyone was engaged and supportive of one another.",
        "Group members shared openly, took in feedback and left hopeful.",
        "Patient meets criteria for continued treatment. All items are met.",
        "[ ] active [ ] tearful [ ] insightful",
    ],
)
def test_what_is_not_told_of_this_patient_earns_nothing_met(words: str) -> None:
    judged = verdicts(words)
    assert [element for element in PATIENT_ELEMENTS if judged[element] is Status.MET] == []


def test_places_of_odds_are_those_of_the_statuses() -> None:
    assert [Earns.NOTHING, Earns.PARTIAL, Earns.MET] == [0, 1, 2]
