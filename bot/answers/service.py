"""The answer to a question, end to end: understand, decide, compose, and a model's wording where there is one."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from bot.answers.across import is_plainly_across
from bot.answers.aspects import aspect_to_rule_on
from bot.answers.case import Rule, of_part_named, rule_as_asked
from bot.answers.comparing import Comparing, Ours
from bot.answers.compose import PERMISSIONS, compose
from bot.answers.coverage import asks_whether_covered
from bot.answers.dates import no_such_date
from bot.answers.listener import Listener
from bot.answers.models import Answer, Comparison, Context, Matter, Reply
from bot.answers.overview import Overview
from bot.answers.own_documents import UNSETTLED, PassageSearch, with_own_document
from bot.answers.scope import Kind, is_plainly_ours
from bot.answers.topic_model import TopicModel
from bot.answers.unanswered import Unanswered
from bot.answers.understand import Reader
from bot.answers.understanding import Understanding
from bot.errors import OperatorError, UserError
from bot.policies.age import in_force
from bot.policies.decide import decide
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Decision, Fact, LineOfBusiness, Payer, Snippet, Topic
from bot.policies.own_payers import OwnPayer
from bot.policies.reading import is_verified
from bot.policies.resolve import Resolver
from bot.policies.ruling import Ruling
from bot.policies.states import STATES, state_code

if TYPE_CHECKING:
    from bot.llm.structured import StructuredModel
    from bot.policies.catalog import Catalog

QUESTION_LIMIT = 4_000
_MOST_PAYERS = 8
_MOST_NEAR = 3
_FEWEST_WORDS = 3
# The topics whose "allowed" is a permission rather than a limit.
_PERMITTING = frozenset(
    {Topic.SAME_DAY, Topic.PRIOR_AUTH, Topic.TELEHEALTH, Topic.SUPERVISION, Topic.PROVIDER_TYPES, Topic.MODIFIERS}
)
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]{0,500}>")
_PART = re.compile(r"(?i)\bpart (\d{3})\b")
_NO_MATTER_OF_OURS = (Kind.OFF_TOPIC, Kind.CLINICAL, Kind.OTHER_SERVICE)
_PAIRED_LINE = (Kind.PAYER, Kind.GENERAL)


class Hit(Protocol):
    """One find of the search, as much of it as an answer needs."""

    @property
    def snippet(self) -> Snippet: ...


class Search(Protocol):
    """The search over all snippets."""

    def search(self, query: str, *, payer_id: str | None = None, limit: int = 5) -> "Sequence[Hit]": ...


class AnswerService:
    """Answers questions. `searcher` is a factory, called only when no cue tells the topic: its index costs a second.

    `waiting` tells the passages of the practice's own documents from which facts wait for approval, with their topics.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the parts an answer is made with
        self,
        catalog: "Catalog",
        resolver: Resolver,
        searcher: Callable[[], Search] | None,
        model: "StructuredModel | None",
        today: Callable[[], date],
        topics: TopicModel | None = None,
        own_passages: PassageSearch | None = None,
        waiting: Callable[[], Collection[tuple[str, Topic]]] = tuple,
    ) -> None:
        self._catalog = catalog
        self._waiting = waiting
        self._own_passages = own_passages
        self._reader = Reader(resolver, catalog.payers, topics)
        self._resolver = resolver
        self._searcher = searcher
        self._model = model
        self._today = today
        self._topics = topics
        self._unanswered = Unanswered(catalog)
        self._overview = Overview(catalog)
        self._comparing = Comparing(catalog, resolver, self._reader, self._answer)

    def ask(  # noqa: PLR0913  # one question and what stands in for its words, each by name
        self,
        question: str,
        context: Context = Context(),  # noqa: B008  # frozen
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        ours: Ours = tuple,
        listener: Listener | None = None,
    ) -> Reply:
        """Answer `question` in the light of its thread; raises UserError where there is no question to answer.

        `payer`, `state` and `date_of_service` stand in for what the question does not say itself; `ours` gives the
        practice's own payers where it asks about them. `listener` hears of the answer while a model words it.
        """
        today = self._today()
        text = _readable(question)
        code = _checked_state(state)
        across = None if payer else self._comparing.asked_of(text, context, code)
        if across:
            told = self._comparing.over_ours(
                text, across, ours, context, today, state=code, date_of_service=date_of_service
            )
            if told:
                return _asked_as(question, told)
        asked = self._reader.understand(text, context, today, payer=payer, state=code, date_of_service=date_of_service)
        if asked.kind not in _PAIRED_LINE:
            answers = [self._unanswered.not_ours(question, asked.kind)]
            return Reply(question=question, answers=tuple(answers), context=context)
        topic = asked.topic or self._topic_by_search(asked)
        mentions = asked.mentions[:_MOST_PAYERS] or (None,)
        answers = [_to_record(self._answer(asked, mention, topic, today)) for mention in mentions]
        answers = [_minding_the_date(answer, asked, today) for answer in answers]
        answers = self._reworded([answer.model_copy(update={"question": question}) for answer in answers], listener)
        answers = [self._beside_own_document(answer, asked, today) for answer in answers]
        return Reply(question=question, answers=tuple(answers), context=_carry(context, asked, topic))

    def is_ours(self, question: str) -> bool:
        """Whether a text that nobody addressed to us is a payer question about billing groups, beyond doubt."""
        try:
            asked = self._reader.understand(_readable(question), Context(), self._today())
        except UserError:
            return False
        if is_plainly_across(question):
            return asked.kind in (*_PAIRED_LINE, Kind.OFF_TOPIC)
        ours = asked.kind in _PAIRED_LINE and (asked.topic is not None or bool(asked.mentions))
        return ours and is_plainly_ours(question, names_payer=bool(asked.mentions))

    def is_off_topic(self, text: str) -> bool:
        """Whether a text would get no answer but that it is no matter of ours."""
        try:
            return self._reader.understand(_readable(text), Context(), self._today()).kind in _NO_MATTER_OF_OURS
        except UserError:
            return True

    def compare(  # noqa: PLR0913  # the options of the command line
        self,
        question: str,
        payers: Sequence[OwnPayer] | None,
        *,
        topic: Topic | None = None,
        state: str = "",
        line: LineOfBusiness | None = None,
        date_of_service: date | None = None,
        own: bool = True,
    ) -> Comparison:
        """One matter over several payers (`Comparing.compare`)."""
        return self._comparing.compare(
            _readable(question),
            payers,
            self._today(),
            topic=topic,
            state=_checked_state(state),
            line=line,
            date_of_service=date_of_service,
            own=own,
        )

    def on_file(self, matter: Matter, on: date | None = None) -> Answer:
        """How the file answers one matter of a payer on file as it stands; `question` is empty, for none was put."""
        assert matter.topic is not None
        today = self._today()
        ruling = decide(
            self._catalog,
            self._catalog.payers[matter.payer],
            matter.topic,
            aspect=matter.aspect,
            line_of_business=matter.line_of_business,
            state=matter.state,
            on=on,
            today=today,
        )
        return compose(ruling, "", today, on=on)

    def matter_of(self, text: str) -> Matter:
        """The payer and the topic that a few words name, as much of them as there is ("Aetna prior auth")."""
        asked = self._reader.understand(text, Context(), self._today())
        mention = asked.mentions[0] if asked.mentions else None
        if mention is None and text.strip() and asked.topic is None:
            mention = self._resolver.named(text)
        return Matter(
            payer=mention.name if mention else "",
            topic=asked.topic,
            aspect=asked.aspect,
            line_of_business=(mention.line_of_business if mention else None) or asked.line_of_business,
            state=(mention.state if mention else "") or asked.state,
        )

    # -- one payer

    def _answer(self, asked: Understanding, mention: Mention | None, topic: Topic, today: date) -> Answer:
        if mention is None:
            return self._ruled(asked, None, topic, today)
        if mention.kind is MentionKind.UNKNOWN:
            return self._unanswered.payer_not_on_file(asked.question, mention, topic, asked.aspect)
        if mention.kind is MentionKind.AMBIGUOUS:
            return self._unanswered.which_payer(asked.question, mention, topic)
        return self._ruled(asked, mention, topic, today)

    def _ruled(self, asked: Understanding, mention: Mention | None, topic: Topic, today: date) -> Answer:
        payer = of_part_named(self._catalog.payers[mention.payer_id], asked.question) if mention else None
        line = (mention.line_of_business if mention else None) or asked.line_of_business
        line = line if payer is None or _sells(line, payer.lines_of_business) else None
        state = (mention.state if mention else "") or asked.state
        if payer and len(asked.mentions) > 1 and not {"US", state} & set(payer.jurisdiction):
            state = ""  # the state of another payer in the same question
        on = asked.date_of_service
        verified = payer is not None and any(is_verified(fact) for fact in payer.facts if fact.topic is Topic.GENERAL)
        if verified and topic is Topic.NON_COVERED and asks_whether_covered(asked.question):
            topic = Topic.GENERAL  # where the practice's own answer to that very question stands

        def rule(of: Topic, aspect: str) -> Ruling:
            return decide(
                self._catalog, payer, of, aspect=aspect, line_of_business=line, state=state, on=on, today=today
            )

        if payer and topic is Topic.GENERAL:
            return self._all_on_file(asked, payer, today, line, state)
        ruling = (
            rule_as_asked(asked, payer, topic, rule, self._topics) if payer else self._generally(asked, topic, rule)
        )
        if payer and asked.topic is None and _only_guessed(ruling):
            return self._all_on_file(asked, payer, today, line, state)
        answer = compose(ruling, asked.question, today, on=on, also=asked.also)
        return answer if payer or not state else answer.model_copy(update={"next_step": self._which_in(state)})

    def _generally(self, asked: Understanding, topic: Topic, rule: Rule) -> Ruling:
        """No payer: the general rule on the matter as narrowly as anything general is on file."""
        aspect = aspect_to_rule_on(self._background, topic, asked.aspect)
        if not any(fact.topic is topic and fact.aspect == aspect for fact in self._background):
            aspect = ""
        ruling = rule(topic, aspect)
        return rule(topic, "") if aspect and ruling.decision is Decision.UNKNOWN else ruling

    def _which_in(self, state: str) -> str:
        """A state named and no payer: whom we have on file there."""
        there = [payer.name for payer in self._catalog.payers.values() if state in payer.jurisdiction]
        known = f" On file there: {'; '.join(sorted(there))}." if there else ""
        return f"Which payer in {STATES[state]} is it?{known} Name it for its own rule."

    def _all_on_file(
        self, asked: Understanding, payer: Payer, today: date, line: LineOfBusiness | None, state: str
    ) -> Answer:
        """The payer named and no one matter asked: whether it covers groups, or the list of what is on file."""
        on = asked.date_of_service
        near = self._nearest(asked, payer, on or today) if asked.topic is None else ()
        return self._overview.of(
            payer, asked.question, today, line=line, state=state, on=on, coverage=asked.asks_coverage, near=near
        )

    def _nearest(self, asked: Understanding, payer: Payer, day: date) -> tuple[Fact, ...]:
        """The payer's facts nearest to the question's words, where no cue told what it is about."""
        hits = self._found(asked, payer.id)
        on_file = {fact.id: fact for fact in payer.facts}
        facts = [on_file[hit.snippet.id] for hit in hits if hit.snippet.id in on_file]
        return tuple(fact for fact in facts if in_force(fact, day))[:_MOST_NEAR]

    def _found(self, asked: Understanding, payer_id: str | None = None) -> "Sequence[Hit]":
        """What the search finds, where there is a search and enough words; nothing for a text that gives orders."""
        if self._searcher is None or asked.orders or len(asked.question.split()) < _FEWEST_WORDS:
            return ()
        try:
            return self._searcher().search(asked.question, payer_id=payer_id, limit=5)
        except OperatorError:
            return ()  # no index yet: the general answer still stands

    @cached_property
    def _background(self) -> tuple[Fact, ...]:
        return tuple(fact for payer in self._catalog.background for fact in payer.facts)

    def _topic_by_search(self, asked: Understanding) -> Topic:
        """With no cue in the words: the topic of what the search finds, where there is a search and enough words."""
        weights: dict[Topic, float] = {}
        for place, hit in enumerate(self._found(asked)):
            weights[hit.snippet.topic] = weights.get(hit.snippet.topic, 0.0) + 1 / (place + 1)
        best = max(weights, key=lambda topic: weights[topic], default=Topic.GENERAL)
        return best if weights.get(best, 0.0) > sum(weights.values()) / 2 else Topic.GENERAL

    def _beside_own_document(self, answer: Answer, asked: Understanding, today: date) -> Answer:
        """What the practice's own document says, where the facts leave the matter open; never before a model."""
        open_ = answer.decision in UNSETTLED or (answer.topic is Topic.GENERAL and asked.topic is None)
        if self._own_passages is None or answer.payer is None or asked.orders or not open_:
            return answer
        found = self._own_passages.find(
            asked.question,
            payer_id=answer.payer.id,
            topic=answer.topic,
            on=asked.date_of_service or today,
            line=answer.payer.line_of_business,
            state=asked.state,
        )
        return with_own_document(answer, found, asked.question, self._waiting() if found else ())

    def _reworded(self, answers: list[Answer], listener: Listener | None) -> list[Answer]:
        if self._model is None:
            return answers
        from bot.answers.wording import is_worded, word

        facts = [self._behind(answer) for answer in answers]
        if listener and any(map(is_worded, answers, facts)):
            listener.decided(answers)
        found = []
        for place, answer in enumerate(answers):
            show = partial(listener.said, place) if listener else None
            found.append(word(answer, facts[place], self._model, show))
        return found

    def _behind(self, answer: Answer) -> list[Snippet]:
        """The snippets that the answer's citations name."""
        snippets = (self._catalog.snippet(citation.snippet_id) for citation in answer.citations)
        return [snippet for snippet in snippets if snippet]


