"""Make `knowledge/codes/icd10cm.tsv.gz` from the package simple-icd-10-cm.

The package costs 1.8 s and 200 MB at import, too much for a bot; the table costs milliseconds. Run it again after
raising the package's version: `.venv/bin/python deploy/build_codes.py`. Earlier years stay on file beside the new one.
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


def on_file() -> tuple[dict[int, str], dict[str, tuple[dict[int, str], str]]]:
    """The releases that the table holds already, and of each code its mark in each of them and its title."""
    if not TARGET.exists():
        return {}, {}
    header, *rows = gzip.decompress(TARGET.read_bytes()).decode().splitlines()
    releases = {int(year): name for year, name in (one.split(" ", 1) for one in header.split("\t")[1:])}
    codes = {}
    for row in rows:
        code, marks, title = row.split("\t", 2)
        codes[code] = ({year: mark for year, mark in zip(releases, marks, strict=True) if mark != "-"}, title)
    return releases, codes


def main() -> None:
    """Put the package's release beside those on file, in the place of an earlier one of its own fiscal year."""
    year, name = release_on_file()
    releases, codes = on_file()
    releases[year] = f"{name} (simple-icd-10-cm {metadata.version('simple-icd-10-cm')})"
    for marks, _ in codes.values():
        marks.pop(year, None)
    for code in icd.get_all_codes():
        if icd.is_category_or_subcategory(code):
            key = code.replace(".", "")
            marks, title = codes.get(key, ({}, ""))
            marks[year] = str(int(icd.is_leaf(code)))
            told = " ".join(icd.get_description(code).split())
            codes[key] = (marks, told if year == max(marks) else title)
    years = sorted(releases)
    lines = ["\t".join(["# ICD-10-CM", *(f"{one} {releases[one]}" for one in years)])]
    for code, (marks, title) in sorted(codes.items()):
        if marks:
            lines.append(f"{code}\t{''.join(marks.get(one, '-') for one in years)}\t{title}")
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"{TARGET}: {len(lines) - 1} codes, {', '.join(releases[one] for one in years)}")


if __name__ == "__main__":
    main()
