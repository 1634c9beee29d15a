"""The search index: brought up to date cheaply, never misread, never lost, read by any number of processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.embedder import Embedder, Vectors
from bot.errors import OperatorError, UpstreamError
from bot.policies.catalog import Catalog
from bot.policies.index import Index, build_index, open_index
from bot.policies.models import LineOfBusiness, Snippet, Source, SourceKind, Topic
from tests.e2e.chroma import running_chroma

SOURCE = Source(title="Manual", publisher="Plan", kind=SourceKind.PRIMARY)
TEXTS = (
    "Group and individual psychotherapy may be billed on one day.",
    "A group has at most twelve members.",
    "Telehealth groups carry modifier 95.",
    "Interns may lead a group under supervision.",
    "No prior authorization is asked for.",
)


@dataclass(frozen=True)
class CountingEmbedder:
    """The bundled embedder, with every text it was given written down."""

    embedder: Embedder
    texts: list[str]
    fingerprint: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        return self.embedder.embed(texts)


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    return Embedder()


@pytest.fixture
def embedder(bundled: Embedder) -> CountingEmbedder:
    return CountingEmbedder(bundled, [], bundled.fingerprint)


def snippet(number: int, text: str, **fields: object) -> Snippet:
    start = Snippet(
        id=f"f-{number}",
        payer_id="plan",
        topic=Topic.GENERAL,
        line_of_business=LineOfBusiness.COMMERCIAL,
        jurisdiction=("US",),
        title="Plan",
        text=text,
        source=SOURCE,
        read_on=date(2026, 1, 1),
    )
    return start.model_copy(update=fields)


def catalog_of(*snippets: Snippet) -> Catalog:
    return Catalog({}, snippets, {})


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of(*(snippet(number, text) for number, text in enumerate(TEXTS)))


def nearest(index: Index, embedder: CountingEmbedder, query: str) -> str:
    return index.query(embedder.embed([query])[0], None, 1)[0][0]


def all_ids(index: Index) -> set[str]:
    return {key for key, _ in index.query(np.ones(384, dtype=np.float32), None, 10_000)}


def test_what_was_built_is_found_by_meaning(catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path) -> None:
    report = build_index(catalog, tmp_path, embedder)
    assert (report.added, report.changed, report.removed, report.kept) == (5, 0, 0, 0)
    index = open_index(tmp_path, embedder)
    assert len(index) == 5
    assert index.is_current(catalog)
    assert nearest(index, embedder, "How many people can attend?") == "f-1"


def test_scores_are_cosines(catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path) -> None:
    build_index(catalog, tmp_path, embedder)
    vector = embedder.embed(["How many people can attend?"])[0]
    exact = {f"f-{n}": float(vector @ embedder.embed([f"Plan\n{text}"])[0]) for n, text in enumerate(TEXTS)}
    assert dict(open_index(tmp_path, embedder).query(vector, None, 5)) == pytest.approx(exact, abs=1e-4)


def test_a_second_build_does_nothing(catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path) -> None:
    build_index(catalog, tmp_path, embedder)
    before = (tmp_path / "index" / "current").read_text()
    embedder.texts.clear()
    report = build_index(catalog, tmp_path, embedder)
    assert (report.added, report.changed, report.removed, report.kept) == (0, 0, 0, 5)
    assert "current" in str(report)
    assert embedder.texts == []
    assert (tmp_path / "index" / "current").read_text() == before


def test_only_what_changed_is_embedded_again(catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path) -> None:
    build_index(catalog, tmp_path, embedder)
    embedder.texts.clear()
    first, second, *rest = catalog.snippets
    changed = second.model_copy(update={"text": "A group has at most eight members."})
    report = build_index(catalog_of(changed, *rest, snippet(9, "Units: one a member.")), tmp_path, embedder)
    assert (report.added, report.changed, report.removed, report.kept) == (1, 1, 1, 3)
    assert sorted(embedder.texts) == ["Plan\nA group has at most eight members.", "Plan\nUnits: one a member."]
    index = open_index(tmp_path, embedder)
    assert all_ids(index) == {"f-1", "f-2", "f-3", "f-4", "f-9"}
    assert first.id not in all_ids(index)


def test_an_incremental_build_ends_where_a_fresh_one_does(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog_of(*catalog.snippets[:3]), tmp_path / "grown", embedder)
    build_index(catalog, tmp_path / "grown", embedder)
    build_index(catalog, tmp_path / "fresh", embedder)
    vector = embedder.embed(["who may lead"])[0]
    grown, fresh = (dict(open_index(tmp_path / name, embedder).query(vector, None, 5)) for name in ("grown", "fresh"))
    assert grown == pytest.approx(fresh, abs=1e-4)


def test_a_new_state_is_filtered_by_without_embedding_again(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    embedder.texts.clear()
    first, *rest = catalog.snippets
    moved = first.model_copy(update={"jurisdiction": ("NY",)})
    report = build_index(catalog_of(moved, *rest), tmp_path, embedder)
    assert (report.changed, report.embedded, embedder.texts) == (1, 0, [])
    found = open_index(tmp_path, embedder).query(np.ones(384, dtype=np.float32), {"states": {"$contains": "NY"}}, 5)
    assert [key for key, _ in found] == ["f-0"]


def test_an_index_of_another_embedder_is_refused_and_then_rebuilt(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    other = replace(embedder, fingerprint="another-model-v1")
    with pytest.raises(OperatorError, match="run billing-copilot index"):
        open_index(tmp_path, other)
    embedder.texts.clear()
    assert build_index(catalog, tmp_path, other).embedded == 5
    assert len(open_index(tmp_path, other)) == 5


def test_an_index_of_another_schema_is_rebuilt(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(catalog, tmp_path, embedder)
    monkeypatch.setattr("bot.policies.index.SCHEMA", 99)
    with pytest.raises(OperatorError, match="another version"):
        open_index(tmp_path, embedder)
    assert build_index(catalog, tmp_path, embedder).embedded == 5


def _cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


DAMAGES: dict[str, Callable[[Path], None]] = {
    "database cut": lambda generation: _cut_in_half(generation / "chroma" / "chroma.sqlite3"),
    "one bit of a vector": lambda generation: _flip_a_bit(next(generation.rglob("data_level0.bin"))),
    "one bit of the vectors beside": lambda generation: _flip_a_bit(generation / "vectors.npy"),
    "vectors beside cut": lambda generation: _cut_in_half(generation / "vectors.npy"),
    "vectors beside gone": lambda generation: (generation / "vectors.npy").unlink(),
    "names of the vectors gone": lambda generation: (generation / "ids.json").unlink(),
    "database gone": lambda generation: (generation / "chroma" / "chroma.sqlite3").unlink(),
    "graph gone": lambda generation: shutil.rmtree(next(generation.rglob("data_level0.bin")).parent),
    "store gone": lambda generation: shutil.rmtree(generation / "chroma"),
    "manifest cut": lambda generation: _cut_in_half(generation / "manifest.json"),
    "manifest of another shape": lambda generation: (generation / "manifest.json").write_text("[]"),
    "manifest gone": lambda generation: (generation / "manifest.json").unlink(),
    "all gone": shutil.rmtree,
    "pointer garbled": lambda generation: (generation.parent / "current").write_bytes(b"\xff../../etc"),
    "pointer empty": lambda generation: (generation.parent / "current").write_text(""),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_refused_in_one_line_and_rebuilt(
    damage: str, catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    DAMAGES[damage](tmp_path / "index" / (tmp_path / "index" / "current").read_text())
    with pytest.raises(OperatorError, match="run billing-copilot index") as caught:
        open_index(tmp_path, embedder)
    assert "\n" not in str(caught.value)
    assert build_index(catalog, tmp_path, embedder).rebuilt
    assert len(all_ids(open_index(tmp_path, embedder))) == 5
    generations = [path for path in (tmp_path / "index").iterdir() if path.is_dir()]
    assert len(generations) == 1


def test_no_index_says_how_to_make_one(embedder: CountingEmbedder, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"no search index in .*: run billing-copilot index"):
        open_index(tmp_path, embedder)


def test_an_empty_catalog_makes_an_empty_index(embedder: CountingEmbedder, tmp_path: Path) -> None:
    build_index(catalog_of(), tmp_path, embedder)
    assert open_index(tmp_path, embedder).query(np.ones(384, dtype=np.float32)) == []


def test_an_open_index_outlives_the_next_build(catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path) -> None:
    build_index(catalog, tmp_path, embedder)
    held = open_index(tmp_path, embedder)
    build_index(catalog_of(snippet(7, "Another.")), tmp_path, embedder)
    assert len(all_ids(held)) == 5
    assert len(held.query(np.ones(384, dtype=np.float32), {"payer_id": "plan"}, 9)) == 5
    assert not held.is_current(catalog_of(snippet(7, "Another.")))


def test_opening_changes_nothing_in_the_data_folder(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    all_ids(open_index(tmp_path, embedder))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    for data_dir in (tmp_path / "file" / "data", Path("/proc/none")):
        with pytest.raises(OperatorError, match="DATA_DIR") as caught:
            build_index(catalog, data_dir, embedder)
        assert "\n" not in str(caught.value)
        with pytest.raises(OperatorError, match="run billing-copilot index"):
            open_index(data_dir, embedder)


def test_a_full_disk_is_one_clear_line_and_leaves_the_old_index(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    code = """
        import resource, signal, sys
        from bot.errors import OperatorError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            build_index(catalog_of("Other words."), data_dir, embedder)
        except OperatorError as error:
            print(error)
    """
    done = _python(code, tmp_path)
    out, _ = done.communicate(timeout=60)
    assert "free some space" in out
    assert len(out.splitlines()) == 1
    assert len(all_ids(open_index(tmp_path, embedder))) == 5
    assert not list((tmp_path / "index").glob("building-*"))


_PREAMBLE = """
import sys, time
from datetime import date
from pathlib import Path
import numpy as np
from bot.embedder import Embedder
from bot.policies.catalog import Catalog
from bot.policies.index import build_index, open_index
from bot.policies.models import Snippet, Source, SourceKind, Topic
data_dir, embedder = Path(sys.argv[1]), Embedder()
def catalog_of(*texts):
    source = Source(title="Manual", publisher="Plan", kind=SourceKind.PRIMARY)
    return Catalog({}, tuple(
        Snippet(id=f"f-{n}", payer_id="plan", topic=Topic.GENERAL, title="Plan", text=text, source=source,
                read_on=date(2026, 1, 1)) for n, text in enumerate(texts)), {})
