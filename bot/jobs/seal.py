"""The seal on stored work: what a person wrote is never on disk in the clear."""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.storage.secret_key import secret_key

_FILE, _SETTING = "work.key", "WORK_KEY"


class SealBrokenError(Exception):
    """Sealed with a key that is no longer among the ones we have, or damaged."""


class Seal:
    """Fernet (AES-128 in CBC mode, HMAC-SHA256): the first key seals, every one of them opens."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys])

    def close(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """Raises SealBrokenError."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SealBrokenError from None


def make_seal(keys: Iterable[str], data_dir: Path) -> Seal:
    """With the keys of WORK_KEY, else with the one in DATA_DIR; raises OperatorError as `secret_key` does."""
    return Seal(tuple(keys) or (secret_key("", data_dir, _FILE, _SETTING).decode(),))


def _derived(secret: str) -> bytes:
    """A key of the right form from any long secret; the prefix keeps it apart from other uses of the same secret."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"work:" + secret.encode()).digest())
