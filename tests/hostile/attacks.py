"""The attacks as data: files of `attacks/`, one a place where hostile text may arrive."""

import base64
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

_FOLDER = Path(__file__).parent / "attacks"


@dataclass(frozen=True)
class Attack:
    """`text` as it arrives; `kind` is what it tries; `where` is the part of the input that it is written into."""

    id: str
    kind: str
    text: str
    where: str = ""


def attacks(place: str) -> list[Attack]:
    """Those of one place, in the order of the file."""
    found = yaml.safe_load((_FOLDER / f"{place}.yaml").read_text("utf-8"))
    return [Attack(one["id"], one["kind"], _text(one), one.get("where", "")) for one in found]


def each(place: str) -> pytest.MarkDecorator:
    """Run a test once for each attack of a place."""
    return pytest.mark.parametrize("attack", attacks(place), ids=lambda attack: attack.id)


def _text(one: dict[str, str]) -> str:
    if "base64" in one:
        return base64.b64encode(one["base64"].encode()).decode()
    return str(one["text"]) * int(one.get("times", 1))
