"""The payers of a claims file: which on file they are, of which line of business, and what their rules come to.

The line of business is what SBR09, the claim filing indicator (005010X222A1, loop 2000B, data element 1032), says:
16 is the HMO of Medicare Advantage, MA and MB are Medicare itself, MC Medicaid, CH TRICARE, VA the Veterans Affairs
plan, CI commercial insurance. The others (12, 13, 14, 15, BL, HM, ZZ and so on) name a kind of plan and no line.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from bot.answers.citing import citation_of
from bot.answers.models import Citation
from bot.claimfile.models import PayerName
from bot.policies.age import last_known_year
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Counted, Decision, Fact, LineOfBusiness, Topic
from bot.policies.ruling import Ruling
from bot.review.policy import PayerPolicy, is_certain

if TYPE_CHECKING:
    from bot.claims.same_day import SameDayPolicy
    from bot.claims.telehealth import TelehealthPolicy
    from bot.policies.catalog import Catalog
    from bot.policies.resolve import Resolver

_FILING = {
    "16": LineOfBusiness.MEDICARE_ADVANTAGE,
    "MA": LineOfBusiness.MEDICARE,
    "MB": LineOfBusiness.MEDICARE,
    "MC": LineOfBusiness.MEDICAID,
    "CH": LineOfBusiness.TRICARE,
    "VA": LineOfBusiness.VA,
    "CI": LineOfBusiness.COMMERCIAL,
}
_MEDICAID = (LineOfBusiness.MEDICAID_MANAGED_CARE, LineOfBusiness.MEDICAID)
_PUBLIC = frozenset({LineOfBusiness.MEDICARE, LineOfBusiness.TRICARE, LineOfBusiness.VA, *_MEDICAID})
_COMMERCIAL = frozenset({LineOfBusiness.COMMERCIAL, LineOfBusiness.MARKETPLACE, LineOfBusiness.EAP})
# National facts on file, by their ids: one unit a patient and session, and what a second group of a day rests on.
_ONE_UNIT, _SECOND_GROUP = "f-6fd4e76f7d", "f-94eb3b0a91"
# That an edit applies to one patient, one day and one provider.
_ONE_PROVIDER = "k-dbe9345d0d"
_MOST_KEPT = 5_000


@dataclass(frozen=True)
class PayerOnFile:
    """A payer of the claims file as it was understood. `problem` and `do` say in a line each what is not settled."""

    written: PayerName
    mention: Mention
    name: str
    how: str = ""
    problem: str = ""
    do: str = ""

    @property
    def is_known(self) -> bool:
        return self.mention.kind is MentionKind.KNOWN

    @property
    def key(self) -> str:
        """The same for every way in which a file writes this payer."""
        return self.mention.payer_id if self.is_known else self.written.name or self.written.payer_id

    @property
    def line(self) -> LineOfBusiness | None:
        return self.mention.line_of_business


@dataclass
class DayRules:
    """What one payer's rules come to on one date of service; each is looked up once."""

    payer: PayerOnFile
    policy: PayerPolicy
    _telehealth: "dict[bool, TelehealthPolicy]" = field(default_factory=dict)

    @cached_property
    def same_day(self) -> "SameDayPolicy":
        found, ruling = self.policy.same_day(), self.policy.ruling(Topic.SAME_DAY)
        return replace(found, certain=found.certain and not _is_assumed(ruling))

    @cached_property
    def same_day_sources(self) -> tuple[Citation, ...]:
        """The payer's facts, or the national edit's where it has none."""
        ruling = self.policy.ruling(Topic.SAME_DAY)
        return _cited(ruling.deciding if ruling and ruling.deciding else self.policy.same_day_floor)

    def telehealth(self, *, audio_only: bool) -> "TelehealthPolicy":
        if audio_only not in self._telehealth:
            found, ruling = self.policy.telehealth(audio_only=audio_only), self.policy.ruling(Topic.TELEHEALTH)
            self._telehealth[audio_only] = replace(found, certain=found.certain and not _is_assumed(ruling))
        return self._telehealth[audio_only]

    @cached_property
    def telehealth_sources(self) -> tuple[Citation, ...]:
        ruling = self.policy.ruling(Topic.TELEHEALTH)
        return _cited(ruling.deciding) if ruling else ()

    @cached_property
    def place_in_telehealth(self) -> Fact | None:
        """What the payer itself says of the place of service in telehealth, if anything."""
        ruling = self.policy.ruling(Topic.TELEHEALTH, "place_of_service")
        return ruling.deciding[0] if ruling and ruling.deciding and ruling.decision is not Decision.UNKNOWN else None

    @cached_property
    def diagnosis(self) -> Fact | None:
        """What the payer says of the diagnosis that psychotherapy needs, if anything."""
        ruling = self.policy.ruling(Topic.DIAGNOSIS)
        return ruling.deciding[0] if ruling and ruling.deciding else None

    @cached_property
    def authorization(self) -> "AuthorizationRule":
        ruling = self.policy.ruling(Topic.PRIOR_AUTH)
        if ruling is None or ruling.decision not in _RULED or not ruling.deciding:
            return AuthorizationRule("unknown")
        return AuthorizationRule(
            _RULED[ruling.decision],
            doubt=_doubt(ruling),
            statement=ruling.deciding[0].statement,
            sources=_cited(ruling.deciding[:2]),
        )

    @cached_property
    def sessions_a_day(self) -> tuple[float, Fact, bool] | None:
        """The payer's own limit on sessions a day, its fact, and whether it is current and the payer's own."""
        for topic in (Topic.UNITS, Topic.FREQUENCY):
            ruling = self.policy.ruling(topic)
            for fact in ruling.deciding if ruling else ():
                if fact.limit and fact.limit.counts is Counted.SESSIONS_A_DAY and fact.limit.most and ruling:
                    return fact.limit.most, fact, is_certain(ruling) and not _is_assumed(ruling)
        return None


