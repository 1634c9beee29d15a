"""Everything on file, loaded and checked: payers with their facts, the guide, the checklist."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.policies.checklist import ChecklistItem, parse_checklist
from bot.policies.guide_file import parse_guide
from bot.policies.knowledge_files import BrokenFileError, Problem, read_text
from bot.policies.models import Fact, LineOfBusiness, Payer, Snippet, SourceKind, Topic
from bot.policies.payer_file import parse_payer
from bot.resources import KNOWLEDGE

__all__ = ["Catalog", "ChecklistItem", "Problem", "fact_snippet", "load_catalog"]


@dataclass(frozen=True)
class Catalog:
    """What the knowledge files hold. `problems` lists the files that were refused; the rest is here."""

    payers: dict[str, Payer]
    snippets: tuple[Snippet, ...]
    checklist: dict[str, ChecklistItem]
    problems: tuple[Problem, ...] = ()

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with this id, or None."""
        return self._facts.get(fact_id)

    def snippet(self, snippet_id: str) -> Snippet | None:
        """The snippet with this id (a fact's id, or a guide section's), or None."""
        return self._snippets.get(snippet_id)

    def facts(
        self,
        payer_id: str,
        topic: Topic | None = None,
        *,
        aspect: str | None = None,
        line_of_business: LineOfBusiness | None = None,
        state: str = "",
    ) -> tuple[Fact, ...]:
        """A payer's facts in file order, narrowed by whatever is given; none for a payer not on file.

        `aspect=""` keeps only facts on a topic's main question. A fact that names no state, or US, fits any
        `state`.
        """
        payer = self.payers.get(payer_id)
        return tuple(
            fact
            for fact in (payer.facts if payer else ())
            if (topic is None or fact.topic == topic)
            and (aspect is None or fact.aspect == aspect)
            and (line_of_business is None or fact.line_of_business == line_of_business)
            and (not state or not fact.jurisdiction or {"US", state} & set(fact.jurisdiction))
        )

    @cached_property
    def background(self) -> tuple[Payer, ...]:
        """The national rules and the trade's talk: no payer's own."""
        return tuple(payer for payer in self.payers.values() if payer.background)

    @cached_property
    def guide(self) -> tuple[Snippet, ...]:
        """The sections of our own guide."""
        return tuple(
            snippet for snippet in self.snippets if not snippet.payer_id and snippet.source.kind is SourceKind.GUIDE
        )

    @cached_property
    def content_hash(self) -> str:
        """Changes when any searchable text, or a field it is filtered by, changes."""
        digest = hashlib.sha256()
        for snippet in self.snippets:
            digest.update(snippet.model_dump_json().encode())
        return digest.hexdigest()

    @cached_property
    def last_checked(self) -> str:
        """The last day on which one of the facts was checked, as ISO has it; "never" where none was."""
        checked = (fact.read_on for payer in self.payers.values() for fact in payer.facts)
        return max(map(str, checked), default="never")

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.id: fact for payer in self.payers.values() for fact in payer.facts}

    @cached_property
    def _snippets(self) -> dict[str, Snippet]:
        return {snippet.id: snippet for snippet in self.snippets}


def load_catalog(folder: Path = KNOWLEDGE) -> Catalog:
    """Load every file under `folder`; a broken one becomes a line in `problems` and the rest still loads."""
    reading = _Reading(folder)
    reading.read_payers()
    reading.read_guide()
    reading.read_checklist()
    payers = {payer.id: payer for payer in reading.payers.values()}
    facts = (fact_snippet(payer, fact) for payer in payers.values() for fact in payer.facts)
    return Catalog(payers, (*facts, *reading.guide), reading.checklist, tuple(reading.problems))


