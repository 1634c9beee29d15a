"""The knowledge files: everything is on file with a source, and a broken file costs only itself."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.policies.catalog import Catalog, load_catalog
from bot.policies.models import Decision, LineOfBusiness, SourceKind, Topic
from bot.policies.tokens import fold
from bot.review.models import Item

REPOSITORY = Path(__file__).parents[2]
FACT_IDS = (Path(__file__).parent / "fact_ids.txt").read_text().split()
# Names that two payers share on purpose: the bot asks which one is meant.
SHARED_NAMES = {("triwest",)}

PAYER = {
    "id": "acme",
    "name": "Acme Health",
    "aliases": ["Acme"],
    "lines_of_business": ["commercial"],
    "jurisdiction": ["US"],
    "sources": {"manual": {"title": "Manual", "publisher": "Acme", "kind": "primary", "read_on": "2026-11-01"}},
    "facts": [
        {
            "id": "a-1",
            "topic": "same_day",
            "line_of_business": "commercial",
            "jurisdiction": ["US"],
            "decision": "allowed_with_conditions",
            "statement": "Both are paid.",
            "conditions": ["distinct sessions", "separate notes"],
            "source": "manual",
            "confidence": "high",
        }
    ],
}
GUIDE = """---
id: guide-basics
title: Basics
topic: coding
source: {title: Our guide, publisher: Us, kind: guide}
read_on: 2026-11-01
---

## First

One thing.

## Second

Another
thing.
"""
CHECKLIST = {"items": [{"id": "one", "label": "One", "question": "Is it?", "why": "Because.", "fix": "Mend it."}]}


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge folder without a fault."""
    (tmp_path / "payers").mkdir()
    (tmp_path / "guide").mkdir()
    write(tmp_path / "payers/acme.yaml", PAYER)
    (tmp_path / "guide/basics.md").write_text(GUIDE)
    write(tmp_path / "checklist.yaml", CHECKLIST)
    return tmp_path


def write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False))


def payer(**changes: object) -> dict[str, object]:
    return {**PAYER, "id": "other", "name": "Other", "aliases": [], "facts": [], "sources": {}, **changes}


def with_fact(**changes: object) -> dict[str, object]:
    fact = {key: value for key, value in {**PAYER["facts"][0], "id": "b-1", **changes}.items() if value is not ...}
    return payer(facts=[fact], sources=PAYER["sources"])


# -- what is on file


def test_no_shipped_file_is_refused(shipped: Catalog) -> None:
    assert shipped.problems == ()


def test_every_record_of_the_knowledge_is_on_file_once(shipped: Catalog) -> None:
    found = Counter(fact.id for payer in shipped.payers.values() for fact in payer.facts)
    assert set(FACT_IDS) <= set(found)
    assert set(found.values()) == {1}


def test_every_fact_names_its_source_and_when_it_was_read(shipped: Catalog) -> None:
    for one in shipped.payers.values():
        for fact in one.facts:
            assert fact.source.url.startswith("http"), fact.id
            assert fact.source.publisher, fact.id
            assert fact.read_on.year >= 2026, fact.id


def test_every_fact_and_guide_section_is_a_snippet_of_its_own_id(shipped: Catalog) -> None:
    ids = [snippet.id for snippet in shipped.snippets]
    assert len(ids) == len(set(ids))
    assert set(FACT_IDS) < set(ids)
    assert shipped.snippet("guide-same-day-1") is not None


def test_a_fact_is_searchable_by_its_conditions(shipped: Catalog) -> None:
    snippet = shipped.snippet("f-279c12581f")
    assert snippet is not None
    assert "max five units per week" in snippet.text
    assert snippet.title == "NJ FamilyCare (New Jersey Medicaid): same day"


def test_a_conflict_is_told_from_both_sides(shipped: Catalog) -> None:
    for one in shipped.payers.values():
        for fact in one.facts:
            for other in fact.conflicts_with:
                back = shipped.fact(other)
                assert back is not None
                assert fact.id in back.conflicts_with


def test_no_two_payers_share_a_name_unless_we_mean_them_to(shipped: Catalog) -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for one in shipped.payers.values():
        for name in (one.name, *one.aliases):
            owners.setdefault(fold(name), set()).add(one.id)
    assert {name for name, ids in owners.items() if len(ids) > 1} == SHARED_NAMES


def test_within_a_state_a_common_name_means_one_payer(shipped: Catalog) -> None:
    owners: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for one in shipped.payers.values():
        for state, names in one.state_aliases.items():
            assert state in one.jurisdiction or one.jurisdiction == ("US",)
            for name in names:
                owners.setdefault((state, fold(name)), set()).add(one.id)
    assert [key for key, ids in owners.items() if len(ids) > 1] == []


