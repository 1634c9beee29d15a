"""Write the next migration from what the tables have become: `.venv/bin/python deploy/new_migration.py "Say what"`.

Alembic compares the tables in `bot/storage` with an empty database brought up to date. Read what it wrote: it sees
columns and tables, not what becomes of the rows in them.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from bot.storage.database import open_database
from bot.storage.schema import alembic_config, newest_revision


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database("", Path(folder))
        with engine.begin() as connection:
            number = f"{int(newest_revision()) + 1:04}"
            command.revision(alembic_config(connection), message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
