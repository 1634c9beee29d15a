"""The app's manifest asks for no more than the docs explain, and declares what the bot hears."""

import re
from pathlib import Path

import pytest
import yaml

from bot.slack.blocks.guide import COMMANDS
from bot.slack.command import WORDS
from bot.slack.intake import Kind, sort_out
from bot.slack.prompts import MOST_PROMPTS, PROMPTS, prompts_for
from bot.slack.roles import Role

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


@pytest.mark.parametrize("word", WORDS)
def test_each_command_is_taught(word: str) -> None:
    taught = " ".join(f"/billing {usage} {told}" for usage, told in COMMANDS)
    assert f"/billing {word}" in taught


@pytest.mark.parametrize("subcommand", ["add", "remove", "clear", "all", "same_day"])
def test_each_subcommand_of_payers_is_explained(subcommand: str) -> None:
    assert f"/billing payers {subcommand}" in DOCS


@pytest.mark.parametrize("role", Role)
def test_each_role_is_offered_questions_that_are_understood(role: Role) -> None:
    prompts = prompts_for({role})
    assert len(prompts) == MOST_PROMPTS
    assert {sort_out(message) for _, message in prompts} <= {Kind.QUESTION, Kind.HOW_TO_REVIEW, Kind.HELP}


def test_a_learner_is_not_sent_to_review_notes_and_who_may_most_counts() -> None:
    assert all("review" not in title.lower() for title, _ in prompts_for({Role.LEARNER}))
    assert prompts_for({Role.LEARNER, Role.ADMIN}) == prompts_for({Role.ADMIN})
    assert len({prompts_for({role}) for role in Role}) == len(Role)


def test_each_complaint_has_an_answer_that_stands_in_the_code_and_is_tested() -> None:
    table = DOCS.split("## What people complain of in Slack agents")[1].split("##")[0]
    rows = [row.split(" | ") for row in table.splitlines() if row.startswith("| ") and "`" in row]
    assert len(rows) == 12
    for *_, where, test in rows:
        assert all(Path(name).is_file() for name in re.findall(r"`([^`]+)`", where)), where
        path, _, name = test.strip(" |`").partition("::")
        assert f"def {name}(" in Path(path).read_text("utf-8"), test


def test_the_prompts_are_those_the_bot_sets() -> None:
    declared = [(p["title"], p["message"]) for p in MANIFEST["features"]["agent_view"]["suggested_prompts"]]
    assert tuple(declared) == PROMPTS


def test_names_and_descriptions_fit_slacks_limits() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    for shortcut in MANIFEST["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