def _asked_as(question: str, reply: Reply) -> Reply:
    """The reply with the question as it was asked, markup and all."""
    answers = tuple(answer.model_copy(update={"question": question}) for answer in reply.answers)
    return reply.model_copy(update={"question": question, "answers": answers})


def _minding_the_date(answer: Answer, asked: Understanding, today: date) -> Answer:
    """Says first of all what to do about a date of service that lies ahead, or that no calendar has."""
    day, none_such = asked.date_of_service, no_such_date(asked.question)
    if none_such:
        remark = f"{none_such} is no date, so this is answered for today: give it as YYYY-MM-DD."
    elif day and day > today:
        remark = f"{day} lies ahead, and this is what is known today: ask again when it has come."
    else:
        return answer
    return answer.model_copy(update={"next_step": f"{remark} {answer.next_step}".rstrip()})


def _to_record(answer: Answer) -> Answer:
    """What was asked, as it is recorded: whether groups are covered at all is a matter of its own."""
    about = answer.to_ask
    if about and about.topic is Topic.NON_COVERED and not about.aspect and asks_whether_covered(answer.question):
        return answer.model_copy(update={"to_ask": about.model_copy(update={"topic": Topic.GENERAL})})
    return answer


def _readable(question: str) -> str:
    """The question without markup; raises UserError where no question is left."""
    if len(question) > QUESTION_LIMIT:
        raise UserError(
            f"A question may have {QUESTION_LIMIT:,} characters. To have a group note checked, use review instead."
        )
    text = _TAG.sub(" ", question)
    if not any(letter.isalnum() for letter in text):
        raise UserError("Ask in words, for example: “Can I bill 90853 and 90837 on the same day for Aetna?”")
    return " ".join(text.split())


