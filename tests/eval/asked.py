"""The program under evaluation, with an index of its own, and what an answer of anybody's says as far as it counts."""

import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path

from bot.answers.models import Answer, Context
from bot.app import Copilot
from bot.errors import UserError
from bot.settings import Settings
from tests.eval.cases import NOBODY, Case


@dataclass
class Given:
    """What an answer says of one payer, as far as it is measured."""

    payer: str | None
    topic: str
    decision: str
    cited: list[str]
    text: str = ""


@dataclass
class Told:
    """Everything said to one case: its answers, what was retrieved for them, and the milliseconds of every turn."""

    given: list[Given]
    retrieved: list[str]
    milliseconds: list[float]
    refused: bool = False
    answers: list[Answer] = field(default_factory=list)


class Program:
    """The copilot, offline. `folder` holds its index for as long as the run lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The offline answers are what is measured, whatever model the environment names.
        self.copilot = Copilot(Settings(data_dir=folder, llm_model="", chroma_url=""))
        self.copilot.build_index()
        self.copilot.warm_up()
        self.snippets = {snippet.id: snippet for snippet in self.copilot.catalog.snippets}
        self.owner = {key: snippet.payer_id for key, snippet in self.snippets.items()}
        self.background = {payer.id for payer in self.copilot.catalog.background} | {""}

    def ask(self, case: Case) -> Told:
        """The answers to the last turn, each turn answered in the light of those before it."""
        on = case.label.get("date_of_service")
        context, reply, spent = Context(), None, []
        for turn in case.turns:
            started = time.perf_counter()
            try:
                reply = self.copilot.answers.ask(turn, context, date_of_service=date.fromisoformat(on) if on else None)
                context = reply.context
            except UserError:
                reply = None
            spent.append((time.perf_counter() - started) * 1000)
        if reply is None:
            return Told([Given(NOBODY, "general", "not_applicable", [])], [], spent, refused=True)
        given = [_given(answer) for answer in reply.answers]
        return Told(given, in_turn([answer.cited for answer in given]), spent, answers=list(reply.answers))

    def search(self, case: Case, told: Told, limit: int = 5) -> list[str]:
        """What the program's own search finds for the last turn, under the filter of the payers it was answered for."""
        payers = [answer.payer for answer in told.given]
        finds = [self.copilot.searcher.search(case.turns[-1], payer_id=payer, limit=limit) for payer in payers]
        return in_turn([[hit.snippet.id for hit in hits] for hits in finds])


def in_turn(lists: list[list[str]]) -> list[str]:
    """Several lists as one, the firsts first, each id once: five snippets are five, however many payers were asked."""
    merged = chain.from_iterable(zip_longest(*lists))
    return list(dict.fromkeys(key for key in merged if key is not None))


def _given(answer: Answer) -> Given:
    told = " ".join([answer.answer, *answer.conditions, *answer.conflicts, answer.next_step])
    cited = [citation.snippet_id for citation in answer.citations]
    return Given(answer.payer.id if answer.payer else NOBODY, str(answer.topic), str(answer.decision), cited, told)


def own_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for an index that no other run sees."""
    return tempfile.TemporaryDirectory(prefix="billing-copilot-eval-")
