"""Where the data that ships with the program lies: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


KNOWLEDGE = _shipped("knowledge")
PROMPTS = _shipped("prompts")
