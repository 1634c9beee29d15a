"""The app's manifest asks for no more than the docs explain, and declares what the bot hears."""

from pathlib import Path

import pytest
import yaml

from bot.slack.blocks.guide import PROMPTS
from bot.slack.command import WORDS

MANIFEST = yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8"))
DOCS = Path("docs/slack.md").read_text("utf-8")


@pytest.mark.parametrize("scope", MANIFEST["oauth_config"]["scopes"]["bot"])
def test_each_scope_is_explained(scope: str) -> None:
    assert f"`{scope}`" in DOCS


@pytest.mark.parametrize("event", MANIFEST["settings"]["event_subscriptions"]["bot_events"])
def test_each_event_is_explained(event: str) -> None:
    assert f"`{event}`" in DOCS


@pytest.mark.parametrize("word", WORDS)
def test_each_command_is_explained(word: str) -> None:
    assert f"`/billing {word}" in DOCS


def test_the_prompts_are_those_the_bot_sets() -> None:
    declared = [(p["title"], p["message"]) for p in MANIFEST["features"]["agent_view"]["suggested_prompts"]]
    assert tuple(declared) == PROMPTS


def test_names_and_descriptions_fit_slacks_limits() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    for shortcut in MANIFEST["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
