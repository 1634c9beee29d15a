"""A CSV that holds claim facts and not a note, told by its first line. Reading it is the claims room's matter."""

from bot.claims.models import ClaimFacts

_MEMBER = {"member", "patient", "client", "label"}
_FACTS = {"payer", "authorization", "auth", "eligibility", "units", "dos", "diagnosis", "service", "same"}


def is_claims_table(text: str) -> bool:
    """Whether the first line names columns of claim facts: a member, and two facts of a claim."""
    first = text.lstrip("\ufeff \n").split("\n", 1)[0].lower()
    columns = [column.strip(" \"'\r").replace("_", " ") for column in first.replace(";", ",").split(",")]
    if len(columns) < 3 or any(len(column) > 40 for column in columns):
        return False
    words = [set(column.split()) for column in columns]
    return any(column & _MEMBER for column in words) and sum(bool(column & _FACTS) for column in words) >= 2


def read_claims_table(text: str) -> tuple[ClaimFacts, ...]:
    """The facts of each row; raises UserError for a table that cannot be read."""
    from bot.claims.csv_file import read_claims

    return tuple(read_claims(text))