def test_trade_talk_never_stands_under_a_named_payer(shipped: Catalog) -> None:
    background = {payer.id for payer in shipped.payers.values() if payer.background}
    assert {"commercial-background", "all-payers-background", "state-medicaid-background", "ncci"} <= background
    for one in shipped.payers.values():
        if not one.background:
            assert all(fact.line_of_business is not LineOfBusiness.NATIONAL_CODING for fact in one.facts)


def test_only_medicare_is_said_to_follow_the_national_edits(shipped: Catalog) -> None:
    assert [payer.id for payer in shipped.payers.values() if payer.follows_ncci] == ["medicare"]


@pytest.mark.parametrize(
    ("fact_id", "aspect"),
    [
        ("f-cd71040a6b", "same_service_repeated"),  # TRICARE: the same type of session twice
        ("f-f2e00bcdc4", "hospital_outpatient"),  # MassHealth: does not say that two modes are paid together
        ("f-0b270608ef", "evaluation_and_management"),
        ("f-72df20f61c", "audio_only"),
        ("f-4b4e8c6181", "active_duty"),
    ],
)
def test_a_record_on_a_nearby_matter_never_answers_the_main_question(
    shipped: Catalog, fact_id: str, aspect: str
) -> None:
    fact = shipped.fact(fact_id)
    assert fact is not None
    assert fact.aspect == aspect


@pytest.mark.parametrize("payer_id", ["new-jersey-medicaid", "connecticut-medicaid", "washington-medicaid"])
def test_states_whose_rule_names_both_services_answer_same_day(shipped: Catalog, payer_id: str) -> None:
    facts = shipped.facts(payer_id, Topic.SAME_DAY, aspect="")
    assert {fact.decision for fact in facts} == {Decision.ALLOWED_WITH_CONDITIONS}


@pytest.mark.parametrize("payer_id", ["aetna", "cigna", "tricare", "kansas-medicaid", "pennsylvania-medicaid"])
def test_no_rule_on_group_beside_individual_is_claimed_where_none_was_read(shipped: Catalog, payer_id: str) -> None:
    assert shipped.facts(payer_id, Topic.SAME_DAY, aspect="") == ()


def test_a_contractor_that_left_has_no_rule_in_force(shipped: Catalog) -> None:
    former = [fact for fact in shipped.payers["tricare"].facts if "HNFS" in fact.region]
    assert len(former) == 5
    assert all(str(fact.effective_to) == "2024-12-31" for fact in former)


def test_the_guide_speaks_to_the_topics_a_general_question_may_have(shipped: Catalog) -> None:
    guide = [snippet for snippet in shipped.snippets if not snippet.payer_id]
    assert all(snippet.source.kind is SourceKind.GUIDE for snippet in guide)
    silent = {Topic.FREQUENCY, Topic.MODIFIERS}
    assert {snippet.topic for snippet in guide} == set(Topic) - silent


def test_the_checklist_has_the_nine_items_of_the_rubric(shipped: Catalog) -> None:
    assert list(shipped.checklist) == [item.value for item in Item]


def test_no_descriptor_of_the_code_set_is_printed(shipped: Catalog) -> None:
    licensed = re.compile(r"\(other than of a multiple-family group\)", re.IGNORECASE)
    assert not [snippet.id for snippet in shipped.snippets if licensed.search(snippet.text)]


def test_every_aspect_is_explained_to_who_writes_a_file(shipped: Catalog) -> None:
    explained = (REPOSITORY / "knowledge/README.md").read_text()
    used = {fact.aspect for payer in shipped.payers.values() for fact in payer.facts if fact.aspect}
    assert [aspect for aspect in sorted(used) if aspect not in explained] == []


def test_the_example_of_the_documentation_is_a_payer_file_that_loads(folder: Path) -> None:
    page = (REPOSITORY / "docs/knowledge.md").read_text()
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (folder / "payers/acme-health.yaml").write_text(example)
    catalog = load_catalog(folder)
    assert catalog.problems == ()
    assert catalog.fact("acme-same-day-1") is not None


# -- asking the catalog


def test_facts_narrow_by_line_of_business_state_and_aspect(shipped: Catalog) -> None:
    every = shipped.facts("health-net", Topic.PRIOR_AUTH)
    advantage = shipped.facts("health-net", Topic.PRIOR_AUTH, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)
    assert {fact.id for fact in advantage} < {fact.id for fact in every}
    assert shipped.facts("anthem", Topic.SUPERVISION, state="CT")
    assert shipped.facts("anthem", Topic.SUPERVISION, state="CA") == ()


