"""Which workspaces installed the app, each with its bot token, sealed: a copy of the database opens none of them."""

from typing import Any

import structlog
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import Dialect, Engine, Text, TypeDecorator, select, update

from bot.jobs.seal import Seal, SealBrokenError

log = structlog.get_logger("bot.slack")

TOKENS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")
"""The columns that let somebody act for a workspace."""


class _Sealed(TypeDecorator[str]):
    """A text that is sealed on its way in; one that no key opens any more reads as none."""

    impl = Text
    cache_ok = False

    def __init__(self, seal: Seal) -> None:
        super().__init__()
        self._seal = seal

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        return None if value is None else self._seal.close(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        try:
            return None if value is None else self._seal.open(value.encode()).decode()
        except SealBrokenError:
            log.error("token_unreadable")  # its key is not in WORK_KEY any more: install the app again
            return None


class Installations(SQLAlchemyInstallationStore):
    """slack_sdk's store, its tokens sealed; one row a workspace."""

    def __init__(self, client_id: str, engine: Engine, seal: Seal) -> None:
        super().__init__(client_id, engine)
        for table in (self.bots, self.installations):
            for column in table.columns:
                if column.name in TOKENS:
                    column.type = _Sealed(seal)
        self._seal_anew()

    def save(self, installation: Installation) -> None:
        """In place of what the workspace had: no token outlives a new installation."""
        self.delete_installation(enterprise_id=installation.enterprise_id, team_id=installation.team_id)
        self.delete_bot(enterprise_id=installation.enterprise_id, team_id=installation.team_id)
        super().save(installation)
        log.warning("workspace_installed", practice=installation.team_id or installation.enterprise_id)

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The workspace removed the app: its token goes, what the practice recorded stays (docs/access.md)."""
        super().delete_all(enterprise_id=enterprise_id, team_id=team_id)
        log.warning("workspace_left", practice=team_id or enterprise_id)

    def bot_of(self, practice: str) -> Bot | None:
        """The bot in one workspace, by its team id alone: no two have the same."""
        if not practice:
            return None
        columns = self.bots.c
        query = (
            select(self.bots)
            .where(columns.client_id == self.client_id, columns.team_id == practice)
            .order_by(columns.installed_at.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            row: Any = connection.execute(query).mappings().first()
        return self.build_bot_entity(row) if row and row["bot_token"] else None

    def practices(self) -> list[str]:
        """The team ids of all that installed the app."""
        query = select(self.bots.c.team_id).where(self.bots.c.client_id == self.client_id).distinct()
        with self.engine.connect() as connection:
            return sorted(team for team in connection.execute(query).scalars() if team)

    def _seal_anew(self) -> None:
        """With the first key, so that after a start of all replicas an old one may go."""
        with self.engine.begin() as connection:
            for table in (self.bots, self.installations):
                tokens = [column for column in table.columns if column.name in TOKENS]
                for row in connection.execute(select(table.c.id, *tokens)).mappings().all():
                    readable = {name: value for name, value in row.items() if name != "id" and value is not None}
                    if readable:
                        connection.execute(update(table).where(table.c.id == row["id"]).values(readable))
