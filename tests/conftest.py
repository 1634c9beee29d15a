"""What every test shares: no setting of this machine reaches a test."""

import os
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

# How fast a thing is, `make bench` says: a busy machine fails no property.
settings.register_profile("untimed", deadline=None, max_examples=50)
settings.load_profile("untimed")

pytest_plugins = ["tests.postgres", "tests.browser"]

_SETTINGS = (
    "SLACK_",
    "LLM_",
    "CHROMA_",
    "DATABASE_",
    "MIGRATE_",
    "DATA_DIR",
    "FINGERPRINT_",
    "WORKSPACE_",
    "WORK_",
    "HEALTH_",
    "OTEL_",
    "REPLICA",
    "ADMINS",
    "ROLE_",
    "ALLOWED_",
    "AUDIT_",
    "LOG_",
    "OPENAI_",
    "ANTHROPIC_",
)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(_SETTINGS):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _logs_as_they_come() -> Iterator[None]:
    """A command configures the logs of its process: no test inherits another's."""
    yield
    structlog.reset_defaults()
