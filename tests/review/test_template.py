"""A blank note earns nothing, and filled in it splits and reads as it should, in every format."""

import io
import re

import pytest
from docx import Document

from bot.documents.note_file import read_note
from bot.errors import UserError
from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.reports.template_file import template_docx
from bot.review.models import Element, Status
from bot.review.offline import OfflineJudge
from bot.review.prompts_aside import without_prompts
from bot.review.service import ReviewService
from bot.review.template import blank_note, format_named, templates

FORMATS = ["soap", "dap", "birp", "girp", "pirp", "narrative"]
SESSION = {
    "Date of service": "March 4, 2026",
    "Time": "4:00 to 5:15 pm",
    "Members present": "3 members",
    "Topic": "the predictions that keep members away from people",
    "Modality": "CBT",
    "Interventions": "The therapist guided members through a written thought record with Socratic questioning.",
}
# Invented people, each in words of their own.
MEMBERS = {
    "K.L.": {
        "Diagnosis": "Generalized anxiety disorder (F41.1)",
        "patient_participation": "She offered to play the talk she dreads, asking her landlord to repair the heating.",
        "clinical_response": "She teared up when a peer said he rehearses phone calls too.",
        "progress_toward_goals": "Goal of less avoidance: improved, two calls made this week against none in February.",
        "medical_necessity": "Testing this prediction treated her anxiety and served her goal of less avoidance.",
        "safety": "Denied SI/HI.",
        "plan": "She will call the landlord before Monday.",
        "goal": "Less avoidance.",
        "problem": "Worry keeps her from the phone.",
        "own_intervention": "The therapist coached her between takes.",
    },
    "D.R.": {
        "Diagnosis": "Social anxiety disorder (F40.10)",
        "patient_participation": "He disputed the thought that coworkers laugh at his accent by naming three friends.",
        "clinical_response": "His voice shook at first and steadied by the second take.",
        "progress_toward_goals": "His goal of joining the staff meeting: no change, he has not attended one yet.",
        "medical_necessity": "Speaking before the group was exposure for his social anxiety and served that same goal.",
        "safety": "No thoughts of suicide or of harming others.",
        "plan": "He will sit in on Thursday's meeting for ten minutes.",
        "goal": "Joining the staff meeting.",
        "problem": "Fear of being laughed at.",
        "own_intervention": "The therapist asked him for evidence.",
    },
    "S.T.": {
        "Diagnosis": "Panic disorder (F41.0)",
        "patient_participation": "She read her record aloud and counted eleven attacks and no fall.",
        "clinical_response": "She laughed at the count and said it took some of the weight off.",
        "progress_toward_goals": "Her goal of riding the bus alone: setback, one ride this week, down from three.",
        "medical_necessity": "Work on this prediction addressed her panic and her goal of riding the bus alone.",
        "safety": "Denied suicidal thoughts.",
        "plan": "She will ride one stop with her brother, then one alone, by March 11.",
        "goal": "Riding the bus alone.",
        "problem": "Attacks on the platform.",
        "own_intervention": "The therapist asked her for the count.",
    },
}


@pytest.fixture(scope="module")
def service() -> ReviewService:
    catalog = load_catalog()
    return ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog))


def filled(format_: str) -> str:
    """The blank note as three people's therapist would fill it in."""
    known = templates()
    head, *parts = blank_note(format_, len(MEMBERS)).split("\n\n")
    for heading, prompt in known.session.items():
        head = head.replace(prompt, SESSION[heading])
    done = [head]
    for part, (label, words) in zip(parts, MEMBERS.items(), strict=True):
        told = re.sub(r"Member \d \[[^\]]*\]", label, part)
        for name, prompt in {**known.member, **known.prompts}.items():
            told = told.replace(prompt, words[name])
        done.append(told)
    return "\n\n".join(done)


def test_the_common_formats_are_on_file() -> None:
    assert list(templates().formats) == FORMATS


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("members", [1, 2, 8])
def test_a_blank_note_meets_nothing_and_says_that_it_is_blank(
    service: ReviewService, format_: str, members: int
) -> None:
    report = service.review(blank_note(format_, members))
    assert len(report.patients) == members
    found = {verdict.status for scope in (report.session, *report.patients) for verdict in scope.elements.values()}
    assert found <= {Status.MISSING, Status.PARTIAL}
    assert all(v.status is Status.MISSING for patient in report.patients for v in patient.elements.values())
    assert report.copies == ()
    assert "counts as nothing" in report.warnings[0]


@pytest.mark.parametrize("format_", FORMATS)
def test_filled_in_it_splits_by_member_and_meets_what_it_asked_for(service: ReviewService, format_: str) -> None:
    text = filled(format_)
    assert "[" not in text
    report = service.review(text)
    assert [patient.label for patient in report.patients] == list(MEMBERS)
    unmet = {
        (label, element.value)
        for label, scope in (("session", report.session), *((p.label, p) for p in report.patients))
        for element, verdict in scope.elements.items()
        if verdict.status is not Status.MET
    }
    assert unmet == set()
    assert report.copies == ()
    assert report.warnings == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_prompt_left_standing_earns_nothing_where_the_rest_is_filled(service: ReviewService, format_: str) -> None:
    prompt = templates().prompts["plan"]
    text = filled(format_).replace(MEMBERS["D.R."]["plan"], prompt)
    report = service.review(text)
    statuses = {patient.label: patient.elements[Element.PLAN].status for patient in report.patients}
    assert (statuses["K.L."], statuses["S.T."]) == (Status.MET, Status.MET)
    assert statuses["D.R."] is not Status.MET
    evidence = [e for p in report.patients for v in p.elements.values() for e in v.evidence]
    assert all(text[e.start : e.end] == e.quote for e in evidence)


def test_the_word_file_has_the_lines_of_the_text() -> None:
    text = blank_note("dap", 3)
    data = template_docx(text, "Group note, DAP")
    assert read_note(data, "template.docx") == text.strip("\n")
    assert Document(io.BytesIO(data)).core_properties.title == "Group note, DAP"


def test_words_in_brackets_that_ask_nothing_stay() -> None:
    text = "K.L. [their own name] wept [what did they do?] and spoke."
    told, prompts = without_prompts(text)
    assert (told, prompts) == (text.replace("[what did they do?]", " " * 19), 1)


@pytest.mark.parametrize("asked", ["apso", "dap; drop table"])
def test_a_format_that_is_not_on_file_is_refused_with_those_that_are(asked: str) -> None:
    with pytest.raises(UserError, match="soap, dap, birp, girp, pirp, narrative"):
        format_named(asked)


@pytest.mark.parametrize("members", [0, 41, -1])
def test_a_group_of_no_size_is_refused(members: int) -> None:
    with pytest.raises(UserError, match="1 to 40 members"):
        blank_note("dap", members)
