"""From a question, its thread and its options to what is asked."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.answers.aspects import find_aspect
from bot.answers.cues import load_cues
from bot.answers.dates import find_date
from bot.answers.models import Context
from bot.answers.scope import Kind, Placed, gives_orders, out_of_scope
from bot.answers.shorthand import spell_out
from bot.answers.topic_model import TopicModel
from bot.answers.topics import best_topic, denied_matter, other_topics, topic_scores
from bot.answers.understanding import Understanding
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import LineOfBusiness, Payer, Topic
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
# Below it the model is right hardly more often than not.
_SURE = 0.4
# In a thread the matter stays unless the words leave little doubt that it has changed.
_SURE_TO_TURN = 0.7
_NAMED = 5
# Both services by name and "same day" too: whatever else is asked of the pair.
_BOTH_SERVICES = 12


class Reader:
    """Reads questions with one resolver; holds nothing of any of them."""

    def __init__(self, resolver: Resolver, payers: Mapping[str, Payer], topics: TopicModel | None = None) -> None:
        self._resolver = resolver
        self._payers = payers
        self._topics = topics

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
            several = self._resolver.mentions(payer, where)
            one = payer in self._payers or len(several) < 2
            mentions = _elsewhere([self._resolver.named(payer, where)] if one else several)
        scores = topic_scores(question)
        placed = self._placed(question, mentions, scores, context)
        topic = placed.topic
        if topic is Topic.DENIAL and mentions:
            topic = denied_matter(scores)
        threaded = bool(context.payer_ids or context.unknown_payers or context.unsettled_payers or context.topic)
        reason = out_of_scope(question, placed, names_payer=bool(mentions), follows_up=threaded)
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

    def _placed(
        self, question: str, mentions: tuple[Mention, ...], scores: dict[Topic, int], context: Context
    ) -> Placed:
        """What the question is about: by the model where it is sure enough, else by its cues alone."""
        if not mentions and load_cues().scope["definition"].search(spell_out(question)):
            return Placed(Topic.CODING, _NAMED, cued=True)  # "what is 90853?", as who is new to it asks
        by_cues, cued = best_topic(scores), bool(scores)
        both_services = scores.get(Topic.SAME_DAY, 0) >= _BOTH_SERVICES
        if self._topics is None or both_services:
            return Placed(by_cues, scores[by_cues] if by_cues else 0, cued=cued)
        ids = {m.payer_id for m in mentions if m.payer_id} or set(context.payer_ids)
        facts = [fact for one in sorted(ids & self._payers.keys()) for fact in self._payers[one].facts]
        odds = self._topics.tell(question, mentions, scores, facts)
        not_ours = odds.pop(None)
        topic: Topic = max((one for one in odds if one), key=lambda one: odds[one])
        if not cued and (context.topic or odds[topic] < _SURE or topic is Topic.GENERAL):
            return Placed(None, 0, not_ours, cued=cued)
        if context.topic and topic is not context.topic and odds[topic] < _SURE_TO_TURN:
            topic = by_cues if by_cues and scores[by_cues] >= _NAMED else context.topic
            return Placed(topic, max(scores.get(topic, 0), _NAMED), not_ours, cued=cued)
        if odds[topic] < _SURE and by_cues:
            topic = by_cues
        return Placed(topic, max(scores.get(topic, 0), round(8 * odds[topic])), not_ours, cued=cued)

    def _from_thread(self, context: Context, where: str) -> tuple[Mention, ...]:
        """The thread's payers; a name that fitted several ("Kaiser") is read again with the state now told."""
        known = (self._resolver.named(payer_id, context.state) for payer_id in context.payer_ids)
        unsettled = (self._resolver.named(name, where) for name in context.unsettled_payers)
        unknown = (Mention(kind=MentionKind.UNKNOWN, name=name, start=0, end=0) for name in context.unknown_payers)
        return _elsewhere((*known, *unsettled, *unknown))

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


def _elsewhere(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions that stand in no word of the question: an option's, or the thread's."""
    return tuple(mention.model_copy(update={"start": 0, "end": 0}) for mention in mentions)
