"""Whether the claim's diagnosis code can stand (rubric: `diagnosis_code`)."""

from datetime import date

from bot.claims.agreement import disagreement
from bot.claims.check import Check
from bot.claims.codes import code_set, find_codes, with_dot

_ASK = "Which ICD-10-CM code, to its last character, is on this patient's claim?"


def check_diagnosis(claim_code: str, note: str, date_of_service: date | None) -> Check:
    """Judge the claim's code, or the note's own where no claim is given, against the set and the note."""
    written = list(find_codes(note))
    if not claim_code and not written:
        return Check("needs_confirmation", "No diagnosis code is at hand.", _ASK)
    code = with_dot(claim_code) if claim_code else written[0].code
    found = code_set().look_up(code)
    if found is None:
        return Check("missing", f"{code} is not in the ICD-10-CM set.", _ASK)
    if not found.billable:
        return Check("missing", f"{code} is a category with finer codes beneath it: it cannot be billed.", _ASK)
    if claim_code and (clash := disagreement(code, note)):
        return Check("missing", f"The codes disagree: {clash}.", "Which diagnosis was treated in this session?")
    if not claim_code and (wrong := [one.code for one in written if one.diagnosis is None]):
        return Check("missing", f"{wrong[0]} is not in the ICD-10-CM set.", _ASK)
    whose = "On the claim" if claim_code else "In the note (no claim was given)"
    return Check("met", f"{whose}: {code}, billable{_of_which_year(date_of_service)}.")


def _of_which_year(day: date | None) -> str:
    codes = code_set()
    if day is None or codes.covers(day):
        return f" in the {codes.release} release"
    return f" in the {codes.release} release; the codes in force on {day} are not on file"
