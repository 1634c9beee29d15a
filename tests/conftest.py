"""What every test shares: no setting of this machine reaches a test."""

import os

import pytest

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
