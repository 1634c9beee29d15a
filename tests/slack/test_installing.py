"""What a workspace grants when it installs the app, and what of it is kept."""

from pathlib import Path

import yaml
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from bot.jobs.seal import Seal
from bot.slack.installations import Installations
from bot.slack.installing import SCOPES
from bot.storage.database import open_database


def test_the_scopes_asked_for_are_the_manifests() -> None:
    manifest = yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8"))
    assert sorted(SCOPES) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def installed(team: str, token: str) -> Installation:
    return Installation(app_id="A1", team_id=team, bot_token=token, bot_id="B1", bot_user_id="U0", user_id="U1")


def test_a_token_is_found_by_its_workspace_and_stands_nowhere_in_the_clear(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    store = Installations("1.2", engine, Seal(["k" * 32]))
    store.save(installed("T1", "xoxb-of-one"))
    store.save(installed("T2", "xoxb-of-two"))
    assert [store.bot_of(team).bot_token for team in ("T1", "T2")] == ["xoxb-of-one", "xoxb-of-two"]
    assert store.bot_of("T3") is None
    assert store.bot_of("") is None
    assert not any(b"xoxb-" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_new_installation_leaves_no_old_token(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    store = Installations("1.2", engine, Seal(["k" * 32]))
    store.save(installed("T1", "xoxb-old"))
    store.save(installed("T1", "xoxb-new"))
    assert store.bot_of("T1").bot_token == "xoxb-new"
    with engine.connect() as connection:
        for table in ("slack_bots", "slack_installations"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1


def test_with_another_key_the_workspace_counts_as_not_installed(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    Installations("1.2", engine, Seal(["k" * 32])).save(installed("T1", "xoxb-of-one"))
    assert Installations("1.2", engine, Seal(["n" * 32])).bot_of("T1") is None


def test_after_a_start_with_a_new_key_in_front_the_old_one_may_go(tmp_path: Path) -> None:
    engine = open_database("", tmp_path)
    Installations("1.2", engine, Seal(["k" * 32])).save(installed("T1", "xoxb-of-one"))
    Installations("1.2", engine, Seal(["n" * 32, "k" * 32]))
    assert Installations("1.2", engine, Seal(["n" * 32])).bot_of("T1").bot_token == "xoxb-of-one"
