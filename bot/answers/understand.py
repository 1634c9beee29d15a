"""From a question, its thread and its options to what is asked."""

import re
from datetime import date

from bot.answers.aspects import find_aspect
from bot.answers.dates import find_date
from bot.answers.models import Context
from bot.answers.scope import Kind, gives_orders, out_of_scope
from bot.answers.shorthand import spell_out
from bot.answers.topics import best_topic, denied_matter, other_topics, topic_scores
from bot.answers.understanding import Understanding
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness, Topic
from bot.policies.resolve import Resolver
from bot.policies.states import find_states

_CODE = re.compile(r"\b(9\d{4}|[GHT]\d{4})\b", re.IGNORECASE)
_IN_GENERAL = re.compile(r"\b(in general|generally|any payer|all payers|every payer|regardless of payer|most payers)\b")
_COVERAGE = re.compile(
    r"\b(cover(s|ed|age)?|accept(s|ed)?|reimburse(s|d)?|recogni[sz]e(s|d)?|pays? for|will .{1,30} pay|billable)\b"
    r"|\bcan (i|we) bill\b|\ballow(s|ed)?\b"
)
_OF_THE_PAYER = re.compile(r"\b(their|its|they|medicare (plans?|members?|patients?|side|product|line|hmo|ppo))\b")
_LINES = (
    (re.compile(r"\bcommercial\b|\bprivate insurance\b|\bemployer plan\b"), LineOfBusiness.COMMERCIAL),
    (re.compile(r"\bmedicare advantage\b|\bma plans?\b|\bmapd\b"), LineOfBusiness.MEDICARE_ADVANTAGE),
    (re.compile(r"\bmanaged medicaid\b|\bmedicaid (mco|managed care|plans?)\b"), LineOfBusiness.MEDICAID_MANAGED_CARE),
    (re.compile(r"\beap\b|\bemployee assistance\b"), LineOfBusiness.EAP),
    (re.compile(r"\bmarketplace\b|\bexchange plans?\b|\baca plans?\b|\bobamacare\b"), LineOfBusiness.MARKETPLACE),
)


class Reader:
    """Reads questions with one resolver; holds nothing of any of them."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def understand(  # noqa: PLR0913  # the options of the command line
        self,
        question: str,
        context: Context,
        today: date,
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
    ) -> Understanding:
        """Words of the question first, then the options given, then what the thread was about."""
        plain = spell_out(question)
        states = [span.code for span in find_states(question) if span.sure]
        where = (states[0] if len(set(states)) == 1 else "") or state or ("" if states else context.state)
        mentions = tuple(self._resolver.mentions(question, where))
        if not mentions and payer:
            mentions = (self._resolver.named(payer, where),)
        scores = topic_scores(question)
        topic = best_topic(scores)
        if topic is Topic.DENIAL and mentions:
            topic = denied_matter(scores)
        threaded = bool(context.payer_ids or context.unknown_payers or context.unsettled_payers or context.topic)
        reason = out_of_scope(
            question, topic_score=scores.get(topic, 0) if topic else 0, names_payer=bool(mentions), follows_up=threaded
        )
        line = _line(plain)
        meant = self._line_of_thread(mentions, context, plain)
        if meant:
            mentions, line = (), meant
        inherits = not mentions and not _IN_GENERAL.search(plain) and reason is None
        if inherits:
            mentions = self._from_thread(context, where)
            line = line or context.line_of_business
        weak = topic is None or (topic is Topic.GENERAL and bool(context.topic) and len(plain.split()) <= 8)
        aspect = find_aspect(question, topic) if topic and not weak else ""
        if weak and context.topic and reason is None:
            topic, aspect = context.topic, context.aspect
        return Understanding(
            question=question,
            kind=reason or (Kind.PAYER if mentions else Kind.GENERAL),
            topic=topic,
            aspect=aspect,
            also=other_topics(scores, topic) if topic else (),
            mentions=mentions if reason is None or mentions else (),
            state=where,
            line_of_business=line,
            date_of_service=find_date(question, today) or date_of_service or context.date_of_service,
            codes=tuple(dict.fromkeys(match.upper() for match in _CODE.findall(question))),
            orders=gives_orders(question),
            asks_coverage=bool(_COVERAGE.search(plain)),
        )

    def _from_thread(self, context: Context, where: str) -> tuple[Mention, ...]:
        """The thread's payers; a name that fitted several ("Kaiser") is read again with the state now told."""
        known = (self._resolver.named(payer_id, context.state) for payer_id in context.payer_ids)
        unsettled = (self._resolver.named(name, where) for name in context.unsettled_payers)
        unknown = (Mention(kind=MentionKind.UNKNOWN, name=name, start=0, end=0) for name in context.unknown_payers)
        return (*known, *unsettled, *unknown)

    def _line_of_thread(self, mentions: tuple[Mention, ...], context: Context, plain: str) -> LineOfBusiness | None:
        """The line that "and their Medicare plan?" or "and for Medicaid members?" means of the thread's one payer.

        A bare "and Medicare?" is Medicare itself, unless the thread is going through the payer's lines already.
        """
        if len(context.payer_ids) != 1 or len(mentions) != 1:
            return None
        named = mentions[0]
        line: LineOfBusiness | None
        if named.payer_id == "medicare":
            line = LineOfBusiness.MEDICARE_ADVANTAGE
            told = bool(_OF_THE_PAYER.search(plain)) or context.line_of_business is not None
        elif named.name == "Medicaid" and named.kind is MentionKind.AMBIGUOUS:
            line, told = LineOfBusiness.MEDICAID_MANAGED_CARE, True
        else:
            line, told = named.line_of_business, named.kind is MentionKind.AMBIGUOUS
        return line if line and told and self._resolver.sells(context.payer_ids[0], line) else None


def _line(plain: str) -> LineOfBusiness | None:
    return next((line for pattern, line in _LINES if pattern.search(plain)), None)
