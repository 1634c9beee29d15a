"""DBOS and what we ask of it: a workflow is started for each piece of work, and found again after a crash."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dbos import DBOS, SetWorkflowID
from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url

from bot.errors import OperatorError
from bot.storage.sqlite import Hurried

# Constant: DBOS recovers only work of its own version, and an update must not leave work behind.
_VERSION = "1"
_AT_ONCE = 500
# What a power cut takes from DBOS's SQLite our own table makes good: work it does not know is started.
_SQLITE = {"connect_args": {"factory": Hurried}, "pool_use_lifo": True}

_perform: list[Callable[[str], None]] = []


@DBOS.workflow(name="work", max_recovery_attempts=10_000)  # attempts are counted, and bounded, in `Jobs`
def _work(work_id: str) -> None:
    """Its one input is an id and it returns nothing: DBOS's own tables hold no word of anybody's."""
    try:
        _perform[-1](work_id)
    except Exception as error:  # DBOS keeps what is raised, with its words and values
        raise RuntimeError(type(error).__name__) from None


class Engine:
    """DBOS, of which a process has one."""

    def __init__(self, database_url: str, data_dir: Path, replica: str, threads: int) -> None:
        shared = database_url.startswith("postgres")
        # One process owns a SQLite file, whatever its host is called this time: it goes on with its own work at once.
        self.executor = replica if shared else "local"
        self.is_shared = shared
        self._lock = None if shared else FileLock(data_dir / "jobs.lock")
        self._url = _psycopg(database_url) if shared else f"sqlite:///{data_dir / 'jobs.sqlite3'}"
        self._threads = threads

    def launch(self, perform: Callable[[str], None]) -> None:
        """Start, and begin with what was left; raises OperatorError where the database cannot be used."""
        if self._lock:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise OperatorError(
                    "Another copilot runs with this DATA_DIR: stop it, or give DATABASE_URL a PostgreSQL to share."
                ) from None
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        DBOS(
            config={
                "name": "billing-copilot",
                "system_database_url": self._url,
                "application_version": _VERSION,
                "executor_id": self.executor,
                "max_executor_threads": self._threads,
                "log_level": "CRITICAL",  # what it logs of an error is the error's own text
                "use_listen_notify": False,
                **({} if self.is_shared else {"db_engine_kwargs": _SQLITE}),
            }
        )
        _perform.append(perform)
        try:
            DBOS.launch()
        except Exception as error:
            self.stop()
            raise OperatorError(f"The database of pending work cannot be used ({type(error).__name__}).") from None

    def start(self, work_id: str) -> None:
        """Start the workflow of this id; one that was started before is left alone."""
        with SetWorkflowID(work_id):
            DBOS.start_workflow(_work, work_id)

    def unknown(self, work_ids: Sequence[str]) -> Sequence[str]:
        """Those of these ids that no workflow was ever started for."""
        known: set[str] = set()
        for at in range(0, len(work_ids), _AT_ONCE):
            some = list(work_ids[at : at + _AT_ONCE])
            found = DBOS.list_workflows(workflow_ids=some, load_input=False, load_output=False)
            known.update(status.workflow_id for status in found)
        return [work_id for work_id in work_ids if work_id not in known]

    def recover(self, living: set[str]) -> Sequence[str]:
        """Take over what replicas that live no more have left; of several that try, one gets each piece."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        lost = {str(status.executor_id) for status in pending} - living - {self.executor}
        if lost:
            DBOS._recover_pending_workflows(sorted(lost))
        return sorted(lost)

    def forget(self, older_than: timedelta) -> None:
        """Delete the rows of workflows that ended longer ago."""
        before = (datetime.now(UTC) - older_than).isoformat()
        while ended := DBOS.list_workflows(
            completed_before=before, limit=_AT_ONCE, load_input=False, load_output=False
        ):
            DBOS.delete_workflows([status.workflow_id for status in ended])

    def stop(self) -> None:
        DBOS.destroy()
        if _perform:
            _perform.pop()
        if self._lock:
            self._lock.release()


def _psycopg(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
