"""Whether the claim's diagnosis code can stand (rubric: `diagnosis_code`)."""

from datetime import date

from bot.claims.agreement import agreement
from bot.claims.check import Check
from bot.claims.codes import FoundCode, code_set, find_codes, with_dot

_ASK = "Which ICD-10-CM code, to its last character, is on this patient's claim?"
_ASK_TREATED = "Which diagnosis of this patient was treated in this session?"


def check_diagnosis(claim_code: str, note: str, date_of_service: date | None) -> Check:
    """Judge the claim's code, or the note's own where no claim is given, against the set and the note."""
    if claim_code:
        return _of_claim(with_dot(claim_code), note, date_of_service)
    written = list(find_codes(note))
    if written:
        return _of_note(written, date_of_service)
    return Check("needs_confirmation", "No diagnosis code is at hand.", _ASK)


def _of_claim(code: str, note: str, day: date | None) -> Check:
    fault = _fault(code)
    if fault:
        return Check("missing", fault, _ASK)
    held = agreement(code, note)
    if held.verdict == "disagrees":
        return Check("missing", f"The codes disagree: {held.why}.", _ASK_TREATED)
    if held.verdict == "silent":
        reason = f"The note speaks of no diagnosis or symptom: nothing in it bears {code} out."
        return Check("needs_confirmation", reason, _ASK_TREATED)
    return Check("met", f"On the claim: {code}, billable {_when(day)}.")


def _of_note(written: list[FoundCode], day: date | None) -> Check:
    fault = next((fault for found in written if (fault := _fault(found.code))), "")
    if fault:
        return Check("missing", fault, _ASK)
    return Check("met", f"In the note (no claim was given): {written[0].code}, billable {_when(day)}.")


def _fault(code: str) -> str:
    found = code_set().look_up(code)
    if found is None:
        return f"{code} is not in the ICD-10-CM set."
    return "" if found.billable else f"{code} is a category with finer codes beneath it: it cannot be billed."


def _when(day: date | None) -> str:
    codes = code_set()
    if day is None or codes.covers(day):
        return f"in the {codes.release} release"
    return f"in the {codes.release} release; the codes in force on {day} are not on file"
