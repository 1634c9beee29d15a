"""`claims check` over files of 10 and of 100,000 invented claims: processor seconds, and memory that does not grow.

Beside it the maintained reader for Python, pyx12, going over the same segments once and checking nothing of a claim;
the check goes over them twice.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.invented_claims import many, write
from tests.bench.rows import Row

SIZES = (10, 100_000)
_MOST_MEMORY = 1.1
_PEAK = "[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0]"
_CHECK = """
from bot.policies.catalog import load_catalog; from bot.policies.resolve import Resolver
from bot.claimfile.payers import PayerRules; from bot.claimfile.service import FileCheck
from bot.claimfile.output import csv_line
from datetime import date
catalog = load_catalog()
done = FileCheck(path, PayerRules(catalog, Resolver(catalog), date(2026, 11, 26)))
with open('/dev/null', 'w') as out:
    for finding in done.findings():
        out.write(csv_line(finding))
assert done.summary().claims == claims and not done.summary().not_read
"""
_PYX12 = """
from pyx12.x12file import X12Reader
with open(path) as file:
    assert sum(segment.get_seg_id() == 'CLM' for segment in X12Reader(file)) == claims
"""


def bench_claims_file() -> list[Row]:
    """Each size in a process of its own, a file written beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        files = {size: write(Path(folder, f"{size}.837"), many(size)) for size in SIZES}
        checked = {size: _measured(_CHECK, files[size], size) for size in SIZES}
        beside = _measured(_PYX12, files[SIZES[-1]], SIZES[-1])
        megabytes = files[SIZES[-1]].stat().st_size / 2**20
    small, large = (checked[size] for size in SIZES)
    return [
        Row(f"check of {SIZES[0]} claims, whole process", small[0], "s"),
        Row(
            f"check of {SIZES[-1]:,} claims ({megabytes:.0f} MB), whole process",
            large[0],
            "s",
            "pyx12's reader, one pass",
            beside[0],
        ),
        Row(
            f"check of {SIZES[-1]:,} claims: peak memory",
            large[1],
            "MB",
            f"{SIZES[0]} claims",
            small[1],
            target_ratio=_MOST_MEMORY,
        ),
    ]


def _measured(code: str, path: Path, claims: int) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a fresh process that runs the code."""
    begun = f"from pathlib import Path\npath, claims = Path({str(path)!r}), {claims}\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{begun}{code}\nimport time; print(time.process_time(), {_PEAK})"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak) / 1024
