"""The one file of a backup: a zip of the database's parts and a manifest with the SHA-256 of each."""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import OperatorError, UserError

_MANIFEST = "manifest.json"
_AT_ONCE = 1 << 20


class Manifest(BaseModel):
    """What a backup is of: `rows` counts each table's, `parts` has the SHA-256 of each file in the zip."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal[1] = 1
    made_at: datetime
    program: str
    database: Literal["sqlite", "postgresql"]
    revision: str = Field(pattern=r"^\d*$")
    rows: dict[str, int]
    parts: dict[str, str] = {}


def write_archive(path: Path, manifest: Manifest, parts: Mapping[str, Path]) -> None:
    """Write the zip whole or not at all, for its owner alone; raises OperatorError where it cannot be written."""
    sums = {name: _sum(part) for name, part in parts.items()}
    aside = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_MANIFEST, manifest.model_copy(update={"parts": sums}).model_dump_json(indent=1))
            for name, part in parts.items():
                archive.write(part, name)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise OperatorError(f"{path} cannot be written: {error.strerror}.") from None


def unpack(path: Path, folder: Path) -> Manifest:
    """Lay the parts into the folder, each checked; raises UserError where the file is no whole backup of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
            for name, promised in manifest.parts.items():
                if Path(name).name != name:
                    raise ValueError(name)
                with archive.open(name) as source, (folder / name).open("wb") as target:
                    while some := source.read(_AT_ONCE):
                        target.write(some)
                if _sum(folder / name) != promised:
                    raise UserError(f"{path} is damaged: its {name} is not what was backed up. Nothing was changed.")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file.") from None
    except (zipfile.BadZipFile, KeyError, ValidationError, ValueError, EOFError):
        raise UserError(f"{path} is not a whole backup of the copilot. Nothing was changed.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read or unpacked: {error.strerror}.") from None
    return manifest


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
