"""A machine is lost and the practice works on: what was backed up comes back whole, over nothing unasked."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.app import Copilot
from bot.errors import OperatorError, UserError
from bot.policies.models import Decision, Topic
from bot.policies.verification_draft import Draft
from bot.settings import Settings
from bot.storage.backup import back_up, restore
from bot.storage.database import connect, open_database
from bot.storage.disputes import Dispute
from bot.storage.documents import StoredPassage
from bot.storage.feedback import FeedbackStore
from bot.storage.key_backup import kept_keys, put_keys, read_keys, refuse_other_keys, write_keys
from bot.storage.secret_key import secret_key

QUESTION = "Does Zebra Mutual require prior authorization for 90853?"
SAID = Draft(
    payer="Zebra Mutual",
    topic=Topic.PRIOR_AUTH,
    decision=Decision.NOT_REQUIRED,
    conditions=("up to 26 visits",),
    answered_by="Kim, provider services",
    reference="A-1",
    verified_on=date.today() - timedelta(days=1),
)
NOTE = """Group: CBT for anxiety. Date: {day}. 8 members, 60 minutes. Topic: {topic}.

Patient: K.L.
{toast}

Patient: M.R.
{other}
"""
TOAST = (
    "Kept the wedding toast to two lines and noticed that nobody laughed at her hands. Rated the dread 70 before and "
    "30 after, against a guess of 90. Will read aloud to her niece on Sunday and write down what she expects first."
)
NewUrl = Callable[[], str]
Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest) -> NewUrl:
    """Gives the address of one empty database after the other; the embedded one goes by its data folder."""
    if request.param == "sqlite":
        return lambda: ""
    make: NewUrl = request.getfixturevalue("new_postgres_url")
    return make


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    def run(url: str, data_dir: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
        settings = {"DATA_DIR": str(data_dir), "DATABASE_URL": url}
        environment = {"PATH": path or os.environ["PATH"], "HOME": str(tmp_path), **settings}
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100, check=False
        )

    return run


def note(day: str, topic: str, other: str) -> str:
    return NOTE.format(day=day, topic=topic, toast=TOAST, other=other)


def with_a_thumb(url: str, data_dir: Path) -> None:
    engine = open_database(url, data_dir)
    FeedbackStore(engine).put("T1", "D1", "1.0", "U1", "up")
    engine.dispose()


def thumbs(url: str, data_dir: Path) -> dict[str, int]:
    engine = open_database(url, data_dir)
    try:
        return FeedbackStore(engine).counts()
    finally:
        engine.dispose()


def test_a_rehearsal_the_machine_is_lost_and_another_answers_as_it_did(
    cli: Cli, new_url: NewUrl, tmp_path: Path
) -> None:
    url, old, new = new_url(), tmp_path / "old", tmp_path / "new"
    before = Copilot(Settings(data_dir=old, database_url=url))
    office = before.at("T1")
    made = office.verifications.record(SAID, "U1", date.today())
    answer = office.ask(QUESTION).as_json()
    assert (answer["decision"], answer["citations"][0]["snippet_id"]) == ("not_required", made.id)
    office.feedback.put("D1", "1.0", "U1", "up")
    office.dispute("D1", "1.0", "U1", Dispute("plan", "missing", "met", "words_not_seen", "", "offline", "0.1.0"))
    before.passages.put("T1", "d1", [StoredPassage("d1", 1, 3, "Group", 0, "units", "One unit a member.", "e", b"\0")])
    assert (
        office.review(
            note(
                "2026-10-03",
                "predictions",
                "Brought the leash of the dog that died in May. Asked who walks at seven. Nobody did.",
            )
        ).earlier
        == ()
    )

    done = cli(url, old, "backup", str(tmp_path), "--with-key", "--json")
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)
    before.close()
    shutil.rmtree(old)

    url = new_url()
    done = cli(url, new, "restore", written["file"], "--key", written["key_file"], "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == written["rows"]

    after = Copilot(Settings(data_dir=new, database_url=url))
    office = after.at("T1")
    assert office.ask(QUESTION).as_json() == answer
    assert [change.action for change in after.ledger.history("T1", "verification", made.id)] == ["recorded"]
    assert after.feedback.counts() == {"up": 1}
    assert [one.dispute.check for one in after.disputes.all("T1")] == ["plan"]
    assert [one.text for one in after.passages.of("T1", "d1")] == ["One unit a member."]
    (copy,) = office.review(
        note(
            "2026-10-10",
            "shame",
            "Rode the bus two stops past his own and walked home in the rain. Wants the tram next.",
        )
    ).earlier
    assert (copy.label, copy.date) == ("K.L.", date(2026, 10, 3))
    checks = json.loads(cli(url, new, "doctor", "--json").stdout)["checks"]
    assert {check["name"]: check["status"] for check in checks}["index"] == "ok"
    after.close()


def test_the_backup_holds_no_key_and_nobody_else_may_read_it_or_the_key(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    key = secret_key("", data)
    done = back_up("", data, tmp_path)
    apart = write_keys(kept_keys(data), tmp_path / "apart.json")
    with zipfile.ZipFile(done.file) as archive:
        assert all(key not in archive.read(name) for name in archive.namelist())
    assert [stat.S_IMODE(path.stat().st_mode) for path in (done.file, apart)] == [0o600, 0o600]
    assert read_keys(apart)["secret.key"].encode().strip() == key


def test_a_backup_is_taken_while_the_bot_writes(new_url: NewUrl, tmp_path: Path) -> None:
    url, data = new_url(), tmp_path / "data"
    engine = open_database(url, data)
    FeedbackStore(engine).put("T1", "D1", "1.0", "U1", "up")
    with engine.begin() as writing:
        writing.exec_driver_sql("update feedback set value = 'down'")
        done = back_up(url, data, tmp_path)
    assert FeedbackStore(engine).counts() == {"down": 1}
    engine.dispose()
    url = new_url()
    restore(url, tmp_path / "new", done.file)
    assert thumbs(url, tmp_path / "new") == {"up": 1}


def test_nothing_that_stands_is_overwritten_unless_that_is_asked_for(new_url: NewUrl, tmp_path: Path) -> None:
    url, data = new_url(), tmp_path / "data"
    with_a_thumb(url, data)
    done = back_up(url, data, tmp_path)
    engine = open_database(url, data)
    FeedbackStore(engine).put("T1", "D1", "2.0", "U2", "down")
    engine.dispose()
    with pytest.raises(UserError, match="--force"):
        restore(url, data, done.file)
    assert thumbs(url, data) == {"up": 1, "down": 1}
    restore(url, data, done.file, force=True)
    assert thumbs(url, data) == {"up": 1}


def test_what_an_sqlite_file_held_before_a_forced_restore_is_kept_beside_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    done = back_up("", data, tmp_path)
    with closing(sqlite3.connect(data / "copilot.sqlite3")) as connection, connection:
        connection.execute("update feedback set value = 'down'")
    restore("", data, done.file, force=True)
    with closing(sqlite3.connect(data / "copilot.before-restore.sqlite3")) as connection:
        assert connection.execute("select value from feedback").fetchall() == [("down",)]


def test_a_broken_database_file_is_no_hindrance_to_a_restore(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    done = back_up("", data, tmp_path)
    (data / "copilot.sqlite3").write_bytes(b"no database " * 1000)
    with pytest.raises(OperatorError, match="DATA_DIR"):
        open_database("", data)
    restore("", data, done.file, force=True)
    assert thumbs("", data) == {"up": 1}


def test_other_state_in_the_data_folder_comes_along(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    with closing(sqlite3.connect(data / "other.sqlite3")) as connection, connection:
        connection.execute("create table kept (word)")
        connection.execute("insert into kept values ('here')")
    restore("", tmp_path / "new", back_up("", data, tmp_path).file)
    with closing(sqlite3.connect(tmp_path / "new" / "other.sqlite3")) as connection:
        assert connection.execute("select word from kept").fetchall() == [("here",)]


def test_a_file_that_is_no_whole_backup_changes_nothing_and_says_so_in_a_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    whole = back_up("", data, tmp_path).file
    cut, other, changed = tmp_path / "cut.zip", tmp_path / "other.zip", tmp_path / "changed.zip"
    cut.write_bytes(whole.read_bytes()[:-200])
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no backup")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"up", b"no"))
    for file in (cut, other, changed, tmp_path / "nowhere.zip"):
        with pytest.raises(UserError) as caught:
            restore("", tmp_path / "new", file)
        assert "\n" not in str(caught.value)
        assert list((tmp_path / "new").iterdir()) == []


def test_a_backup_of_a_later_version_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with_a_thumb("", data)
    with closing(sqlite3.connect(data / "copilot.sqlite3")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9000'")
    later = back_up("", data, tmp_path).file
    with pytest.raises(OperatorError, match="later version"):
        restore("", tmp_path / "new", later)


def test_a_practice_that_outgrows_its_machine_takes_everything_along_to_postgresql(
    postgres_url: str, tmp_path: Path
) -> None:
    old = Copilot(Settings(data_dir=tmp_path / "data"))
    made = old.at("T1").verifications.record(SAID, "U1", date.today())
    answer = old.at("T1").ask(QUESTION).as_json()
    assert old.at("T1").review(note("2026-10-03", "predictions", "Brought the leash of the dog.")).earlier == ()
    history = old.ledger.history("T1", "verification", made.id)
    old.close()

    restore(postgres_url, tmp_path / "new", back_up("", tmp_path / "data", tmp_path).file)
    put_keys(read_keys(write_keys(kept_keys(tmp_path / "data"), tmp_path / "key.json")), tmp_path / "new")
    new = Copilot(Settings(data_dir=tmp_path / "new", database_url=postgres_url))
    assert new.at("T1").ask(QUESTION).as_json() == answer
    assert new.ledger.history("T1", "verification", made.id) == history
    (copy,) = new.at("T1").review(note("2026-10-10", "shame", "Rode the bus two stops too far.")).earlier
    assert (copy.label, copy.date) == ("K.L.", date(2026, 10, 3))
    assert new.ledger.add("T1", "reminder", "2026-12", "{}", "U1"), "the numbers of changes go on where they were"
    new.close()


def test_a_backup_of_postgresql_does_not_go_into_sqlite(postgres_url: str, tmp_path: Path) -> None:
    with_a_thumb(postgres_url, tmp_path / "data")
    done = back_up(postgres_url, tmp_path / "data", tmp_path)
    with pytest.raises(UserError, match="DATABASE_URL"):
        restore("", tmp_path / "new", done.file)


def test_a_backup_is_never_written_over_a_file_nor_into_nowhere_nor_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to back up"):
        back_up("", tmp_path / "data", tmp_path)
    with_a_thumb("", tmp_path / "data")
    (tmp_path / "taken.zip").write_text("mine")
    with pytest.raises(UserError, match="stands already"):
        back_up("", tmp_path / "data", tmp_path / "taken.zip")
    assert (tmp_path / "taken.zip").read_text() == "mine"
    with pytest.raises(UserError, match="no such folder"):
        back_up("", tmp_path / "data", tmp_path / "nowhere" / "it.zip")


def test_without_postgresqls_own_tools_a_line_says_what_to_install(cli: Cli, postgres_url: str, tmp_path: Path) -> None:
    with_a_thumb(postgres_url, tmp_path)
    done = cli(postgres_url, tmp_path, "backup", str(tmp_path), path="/nowhere")
    assert done.returncode == 3
    assert "postgresql-client" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.zip"))


def test_another_key_is_not_replaced_unless_that_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    secret_key("", tmp_path / "a")
    keys = read_keys(write_keys(kept_keys(tmp_path / "a"), tmp_path / "key.json"))
    other = secret_key("", tmp_path / "b")
    with pytest.raises(UserError, match="--force"):
        refuse_other_keys(keys, tmp_path / "b")
    assert secret_key("", tmp_path / "b") == other
    refuse_other_keys(keys, tmp_path / "a")
    put_keys(keys, tmp_path / "b")
    assert secret_key("", tmp_path / "b") == secret_key("", tmp_path / "a")
    assert stat.S_IMODE((tmp_path / "b" / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"../x.key": "k"}', '{"a.key": 1}', "\x00"])
def test_a_file_without_keys_is_refused_in_a_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "key.json").write_text(content)
    with pytest.raises(UserError, match="holds no keys"):
        read_keys(tmp_path / "key.json")


def test_where_the_key_is_a_setting_nothing_is_written_and_a_line_says_where_it_is_kept(
    cli: Cli, tmp_path: Path
) -> None:
    with_a_thumb("", tmp_path / "data")
    done = cli("", tmp_path / "data", "backup", str(tmp_path), "--with-key")
    assert done.returncode == 1
    assert "FINGERPRINT_KEY" in done.stderr
    assert not list(tmp_path.glob("*.zip"))


def test_a_restore_that_fails_half_way_leaves_what_stood(cli: Cli, new_postgres_url: NewUrl, tmp_path: Path) -> None:
    url, data = new_postgres_url(), tmp_path / "data"
    with_a_thumb(url, data)
    done = back_up(url, data, tmp_path)
    with_a_thumb(url, data)
    missing = cli(url, data, "restore", str(done.file), "--force", path="/nowhere")
    assert (missing.returncode, "pg_restore" in missing.stderr) == (3, True)
    assert thumbs(url, data) == {"up": 1}
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(done.file) as source, zipfile.ZipFile(broken, "w") as target:
        part = source.read("database.dump")[:-40]
        manifest = json.loads(source.read("manifest.json"))
        manifest["parts"]["database.dump"] = hashlib.sha256(part).hexdigest()
        target.writestr("manifest.json", json.dumps(manifest))
        target.writestr("database.dump", part)
    with pytest.raises(OperatorError, match="pg_restore failed"):
        restore(url, data, broken, force=True)
    assert thumbs(url, data) == {"up": 1}


def test_tables_that_a_later_version_made_do_not_stand_in_a_restored_ones_way(
    postgres_url: str, tmp_path: Path
) -> None:
    with_a_thumb(postgres_url, tmp_path)
    engine = connect(postgres_url, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("drop table review_disputes"))
    done = back_up(postgres_url, tmp_path, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("create table review_disputes (id integer)"))
    restore(postgres_url, tmp_path, done.file, force=True)
    assert "review_disputes" not in inspect(engine).get_table_names()
    engine.dispose()
