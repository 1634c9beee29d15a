"""`python -m tests.chaos [WORKS KILLS SECONDS]` sends work while it kills the bot, then while its model breaks."""

import json
import sys
import tempfile
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from tests.bench.bench_streaming import SENTENCES
from tests.chaos.storm import Count, Storm
from tests.llm.model_server import running_model_server

# Three calls in ten fail, each way as likely as the others.
FAULTS = {"dropRate": 0.1, "malformedRate": 0.1, "disconnectRate": 0.05, "rateLimitRate": 0.05}
console = Console(width=None if sys.stdout.isatty() else 120)


def main() -> int:
    works, kills, seconds = (int(word) for word in sys.argv[1:4]) if len(sys.argv) > 3 else (500, 50, 300)
    table = Table(title=f"{works} pieces of work", title_justify="left")
    for heading in (
        "while",
        "kills",
        "answered once",
        "twice",
        "in part",
        "never",
        "not taken",
        "start, s",
        "whole run, s",
    ):
        table.add_column(heading, justify="left" if heading == "while" else "right")
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        counts.append(Storm(Path(folder), works, kills, seconds).run({}))
        _add(table, "the process is killed", counts[-1])
    with tempfile.TemporaryDirectory() as folder:
        try:
            counts.append(_with_a_broken_model(Path(folder), works, seconds / 2))
            _add(table, "three model calls in ten fail", counts[-1])
        except pytest.skip.Exception as skipped:
            console.print(f"not measured: {skipped.msg}")
    console.print(table)
    for count in counts:
        for line in count.failures:
            console.print(line, markup=False)
        for one, texts in count.odd:
            console.print(f"{one}: {texts}", markup=False)
    return 0 if all(count.is_well for count in counts) else 1


def _with_a_broken_model(folder: Path, works: int, seconds: float) -> Count:
    with running_model_server(folder) as server:
        sentences = [{"text": text, "rests_on": ids.split()} for text, ids in SENTENCES]
        reply = {"decision": "allowed_with_conditions", "sentences": sentences}
        server.reply({"match": {}, "response": {"content": json.dumps(reply)}})
        server.fail(**FAULTS)
        settings = {
            "LLM_MODEL": "openai:local",
            "LLM_TIMEOUT_SECONDS": "5",
            "OPENAI_BASE_URL": f"{server.url}/v1",
            "OPENAI_API_KEY": "sk-local",
        }
        return Storm(folder, works, 0, seconds).run(settings, patience=120)


def _add(table: Table, what: str, count: Count) -> None:
    start = sum(count.starts) / len(count.starts)
    numbers = (count.kills, count.once, count.twice, count.half, count.never, count.untaken)
    table.add_row(what, *map(str, numbers), f"{start:.1f}", f"{count.seconds:.0f}")


if __name__ == "__main__":
    sys.exit(main())
