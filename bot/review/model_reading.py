"""What a model returns about a note, and what of it is believed."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.llm.grounding import gives_orders, locate, sentence_around
from bot.llm.redaction import Redacted
from bot.llm.statements import new_links
from bot.review.models import Element, Evidence, Status, Verdict

# Characters. A longer quote is the note handed back, not the words that earn a verdict.
_LONGEST_QUOTE = 600
_LONGEST_REMARK = 300

_SessionElement = Literal[
    "session_date",
    "group_composition",
    "topic_focus",
    "modality",
    "provider_interventions",
    "active_psychotherapy",
]
_PatientElement = Literal[
    "patient_participation",
    "clinical_response",
    "progress_toward_goals",
    "medical_necessity",
    "diagnosis_present",
    "safety",
    "plan",
]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Reply):
    """One element as the model reads it."""

    status: Literal["met", "partial", "missing"] = Field(description="The rubric's status of this element.")
    quotes: list[str] = Field(description="Words copied letter for letter from the note; empty for missing.")
    reason: str = Field(description="One plain sentence for the biller, without quotation marks.")
    fix: str = Field(description="One question to the clinician for partial and missing; empty for met.")

    @property
    def about(self) -> Element:
        """The element this reading is about."""
        raise NotImplementedError


class SessionReading(Reading):
    """One element of the session as the model reads it."""

    element: _SessionElement = Field(description="The element's id.")

    @property
    def about(self) -> Element:
        return Element(self.element)


class MemberReading(Reading):
    """One element of a member's part as the model reads it."""

    element: _PatientElement = Field(description="The element's id.")

    @property
    def about(self) -> Element:
        return Element(self.element)


class SessionReadings(_Reply):
    """The six session elements, each once."""

    readings: list[SessionReading] = Field(description="One reading for each of the six elements.")


class MemberReadings(_Reply):
    """The seven elements of one member, each once."""

    readings: list[MemberReading] = Field(description="One reading for each of the seven elements.")


def accepted(reading: Reading, text: str, places: list[tuple[int, int]], redacted: Redacted) -> Verdict | None:
    """The reading as a verdict on `text`, or None where it cannot be believed.

    Refused are: a quote that does not stand inside `places`, a met or partial with no quote, a quote of more than
    600 characters, and a met that rests on a sentence which gives orders to the reader.
    """
    evidence = []
    for quote in reading.quotes:
        found = locate(redacted.restore(quote), text, places)
        if found is None or len(found.quote) > _LONGEST_QUOTE:
            return None
        evidence.append(Evidence(quote=found.quote, start=found.start, end=found.end))
    status = Status(reading.status)
    if status is not Status.MISSING and not evidence:
        return None
    if status is Status.MET and any(gives_orders(sentence_around(text, e.start, e.end)) for e in evidence):
        return None
    return Verdict(
        status=status,
        evidence=() if status is Status.MISSING else tuple(evidence),
        reason=_remark(reading.reason, text, redacted),
        fix="" if status is Status.MET else _question(reading, text, redacted),
    )


def _remark(said: str, text: str, redacted: Redacted) -> str:
    """The model's own words in one line; nothing where they hold a link or quote what the note does not say."""
    line = " ".join(redacted.restore(said).split())
    if len(line) > _LONGEST_REMARK:
        return ""
    quoted = re.findall(r"[\"“]([^\"”]{2,})[\"”]", line)
    invented = any(locate(passage.rstrip(".,;"), text, [(0, len(text))]) is None for passage in quoted)
    return "" if invented or new_links(line, [text]) else line


def _question(reading: Reading, text: str, redacted: Redacted) -> str:
    """The model's question, or a plain one of ours where it is none: a fix asks and never writes the answer."""
    asked = _remark(reading.fix, text, redacted)
    if asked.endswith("?") and asked.count(".") == 0:
        return asked
    return f"What happened in this session that would show {reading.about.value.replace('_', ' ')}, in your own words?"