def test_a_payer_not_on_file_has_no_facts(shipped: Catalog) -> None:
    assert shipped.facts("magellan") == ()
    assert shipped.fact("f-none") is None
    assert shipped.snippet("f-none") is None


def test_the_content_hash_changes_with_the_text_and_only_with_it(folder: Path) -> None:
    first = load_catalog(folder).content_hash
    assert load_catalog(folder).content_hash == first
    write(folder / "payers/acme.yaml", {**PAYER, "facts": [{**PAYER["facts"][0], "statement": "Neither is paid."}]})
    assert load_catalog(folder).content_hash != first


# -- reading files


def test_a_fact_takes_its_source_and_reading_date_from_the_sources_of_the_file(folder: Path) -> None:
    fact = load_catalog(folder).fact("a-1")
    assert fact is not None
    assert fact.source.title == "Manual"
    assert str(fact.read_on) == "2026-11-01"


def test_years_and_dates_may_be_written_without_quotes(folder: Path) -> None:
    text = (folder / "payers/acme.yaml").read_text().replace("kind: primary", "kind: primary\n    document_date: 2020")
    (folder / "payers/acme.yaml").write_text(
        text.replace("confidence: high", "effective_from: 2021-01-01\n  confidence: high")
    )
    catalog = load_catalog(folder)
    assert catalog.problems == ()
    fact = catalog.fact("a-1")
    assert fact is not None
    assert (fact.source.document_date, str(fact.effective_from)) == ("2020", "2021-01-01")


def test_guide_sections_become_snippets_in_order(folder: Path) -> None:
    sections = [snippet for snippet in load_catalog(folder).snippets if not snippet.payer_id]
    assert [(one.id, one.title, one.text) for one in sections] == [
        ("guide-basics-1", "Basics: First", "One thing."),
        ("guide-basics-2", "Basics: Second", "Another thing."),
    ]


