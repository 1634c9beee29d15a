"""What a person may say against a verdict: which checks, which verdicts, why, and no word of the note."""

import re
from collections.abc import Mapping, Sequence

from bot.review.models import Element, Item, PatientReport, Report, Status
from bot.review.wording import ITEMS, element_name

LONGEST_COMMENT = 300
_SHARED_RUN = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# A member goes by these in any note; they are no name.
_COMMON = re.compile(r"^(?:patient|client|member|participant|pt)?\W*\d{0,3}$", re.IGNORECASE)

CHECKS: Mapping[str, str] = {
    **{element.value: element_name(element) for element in Element},
    Item.INDIVIDUALIZED.value: ITEMS[Item.INDIVIDUALIZED],
}
"""What is read from the note, and so may be read otherwise; facts of the claim are not disputed here."""

PROPOSED = (Status.MET, Status.PARTIAL, Status.MISSING)
REASONS: Mapping[str, str] = {
    "words_not_seen": "The words are in the note and were not seen",
    "words_misread": "The quoted words say something else",
    "other_person": "The quoted words are about somebody else",
    "too_strict": "An auditor would accept what is there",
    "too_lenient": "An auditor would not accept it",
    "wrong_split": "The note was split into members wrongly",
    "session_words": "What is alike belongs to the session",
    "other": "Something else",
}


def judged(report: Report, patient: PatientReport | None) -> dict[str, Status]:
    """The verdict on each check, of the session and of one member where one is given."""
    found = {element.value: verdict.status for element, verdict in report.session.elements.items()}
    if patient:
        found |= {element.value: verdict.status for element, verdict in patient.elements.items()}
        if Item.INDIVIDUALIZED in patient.checklist:
            found[Item.INDIVIDUALIZED.value] = patient.checklist[Item.INDIVIDUALIZED].status
    return {check: found[check] for check in CHECKS if check in found}


def comment_problem(comment: str, note: str) -> str:
    """Why a comment is not kept, in one line; empty when it is. Health information has no place on the list."""
    from bot.llm.identifying.rules import by_rule
    from bot.review.segment import segment

    if len(comment) > LONGEST_COMMENT:
        return f"A comment may have {LONGEST_COMMENT} characters: say it shorter."
    labels = [member.label for member in segment(note).members if not _COMMON.match(member.label)]
    if next(by_rule(comment, labels), None) is not None:
        return "This seems to name somebody or give a number of theirs: leave that out."
    if shares_words(comment, note):
        return "These are words of the note: say in your own what is wrong, or leave this empty."
    return ""


def shares_words(comment: str, note: str) -> bool:
    """Whether a run of the comment's words stands in the note: five, or fewer where the comment has no more."""
    said, written = _words(comment), _words(note)
    run = min(_SHARED_RUN, len(said))
    if run < 3:
        return False
    runs = {tuple(written[at : at + run]) for at in range(len(written) - run + 1)}
    return any(tuple(said[at : at + run]) in runs for at in range(len(said) - run + 1))


def _words(text: str) -> Sequence[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