"""


def _python(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PREAMBLE + textwrap.dedent(code), *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_processes_read_the_whole_truth_while_another_builds(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    """Each generation holds n snippets that all say n: a reader that sees a mixture would see two numbers."""
    build_index(catalog_of(*(snippet(n, f"generation 5 text {n}") for n in range(5))), tmp_path, embedder)
    reader = """
        seen = set()
        while not (data_dir / "stop").exists():
            index = open_index(data_dir, embedder)
            found = index.query(np.ones(384, dtype=np.float32), None, 1000)
            again = index.query(np.ones(384, dtype=np.float32), {"payer_id": "plan"}, 1000)
            assert len(found) == len(again) == len(index.vectors()) == len(index), (len(found), len(again), len(index))
            seen.add(len(found))
        print(sorted(seen))
    """
    builder = """
        for size in (8, 11, 14):
            build_index(catalog_of(*(f"generation {size} text {n}" for n in range(size))), data_dir, embedder)
            time.sleep(0.3)
    """
    readers = [_python(reader, tmp_path) for _ in range(2)]
    time.sleep(0.5)
    building = _python(builder, tmp_path)
    building.communicate(timeout=60)
    assert building.returncode == 0
    time.sleep(0.5)
    (tmp_path / "stop").touch()
    outputs = [process.communicate(timeout=60)[0] for process in readers]
    assert [process.returncode for process in readers] == [0, 0]
    for output in outputs:
        seen = json.loads(output)
        assert set(seen) <= {5, 8, 11, 14}
        assert seen[-1] == 14


def test_two_builders_at_once_end_with_one_index(tmp_path: Path, embedder: CountingEmbedder) -> None:
    code = "print(build_index(catalog_of(*(f'text {n}' for n in range(40))), data_dir, embedder).rebuilt)"
    builders = [_python(code, tmp_path) for _ in range(2)]
    outputs = sorted(builder.communicate(timeout=60)[0].strip() for builder in builders)
    assert outputs == ["False", "True"]
    assert len(all_ids(open_index(tmp_path, embedder))) == 40


def test_a_builder_killed_halfway_leaves_the_old_index_and_the_next_build_clears_up(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder)
    code = """
        import bot.policies.generations as generations
        def wait(folder):
            print("written", flush=True)
            time.sleep(60)
        hashes = generations._hashes
        generations._hashes = lambda folder: wait(folder) if "building-" in str(folder) else hashes(folder)
        build_index(catalog_of("New."), data_dir, embedder)
    """
    builder = _python(code, tmp_path)
    assert builder.stdout is not None
    assert builder.stdout.readline() == "written\n"
    assert list((tmp_path / "index").glob("building-*/chroma/chroma.sqlite3"))
    builder.send_signal(signal.SIGKILL)
    builder.communicate(timeout=10)
    assert len(all_ids(open_index(tmp_path, embedder))) == 5
    assert not build_index(catalog, tmp_path, embedder).rebuilt
    assert build_index(catalog_of(snippet(1, "New.")), tmp_path, embedder).rebuilt
    assert not list((tmp_path / "index").glob("building-*"))


def test_settings_meant_for_chroma_do_not_reach_the_index(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
    build_index(catalog, tmp_path, embedder)
    assert len(open_index(tmp_path, embedder)) == 5


@pytest.mark.parametrize("way", ["Chroma's graph", "Chroma's own client"])
def test_every_way_of_reading_it_finds_the_same(
    way: str, catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ranked here or by Chroma's graph, through its compiled module or, should that have changed, its client."""
    build_index(catalog, tmp_path, embedder)
    vector = embedder.embed(["How many people can attend?"])[0]
    usual = open_index(tmp_path, embedder)
    monkeypatch.setattr("bot.policies.index._EXACT_UP_TO", 0)
    if way == "Chroma's own client":
        monkeypatch.setattr("bot.policies.vector_store._BoundStore", None)
    other = open_index(tmp_path, embedder)
    for where in (None, {"payer_id": "plan"}, {"states": {"$contains": "US"}}, {"topic": "same_day"}):
        expected, found = usual.query(vector, where, 3), other.query(vector, where, 3)
        assert [key for key, _ in found] == [key for key, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)
    assert other.vectors().keys() == usual.vectors().keys()


