"""What a rich_text block may hold ("Rich text block"): sections, lists, quotes and code, and the pieces in them."""

from typing import Any

from bot.workspace.problems import Obj, Problems

_PARTS = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
_PIECES = {"text", "link", "emoji", "user", "usergroup", "channel", "broadcast", "color", "date", "team"}
_MOST = 1_000  # a bound of our own: none is documented


def check_rich_text(problems: Problems, block: Obj, pointer: str) -> None:
    """Parts of the known kinds, each with pieces of the known kinds."""
    for index, part in enumerate(problems.items(block.get("elements"), f"{pointer}/elements", _MOST)):
        at = f"{pointer}/elements/{index}"
        kind = problems.kind(part, at, _PARTS)
        if kind == "rich_text_list":
            _list(problems, part, at)
        elif kind:
            _pieces(problems, part.get("elements"), f"{at}/elements")


def _list(problems: Problems, part: Obj, pointer: str) -> None:
    problems.choice(part.get("style"), f"{pointer}/style", ("bullet", "ordered"), required=True)
    for name in ("indent", "offset", "border"):
        problems.whole(part.get(name), f"{pointer}/{name}", 0)
    for index, item in enumerate(problems.items(part.get("elements"), f"{pointer}/elements", _MOST, minimum=0)):
        at = f"{pointer}/elements/{index}"
        if problems.kind(item, at, ("rich_text_section",)):
            _pieces(problems, item.get("elements"), f"{at}/elements")


def _pieces(problems: Problems, pieces: Any, pointer: str) -> None:
    for index, piece in enumerate(problems.items(pieces, pointer, _MOST, minimum=0)):
        problems.kind(piece, f"{pointer}/{index}", _PIECES)
