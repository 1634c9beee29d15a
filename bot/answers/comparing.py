"""Questions over several payers, end to end: whom they mean, a row each, and what to say where there is nobody."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.across import Across, may_be_across, read_across
from bot.answers.matrix import MAKE_THE_LIST, Matrix, on_file, selling
from bot.answers.models import Answer, Comparison, Context, Reply
from bot.answers.scope import Kind
from bot.answers.understand import Reader
from bot.answers.understanding import Understanding
from bot.errors import UserError
from bot.policies.mention import Mention
from bot.policies.models import Decision, LineOfBusiness, Topic
from bot.policies.own_payers import MOST_LISTED, OwnPayer
from bot.policies.resolve import Resolver

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

Answering = Callable[[Understanding, Mention | None, Topic, date], Answer]
Ours = Callable[[], Sequence[OwnPayer]]

_OURS_TO_ANSWER = (Kind.PAYER, Kind.GENERAL, Kind.OFF_TOPIC)


class Comparing:
    """Compares payers over one state of the file; `answering` gives one payer's answer, or the general one."""

    def __init__(self, catalog: "Catalog", resolver: Resolver, reader: Reader, answering: Answering) -> None:
        self._catalog = catalog
        self._resolver = resolver
        self._reader = reader
        self._answering = answering
        self._matrix = Matrix(catalog, resolver, answering)

    def compare(  # noqa: PLR0913  # each narrows the comparison
        self,
        question: str,
        payers: Sequence[OwnPayer] | None,
        today: date,
        *,
        topic: Topic | None = None,
        state: str = "",
        line: LineOfBusiness | None = None,
        date_of_service: date | None = None,
        own: bool = True,
    ) -> Comparison:
        """A row for each of `payers`, with `line` for those that sell it; None: for all on file that have a rule.

        Raises UserError where no matter is named, where there is nobody to compare, or nobody has a rule.
        """
        asked = self._reader.understand(question, Context(), today, state=state, date_of_service=date_of_service)
        matter = topic or asked.topic
        if matter is None:
            raise UserError(f"Which matter? One of: {', '.join(Topic)}.")
        if matter is not asked.topic:
            asked = asked.model_copy(update={"topic": matter, "aspect": ""})
        if payers is None:
            return self._all_with_a_rule(asked, matter, today)
        if not payers:
            raise UserError(f"Your list of payers is empty. {MAKE_THE_LIST}")
        chosen = selling(payers, line, self._catalog) if line else payers
        if not chosen:
            raise UserError(_none_sells(len(payers)))
        table = self._matrix.compare(asked, matter, chosen[:MOST_LISTED], today, own=own)
        return table.model_copy(update={"line_of_business": line})

    def asked_of(self, text: str, context: Context, state: str) -> Across | None:
        """What a question over the practice's payers asks for; None for any other."""
        if not context.across and not may_be_across(text):
            return None
        return read_across(text, self._resolver.mentions(text, state), threaded=context.across)

    def over_ours(  # noqa: PLR0913  # what the question came with
        self,
        text: str,
        across: Across,
        ours: Ours,
        context: Context,
        today: date,
        *,
        state: str,
        date_of_service: date | None,
    ) -> Reply | None:
        """The table, or the general rule and how to make the list; None where no matter of ours is named."""
        alone = context.model_copy(update={"payer_ids": (), "unknown_payers": (), "unsettled_payers": ()})
        asked = self._reader.understand(text, alone, today, state=state, date_of_service=date_of_service)
        if asked.topic is None or asked.kind not in _OURS_TO_ANSWER:
            return None
        listed = tuple(ours())
        payers = selling(listed, across.line, self._catalog) if across.line else listed
        kept = _kept(context, asked, asked.topic)
        if not payers:
            general = self._answering(asked.model_copy(update={"mentions": ()}), None, asked.topic, today)
            step = _none_sells(len(listed)) if listed else MAKE_THE_LIST
            general = general.model_copy(update={"next_step": step})
            return Reply(question=text, answers=(general,), context=kept, wants_list=not listed)
        table = self._matrix.compare(asked, asked.topic, payers, today)
        table = table.model_copy(update={"line_of_business": across.line})
        return Reply(question=text, answers=tuple(row.answer for row in table.rows), context=kept, table=table)

    def _all_with_a_rule(self, asked: Understanding, topic: Topic, today: date) -> Comparison:
        whole = self._matrix.compare(asked, topic, on_file(self._catalog), today, own=False)
        rows = tuple(row for row in whole.rows if row.answer.decision is not Decision.UNKNOWN)
        if not rows:
            raise UserError(f"No payer on file has a rule on {whole.matter}.")
        return whole.model_copy(update={"rows": rows})


def _none_sells(count: int) -> str:
    return f"None of your {count} payers has plans of that kind. `/billing payers` shows them."


def _kept(context: Context, asked: Understanding, topic: Topic) -> Context:
    """The thread goes on over the same payers, until one is named."""
    return Context(
        topic=topic if topic is not Topic.GENERAL else context.topic,
        aspect=asked.aspect,
        state=asked.state,
        date_of_service=asked.date_of_service,
        across=True,
    )