class _Reading:
    """One load in progress: what came out of the files so far, and what was refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.payers: dict[str, Payer] = {}
        self.guide: list[Snippet] = []
        self.checklist: dict[str, ChecklistItem] = {}
        self.problems: list[Problem] = []

    def read_payers(self) -> None:
        owners: dict[str, str] = {}
        fact_files: dict[str, str] = {}
        for path, name in self._files("payers", ".yaml", ".yml"):
            try:
                payer = parse_payer(read_text(path))
                if payer.id in owners:
                    raise BrokenFileError("id", f"{payer.id} is already the payer of {owners[payer.id]}")
                for position, fact in enumerate(payer.facts):
                    if fact.id in fact_files:
                        raise BrokenFileError(f"facts[{position}].id", f"{fact.id} stands in {fact_files[fact.id]} too")
            except BrokenFileError as error:
                self._refuse(name, error)
            else:
                owners[payer.id] = name
                fact_files |= dict.fromkeys((fact.id for fact in payer.facts), name)
                self.payers[name] = payer
        self._check_conflicts()

    def _check_conflicts(self) -> None:
        """Refuse a file whose conflict points nowhere.

        Where another file was refused the id may stand there: then only the pointer is dropped, so that one
        broken file does not take others with it.
        """
        if not self.problems:
            known = self._fact_ids()
            for name, payer in list(self.payers.items()):
                dangling = [
                    (fact.id, other) for fact in payer.facts for other in fact.conflicts_with if other not in known
                ]
                if dangling:
                    del self.payers[name]
                    field = f"facts ({dangling[0][0]}).conflicts_with"
                    self._refuse(name, BrokenFileError(field, f"no fact on file has the id {dangling[0][1]}"))
        if self.problems:
            known = self._fact_ids()
            self.payers = {name: _without_dangling(payer, known) for name, payer in self.payers.items()}

    def _fact_ids(self) -> set[str]:
        return {fact.id for payer in self.payers.values() for fact in payer.facts}

    def read_guide(self) -> None:
        seen: set[str] = set()
        for path, name in self._files("guide", ".md"):
            try:
                sections = parse_guide(read_text(path))
                if seen & {section.id for section in sections}:
                    raise BrokenFileError("id", "another guide file has the same id")
            except BrokenFileError as error:
                self._refuse(name, error)
            else:
                seen |= {section.id for section in sections}
                self.guide += sections

    def read_checklist(self) -> None:
        try:
            self.checklist = parse_checklist(read_text(self.folder / "checklist.yaml"))
        except BrokenFileError as error:
            self._refuse("checklist.yaml", error)

    def _files(self, room: str, *endings: str) -> Iterable[tuple[Path, str]]:
        folder = self.folder / room
        try:
            paths = sorted(
                path for path in folder.iterdir() if path.suffix in endings and not path.name.startswith(".")
            )
        except OSError as error:
            self._refuse(room, BrokenFileError("", f"cannot be read ({error.strerror or type(error).__name__})"))
            return []
        return [(path, f"{room}/{path.name}") for path in paths]

    def _refuse(self, name: str, error: BrokenFileError) -> None:
        self.problems.append(Problem(name, error.field, error.reason))


def _without_dangling(payer: Payer, known: set[str]) -> Payer:
    if all(known.issuperset(fact.conflicts_with) for fact in payer.facts):
        return payer
    kept = [
        fact.model_copy(update={"conflicts_with": tuple(other for other in fact.conflicts_with if other in known)})
        for fact in payer.facts
    ]
    return payer.model_copy(update={"facts": tuple(kept)})


def fact_snippet(payer: Payer, fact: Fact) -> Snippet:
    """A fact as searchable text, under its own id."""
    conditions = f" Conditions: {'; '.join(fact.conditions)}." if fact.conditions else ""
    return Snippet(
        id=fact.id,
        payer_id=payer.id,
        topic=fact.topic,
        aspect=fact.aspect,
        line_of_business=fact.line_of_business,
        jurisdiction=fact.jurisdiction,
        title=f"{payer.name}: {fact.topic.value.replace('_', ' ')}",
        text=fact.statement + conditions,
        source=fact.source,
        effective_from=fact.effective_from,
        read_on=fact.read_on,
    )
