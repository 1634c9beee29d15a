"""A JSON object read while it comes: each member as soon as it is whole, a list's items one by one."""

import json
from collections.abc import Iterator
from typing import Any

# Far more than a reply of ours may hold; past it nothing is read any more, and the whole reply decides.
_LONGEST = 60_000
_SPACE = " \t\r\n"
_decoder = json.JSONDecoder()


class Members:
    """Feed it pieces of any size; it gives `(name, value)` for each member, or for each item of a list member.

    It never guesses: what is not closed yet is not given. What does not read as JSON gives nothing more, and
    whoever has the whole reply says what is wrong with it.
    """

    def __init__(self) -> None:
        self._text = ""
        self._at = -1
        self._name: str | None = None
        self._in_list = False
        self._over = False

    def feed(self, piece: str) -> Iterator[tuple[str, Any]]:
        """Take in what came, and give what it completed."""
        if self._over or len(self._text) > _LONGEST:
            return
        self._text += piece
        if self._at < 0:
            # Models that put a fence or a word before their object still mean the object.
            self._at = self._text.find("{") + 1 or -1
        while not self._over and self._at >= 0 and (found := self._step()) is not None:
            if found:
                yield found

    def _step(self) -> tuple[str, Any] | tuple[()] | None:
        """One member, an empty tuple for a step that gives none, None where more has to come."""
        self._skip(_SPACE + ",")
        sign = self._text[self._at : self._at + 1]
        if not sign:
            return None
        if self._in_list and sign == "]":
            self._at, self._in_list, self._name = self._at + 1, False, None
            return ()
        if not self._in_list and sign == "}":
            self._over = True
            return None
        if self._name is not None and not self._in_list and sign == "[":
            self._at, self._in_list = self._at + 1, True
            return ()
        value = self._value()
        if value is _MORE:
            return None
        return self._named(value)

    def _named(self, value: Any) -> tuple[str, Any] | tuple[()] | None:
        if self._name is None:
            self._skip(_SPACE)
            if not isinstance(value, str) or self._text[self._at : self._at + 1] != ":":
                self._over = bool(self._text[self._at : self._at + 1])
                if not self._over:
                    self._at -= self._width  # the colon is still to come
                return None
            self._at += 1
            self._skip(_SPACE)
            self._name = value
            return ()
        name = self._name
        if not self._in_list:
            self._name = None
        return name, value

    def _value(self) -> Any:
        try:
            value, end = _decoder.raw_decode(self._text, self._at)
        except ValueError:
            return _MORE
        if end == len(self._text) and not isinstance(value, str | list | dict):
            return _MORE  # a number may go on
        self._width, self._at = end - self._at, end
        return value

    def _skip(self, signs: str) -> None:
        while self._text[self._at : self._at + 1] and self._text[self._at] in signs:
            self._at += 1


_MORE = object()
