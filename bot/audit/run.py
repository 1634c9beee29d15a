"""An audit from its input to its document: read, grouped, reviewed, compared, counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.audit.code_names import with_code_names
from bot.audit.columns import ColumnMap
from bot.audit.copied import clustered, copied_notes
from bot.audit.executor import Executor, executor_for, peak_memory_mb
from bot.audit.fees import Fees, risk_of
from bot.audit.findings import findings_of
from bot.audit.folder import read_input
from bot.audit.history import History
from bot.audit.models import Audit, Sample, Snapshot, Timing, Unread
from bot.audit.notes import Failure
from bot.audit.rates import by_clinician, by_payer, by_week, element_rates, share
from bot.audit.reviewed import ReviewedSession, reviewed
from bot.audit.scope import Scope
from bot.audit.sessions import Session, sessions_of
from bot.audit.source import last_name
from bot.audit.unit import SESSIONS_A_UNIT, Done, Outcome, ToReview, review_unit
from bot.audit.work_file import WorkFile
from bot.review.models import EarlierCopy
from bot.review.process_notes import reads_kept_apart
from bot.review.wording import counted

if TYPE_CHECKING:
    from bot.review.earlier import EarlierNotes

Progress = Callable[[str, int, int], None]
"""Called with the step, how many of its sessions are done, and how many there are."""


def _nobody(step: str, done: int, of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Plan:
    """What an audit is to look at and with what. `source` is a path or, as text, an address for fsspec; `versions` name
    all that a review depends on beside its note.
    """

    source: Path | str
    columns: ColumnMap = field(default_factory=ColumnMap)
    scope: Scope = field(default_factory=Scope)
    fees: Fees | None = None
    code_key: bytes | None = None
    earlier: "EarlierNotes | None" = None
    history: History | None = None
    practice: str = ""
    versions: str = ""
    executor: Executor | None = None
    progress: Progress = _nobody
    today: Callable[[], date] = date.today


@dataclass(frozen=True)
class AuditRun:
    """The document, and the sessions behind it for a report that shows their words."""

    audit: Audit
    sessions: tuple[ReviewedSession, ...]


@dataclass
class _Effort:
    """What the reviews took, over all processes."""

    model: float = 0.0
    rules: float = 0.0
    peaks: dict[int, float] = field(default_factory=dict)

    def add(self, done: Done) -> None:
        self.model += done.model_seconds
        self.rules += done.seconds - done.model_seconds
        self.peaks[done.process] = max(done.peak_mb, self.peaks.get(done.process, 0.0))

    def peak_mb(self) -> float:
        """Of this process and its workers together."""
        import os

        workers = sum(peak for process, peak in self.peaks.items() if process != os.getpid())
        return round(peak_memory_mb() + workers, 1)


def run_audit(plan: Plan, work: WorkFile) -> AuditRun:
    """The whole audit; raises UserError where there is no input at all. What is done is in the work file at once."""
    began = perf_counter()
    read = read_input(plan.source, plan.columns)
    if not read.notes and not read.group_notes and not read.failures:
        read.failures.append(Failure(last_name(plan.source), "There are no notes in it."))
    if plan.code_key:
        read = with_code_names(read, plan.code_key)
    within = plan.scope.of(read)
    if (whole := len(read.notes) + len(read.group_notes)) and not within.notes and not within.group_notes:
        reason = (
            f"None of its {counted(whole, 'note')} is of the days, clinician and payer asked for: write names in full"
        )
        read.failures.append(Failure(last_name(plan.source), f"{reason}, as the notes do."))
    every = sessions_of(within)
    chosen = plan.scope.sampled(every)
    read_at, effort = perf_counter(), _Effort()
    outcomes = _reviewed(plan, chosen, work, effort)
    reviewed_at = perf_counter()
    sessions, failures = [], list(read.failures)
    for session in chosen:
        outcome = outcomes[session.digest(plan.versions)]
        if outcome.report:
            sessions.append(reviewed(session, outcome))
        else:
            failures.append(Failure(session.place, outcome.reason, session.id))
    plan.progress("comparing", 0, 1)
    copies = copied_notes(sessions)
    earlier = _earlier(plan, sessions)
    compared_at = perf_counter()
    notes = [note for session in sessions for note in session.notes]
    copied = {id_ for pair in copies for id_ in (pair.a, pair.b)} | set(earlier)
    risky = {note.id for note in notes if note.has_to_be_fixed or note.id in copied}
    days = [note.note.served_on for note in notes if note.note.served_on]
    audit = Audit(
        sessions=len(sessions),
        notes=len(notes),
        first=min(days, default=None),
        last=max(days, default=None),
        elements=element_rates(sessions),
        copied=share(len(copied), len(notes)),
        copy_clusters=clustered(copies),
        clinicians=by_clinician(notes, risky, copied),
        payers=by_payer(notes, risky, copied),
        weeks=by_week(notes, risky, copied),
        at_risk=risk_of(notes, risky, plan.fees),
        findings=findings_of(sessions, copies, earlier),
        failures=tuple(Unread(place=one.place, note=one.note, reason=one.reason) for one in failures),
        sample=Sample(sessions=len(chosen), of=len(every), seed=plan.scope.seed) if len(chosen) < len(every) else None,
        made_on=plan.today(),
        timing=Timing(
            reading=round(read_at - began, 3),
            reviewing=round(reviewed_at - read_at, 3),
            model=round(effort.model, 3),
            rules=round(effort.rules, 3),
            copies=round(compared_at - reviewed_at, 3),
        ),
        seconds=round(perf_counter() - began, 3),
        peak_memory_mb=effort.peak_mb(),
    )
    return AuditRun(_with_history(plan, audit), tuple(sessions))


def _reviewed(plan: Plan, sessions: Sequence[Session], work: WorkFile, effort: _Effort) -> Mapping[str, Outcome]:
    """The outcome of each session by its digest; what an earlier run finished is not done again."""
    wanted = {session.digest(plan.versions): session for session in sessions}
    outcomes = {digest: one for digest, one in work.finished().items() if digest in wanted}
    left = [ToReview(digest, one.text, one.segments) for digest, one in wanted.items() if digest not in outcomes]
    units = [tuple(left[at : at + SESSIONS_A_UNIT]) for at in range(0, len(left), SESSIONS_A_UNIT)]
    plan.progress("reviewing", len(outcomes), len(wanted))
    executor = plan.executor or executor_for(len(units))
    for done in executor.run(review_unit, units) if units else ():
        work.add(done.outcomes)
        outcomes.update((one.digest, one) for one in done.outcomes)
        effort.add(done)
        plan.progress("reviewing", len(outcomes), len(wanted))
    return outcomes


def _earlier(plan: Plan, sessions: Sequence[ReviewedSession]) -> dict[str, list[EarlierCopy]]:
    """Copies of notes that were reviewed before, by the note's id. The month is remembered when all is compared.

    A copy of a day, or of a text without a day, that is audited here is found in its own words.
    """
    if plan.earlier is None:
        return {}
    days = {session.session.served_on for session in sessions if session.session.served_on}
    here = {plan.earlier.known_as(session.session.text) for session in sessions}
    found: dict[str, list[EarlierCopy]] = {}
    remembering = []
    for session in sessions:
        text, notes = session.session.text, session.notes
        served = [note.note.served_on for note in notes]
        copies, remember = plan.earlier.look(text, session.segments, served, but=here, but_days=days, closely=True)
        if not reads_kept_apart(text):
            remembering.append(remember)
        for copy in copies:
            found.setdefault(session.note_of(copy.label).id, []).append(copy)
    for remember in remembering:
        remember()
    return found


def _with_history(plan: Plan, audit: Audit) -> Audit:
    if plan.history is None or not audit.notes:
        return audit
    now = Snapshot(
        practice=plan.practice,
        scope=str(plan.scope),
        first=audit.first,
        last=audit.last,
        made_on=audit.made_on,
        sessions=audit.sessions,
        notes=audit.notes,
        at_risk=audit.at_risk.claims,
        copied=audit.copied,
        elements={element: rate.rate for element, rate in audit.elements.items()},
    )
    earlier = plan.history.before(now)
    plan.history.add(now)
    return audit.model_copy(update={"earlier": earlier})
