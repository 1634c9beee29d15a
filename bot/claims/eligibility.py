"""Whether group benefits were verified for this payer and benefit year (rubric: `eligibility_verified`)."""

from datetime import date, timedelta

from bot.claims.check import Check

_ASK = "On what date were eligibility and group therapy benefits verified with this payer for this benefit year?"
_OTHER_YEAR = " If this plan's year does not begin on 1 January: on which day does it?"


def benefit_year(day: date, starts: str = "") -> tuple[date, date]:
    """The first and the last day of the benefit year that `day` is in; `starts` is its month and day, as 07-01.

    Empty means the calendar year. A year said to begin on 29 February begins on 1 March where there is none.
    """
    first = _anniversary(day.year, starts or "01-01")
    if first > day:
        first = _anniversary(day.year - 1, starts or "01-01")
    return first, _anniversary(first.year + 1, starts or "01-01") - timedelta(days=1)


def _anniversary(year: int, starts: str) -> date:
    month, day = (int(part) for part in starts.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month + 1, 1)


def check_eligibility(  # noqa: PLR0913  # the facts of one check, each by name
    verified_on: date | None,
    date_of_service: date | None,
    *,
    payer: str = "",
    verified_with: str = "",
    benefit_year_starts: str = "",
    today: date | None = None,
) -> Check:
    """Only the biller's word counts, with a date in the benefit year of the date of service, both ends included.

    Names of payers are compared as given by the caller, who resolves aliases first.
    """
    if verified_on is None:
        return Check("needs_confirmation", "No note carries this: nobody has said when eligibility was verified.", _ASK)
    if today and verified_on > today:
        return Check("needs_confirmation", f"{verified_on} is still to come: nothing was verified on it.", _ASK)
    if verified_with and payer and verified_with.casefold() != payer.casefold():
        return Check(
            "needs_confirmation", f"Eligibility was verified with {verified_with}, the claim goes to {payer}.", _ASK
        )
    if date_of_service is None:
        return Check("needs_confirmation", "The date of service is not known, so neither is its benefit year.", _ASK)
    first, last = benefit_year(date_of_service, benefit_year_starts)
    year = f"{first} to {last}" if benefit_year_starts else f"{first.year}, taken as the calendar year"
    if first <= verified_on <= last:
        return Check("met", f"Verified on {verified_on}, in the benefit year of the date of service ({year}).")
    which = "an earlier" if verified_on < first else "a later"
    reason = f"Eligibility was verified on {verified_on}, in {which} benefit year than the session's ({year})."
    return Check("needs_confirmation", reason, _ASK if benefit_year_starts else _ASK + _OTHER_YEAR)
