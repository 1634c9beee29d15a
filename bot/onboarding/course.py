"""The whole course, loaded once; a file that cannot be used is left out and told in one line."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bot.onboarding.course_file import parse_module
from bot.onboarding.models import Course, Module
from bot.policies.knowledge_files import BrokenFileError, Problem, read_text
from bot.resources import KNOWLEDGE


@lru_cache(maxsize=1)
def shipped_course() -> Course:
    """The course that ships with the program."""
    return load_course(KNOWLEDGE / "course")


def load_course(folder: Path) -> Course:
    """Every module of a folder in its order; a module or drill whose id stands before is refused."""
    read: list[tuple[int, Module, str]] = []
    problems = []
    for path in sorted(folder.glob("*.md")):
        name = f"{folder.name}/{path.name}"
        try:
            order, module = parse_module(read_text(path))
            read.append((order, module, name))
        except BrokenFileError as broken:
            problems.append(str(Problem(name, broken.field, broken.reason)))
    modules: list[Module] = []
    for _, module, name in sorted(read, key=lambda one: (one[0], one[2])):
        twice = sorted(set(_ids(module)) & {known for before in modules for known in _ids(before)})
        if twice:
            problems.append(str(Problem(name, "id", f"{twice[0]} stands in another file too")))
        else:
            modules.append(module)
    return Course(modules=tuple(modules), problems=tuple(problems))


def _ids(module: Module) -> Iterator[str]:
    yield module.id
    yield from (drill.id for drill in module.drills)
