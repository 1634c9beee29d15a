"""What a workspace grants when it installs the app, and what of it is kept."""

from pathlib import Path

import pytest
import yaml
from alembic import command
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Text, text

from bot.jobs.seal import Seal
from bot.slack.installations import TOKENS, Installations
from bot.slack.installing import SCOPES
from bot.storage.backup import back_up, restore
from bot.storage.database import connect, metadata, open_database
from bot.storage.schema import alembic_config


def test_the_scopes_asked_for_are_the_manifests() -> None:
    manifest = yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text("utf-8"))
    assert sorted(SCOPES) == sorted(manifest["oauth_config"]["scopes"]["bot"])


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; the embedded one goes by its data folder."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


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


def test_the_tables_have_every_column_that_slacks_library_writes() -> None:
    theirs = MetaData()
    SQLAlchemyInstallationStore.build_bots_table(theirs, "slack_bots")
    SQLAlchemyInstallationStore.build_installations_table(theirs, "slack_installations")
    SQLAlchemyOAuthStateStore.build_oauth_states_table(theirs, "slack_oauth_states")
    for name, table in theirs.tables.items():
        ours = metadata.tables[name]
        assert {one.name: one.nullable for one in ours.columns} == {one.name: one.nullable for one in table.columns}
        assert [(one.name, list(one.columns.keys())) for one in ours.indexes] == [
            (one.name, list(one.columns.keys())) for one in table.indexes
        ]


def test_tables_that_slacks_library_made_for_itself_are_taken_over_with_their_workspaces(
    url: str, tmp_path: Path
) -> None:
    before = connect(url, tmp_path)
    with before.begin() as connection:
        command.upgrade(alembic_config(connection), "0004")
    theirs = SQLAlchemyInstallationStore("1.2", before)
    for column in (*theirs.bots.columns, *theirs.installations.columns):
        if column.name in TOKENS:  # a sealed one is longer than the library plans for
            column.type = Text()
    theirs.create_tables()
    SQLAlchemyOAuthStateStore(600, before).create_tables()
    Installations("1.2", before, Seal(["k" * 32])).save(installed("T1", "xoxb-of-one"))
    before.dispose()
    engine = open_database(url, tmp_path)
    assert Installations("1.2", engine, Seal(["k" * 32])).bot_of("T1").bot_token == "xoxb-of-one"
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_installations_move_from_one_machine_to_postgresql(postgres_url: str, tmp_path: Path) -> None:
    engine = open_database("", tmp_path / "data")
    Installations("1.2", engine, Seal(["k" * 32])).save(installed("T1", "xoxb-of-one"))
    old = Installations("1.2", engine, Seal(["k" * 32])).bot_of("T1")
    engine.dispose()
    manifest = restore(postgres_url, tmp_path / "new", back_up("", tmp_path / "data", tmp_path).file)
    assert manifest.rows["slack_bots"] == 1
    engine = open_database(postgres_url, tmp_path / "new")
    store = Installations("1.2", engine, Seal(["k" * 32]))
    assert (store.bot_of("T1").bot_token, store.bot_of("T1").installed_at) == ("xoxb-of-one", old.installed_at)
    store.save(installed("T2", "xoxb-of-two"))
    assert store.practices() == ["T1", "T2"]
    engine.dispose()
