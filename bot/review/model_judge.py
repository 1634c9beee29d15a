"""The judge that asks a model, and believes only what stands in the note.

One call for the session and one for each member, in parallel. Whatever fails costs its own part: there the
offline verdicts stand, and the engine's note says so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from time import monotonic

from bot.llm.fence import fenced
from bot.llm.structured import M, ModelUnavailable, Prompt, StructuredModel
from bot.review.combine import combine, disagree
from bot.review.judge import Judge
from bot.review.model_reading import MemberReadings, Reading, SessionReadings, accepted
from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element, Engine, Judgement, Segments, Verdict
from bot.review.sent_note import Place, SentNote
from bot.turns import waiting

_CALLS_AT_ONCE = 8
_FAILURES_TO_STOP = 3


@dataclass
class _Call:
    """One call's outcome: the verdicts that passed, how many did not or never came, and why there are none at all."""

    verdicts: dict[Element, Verdict] = field(default_factory=dict)
    refused: int = 0
    unread: int = 0
    failure: str = ""


class _Round:
    """The calls of one review: their deadline, and how many failed and answered so far."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = monotonic() + seconds
        self._seen: Counter[str] = Counter()

    @property
    def left(self) -> float:
        return max(0.0, self._ends - monotonic())

    @property
    def given_up(self) -> bool:
        """A provider that only fails is not asked forty times."""
        return self._seen["failed"] >= _FAILURES_TO_STOP and not self._seen["answered"]

    def tell(self, outcome: str) -> None:
        self._seen[outcome] += 1


class ModelJudge:
    """A Judge over another: the model's verdicts are checked and combined with `offline`'s, the stricter standing.

    `seconds` bound what one review waits for the model; what has not come by then is the offline judge's. Over all
    reviews together no more calls run at once than `calls_at_once`. Raises OperatorError where a prompt file is
    missing or broken.
    """

    def __init__(
        self, model: StructuredModel, offline: Judge, seconds: float = 60.0, calls_at_once: int = _CALLS_AT_ONCE
    ) -> None:
        self._model = model
        self._offline = offline
        self._seconds = seconds
        self._calls_at_once = calls_at_once
        self._free = BoundedSemaphore(calls_at_once)
        self._about_session = Prompt.load("judge_session")
        self._about_member = Prompt.load("judge_member")

    def judge(self, text: str, segments: Segments) -> tuple[Judgement, Engine]:
        """Judge the note. A failing model costs its own part only, and nothing is sent that is not redacted."""
        offline, _ = self._offline.judge(text, segments)
        calls = self._ask_all(SentNote(text, segments))
        parts = [offline.session, *offline.members]
        session, *members = [_combined(part, call) for part, call in zip(parts, calls, strict=True)]
        apart = sum(
            disagree(verdict, call.verdicts.get(element))
            for part, call in zip(parts, calls, strict=True)
            for element, verdict in part.items()
        )
        return Judgement(session=session, members=tuple(members)), self._engine(calls, apart)

    def _ask_all(self, note: SentNote) -> list[_Call]:
        """The session's call and the members', in order."""
        seen = _Round(self._seconds)

        def ask(part: int) -> _Call:
            try:
                return self._session(note, seen) if part < 0 else self._member(note, part, seen)
            except ModelUnavailable as error:
                return _Call(failure=str(error))

        with ThreadPoolExecutor(self._calls_at_once, thread_name_prefix="judge") as pool:
            # In this thread's context, so that a trace has the calls beneath their review.
            asked = [pool.submit(copy_context().run, ask, part) for part in range(-1, note.members)]
            with waiting():
                return [call.result() for call in asked]

    def _session(self, note: SentNote, seen: _Round) -> _Call:
        values = {"note": fenced("note", note.for_session())}
        readings = self._complete(self._about_session, values, SessionReadings, seen).readings
        return _checked(readings, note, {element: note.session_places(element) for element in SESSION_ELEMENTS})

    def _member(self, note: SentNote, index: int, seen: _Round) -> _Call:
        values = {
            "label": note.name_of(index),
            "member": fenced("member", note.for_member(index)),
            "session": fenced("session", note.around_member()),
        }
        readings = self._complete(self._about_member, values, MemberReadings, seen).readings
        return _checked(readings, note, dict.fromkeys(PATIENT_ELEMENTS, note.member_places(index)))

    def _complete(self, prompt: Prompt, values: Mapping[str, str], schema: type[M], seen: _Round) -> M:
        """One call, once one of those running has ended."""
        if not self._free.acquire(timeout=seen.left):
            raise self._too_late(seen)
        try:
            if seen.given_up:
                raise ModelUnavailable(
                    f"The model {self._model.name} failed {_FAILURES_TO_STOP} times and was not asked on."
                )
            if not seen.left:
                raise self._too_late(seen)
            reply = self._model.complete(prompt, values, schema, seconds=seen.left)
        except ModelUnavailable:
            seen.tell("failed")
            raise
        finally:
            self._free.release()
        seen.tell("answered")
        return reply

    def _too_late(self, seen: _Round) -> ModelUnavailable:
        return ModelUnavailable(f"The model {self._model.name} used up the {seen.seconds:g} s of this review.")

    def _engine(self, calls: Sequence[_Call], apart: int) -> Engine:
        """Who judged, and what the reader must know of it. Members by their place: labels stay out of notes."""
        why = next((call.failure for call in calls if call.failure), "none of its verdicts passed the checks.")
        if not any(call.verdicts for call in calls):
            return Engine(name="offline", note=f"the offline verdicts stand: {why}")
        notes = [f"prompts {self._about_session.label}, {self._about_member.label}"]
        if apart:
            notes.append(f"model and rules disagree {'once' if apart == 1 else f'{apart} times'}: the stricter stands")
        refused = sum(call.refused for call in calls)
        if refused:
            was = "was" if refused == 1 else "were"
            notes.append(f"{refused} of the model's verdicts {was} refused: the offline verdict stands there")
        if unread := sum(call.unread for call in calls):
            notes.append(f"the model left {unread} element{'s' * (unread > 1)} unread")
        fell_back = ["the session"] * bool(calls[0].failure)
        fell_back += [f"member {place}" for place, call in enumerate(calls[1:], start=1) if call.failure]
        if fell_back:
            notes.append(f"the offline verdicts stand for {', '.join(fell_back)}: {why}")
        return Engine(name="model", model=self._model.name, note="; ".join(notes))


def _checked(readings: Sequence[Reading], note: SentNote, places: Mapping[Element, list[Place]]) -> _Call:
    """Accept what can be. An element read twice is refused, since one of the two is wrong."""
    times = Counter(reading.about for reading in readings)
    call = _Call(unread=len(set(places) - set(times)))
    for reading in readings:
        element = reading.about
        once = times[element] == 1 and element in places
        verdict = accepted(reading, note.text, places[element], note.redacted) if once else None
        if verdict is None:
            call.refused += 1
        else:
            call.verdicts[element] = verdict
    return call


def _combined(offline: Mapping[Element, Verdict], call: _Call) -> dict[Element, Verdict]:
    return {element: combine(verdict, call.verdicts.get(element)) for element, verdict in offline.items()}
