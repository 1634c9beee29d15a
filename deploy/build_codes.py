"""Make `knowledge/codes/icd10cm.tsv.gz` from the package simple-icd-10-cm.

The package costs 1.8 s and 200 MB at import, too much for a bot; the table costs milliseconds. Run it again
after raising the package's version: `.venv/bin/python deploy/build_codes.py`.
"""

import gzip
import re
from importlib import metadata, resources
from pathlib import Path

import simple_icd_10_cm as icd

TARGET = Path(__file__).parents[1] / "knowledge" / "codes" / "icd10cm.tsv.gz"


def release_on_file() -> tuple[int, str]:
    """The release the package carries, as its own data files say: fiscal year and name."""
    files = list(resources.files("simple_icd_10_cm.data").iterdir())
    codes = next(file.name for file in files if file.name.startswith("code-list"))
    with next(file for file in files if file.name.endswith(".xml")).open("rb") as tabular:
        year = re.search(rb"<version>(\d{4})</version>", tabular.read(4000))
    assert year, "the tabular list names no version"
    return int(year[1]), codes.removeprefix("code-list-").removesuffix(".txt").replace("-", " ")


def main() -> None:
    year, release = release_on_file()
    lines = [f"# ICD-10-CM\t{year}\t{release}\tsimple-icd-10-cm {metadata.version('simple-icd-10-cm')}"]
    for code in sorted({code.replace(".", "") for code in icd.get_all_codes() if icd.is_category_or_subcategory(code)}):
        lines.append(f"{code}\t{int(icd.is_leaf(code))}\t{icd.get_description(code)}")
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"{TARGET}: {len(lines) - 1} codes of fiscal year {year} ({release}), {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
