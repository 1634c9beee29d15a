"""Reading one knowledge file: YAML or front matter in, typed records out, one clear line where it is broken."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Model = TypeVar("Model", bound=BaseModel)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a knowledge file was refused: the file (relative to the knowledge folder), the field and the reason."""

    file: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.reason}" if self.field else f"{self.file}: {self.reason}"


class BrokenFileError(Exception):
    """A knowledge file that cannot be used; caught by the catalog and turned into a `Problem`."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = _one_line(reason)


class _Loader(_Base):  # type: ignore[misc]  # the base is C where libyaml is there
    """Plain scalars stay text, so that `2020`, `no` and `2021-01-01` reach the models as written; they give types."""

    yaml_implicit_resolvers = _NULL_RESOLVERS

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a key given twice: YAML readers keep the last one and say nothing."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice in one block", node.start_mark)
        return mapping


def read_text(path: Path) -> str:
    """The text of a knowledge file; raises BrokenFileError where it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BrokenFileError("", "is not UTF-8 text") from None
    except OSError as error:
        raise BrokenFileError("", f"cannot be read ({error.strerror or type(error).__name__})") from None


def parse_yaml(text: str) -> dict[str, Any]:
    """The mapping a YAML text holds, scalars as text; raises BrokenFileError with the line where it breaks."""
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # the loader is a safe one
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or "cannot be read")
        raise BrokenFileError(f"line {mark.line + 1}" if mark else "", f"is not valid YAML: {reason}") from None
    if not isinstance(data, dict):
        raise BrokenFileError("", "must be a mapping of fields to values, and holds none")
    return data


def parse_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields between two `---` lines and the text after them; raises BrokenFileError where there are none."""
    match = _FRONT_MATTER.match(text)
    if not match:
        raise BrokenFileError("", "must begin with front matter between two lines of ---")
    return parse_yaml(match[1]), text[match.end() :]


def validated(model: type[Model], data: object, prefix: str = "") -> Model:
    """`data` as `model`; raises BrokenFileError naming the first field at fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        extra = error.error_count() - 1
        more = f" (and {extra} more)" if extra else ""
        given = f", not {first['input']!r}"[:60] if isinstance(first["input"], str | int | float | bool) else ""
        raise BrokenFileError(
            _field(prefix, first["loc"]), f"{_reason(first['type'], first['msg'])}{given}{more}"
        ) from None


def _reason(kind: str, message: str) -> str:
    return {"extra_forbidden": "unknown field", "missing": "is missing"}.get(kind, message)


def _field(prefix: str, location: tuple[int | str, ...]) -> str:
    return "".join(_steps(prefix, location)).lstrip(".")


def _steps(prefix: str, location: tuple[int | str, ...]) -> Iterator[str]:
    yield prefix
    for step in location:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
