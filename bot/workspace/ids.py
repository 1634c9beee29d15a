"""Identifiers and message timestamps in Slack's forms."""

import hashlib
import secrets
import string
import time

_ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """A fresh identifier such as `C0AB12CD34E`: the prefix says what kind of thing it names."""
    return f"{prefix}0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))


def same_id(prefix: str, name: str) -> str:
    """An identifier that is the same in every run, for what the bot's own records outlive the workspace by."""
    number = int.from_bytes(hashlib.sha256(f"{prefix} {name}".encode()).digest())
    return f"{prefix}0" + "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(9))


class Clock:
    """Hands out message timestamps: seconds with six decimals, each later than the last."""

    def __init__(self) -> None:
        self._last = 0

    def ts(self) -> str:
        """The next timestamp, which is also the message's identifier in its channel."""
        self._last = max(time.time_ns() // 1000, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