@dataclass(frozen=True, slots=True)
class AuthorizationRule:
    """Whether the payer asks for a prior authorization of 90853, and where that stands.

    `doubt` says in words why the rule is not relied on; empty where it is.
    """

    decision: Literal["required", "not_required", "varies", "unknown"]
    doubt: str = ""
    statement: str = ""
    sources: tuple[Citation, ...] = ()


_RULED: dict[Decision, Literal["required", "not_required", "varies"]] = {
    Decision.REQUIRED: "required",
    Decision.NOT_REQUIRED: "not_required",
    Decision.VARIES: "varies",
}


class PayerRules:
    """Reads each payer of a file once, and its rules once for each date of service."""

    def __init__(
        self,
        catalog: "Catalog",
        resolver: "Resolver",
        today: date,
        *,
        state: str = "",
        called: dict[str, str] | None = None,
    ) -> None:
        """`called` has what the user says that a name of the file stands for; `state` helps where no address does."""
        self._catalog = catalog
        self._resolver = resolver
        self.today = today
        self._state = state
        self._called = {" ".join(name.casefold().split()): payer for name, payer in (called or {}).items()}
        self._read: dict[PayerName, PayerOnFile] = {}
        self._rules: dict[tuple[PayerName, date | None], DayRules] = {}

    def read(self, written: PayerName) -> PayerOnFile:
        """Which payer on file a name of the claims file is."""
        if written not in self._read:
            if len(self._read) >= _MOST_KEPT:
                self._read.clear()
            self._read[written] = self._understood(written)
        return self._read[written]

    def on(self, payer: PayerOnFile, day: date | None) -> DayRules:
        """The payer's rules of that day."""
        key = (payer.written, day)
        if key not in self._rules:
            if len(self._rules) >= _MOST_KEPT:
                self._rules.clear()
            self._rules[key] = DayRules(payer, PayerPolicy(self._catalog, payer.mention, day, self.today))
        return self._rules[key]

    def one_unit(self) -> tuple[Citation, ...]:
        return self._national(_ONE_UNIT)

    def second_group(self) -> tuple[Citation, ...]:
        return self._national(_SECOND_GROUP)

    def one_provider(self) -> tuple[Citation, ...]:
        return self._national(_ONE_PROVIDER)

    def _national(self, fact_id: str) -> tuple[Citation, ...]:
        fact = self._catalog.fact(fact_id)
        return _cited([fact]) if fact else ()

    def _understood(self, written: PayerName) -> PayerOnFile:
        name = " ".join(written.name.split())[:100]
        name = self._called.get((name or written.payer_id).casefold(), name)
        state = written.state or self._state
        found = self._resolver.named(name, state) if name else None
        if (found is None or found.kind is MentionKind.UNKNOWN) and written.payer_id.casefold() in self._catalog.payers:
            found = self._resolver.named(written.payer_id.casefold())
        if found is None:
            found = self._resolver.named(written.payer_id or "no payer")
        if found.kind is MentionKind.KNOWN:
            return self._with_line(written, found, name)
        shown = (name or written.payer_id)[:60]
        like = " or ".join(self._resolver.name_of(one) for one in found.candidates[:3])
        if found.kind is MentionKind.AMBIGUOUS:
            problem = f"“{shown}” fits several payers on file ({like}): no rule of theirs was used."
        else:
            sounds = f" (it sounds like {like})" if like else ""
            problem = f"“{shown}” is not on file{sounds}: no rule of that payer was used."
        hint = (
            f'If it is one on file, say so with --payer-is "{shown}=PAYER"; else ask the payer before the claim goes.'
        )
        found = found.model_copy(update={"name": shown})
        return PayerOnFile(written, found, shown, problem=problem, do=hint)

    def _with_line(self, written: PayerName, found: Mention, name: str) -> PayerOnFile:
        payer = self._catalog.payers[found.payer_id]
        sold = frozenset(payer.lines_of_business)
        told = _FILING.get(written.filing)
        if told is LineOfBusiness.MEDICAID:
            # For a state's own programme Medicaid is itself; for a plan it is what it manages.
            wanted = _MEDICAID[::-1] if payer.id.endswith("-medicaid") else _MEDICAID
            told = next((line for line in wanted if line in sold), wanted[0])
        line = found.line_of_business or told
        how = ""
        if found.line_of_business:
            how = "by the payer's name"
        elif told:
            how = f"by SBR09 {written.filing}"
        elif len(sold) > 1:
            tells = f"SBR09 {written.filing} does not tell it" if written.filing.isalnum() else "SBR09 is empty"
            how = f"not told ({tells})"
        if found.state and written.state and not self._resolver.named(name).payer_id:
            how = f"{how}; of {found.state}, by the address".removeprefix("; ")
        mention = found.model_copy(update={"line_of_business": line})
        known = PayerOnFile(written, mention, payer.name, how=how)
        if told and (clash := _clash(found, told, sold)):
            problem = f"SBR09 {written.filing} says {_words(told)}, and the payer ({payer.name}) {clash}."
            return replace(
                known, problem=problem, do="Which coverage does this member have? Correct SBR09 or the payer."
            )
        return known


