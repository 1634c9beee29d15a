"""One matter over several payers: a row each, from the very answer that a question about this payer alone gets."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.models import Answer, Citation, Comparison, Row
from bot.answers.phrases import LINES, matter
from bot.answers.understanding import Understanding
from bot.policies.age import is_stale, last_known_year
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Decision, Fact, LineOfBusiness, Payer, Topic
from bot.policies.own_payers import OwnPayer
from bot.policies.payer_names import NameReader
from bot.policies.resolve import Resolver
from bot.policies.states import STATES

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

MAKE_THE_LIST = (
    "Tell me once whom you bill: `/billing payers add Aetna, Cigna Medicare Advantage, HUSKY` (on the command line"
    " `billing-copilot payers add …`). Then this question gives a table of them."
)
# What goes ahead, then what takes work first, then what does not go, then what nobody knows yet.
_ORDER = (
    Decision.ALLOWED,
    Decision.NOT_REQUIRED,
    Decision.ALLOWED_WITH_CONDITIONS,
    Decision.REQUIRED,
    Decision.VARIES,
    Decision.NOT_ALLOWED,
    Decision.NOT_APPLICABLE,
    Decision.UNKNOWN,
)

Answering = Callable[[Understanding, Mention, Topic, date], Answer]


class Matrix:
    """Makes comparisons over one state of the file; `answering` gives one payer's answer."""

    def __init__(self, catalog: "Catalog", resolver: Resolver, answering: Answering) -> None:
        self._catalog = catalog
        self._names = NameReader(resolver)
        self._answering = answering

    def compare(
        self, asked: Understanding, topic: Topic, payers: Sequence[OwnPayer], today: date, *, own: bool = True
    ) -> Comparison:
        """A row for each of `payers` (at least one), those that are not on file too."""
        mentions = [self._names.settle(payer) for payer in payers]
        asked = asked.model_copy(update={"mentions": tuple(mentions), "asks_coverage": topic is Topic.GENERAL})
        day = asked.date_of_service or today
        rows = [
            self._row(payer, mention, self._answering(asked, mention, topic, today), day)
            for payer, mention in zip(payers, mentions, strict=True)
        ]
        return Comparison(
            question=asked.question,
            topic=topic,
            matter=matter(topic, asked.aspect),
            rows=tuple(sorted(rows, key=_as_one_acts)),
            state=asked.state,
            date_of_service=asked.date_of_service,
            own=own,
        )

    def _row(self, payer: OwnPayer, mention: Mention, answer: Answer, day: date) -> Row:
        on_file = self._catalog.payers.get(mention.payer_id) if mention.kind is MentionKind.KNOWN else None
        line = payer.line_of_business or (answer.payer.line_of_business if answer.payer else None)
        state = mention.state if on_file is None or set(on_file.jurisdiction) != {mention.state} else ""
        source = self._source(answer, day)
        return Row(
            payer_id=on_file.id if on_file else "",
            name=on_file.name if on_file else mention.name,
            plan=_plan(on_file, line, state),
            line_of_business=line,
            state=state,
            answer=answer,
            source=source[0] if source else None,
            year=last_known_year(source[1]) if source else None,
        )

    def _source(self, answer: Answer, day: date) -> tuple[Citation, Fact] | None:
        """The newest source of the deciding kind: the first that an answer cites is one that decides."""
        if answer.decision is Decision.UNKNOWN:
            return None
        cited = [(one, fact) for one in answer.citations if (fact := self._catalog.fact(one.snippet_id))]
        if not cited:
            return None
        first = cited[0][1]
        alike = [
            (one, fact)
            for one, fact in cited
            if (fact.topic, fact.aspect, fact.source.kind) == (first.topic, first.aspect, first.source.kind)
            and is_stale(fact, day) is answer.stale
        ]
        return max(alike or cited[:1], key=lambda pair: last_known_year(pair[1]) or 0)


def on_file(catalog: "Catalog") -> tuple[OwnPayer, ...]:
    """Every payer on file as an entry, by name, without the programmes behind them."""
    payers = sorted(catalog.payers.values(), key=lambda payer: payer.name.casefold())
    return tuple(OwnPayer(payer_id=payer.id, name=payer.name[:80]) for payer in payers if not payer.background)


def selling(payers: Iterable[OwnPayer], line: LineOfBusiness, catalog: "Catalog") -> tuple[OwnPayer, ...]:
    """Those of `payers` that sell a line, narrowed to it; a payer that is not on file may sell anything."""
    found = []
    for payer in payers:
        known = catalog.payers.get(payer.payer_id)
        sells = payer.line_of_business is line or (payer.line_of_business is None and _sells(known, line))
        if sells:
            found.append(payer.model_copy(update={"line_of_business": line if known else None}))
    return tuple(found)


def _sells(payer: Payer | None, line: LineOfBusiness) -> bool:
    return payer is None or line in payer.lines_of_business


def _plan(payer: Payer | None, line: LineOfBusiness | None, state: str) -> str:
    """ "Medicare Advantage, Texas"; nothing where a payer has one line and one place."""
    told = [LINES[line]] if line and payer and len(payer.lines_of_business) > 1 else []
    told = [words for words in told if payer is None or words not in payer.name]
    return ", ".join([*told, *([STATES.get(state, state)] if state else [])])


def _as_one_acts(row: Row) -> tuple[int, bool, str]:
    return _ORDER.index(row.answer.decision), row.answer.stale, row.name.casefold()
