"""What the facts come to for one payer and topic: the decision and everything it rests on."""

from dataclasses import dataclass

from bot.policies.models import Confidence, Decision, Fact, LineOfBusiness, Payer, Snippet, Topic


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision by precedence, never by a model.

    `deciding` are the facts the decision rests on, `supporting` tell narrower or weaker things of the same payer,
    `disputing` say otherwise and are shown, `floor` is the national rule beside the payer's own, `guide` our general
    guide.
    `measured` says in words how a number in the question stands to the limit on file. `caveats`
    are limits of the sources, in words. `ran_out` is the practice's own verification of the matter, where it stood no
    more on that day. `next_state` is True when naming the state would sharpen it.
    """

    payer: Payer | None
    topic: Topic
    aspect: str
    decision: Decision
    line_of_business: LineOfBusiness | None = None
    assumed_line: bool = False
    state: str = ""
    deciding: tuple[Fact, ...] = ()
    supporting: tuple[Fact, ...] = ()
    disputing: tuple[Fact, ...] = ()
    other_lines: tuple[Fact, ...] = ()
    floor: tuple[Fact, ...] = ()
    background: tuple[Fact, ...] = ()
    guide: tuple[Snippet, ...] = ()
    conditions: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    stale: bool = False
    confidence: Confidence = Confidence.LOW
    by_ncci: bool = False
    out_of_dates: tuple[Fact, ...] = ()
    ran_out: Fact | None = None
    measured: str = ""
