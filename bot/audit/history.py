"""Rates of earlier audits, to set the next one beside. Numbers and dates only."""

import os
import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.audit.models import Snapshot
from bot.errors import UserError


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    audits: tuple[Snapshot, ...] = ()


class History:
    """A JSON file of snapshots."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def before(self, one: Snapshot) -> tuple[Snapshot, ...]:
        """Earlier audits of the same practice and scope, oldest first; raises UserError for a file that is none."""
        alike = [kept for kept in self._read().audits if _alike(kept, one) and not _again(kept, one)]
        return tuple(sorted((kept for kept in alike if _ends(kept) <= _ends(one)), key=_ends))

    def add(self, one: Snapshot) -> None:
        """Keep this audit, in place of an earlier one of the same days and scope."""
        others = [kept for kept in self._read().audits if not (_alike(kept, one) and _again(kept, one))]
        told = _Kept(audits=(*others, one)).model_dump_json(indent=1).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(told)
            aside.replace(self._path)
        except OSError as error:
            raise UserError(f"{self._path} cannot be written: {error.strerror}.") from None

    def _read(self) -> _Kept:
        try:
            return _Kept.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return _Kept()
        except OSError as error:
            raise UserError(f"{self._path} cannot be read: {error.strerror}.") from None
        except ValidationError:
            raise UserError(f"{self._path} is no history of audits: name another file with --history.") from None


def _alike(kept: Snapshot, one: Snapshot) -> bool:
    return (kept.practice, kept.scope) == (one.practice, one.scope)


def _again(kept: Snapshot, one: Snapshot) -> bool:
    return (kept.first, kept.last) == (one.first, one.last)


def _ends(one: Snapshot) -> str:
    return str(one.last or one.made_on)
