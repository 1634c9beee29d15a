"""Search finds by meaning and by words, keeps to its filters, and still answers without an index."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.embedder import Embedder
from bot.errors import OperatorError
from bot.policies.catalog import Catalog, load_catalog
from bot.policies.index import Index, build_index, open_index
from bot.policies.lexical import tokens_of
from bot.policies.models import LineOfBusiness, Snippet, Source, SourceKind, Topic
from bot.policies.search import Filter, Searcher

SOURCE = Source(title="Manual", publisher="Plan", kind=SourceKind.PRIMARY)
START = Snippet(id="start", topic=Topic.GENERAL, title="Plan", text="Text.", source=SOURCE, read_on=date(2026, 1, 1))


def snippet(key: str, text: str, **fields: object) -> Snippet:
    return START.model_copy(update={"id": key, "text": text, **fields})


COMMERCIAL, MEDICAID = LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID
CATALOG = Catalog(
    {},
    (
        snippet("size", "A group session is limited to twelve participants.", payer_id="north",
                topic=Topic.GROUP_SIZE, line_of_business=COMMERCIAL, jurisdiction=("US",)),
        snippet("size-ny", "Groups hold at most eight participants.", payer_id="empire",
                topic=Topic.GROUP_SIZE, line_of_business=MEDICAID, jurisdiction=("NY",)),
        snippet("size-multi", "Groups hold ten participants.", payer_id="empire",
                topic=Topic.GROUP_SIZE, line_of_business=MEDICAID, jurisdiction=("NJ", "CT")),
        snippet("home", "Video sessions into the home carry POS 10 and modifier 95.", payer_id="north",
                topic=Topic.TELEHEALTH, line_of_business=COMMERCIAL, jurisdiction=()),
        snippet("clinic", "Video sessions into a clinic carry POS 02 and modifier GT.", payer_id="north",
                topic=Topic.TELEHEALTH, line_of_business=COMMERCIAL, jurisdiction=("US",)),
        snippet("distinct", "Modifier XE or 59 goes on the individual code for a distinct session.", payer_id="empire",
                topic=Topic.SAME_DAY, line_of_business=MEDICAID, jurisdiction=("NY",)),
        snippet("guide", "Each participant needs a note of their own.", topic=Topic.DOCUMENTATION),
    ),
    {},
)  # fmt: skip


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Index:
    folder = tmp_path_factory.mktemp("data")
    build_index(CATALOG, folder, embedder)
    return open_index(folder, embedder)


@pytest.fixture(scope="module")
def searcher(index: Index, embedder: Embedder) -> Searcher:
    return Searcher(CATALOG, lambda: index, embedder)


Find = Callable[..., list[str]]


@pytest.fixture(params=["index", "words alone"])
def find(request: pytest.FixtureRequest, searcher: Searcher, embedder: Embedder, tmp_path: Path) -> Find:
    """Ids found: with the index, and without one. What is promised of filters holds for both."""
    chosen = searcher
    if request.param == "words alone":
        chosen = Searcher(CATALOG, lambda: open_index(tmp_path, embedder), embedder)
    return lambda query, **filters: [hit.snippet.id for hit in chosen.search(query, **filters)]


def test_other_words_of_the_same_meaning_find_the_rule(searcher: Searcher) -> None:
    hits = searcher.search("How big can our circle of attendees get?", limit=3)
    assert {hit.snippet.topic for hit in hits[:2]} == {Topic.GROUP_SIZE}
    assert all(hit.similarity is not None for hit in hits)


def test_a_place_of_service_is_not_just_a_number(find: Find) -> None:
    assert find("POS 10")[0] == "home"
    assert find("place of service code 02")[0] == "clinic"


def test_a_modifier_is_found_by_its_bare_name(find: Find) -> None:
    assert find("XE")[0] == "distinct"
    assert find("is it GT or 95?")[:2] in (["clinic", "home"], ["home", "clinic"])


def test_a_payer_filter_keeps_to_that_payer(find: Find) -> None:
    assert set(find("participants in a group", payer_id="empire")) <= {"size-ny", "size-multi", "distinct"}
    assert "size-ny" in find("participants in a group", payer_id="empire")
    assert find("participants in a group", payer_id="nobody") == []


def test_an_empty_payer_means_the_guide(find: Find) -> None:
    assert find("participant note", payer_id="") == ["guide"]


def test_a_state_keeps_what_holds_there_and_what_holds_everywhere(find: Find) -> None:
    found = set(find("participants in a group, video session", state="ct", limit=10))
    assert {"size-multi", "size", "home"} <= found
    assert not found & {"size-ny", "distinct"}


def test_a_line_of_business_keeps_the_guide(find: Find) -> None:
    found = set(find("participants of a group session note", line_of_business=MEDICAID, limit=10))
    assert {"size-ny", "size-multi", "guide"} <= found
    assert not found & {"size", "home", "clinic"}


def test_filters_narrow_together(find: Find) -> None:
    assert find(
        "participants in groups", payer_id="empire", topic=Topic.GROUP_SIZE, line_of_business="medicaid", state="NY"
    ) == ["size-ny"]


def test_as_many_as_asked_for_best_first(searcher: Searcher) -> None:
    hits = searcher.search("participants in a group", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert searcher.search("participants", limit=0) == []


@pytest.mark.parametrize("query", ["", "   \n"])
def test_nothing_asked_finds_nothing(searcher: Searcher, query: str) -> None:
    assert searcher.search(query) == []


@pytest.mark.parametrize("query", ["😀😀", "\ud800", "\x00", "' OR 1=1 --", "שלום", "x" * 200_000, "the of and"])
def test_any_query_is_answered_without_an_error(searcher: Searcher, query: str) -> None:
    searcher.search(query, payer_id="north", topic="no such topic")
    searcher.search(query)
    assert searcher.degraded == ""


def test_without_an_index_it_goes_by_words_and_says_so(embedder: Embedder, tmp_path: Path) -> None:
    searcher = Searcher(CATALOG, lambda: open_index(tmp_path, embedder), embedder)
    hits = searcher.search("modifier XE")
    assert hits[0].snippet.id == "distinct"
    assert hits[0].similarity is None
    assert "run billing-copilot index" in searcher.degraded


def test_a_server_that_is_down_is_no_reason_not_to_answer(embedder: Embedder, tmp_path: Path) -> None:
    searcher = Searcher(CATALOG, lambda: open_index(tmp_path, embedder, "http://127.0.0.1:9"), embedder)
    assert searcher.search("modifier XE")[0].snippet.id == "distinct"
    assert "127.0.0.1:9" in searcher.degraded


def test_without_a_model_it_goes_by_words(index: Index, tmp_path: Path) -> None:
    searcher = Searcher(CATALOG, lambda: index, Embedder(tmp_path))
    assert searcher.search("modifier XE")[0].snippet.id == "distinct"
    assert "model is missing" in searcher.degraded


def test_an_index_made_later_is_taken_up_without_a_restart(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.policies.search._RETRY_SECONDS", 0.0)
    searcher = Searcher(CATALOG, lambda: open_index(tmp_path, embedder), embedder)
    searcher.search("participants")
    assert searcher.degraded
    build_index(CATALOG, tmp_path, embedder)
    assert searcher.search("participants")[0].similarity is not None
    assert searcher.degraded == ""


def test_a_missing_index_is_not_looked_for_at_every_search(embedder: Embedder) -> None:
    tries = []

    def opener() -> Index:
        tries.append(1)
        raise OperatorError("none")

    searcher = Searcher(CATALOG, opener, embedder)
    for _ in range(5):
        searcher.search("participants")
    assert len(tries) == 1
    assert searcher.degraded == "none"


def test_an_index_older_than_the_catalog_shows_nothing_that_is_gone_or_has_moved(
    index: Index, embedder: Embedder
) -> None:
    first, *rest = CATALOG.snippets
    moved = first.model_copy(update={"payer_id": "south"})
    searcher = Searcher(replace(CATALOG, snippets=(moved, *rest[1:])), lambda: index, embedder)
    assert "size-ny" not in [hit.snippet.id for hit in searcher.search("participants in a group", limit=10)]
    assert "size" not in [hit.snippet.id for hit in searcher.search("participants", payer_id="north", limit=10)]


def test_chroma_and_the_word_ranking_mean_the_same_by_every_filter(index: Index, embedder: Embedder) -> None:
    vector = embedder.embed(["group"])[0]
    for payer_id in (None, "", "empire"):
        for topic in (None, "group_size"):
            for business in (None, "medicaid"):
                for state in (None, "NY", "CT", "US"):
                    wanted = Filter(payer_id, topic, business, state)
                    by_chroma = {key for key, _ in index.query(vector, wanted.where(), 100)}
                    assert by_chroma == {s.id for s in CATALOG.snippets if wanted.passes(s)}, wanted


@pytest.mark.parametrize("filters", [{}, {"payer_id": "empire"}, {"topic": "group_size"}, {"state": "NY"}])
def test_a_search_finds_the_same_whether_ranked_here_or_by_chroma(
    filters: dict[str, str], searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [hit.snippet.id for hit in searcher.search("participants in a group", **filters)]
    monkeypatch.setattr("bot.policies.index._EXACT_UP_TO", 0)
    assert [hit.snippet.id for hit in searcher.search("participants in a group", **filters)] == here


def test_what_billers_write_is_one_word_each() -> None:
    assert {"90853", "h0004", "modifier:59", "modifier:xe", "pos:10", "pos:02"} <= set(
        tokens_of("90853/H0004 with modifiers 59 or XE, POS 02/10")
    )
    assert "pos:10" in tokens_of("place of service code 10")
    assert "10" not in tokens_of("since 2014-10-01, POS 10")
    assert tokens_of("The groups' billed interns") == tokens_of("group bill intern")


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_has_words(text: str) -> None:
    assert all(tokens_of(text))


SAMPLES = {
    "how many people can be in a group for Connecticut Medicaid?": ("connecticut-medicaid", "group_size"),
    "does TRICARE pay group and individual on one day": ("tricare", "same_day"),
    "which modifier for audio-only telehealth Medicare": ("medicare", "telehealth"),
    "QualChoice precert outpatient therapy": ("qualchoice", "prior_auth"),
    "XE versus 59 on the individual code NCCI": ("ncci", "modifiers"),
    "can an intern run group, Medi-Cal": ("california-medicaid", "supervision"),
}


def test_the_knowledge_on_file_is_found_by_payer_and_topic(embedder: Embedder, tmp_path: Path) -> None:
    catalog = load_catalog()
    build_index(catalog, tmp_path, embedder)
    searcher = Searcher(catalog, lambda: open_index(tmp_path, embedder), embedder)
    missed = {
        query: [(hit.snippet.payer_id, str(hit.snippet.topic)) for hit in searcher.search(query)]
        for query, (payer, topic) in SAMPLES.items()
        if not any((h.snippet.payer_id, h.snippet.topic) == (payer, topic) for h in searcher.search(query))
    }
    assert missed == {}