def test_among_snippets_named_the_nearest_are_found_exactly(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    """The caller who knows which snippets pass gets what Chroma's filter would find."""
    build_index(catalog_of(*catalog.snippets, snippet(9, "A group.", payer_id="other")), tmp_path, embedder)
    index = open_index(tmp_path, embedder)
    vector = embedder.embed(["How many people can attend?"])[0]
    named = [one.id for one in catalog.snippets]
    found = index.query(vector, {"payer_id": "plan"}, 9, among=[*named, "f-gone"])
    assert [key for key, _ in found] == [key for key, _ in index.query(vector, {"payer_id": "plan"}, 9)]
    assert index.query(vector, {"payer_id": "nobody"}, 9, among=[]) == []


def test_more_snippets_than_are_ranked_one_by_one_are_left_to_chroma(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(catalog, tmp_path, embedder)
    index = open_index(tmp_path, embedder)
    assert index.ranks_exactly(5)
    monkeypatch.setattr("bot.policies.index._EXACT_UP_TO", 3)
    assert not index.ranks_exactly(5)
    named = [one.id for one in catalog.snippets]
    vector = embedder.embed(["How many people can attend?"])[0]
    assert index.query(vector, {"payer_id": "plan"}, 1, among=named)[0][0] == "f-1"
    assert index.query(vector, {"payer_id": "plan"}, 1, among=named[2:])[0][0] != "f-1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_chroma(tmp_path_factory.mktemp("server")) as url:
        yield url


def test_on_a_server_it_is_built_once_and_then_brought_up_to_date(
    server: str, catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    with pytest.raises(OperatorError, match="no search index on the Chroma server"):
        open_index(tmp_path, embedder, server)
    assert build_index(catalog, tmp_path, embedder, server).added == 5
    assert not build_index(catalog, tmp_path, embedder, server).rebuilt
    embedder.texts.clear()
    first, *rest = catalog.snippets
    second = catalog_of(*rest, first.model_copy(update={"text": "Changed.", "payer_id": "other"}))
    report = build_index(second, tmp_path, embedder, server)
    assert (report.changed, report.kept, embedder.texts) == (1, 4, ["Plan\nChanged."])
    index = open_index(tmp_path, embedder, server)
    assert index.is_current(second)
    assert nearest(index, embedder, "How many people can attend?") == "f-1"
    assert [key for key, _ in index.query(np.ones(384, dtype=np.float32), {"payer_id": "other"}, 5)] == ["f-0"]
    back = build_index(catalog, tmp_path, embedder, server)
    assert back.changed == 1
    assert open_index(tmp_path, embedder, server).is_current(catalog)
    assert not (tmp_path / "index").exists()


def test_on_a_server_each_embedder_has_its_own_index(
    server: str, catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    build_index(catalog, tmp_path, embedder, server)
    other = replace(embedder, fingerprint="another-model-v1")
    assert build_index(catalog, tmp_path, other, server).embedded == 5
    assert len(open_index(tmp_path, embedder, server)) == 5


def test_a_server_that_is_down_is_one_line_that_names_it_without_secrets(
    catalog: Catalog, embedder: CountingEmbedder, tmp_path: Path
) -> None:
    url = "http://someone:secret@127.0.0.1:9"
    for use in (lambda: build_index(catalog, tmp_path, embedder, url), lambda: open_index(tmp_path, embedder, url)):
        with pytest.raises(UpstreamError, match=r"127\.0\.0\.1:9") as caught:
            use()
        assert "secret" not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_server_url_that_is_none_is_said_so(embedder: CountingEmbedder, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="CHROMA_URL"):
        open_index(tmp_path, embedder, "chroma:8000")
