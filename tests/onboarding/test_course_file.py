"""The course's files: what ships is whole and sourced, and a broken file is one line that names file and field."""

from pathlib import Path

import pytest

from bot.onboarding.course import load_course, shipped_course
from bot.onboarding.models import FixSentence, Module
from bot.onboarding.models import Path as CoursePath
from bot.policies.catalog import Catalog, load_catalog

COURSE = shipped_course()
GOOD = Path("knowledge/course/necessity.md").read_text("utf-8")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def test_the_course_that_ships_is_whole() -> None:
    assert COURSE.problems == ()
    assert len(COURSE.modules) >= 9
    assert [path for path in CoursePath if not COURSE.of(path)] == []
    assert COURSE.of(CoursePath.NEWCOMER) == COURSE.modules


@pytest.mark.parametrize("module", COURSE.modules, ids=lambda module: module.id)
def test_a_module_names_its_sources_as_the_knowledge_has_them(module: Module, catalog: Catalog) -> None:
    resting = [catalog.snippet(name) for name in module.rests_on]
    assert None not in resting
    known = {(s.source.title, s.source.url, s.source.publisher, s.source.document_date) for s in resting if s}
    assert {(one.title, one.url, one.publisher, one.date) for one in module.sources} == known


@pytest.mark.parametrize("module", COURSE.modules, ids=lambda module: module.id)
def test_a_module_is_read_in_its_minutes(module: Module) -> None:
    """At a slow 130 words a minute, without its drills."""
    words = sum(len(section.text.split()) for section in module.sections) + len(module.example.split())
    assert words <= module.minutes * 130


def test_every_kind_of_drill_is_there() -> None:
    kinds = {drill.kind for module in COURSE.modules for drill in module.drills}
    assert kinds >= {"spot_the_copy", "fix_the_sentence", "choose_modifier", "ready_fix_or_confirm"}


def test_a_sentence_to_fix_stands_in_its_note() -> None:
    drills = [d for module in COURSE.modules for d in module.drills if isinstance(d, FixSentence)]
    assert drills
    for drill in drills:
        assert drill.vague in drill.note(drill.vague)
        assert "{" not in drill.note(drill.vague)


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("minutes: 3", "minutes: 30", "course/broken.md: minutes: Input should be less than or equal to 4, not '30'"),
        ("minutes: 3\n", "", "course/broken.md: minutes: is missing"),
        ("roles: [newcomer", "roles: [visitor", "course/broken.md: roles[0]: "),
        ("kind: fix_the_sentence", "kind: guess", "course/broken.md: drills[0]: "),
        ("element: medical_necessity", "element: mood", "course/broken.md: drills[0].fix_the_sentence.element: "),
        ("      {sentence}\n", "", "course/broken.md: drills[0].fix_the_sentence: "),
        ("id: necessity-2", "id: necessity-1", "course/broken.md: drills: the id necessity-1 stands twice"),
        ("## An example", "## Another", "course/broken.md: must end with a section ## An example"),
        ("## What does not count", "## Why\n\n## What", "course/broken.md: section Why: is empty"),
        ("order: 5", "order: 5\nmood: calm", "course/broken.md: mood: unknown field"),
        ("order: 5", "order: [", "course/broken.md: line "),
    ],
)
def test_a_broken_file_is_left_out_and_told_in_one_line(tmp_path: Path, changed: str, to: str, told: str) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    assert changed in GOOD
    (folder / "broken.md").write_text(GOOD.replace(changed, to, 1), "utf-8")
    (folder / "good.md").write_text(Path("knowledge/course/copies.md").read_text("utf-8"), "utf-8")
    course = load_course(folder)
    assert [module.id for module in course.modules] == ["copies"]
    (line,) = course.problems
    assert line.startswith(told)
    assert "\n" not in line


def test_two_files_of_one_lesson_are_one_lesson_and_a_line(tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    course = load_course(tmp_path)
    assert [module.id for module in course.modules] == ["necessity"]
    assert course.problems == (f"{tmp_path.name}/two.md: id: necessity stands in another file too",)
