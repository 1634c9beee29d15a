"""Derive knowledge/codes/icd10cm.zip from the package simple-icd-10-cm, a tool of this one step and not of the program.

    .venv/bin/python deploy/build_codes.py

The package takes seconds and hundreds of megabytes to load. What a review asks of it (is there such a code, can it be
billed, what is it called) fits into one small archive, a table for each first letter, read when that letter is asked for.
When a new release comes: raise the package, set RELEASE to its dates, run this, and read the difference.
"""

import json
import warnings
import zipfile
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "knowledge" / "codes" / "icd10cm.zip"
RELEASE = {
    "name": "ICD-10-CM FY2026, April 1, 2026 release",
    "valid_from": "2026-04-01",
    "valid_to": "2026-09-30",
    "year_from": "2025-10-01",
    "source": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
}
_WHEN = (2026, 4, 1, 0, 0, 0)  # so that the same input gives the same bytes


def main() -> None:
    """Write the archive: about.json, and A.tsv to Z.tsv with code, whether it can be billed, and what it is called."""
    warnings.simplefilter("ignore")
    import simple_icd_10_cm as icd

    tables: dict[str, list[str]] = defaultdict(list)
    for code in icd.get_all_codes(with_dots=False):
        if icd.is_chapter_or_block(code) and not icd.is_category(code):
            continue
        billable = "1" if icd.is_leaf(code) else "0"
        tables[code[0]].append(f"{code}\t{billable}\t{icd.get_description(code)}")
    about = {
        **RELEASE,
        "package": f"simple-icd-10-cm {version('simple-icd-10-cm')}",
        "codes": sum(map(len, tables.values())),
    }
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _add(archive, "about.json", json.dumps(about, indent=1))
        for letter in sorted(tables):
            _add(archive, f"{letter}.tsv", "\n".join(sorted(tables[letter])) + "\n")
    print(f"{OUT.name}: {about['codes']} codes, {OUT.stat().st_size / 1e6:.1f} MB")  # noqa: T201


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text)


if __name__ == "__main__":
    main()
