"""The installation's secrets: each made once, kept beside the data, readable by nobody else."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.errors import OperatorError

_FEWEST = 32
_OTHERS = 0o077


def secret_key(configured: str, data_dir: Path, name: str = "secret.key", setting: str = "FINGERPRINT_KEY") -> bytes:
    """The key from the setting, else from its file in DATA_DIR, where it is made at the first use with mode 0600.

    Raises OperatorError where the file cannot be read or written, holds too little, or may be read by others.
    """
    if configured:
        return configured.encode()
    path = data_dir / name
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        key = _read(path) or _made(path)
        mode = path.stat().st_mode
    except OSError as error:
        raise OperatorError(f"{path} cannot be used ({error.strerror}): set {setting}, or mend it.") from None
    if len(key) < _FEWEST:
        raise OperatorError(f"{path} is damaged: remove it to have a new one made, or set {setting}.")
    if mode & _OTHERS:
        raise OperatorError(f"{path} can be read by others: chmod 600 it, or set {setting}.")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        return b""


def _made(path: Path) -> bytes:
    """A new key, whole from the first moment it can be seen; of two processes that make one, the first wins."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
        with suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink(missing_ok=True)
    return path.read_bytes().strip()
