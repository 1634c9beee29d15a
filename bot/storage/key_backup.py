"""The key, kept apart from the backups: a file of its own, to lie in another place than they do.

It holds every `*.key` of the data folder by its name. A key that is a setting (FINGERPRINT_KEY)
is kept with the settings.
"""

import json
import os
from pathlib import Path

from bot.errors import OperatorError, UserError

_LARGEST = 64_000


def kept_keys(data_dir: Path) -> dict[str, str]:
    """The keys of the data folder by name; raises UserError where there are none."""
    keys = {path.name: path.read_text("ascii") for path in sorted(data_dir.glob("*.key"))}
    if not keys:
        raise UserError(f"There is no key in {data_dir}: it is made at first use, or is the setting FINGERPRINT_KEY.")
    return keys


def write_keys(keys: dict[str, str], target: Path) -> Path:
    """Write the keys to a file that nobody else may read, and that does not stand yet."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(keys, file)
    except FileExistsError:
        raise UserError(f"{target} stands already: a key is not written over another.") from None
    except OSError as error:
        raise OperatorError(f"{target} cannot be written: {error.strerror}.") from None
    return target


def read_keys(source: Path) -> dict[str, str]:
    """The keys by name; raises UserError where the file holds none."""
    try:
        keys = json.loads(source.read_bytes()[:_LARGEST])
    except FileNotFoundError:
        raise UserError(f"{source}: there is no such file.") from None
    except (OSError, ValueError):
        keys = None
    named = isinstance(keys, dict) and all(
        isinstance(key, str) and Path(name).name == name and name.endswith(".key") for name, key in keys.items()
    )
    if not keys or not named:
        raise UserError(f"{source} holds no keys: give the file that backup --with-key wrote.")
    return dict(keys)


def refuse_other_keys(keys: dict[str, str], data_dir: Path) -> None:
    """Raises UserError where another key stands in the data folder: what it made would not be known any more."""
    for name, key in keys.items():
        path = data_dir / name
        if path.exists() and path.read_bytes().strip() != key.strip().encode():
            raise UserError(f"Another key stands at {path}: --force puts the one from the file in its place.")


def put_keys(keys: dict[str, str], data_dir: Path) -> None:
    """Put the keys into the data folder, for its owner alone."""
    for name, key in keys.items():
        aside = data_dir / f".{name}.part"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
        aside.replace(data_dir / name)
