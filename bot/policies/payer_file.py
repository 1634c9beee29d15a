"""A payer's file: `Payer` in YAML, with its sources named once and referred to by key."""

import re
from typing import Any

from bot.policies.knowledge_files import BrokenFileError, parse_yaml, validated
from bot.policies.models import Payer

_JURISDICTION = re.compile(r"[A-Z]{2}")


def parse_payer(text: str) -> Payer:
    """One payer from the text of its file.

    A fact names its source by a key of the file's `sources` map; `read_on` stands with the source, since a
    document is read as a whole, and a fact may give its own. Raises BrokenFileError naming field and reason.
    """
    data = parse_yaml(text)
    sources = data.pop("sources", {}) or {}
    if not isinstance(sources, dict):
        raise BrokenFileError("sources", "must map a short name to a source")
    facts = data.get("facts") or []
    if not isinstance(facts, list):
        raise BrokenFileError("facts", "must be a list")
    used: set[str] = set()
    data["facts"] = [_with_source(fact, sources, position, used) for position, fact in enumerate(facts)]
    payer = _named(data, facts)
    if unused := sorted(set(map(str, sources)) - used):
        raise BrokenFileError(f"sources.{unused[0]}", "no fact names this source")
    _check(payer)
    return payer


def _named(data: dict[str, Any], facts: list[Any]) -> Payer:
    try:
        return validated(Payer, data)
    except BrokenFileError as error:
        position = re.match(r"facts\[(\d+)\]", error.field)
        fact = facts[int(position[1])] if position else None
        if position and isinstance(fact, dict) and isinstance(fact.get("id"), str):
            error.field = f"facts[{position[1]}] ({fact['id']}){error.field[position.end() :]}"
        raise


def _with_source(fact: object, sources: dict[str, Any], position: int, used: set[str]) -> object:
    if not isinstance(fact, dict) or not isinstance(fact.get("source"), str):
        return fact
    key = fact["source"]
    source = sources.get(key)
    if not isinstance(source, dict):
        raise BrokenFileError(f"facts[{position}].source", f"names {key!r}, and `sources` has no such entry")
    used.add(key)
    source = dict(source)
    read_on = source.pop("read_on", None)
    resolved = {**fact, "source": source}
    if read_on is not None:
        resolved.setdefault("read_on", read_on)
    return resolved


def _check(payer: Payer) -> None:
    """What the types cannot say: codes of places, lines of business that agree, no id twice."""
    seen: set[str] = set()
    _check_places("jurisdiction", payer.jurisdiction)
    _check_places("state_aliases", tuple(payer.state_aliases))
    for position, fact in enumerate(payer.facts):
        field = f"facts[{position}] ({fact.id})"
        if fact.id in seen:
            raise BrokenFileError(f"{field}.id", "stands twice in this file")
        seen.add(fact.id)
        _check_places(f"{field}.jurisdiction", fact.jurisdiction)
        if fact.line_of_business not in payer.lines_of_business:
            raise BrokenFileError(f"{field}.line_of_business", "is not among the payer's lines_of_business")
        if fact.effective_from and fact.effective_to and fact.effective_to < fact.effective_from:
            raise BrokenFileError(f"{field}.effective_to", "lies before effective_from")
        if fact.id in fact.conflicts_with:
            raise BrokenFileError(f"{field}.conflicts_with", "names the fact itself")


def _check_places(field: str, places: tuple[str, ...]) -> None:
    for place in places:
        if not _JURISDICTION.fullmatch(place):
            raise BrokenFileError(field, f"must hold two-letter state codes or US, not {place[:40]!r}")
