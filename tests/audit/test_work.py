"""An audit that is stopped goes on from there; where it runs changes nothing that it says."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.audit.cluster import Cluster
from bot.audit.executor import Processes, Serial
from bot.audit.models import Audit
from bot.audit.run import Plan, run_audit
from bot.audit.unit import ToReview, review_unit
from bot.audit.work_file import WorkFile, forget_old
from bot.errors import OperatorError, UserError
from bot.jobs.seal import Seal
from bot.review.models import Segments
from tests.audit.month import GOOD, OTHER, THIN, as_csv, row, work_file

ROWS = [
    row(f"{day}{member}", f"{member}.L.", text, date_of_service=f"2026-10-{day:02}")
    for day in range(1, 15)
    for member, text in (("K", GOOD), ("T", OTHER), ("M", THIN))
]


class StoppedAfter:
    """Runs some units, then is stopped as by Ctrl+C."""

    def __init__(self, units: int) -> None:
        self._left = units

    def run(self, work: Callable[[Any], Any], units: Sequence[Any]) -> Iterator[Any]:
        for unit in units:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            yield work(unit)


class Counting:
    def __init__(self) -> None:
        self.sessions = 0

    def run(self, work: Callable[[Any], Any], units: Sequence[Any]) -> Iterator[Any]:
        self.sessions += sum(len(unit) for unit in units)
        return Serial().run(work, units)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    path = tmp_path / "month.csv"
    path.write_text(as_csv(ROWS))
    return path


def told(audit: Audit) -> dict[str, object]:
    """What an audit says, without how long it took."""
    return audit.model_dump(mode="json", exclude={"seconds", "timing", "peak_memory_mb"})


def test_a_stopped_audit_goes_on_without_doing_finished_work_again(tmp_path: Path, month: Path) -> None:
    with work_file(tmp_path) as work, pytest.raises(KeyboardInterrupt):
        run_audit(Plan(month, executor=StoppedAfter(2)), work)
    counting = Counting()
    with work_file(tmp_path) as work:
        resumed = run_audit(Plan(month, executor=counting), work).audit
    with work_file(tmp_path, "afresh") as work:
        afresh = run_audit(Plan(month, executor=Serial()), work).audit
    assert counting.sessions == 14 - 12
    assert told(resumed) == told(afresh)


def test_other_rules_do_the_work_again(tmp_path: Path, month: Path) -> None:
    counting = Counting()
    for versions in ("1", "2", "2"):
        with work_file(tmp_path) as work:
            run_audit(Plan(month, executor=counting, versions=versions), work)
    assert counting.sessions == 2 * 14


def test_no_word_of_a_note_stands_in_the_work_file_and_another_key_opens_none_of_it(
    tmp_path: Path, month: Path
) -> None:
    with work_file(tmp_path) as work:
        run_audit(Plan(month, executor=Serial()), work)
        assert len(work.finished()) == 14
    written = (tmp_path / "audit-test.work").read_bytes()
    assert not [word for word in (b"landlord", b"K.L.", b"F41.1", b"report") if word in written]
    assert (tmp_path / "audit-test.work").stat().st_mode & 0o077 == 0
    with WorkFile(tmp_path / "audit-test.work", Seal(["other" * 8])) as work:
        assert work.finished() == {}


def test_a_line_cut_short_is_done_again(tmp_path: Path, month: Path) -> None:
    with work_file(tmp_path) as work:
        run_audit(Plan(month, executor=Serial()), work)
    path = tmp_path / "audit-test.work"
    path.write_bytes(path.read_bytes()[:-100])
    with work_file(tmp_path) as work:
        assert len(work.finished()) == 13


def test_two_audits_of_one_input_at_once_are_refused(tmp_path: Path) -> None:
    with work_file(tmp_path), pytest.raises(UserError, match="Another audit"), work_file(tmp_path):
        pass
    with work_file(tmp_path):
        pass  # and the first one let go


def test_work_that_nobody_came_back_to_is_erased_after_its_time(tmp_path: Path) -> None:
    old, new = tmp_path / "audit-old.work", tmp_path / "audit-new.work"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    forget_old(tmp_path, timedelta(hours=24))
    assert (old.exists(), new.exists()) == (False, True)


def test_dask_says_what_one_process_says(tmp_path: Path, month: Path) -> None:
    # In a process of its own: its event loop and its threads outlive a test.
    data = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}
    said = []
    for where in ([], ["--cluster", "local:2"]):
        command = [sys.executable, "-m", "bot", "audit", str(month), "--json", "--history", str(tmp_path / "h.json")]
        done = subprocess.run([*command, *where], env=data, capture_output=True, text=True, timeout=110, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        said.append(told(Audit.model_validate_json(done.stdout)))
    assert said[0] == said[1]


def test_a_session_that_trips_the_review_is_one_failure_beside_the_others_of_its_unit() -> None:
    nobody = Segments(session=(), members=(), sure=True, how="")
    read = ToReview("good", ROWS[0]["note_text"], None)
    done = {one.digest: one for one in review_unit([ToReview("bad", "Words of no member.", nobody), read]).outcomes}
    assert done["good"].report
    assert done["bad"].report is None
    assert "could not be reviewed" in done["bad"].reason


def test_a_process_that_is_killed_is_one_clear_line() -> None:
    with pytest.raises(OperatorError, match="memory"):
        list(Processes(2).run(os._exit, [9, 9]))


def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="write a number"):
        Cluster("local:many")


def test_processes_say_what_one_process_says(tmp_path: Path, month: Path) -> None:
    said = []
    for executor in (Serial(), Processes(2)):
        with work_file(tmp_path, type(executor).__name__) as work:
            said.append(json.dumps(told(run_audit(Plan(month, executor=executor), work).audit)))
    assert said[0] == said[1]