def _clash(found: Mention, told: LineOfBusiness, sold: frozenset[LineOfBusiness]) -> str:
    named = found.line_of_business
    if named and not _same_family(named, told):
        return f"is named as {_words(named)}"
    if sold <= _PUBLIC and not any(_same_family(line, told) for line in sold):
        return f"is {' or '.join(sorted(_words(line) for line in sold))}"
    return ""


def _same_family(one: LineOfBusiness, other: LineOfBusiness) -> bool:
    return one is other or {one, other} <= set(_MEDICAID) or {one, other} <= _COMMERCIAL


def _words(line: LineOfBusiness) -> str:
    from bot.answers.phrases import LINES

    return LINES[line]


def _doubt(ruling: Ruling) -> str:
    if ruling.assumed_line:
        return "the line of business is not told"
    if ruling.stale:
        year = last_known_year(ruling.deciding[0])
        return f"the document is of {year}" if year else "the document has no date"
    return "" if is_certain(ruling) else "the source is not the payer's own, or says little of groups"


def _is_assumed(ruling: Ruling | None) -> bool:
    """A line of business that nobody told is no ground for a verdict."""
    return ruling is not None and ruling.assumed_line


def _cited(facts: "tuple[Fact, ...] | list[Fact]") -> tuple[Citation, ...]:
    return tuple(citation_of(fact) for fact in facts[:3])
