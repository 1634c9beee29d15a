"""Whether group benefits were verified for this payer and benefit year (rubric: `eligibility_verified`)."""

from datetime import date

from bot.claims.check import Check

_ASK = "On what date were eligibility and group therapy benefits verified with this payer for this benefit year?"


def check_eligibility(
    verified_on: date | None, date_of_service: date | None, *, payer: str = "", verified_with: str = ""
) -> Check:
    """Only the biller's word counts, with a date in the benefit year (calendar year) of the date of service.

    Names of payers are compared as given by the caller, who resolves aliases first.
    """
    if verified_on is None:
        return Check("needs_confirmation", "No note carries this: nobody has said when eligibility was verified.", _ASK)
    if verified_with and payer and verified_with.casefold() != payer.casefold():
        return Check(
            "needs_confirmation", f"Eligibility was verified with {verified_with}, the claim goes to {payer}.", _ASK
        )
    if date_of_service is None:
        return Check("needs_confirmation", "The date of service is not known, so neither is its benefit year.", _ASK)
    if verified_on.year != date_of_service.year:
        year = "an earlier" if verified_on.year < date_of_service.year else "a later"
        return Check("needs_confirmation", f"Eligibility was verified on {verified_on}, in {year} benefit year.", _ASK)
    return Check("met", f"Verified on {verified_on}, in the benefit year of the date of service.")
