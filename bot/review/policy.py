"""What the policies room has on file for a claim's payer, as the claims room asks for it."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from bot.claims.same_day import SameDayPolicy
from bot.claims.telehealth import TelehealthPolicy
from bot.policies.decide import decide, same_day_floor
from bot.policies.mention import Mention, MentionKind
from bot.policies.models import Confidence, Decision, Fact, Topic
from bot.policies.ruling import Ruling

if TYPE_CHECKING:
    from bot.policies.catalog import Catalog

_ALLOWED = frozenset({Decision.ALLOWED, Decision.ALLOWED_WITH_CONDITIONS})


class PayerPolicy:
    """One payer's rules on one date of service."""

    def __init__(self, catalog: "Catalog", mention: Mention, on: date | None, today: date) -> None:
        self._catalog = catalog
        self._mention = mention
        self._on = on
        self._today = today

    @property
    def payer(self) -> str:
        """The payer's name: the one on file, or as it was given."""
        known = self._mention.kind is MentionKind.KNOWN
        return self._catalog.payers[self._mention.payer_id].name if known else self._mention.name

    def same_day(self) -> SameDayPolicy:
        """The rule for group and individual psychotherapy on one date."""
        ruling = self.ruling(Topic.SAME_DAY)
        floor = tuple(dict.fromkeys(modifier for fact in self.same_day_floor for modifier in fact.modifiers))
        if ruling is None:
            return SameDayPolicy("unknown", self.payer, floor=floor)
        return SameDayPolicy(
            _decided(ruling), self.payer, _conditions(ruling), ruling.modifiers, is_certain(ruling), floor
        )

    @property
    def same_day_floor(self) -> tuple[Fact, ...]:
        """The national edit beside the payer's rule; of a payer that is not on file it is all there is."""
        ruling = self.ruling(Topic.SAME_DAY)
        return ruling.floor if ruling else same_day_floor(self._catalog, self._on or self._today)

    def telehealth(self, *, audio_only: bool) -> TelehealthPolicy:
        """The rule for 90853 by telehealth; audio alone by a rule of its own where the payer has one."""
        ruling = self.ruling(Topic.TELEHEALTH, "audio_only") if audio_only else None
        if ruling is None or ruling.decision is Decision.UNKNOWN:
            ruling = self.ruling(Topic.TELEHEALTH)
        if ruling is None:
            return TelehealthPolicy("unknown", self.payer)
        beside = self.ruling(Topic.MODIFIERS, "audio_only" if audio_only else "telehealth")
        modifiers = ruling.modifiers or (beside.modifiers if beside else ())
        return TelehealthPolicy(_decided(ruling), self.payer, _conditions(ruling), modifiers, is_certain(ruling))

    def authorization_not_needed(self) -> str:
        """Why no authorization is needed, where a current rule of this payer says so; empty otherwise."""
        ruling = self.ruling(Topic.PRIOR_AUTH)
        if ruling is None or ruling.decision is not Decision.NOT_REQUIRED:
            return ""
        if not is_certain(ruling) or not ruling.deciding:
            return ""
        source = ruling.deciding[0].source
        return f"{self.payer} asks for no authorization ({source.title}, {source.publisher})."

    def ruling(self, topic: Topic, aspect: str = "") -> Ruling | None:
        """What the file comes to on a matter; None where the payer is not one on file."""
        if self._mention.kind is not MentionKind.KNOWN:
            return None
        return decide(
            self._catalog,
            self._catalog.payers[self._mention.payer_id],
            topic,
            aspect=aspect,
            line_of_business=self._mention.line_of_business,
            state=self._mention.state,
            on=self._on,
            today=self._today,
        )


def _decided(ruling: Ruling) -> Literal["allowed", "not_allowed", "unknown"]:
    if ruling.decision in _ALLOWED:
        return "allowed"
    return "not_allowed" if ruling.decision is Decision.NOT_ALLOWED else "unknown"


def _conditions(ruling: Ruling) -> str:
    return f"Conditions: {'; '.join(ruling.conditions)}." if ruling.conditions else ""


def is_certain(ruling: Ruling) -> bool:
    """The same bar as in an answer: a rule that says "verify first" there is not relied on here.

    Nor is what is left where the practice's own verification has run out.
    """
    return not (ruling.stale or ruling.confidence is Confidence.LOW or ruling.ran_out)
