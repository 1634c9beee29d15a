"""Make `knowledge/codes/icd10cm.tsv.gz` from the package simple-icd-10-cm and CMS's addenda of later years.

The package costs 1.8 s and 200 MB at import, too much for a bot; the table costs milliseconds. Run it again after
raising the package's version, or with new addenda: `.venv/bin/python deploy/build_codes.py`. Earlier years stay on
file beside the new one.

`icd10cm_addenda_2027.tsv` holds the lines of CMS's order addenda, without their short titles: what came (Add), went
(Delete) or got another title (Revise) against the year before, whether it is a code (1) or a header (0), its key and
its long title. A code that got finer ones beneath it is deleted as a code and added as a header. Its first line names
fiscal year, release and source, its second CMS's own counts of both years, which the table is held to.
"""

import gzip
import re
from collections import Counter
from importlib import metadata, resources
from pathlib import Path

import simple_icd_10_cm as icd

TARGET = Path(__file__).parents[1] / "knowledge" / "codes" / "icd10cm.tsv.gz"
ADDENDA = "icd10cm_addenda_*.tsv"

# Of each code its mark in each year (1 for a code, 0 for a header) and its newest title.
Codes = dict[str, tuple[dict[int, str], str]]


def release_on_file() -> tuple[int, str]:
    """The release the package carries, as its own data files say: fiscal year and name."""
    files = list(resources.files("simple_icd_10_cm.data").iterdir())
    codes = next(file.name for file in files if file.name.startswith("code-list"))
    with next(file for file in files if file.name.endswith(".xml")).open("rb") as tabular:
        year = re.search(rb"<version>(\d{4})</version>", tabular.read(4000))
    assert year, "the tabular list names no version"
    return int(year[1]), codes.removeprefix("code-list-").removesuffix(".txt").replace("-", " ")


def on_file() -> tuple[dict[int, str], Codes]:
    """The releases that the table holds already, and its codes."""
    if not TARGET.exists():
        return {}, {}
    header, *rows = gzip.decompress(TARGET.read_bytes()).decode().splitlines()
    releases = {int(year): name for year, name in (one.split(" ", 1) for one in header.split("\t")[1:])}
    codes = {}
    for row in rows:
        code, marks, title = row.split("\t", 2)
        codes[code] = ({year: mark for year, mark in zip(releases, marks, strict=True) if mark != "-"}, title)
    return releases, codes


def put_package(releases: dict[int, str], codes: Codes) -> int:
    """Put the package's release beside those on file, in the place of an earlier one of its own fiscal year."""
    year, name = release_on_file()
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
    return year


def put_addenda(path: Path, after: int, releases: dict[int, str], codes: Codes) -> None:
    """Put the year of CMS's addenda beside those on file, where it comes later than the package's own.

    Raises:
        ValueError: a line does not fit the year before, or the years' counts are not those CMS gives.
    """
    first, second, *lines = path.read_text("utf-8").splitlines()
    told, name, source = first.removeprefix("# ").split("\t")
    year, before = int(told), int(told) - 1
    if year <= after:
        return
    releases[year] = f"{name} ({source})"
    for marks, _ in codes.values():
        marks.pop(year, None)
        if before in marks:
            marks[year] = marks[before]
    for line in lines:
        change, mark, code, title = line.split("\t")
        marks, known = codes.setdefault(code, ({}, ""))
        if marks.get(year) != (None if change == "Add" else mark):
            raise ValueError(f"{path.name}: {change} {code} does not fit what is on file")
        if change == "Delete":
            del marks[year]
        else:
            marks[year] = mark
        codes[code] = (marks, known if change == "Delete" else title)
    counted = [Counter(marks[one] for marks, _ in codes.values() if one in marks) for one in (before, year)]
    if [count[mark] for count in counted for mark in "10"] != [int(one) for one in re.findall(r"(\d+) [ch]", second)]:
        raise ValueError(f"{path.name}: the table has {counted}, CMS has {second}")


def main() -> None:
    """Bring the table up to the package's release, and beyond it by the addenda."""
    releases, codes = on_file()
    year = put_package(releases, codes)
    for path in sorted(Path(__file__).parent.glob(ADDENDA)):
        put_addenda(path, year, releases, codes)
    years = sorted(releases)
    lines = ["\t".join(["# ICD-10-CM", *(f"{one} {releases[one]}" for one in years)])]
    for code, (marks, title) in sorted(codes.items()):
        if marks:
            lines.append(f"{code}\t{''.join(marks.get(one, '-') for one in years)}\t{title}")
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"{TARGET}: {len(lines) - 1} codes, {', '.join(releases[one] for one in years)}")


if __name__ == "__main__":
    main()
