"""The workspaces this program serves: the one its token belongs to, or all that installed the app."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from slack_sdk import WebClient


class Practices(Protocol):
    """A practice is a Slack workspace and goes by its team id."""

    def ids(self) -> Sequence[str]: ...

    def client(self, practice: str) -> WebClient | None:
        """A client with that workspace's token; None where the app is not installed there (any more)."""
        ...


@dataclass(frozen=True)
class OnePractice:
    """One token, one workspace."""

    practice: str
    web_client: WebClient

    def ids(self) -> Sequence[str]:
        return (self.practice,)

    def client(self, practice: str) -> WebClient | None:
        return self.web_client if practice == self.practice else None