def _checked_state(state: str) -> str:
    code = state_code(state)
    if state.strip() and not code:
        raise UserError("There is no such US state: give its two-letter code, such as MN.")
    return code


def _sells(line: LineOfBusiness | None, lines: tuple[LineOfBusiness, ...]) -> bool:
    """A line read from the question's words counts for a payer of one public programme only if it is its own."""
    public = {LineOfBusiness.MEDICARE, LineOfBusiness.MEDICAID, LineOfBusiness.TRICARE, LineOfBusiness.VA}
    return line in lines or not public & set(lines)


def _only_guessed(ruling: Ruling) -> bool:
    """True where a topic that the search alone told must not speak: a permission nobody asked for, or nothing."""
    permits = ruling.topic in _PERMITTING and ruling.decision in PERMISSIONS
    return permits or (ruling.decision is Decision.UNKNOWN and not ruling.out_of_dates)


def _carry(context: Context, asked: Understanding, topic: Topic) -> Context:
    """The thread's context after this question."""
    known = [mention for mention in asked.mentions if mention.kind is MentionKind.KNOWN]
    unknown = tuple(mention.name for mention in asked.mentions if mention.kind is MentionKind.UNKNOWN)
    unsettled = tuple(mention.name for mention in asked.mentions if mention.kind is MentionKind.AMBIGUOUS)
    line = next((mention.line_of_business for mention in known if mention.line_of_business), asked.line_of_business)
    return Context(
        payer_ids=tuple(mention.payer_id for mention in known[:_MOST_PAYERS]),
        unknown_payers=unknown[:_MOST_PAYERS],
        unsettled_payers=unsettled[:_MOST_PAYERS],
        topic=topic if topic is not Topic.GENERAL else context.topic,
        aspect=asked.aspect,
        state=next((mention.state for mention in known if mention.state), "") or asked.state,
        line_of_business=line,
        date_of_service=asked.date_of_service,
    )