BROKEN = {
    "an unknown key": (payer(colour="red"), "colour", "unknown field"),
    "a missing name": ({k: v for k, v in payer().items() if k != "name"}, "name", "is missing"),
    "a name that is a list": (payer(name=["Other"]), "name", "valid string"),
    "aliases that are a text": (payer(aliases="Other"), "aliases", "valid tuple"),
    "an unknown line of business": (payer(lines_of_business=["retail"]), "lines_of_business[0]", "'retail'"),
    "no line of business": (payer(lines_of_business=[]), "lines_of_business", "at least 1"),
    "a state that is no code": (payer(jurisdiction=["Texas"]), "jurisdiction", "'Texas'"),
    "facts that are no list": (payer(facts={"a": 1}), "facts", "must be a list"),
    "a fact that is a text": (payer(facts=["paid"]), "facts[0]", ""),
    "an unknown topic": (with_fact(topic="lunch"), "facts[0] (b-1).topic", "'lunch'"),
    "a decision that is none": (with_fact(decision="maybe"), "facts[0] (b-1).decision", "'maybe'"),
    "a date that is none": (with_fact(effective_from="2021-13-40"), "facts[0] (b-1).effective_from", "2021-13-40"),
    "dates the wrong way round": (
        with_fact(effective_from="2022-01-01", effective_to="2021-01-01"),
        "facts[0] (b-1).effective_to",
        "before effective_from",
    ),
    "a fact without a statement": (with_fact(statement=...), "facts[0] (b-1).statement", "is missing"),
    "a fact without a source": (with_fact(source=...), "facts[0] (b-1).source", "is missing"),
    "a source that is not there": (with_fact(source="memory"), "facts[0].source", "'memory'"),
    "a line the payer does not sell": (
        with_fact(line_of_business="medicaid"),
        "facts[0] (b-1).line_of_business",
        "lines_of_business",
    ),
    "a source nobody names": (payer(sources=PAYER["sources"]), "sources.manual", "no fact names"),
    "a fact id of another file": (with_fact(id="a-1"), "facts[0].id", "payers/acme.yaml"),
    "a payer id of another file": (payer(id="acme"), "id", "payers/acme.yaml"),
    "a conflict that points nowhere": (
        with_fact(conflicts_with=["zz-9"]),
        "facts (b-1).conflicts_with",
        "zz-9",
    ),
    "a conflict with itself": (with_fact(conflicts_with=["b-1"]), "facts[0] (b-1).conflicts_with", "itself"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_payer_file_is_named_with_field_and_reason_and_the_rest_loads(folder: Path, fault: str) -> None:
    data, field, reason = BROKEN[fault]
    write(folder / "payers/other.yaml", data)
    catalog = load_catalog(folder)
    assert list(catalog.payers) == ["acme"]
    assert len(catalog.problems) == 1
    problem = catalog.problems[0]
    assert (problem.file, problem.field) == ("payers/other.yaml", field)
    assert reason in problem.reason
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: [unclosed", "not valid YAML"),
        ("id: a\n\tname: b", "not valid YAML"),
        ("id: other\nid: other2\nname: x", "twice"),
        ("- a\n- b", "must be a mapping"),
        ("", "must be a mapping"),
        ("just words", "must be a mapping"),
        ("id: !!python/object/apply:os.getcwd []", "not valid YAML"),
        ("? [a, b]\n: c", "not valid YAML"),
        ("[" * 20_000, "not valid YAML"),
    ],
)
def test_text_that_is_no_payer_is_refused_in_one_line(folder: Path, text: str, reason: str) -> None:
    (folder / "payers/other.yaml").write_text(text)
    catalog = load_catalog(folder)
    assert list(catalog.payers) == ["acme"]
    assert [problem.file for problem in catalog.problems] == ["payers/other.yaml"]
    assert reason in catalog.problems[0].reason
    assert "\n" not in str(catalog.problems[0])


def test_a_binary_file_is_refused_in_one_line(folder: Path) -> None:
    (folder / "payers/other.yaml").write_bytes(b"\xff\xfe\x00\x01")
    assert [str(problem) for problem in load_catalog(folder).problems] == ["payers/other.yaml: is not UTF-8 text"]


def test_a_folder_in_place_of_a_file_is_refused_in_one_line(folder: Path) -> None:
    (folder / "payers/other.yaml").mkdir()
    assert [problem.file for problem in load_catalog(folder).problems] == ["payers/other.yaml"]


def test_one_broken_file_takes_no_other_with_it(folder: Path) -> None:
    write(folder / "payers/other.yaml", with_fact(conflicts_with=["c-1"]))
    (folder / "payers/third.yaml").write_text("id: [")
    catalog = load_catalog(folder)
    assert set(catalog.payers) == {"acme", "other"}
    assert [problem.file for problem in catalog.problems] == ["payers/third.yaml"]
    fact = catalog.fact("b-1")
    assert fact is not None
    assert fact.conflicts_with == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("## First\n\nNo front matter.", ""),
        (GUIDE.replace("topic: coding", "topic: lunch"), "topic"),
        (GUIDE.replace("id: guide-basics", "id: basics"), "id"),
        (GUIDE.replace("Another\nthing.", ""), "section 2"),
        (GUIDE.replace("## First\n", ""), ""),
        (GUIDE.split("## First", maxsplit=1)[0], ""),
        (GUIDE.replace("read_on: 2026-11-01\n", ""), "read_on"),
    ],
)
def test_a_broken_guide_file_is_refused_and_the_payers_stay(folder: Path, text: str, field: str) -> None:
    (folder / "guide/basics.md").write_text(text)
    catalog = load_catalog(folder)
    assert [snippet.id for snippet in catalog.snippets] == ["a-1"]
    assert [(problem.file, problem.field) for problem in catalog.problems] == [("guide/basics.md", field)]


def test_two_guide_files_of_one_id_are_not_both_taken(folder: Path) -> None:
    (folder / "guide/more.md").write_text(GUIDE)
    assert [problem.file for problem in load_catalog(folder).problems] == ["guide/more.md"]


def test_a_checklist_with_an_item_twice_is_refused(folder: Path) -> None:
    write(folder / "checklist.yaml", {"items": CHECKLIST["items"] * 2})
    catalog = load_catalog(folder)
    assert catalog.checklist == {}
    assert [problem.file for problem in catalog.problems] == ["checklist.yaml"]


def test_an_empty_folder_is_problems_and_no_crash(tmp_path: Path) -> None:
    catalog = load_catalog(tmp_path)
    assert catalog.payers == {}
    assert [problem.file for problem in catalog.problems] == ["payers", "guide", "checklist.yaml"]


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(PAYER)), inner, max_size=4),
    max_leaves=12,
)


@given(json_like)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_payer_file_holds_the_rest_loads(folder: Path, data: object) -> None:
    write(folder / "payers/other.yaml", data)
    catalog = load_catalog(folder)
    assert "acme" in catalog.payers
    assert all("\n" not in str(problem) for problem in catalog.problems)
