from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.settings import Settings, load_settings


def test_every_setting_is_in_the_docs() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text("utf-8")
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in page]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKSPACE_PORT", "seventy"),
        ("SLACK_API_URL", "slack.com"),
        ("LLM_TIMEOUT_SECONDS", "0"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OperatorError, match=name) as caught:
        load_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BILLING_LEAD", "@robin", "must be one id, U… of a person or S… of a user group"),
        ("ADMINS", "robin", "must be ids, U… of people and S… of user groups, with commas"),
        ("ALLOWED_TEAMS", "practice", "must be ids, T… of workspaces and E… of organisations, with commas"),
        ("ROLE_DEFAULT", "boss", "must be biller, clinician, learner or none"),
        ("LOG_LEVEL", "loud", "must be debug, info, warning or error"),
        ("REPLICA", "a b", "has another form than this setting takes"),
        ("LLM_PROVIDERS", "Anthropic!", "has another form than this setting takes"),
    ],
)
def test_a_setting_of_the_wrong_form_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(OperatorError) as caught:
        load_settings()
    assert str(caught.value) == f"Setting {name}: {told}. See docs/settings.md."


def test_a_setting_may_be_a_file_that_a_container_is_handed_and_a_variable_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.settings._SECRETS", tmp_path)
    (tmp_path / "slack_bot_token").write_text("xoxb-from-a-file\n")
    (tmp_path / "log_level").write_text("info")
    (tmp_path / "postgres_password").write_text("somebody else's")
    monkeypatch.setenv("LOG_LEVEL", "error")
    settings = load_settings()
    assert settings.slack_bot_token
    assert settings.slack_bot_token.get_secret_value() == "xoxb-from-a-file"
    assert settings.log_level == "error"


def test_a_token_never_shows_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter2@db/copilot")
    assert "very-secret" not in repr(load_settings())
    assert "hunter2" not in repr(load_settings())


def test_slack_is_joined_only_with_both_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert not load_settings().joins_slack
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert load_settings().joins_slack
