"""Programs and libraries from npm that tests run: installed once from their lock, skipped where npm is not there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock


def installed(folder: Path, wanted: str, untested: str) -> Path:
    """`wanted` (a path in node_modules) of the package in `folder`.

    Without npm or its registry it skips, saying what is not tested; in CI it fails.
    """
    found = folder / "node_modules" / wanted
    give_up = pytest.fail if os.environ.get("CI") else pytest.skip
    if not (shutil.which("npm") and shutil.which("node")):
        give_up(f"NOT TESTED: {untested}. Node 20 and npm are needed.")
    with FileLock(folder / ".install.lock", timeout=110):
        if found.exists():
            return found
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            capture_output=True,
            timeout=100,
            check=False,
        )
    if done.returncode:
        give_up(f"NOT TESTED: {untested}. `npm ci` in {folder} failed: no npm registry?")
    return found
