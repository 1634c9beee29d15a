"""What claims at risk would pay, by the practice's own fee table."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from bot.audit.models import PayerRisk, Risk
from bot.audit.rates import NOT_TOLD, share
from bot.audit.reviewed import ReviewedNote
from bot.audit.table import dollars
from bot.errors import UserError

_GROUP_THERAPY = "90853"
_EVERYONE = frozenset({"", "*", "all", "other", "default"})
_COLUMNS = ("payer", "code", "amount")

Fees = Mapping[str, float]
"""Dollars for one 90853 by the payer's name in lower case; "" is for every other payer."""


def read_fees(text: str, name: str) -> Fees:
    """A CSV with the columns payer, code and amount; raises UserError for what is wrong in it, with its row."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = {(written or "").strip().casefold(): written for written in reader.fieldnames or ()}
    if lacking := [column for column in _COLUMNS if column not in columns]:
        raise UserError(
            f"{name}: the fee table needs the columns payer, code, amount; {', '.join(lacking)} is missing."
        )
    fees: dict[str, float] = {}
    for number, row in enumerate(reader, 2):
        payer, code, written = (" ".join((row[columns[column]] or "").split()) for column in _COLUMNS)
        if code != _GROUP_THERAPY:
            continue
        amount = dollars(written)
        if amount is None or not 0 <= amount < 100_000:
            raise UserError(f"{name}, row {number}: the amount is no number of dollars.")
        fees["" if payer.casefold() in _EVERYONE else payer.casefold()] = amount
    if not fees:
        raise UserError(f"{name}: the fee table has no row for code {_GROUP_THERAPY}.")
    return fees


def risk_of(notes: Sequence[ReviewedNote], risky: Set[str], fees: Fees | None) -> Risk:
    """Claims at risk by payer. A note's own charge stands in where the table has no amount for its payer."""
    by_payer: dict[str, list[ReviewedNote]] = defaultdict(list)
    for note in notes:
        by_payer[note.note.payer.casefold()].append(note)
    payers = [_payer(of_payer, risky, fees or {}) for of_payer in by_payer.values()]
    known = [one.dollars for one in payers if one.dollars is not None]
    return Risk(
        claims=share(len(risky), len(notes)),
        dollars=round(sum(known), 2) if known else None,
        without_amount=sum(note.id in risky and _amount(note, fees or {})[0] is None for note in notes),
        payers=tuple(sorted(payers, key=lambda one: (-(one.dollars or 0), -one.at_risk, one.payer))),
    )


def _payer(notes: Sequence[ReviewedNote], risky: Set[str], fees: Fees) -> PayerRisk:
    told = [_amount(note, fees) for note in notes]
    lost = [amount for note, (amount, _) in zip(notes, told, strict=True) if note.id in risky and amount is not None]
    known = any(amount is not None for amount, _ in told)
    return PayerRisk(
        payer=notes[0].note.payer or NOT_TOLD,
        claims=len(notes),
        at_risk=sum(note.id in risky for note in notes),
        dollars=round(sum(lost), 2) if known else None,
        dollars_of=" and ".join(sorted({source for amount, source in told if amount is not None})),
    )


def _amount(note: ReviewedNote, fees: Fees) -> tuple[float | None, str]:
    fee = fees.get(note.note.payer.casefold(), fees.get(""))
    return (fee, "fee table") if fee is not None else (note.note.charge, "charge")
