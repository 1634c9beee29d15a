"""The installation's secret: made once, kept beside the data, readable by nobody else."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.errors import OperatorError

_NAME = "secret.key"
_FEWEST = 32


def secret_key(configured: str, data_dir: Path) -> bytes:
    """The key from the setting, else from DATA_DIR, where it is made at the first use with mode 0600.

    Raises OperatorError where the file cannot be read or written, or holds too little.
    """
    if configured:
        return configured.encode()
    path = data_dir / _NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        key = _read(path) or _made(path)
    except OSError as error:
        raise OperatorError(f"{path} cannot be used ({error.strerror}): set FINGERPRINT_KEY, or mend it.") from None
    if len(key) < _FEWEST:
        raise OperatorError(f"{path} is damaged: remove it to have a new one made, or set FINGERPRINT_KEY.")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        return b""


def _made(path: Path) -> bytes:
    """A new key, whole from the first moment it can be seen; of two processes that make one, the first wins."""
    aside = path.with_name(f"{_NAME}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink(missing_ok=True)
    return path.read_bytes().strip()
