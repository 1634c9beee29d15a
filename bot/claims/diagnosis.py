"""Whether the claim's diagnosis codes can stand (rubric: `diagnosis_code`)."""

import re
from datetime import date, timedelta

from bot.claims.agreement import agreement
from bot.claims.check import Check
from bot.claims.codes import Release, code_set, find_codes, with_dot

_ASK = "Which ICD-10-CM code, to its last character, is on this patient's claim?"
_ASK_TREATED = "Which diagnosis of this patient was treated in this session?"
_BETWEEN = re.compile(r"[\s,;|/+&]+")


def claim_codes(written: str) -> tuple[str, ...]:
    """The codes of a claim in their order; a claim may carry several, the first being what was treated."""
    return tuple(dict.fromkeys(with_dot(code) for code in _BETWEEN.split(written) if code))


def check_diagnosis(claim_code: str, note: str, date_of_service: date | None) -> Check:
    """Judge the claim's codes, or the note's own where no claim is given, against the set and the note.

    Each code has to be billable on the date of service; one of the claim's has to agree with the note.
    """
    if codes := claim_codes(claim_code):
        return _of_claim(codes, note, date_of_service)
    if written := tuple(dict.fromkeys(found.code for found in find_codes(note))):
        return check_billable(written, date_of_service) or _of_note(written, note, date_of_service)
    return Check("needs_confirmation", "No diagnosis code is at hand.", _ASK)


def is_outside(day: date | None) -> bool:
    """Whether no release on file was in force on this day."""
    return code_set().in_force(day) is None


def told_of_outside(whose: str) -> str:
    """What to say where `whose` days ("2026-11-02", "3 lines") have no release of their own on file."""
    codes = code_set()
    return (
        f"Diagnosis codes of {whose} were held against what is on file, "
        f"ICD-10-CM fiscal years {codes.releases[0].year} to {codes.newest.year} (for "
        f"{codes.releases[0].valid_from} to {codes.newest.valid_to}): codes change every 1 October."
    )


def release_for(day: date | None) -> Release | None:
    """The release a date of service is judged by: its own, or the newest for the year after it; else None."""
    codes = code_set()
    found = codes.in_force(day)
    if found is None and day is not None and codes.newest.valid_to < day <= codes.newest.valid_to + timedelta(days=365):
        return codes.newest
    return found


def _of_claim(codes: tuple[str, ...], note: str, day: date | None) -> Check:
    if unbillable := check_billable(codes, day):
        return unbillable
    held = [agreement(code, note) for code in codes]
    if any(one.verdict == "agrees" for one in held):
        return _met(f"On the claim: {', '.join(codes)}", day)
    against = next((one for one in held if one.verdict == "disagrees"), None)
    if against:
        return Check("missing", f"The codes disagree: {against.why}.", _ASK_TREATED)
    reason = f"The note speaks of no diagnosis or symptom: nothing in it bears {' or '.join(codes)} out."
    return Check("needs_confirmation", next((one.why for one in held if one.why), reason), _ASK_TREATED)


def _of_note(written: tuple[str, ...], note: str, day: date | None) -> Check:
    held = [agreement(code, note) for code in written]
    slip = next((one.why for one in held if one.why), "")
    if any(one.verdict == "agrees" for one in held) or not slip:
        return _met(f"In the note (no claim was given): {written[0]}", day)
    return Check("needs_confirmation", slip, _ASK_TREATED)


def _met(told: str, day: date | None) -> Check:
    release = release_for(day)
    if release is None:
        codes = code_set()
        reason = f"{told}. No codes for {day} are on file: the releases at hand run from {codes.releases[0].valid_from}"
        question = f"Was this code billable on {day}, by the ICD-10-CM release of that fiscal year?"
        return Check("needs_confirmation", f"{reason} to {codes.newest.valid_to}.", question)
    return Check("met", f"{told}, billable {_when(day, release)}.")


def check_billable(written: tuple[str, ...], day: date | None) -> Check | None:
    """What keeps a code off the claim on that day, the first of them that is kept off; None where nothing does."""
    release = release_for(day)
    for code in written:
        found = code_set().look_up(code, release)
        if found and found.billable:
            continue
        if release is None and code_set().look_up(code):
            continue
        return Check("missing", _why(code, day, release), _ASK)
    return None


def _why(code: str, day: date | None, release: Release | None) -> str:
    known = code_set()
    valid = known.years_of(code)
    if release is None or (not valid and not known.look_up(code)):
        return f"{code} is not in the ICD-10-CM set ({_when(day, release or known.newest)})."
    if valid and valid[0].valid_from > release.valid_from:
        return f"{code} came with the codes of {valid[0].valid_from}: it could not be billed on {day}."
    if valid:
        return (
            f"{code} could be billed until {valid[-1].valid_to} and not on {day or 'later dates'}: the codes changed."
        )
    return f"{code} is a category with finer codes beneath it: it cannot be billed ({_when(day, release)})."


def _when(day: date | None, release: Release) -> str:
    if day is None or release.covers(day):
        return f"in {release.fiscal_year}"
    return f"in {release.fiscal_year}, the newest on file; the codes in force on {day} are not on file"
