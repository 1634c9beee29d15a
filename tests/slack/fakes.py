"""A copilot that gives fixed models and writes down what it was asked. It knows nothing of billing."""

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import Engine as Database
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bot.answers.listener import Listener
from bot.answers.models import Answer, Citation, Comparison, Context, Matter, PayerRef, Reply, Row
from bot.claims.models import ClaimFacts
from bot.documents.proposals import Proposals
from bot.errors import UserError
from bot.jobs.seal import Seal
from bot.office import PracticeWaiting
from bot.onboarding.course import shipped_course
from bot.onboarding.grading import Grader
from bot.onboarding.learning import Learning
from bot.policies.age import RuleYears
from bot.policies.catalog import load_catalog
from bot.policies.channels import ChannelBook
from bot.policies.models import Confidence, Decision, LineOfBusiness, SourceKind, Topic
from bot.policies.own_payers import OwnPayer
from bot.policies.payer_list import ListChange
from bot.policies.payer_names import Unclear
from bot.policies.practice import PracticeFiles
from bot.policies.reminder_book import ReminderBook
from bot.policies.verifications import Verifications
from bot.published import PublishedAudits
from bot.review.models import (
    PATIENT_ELEMENTS,
    SESSION_ELEMENTS,
    Copy,
    CopySpan,
    DiagnosisCode,
    Element,
    Engine,
    Evidence,
    Item,
    ItemVerdict,
    PatientReport,
    Readiness,
    Report,
    SessionReport,
    Status,
    Verdict,
)
from bot.review.wording import late_entry
from bot.storage.channels import ChannelStore
from bot.storage.course import CourseStore
from bot.storage.database import metadata
from bot.storage.disputes import Dispute
from bot.storage.feedback import AnswerIds
from bot.storage.ledger import Ledger
from bot.storage.published_audits import PublishedStore
from bot.storage.waiting import WaitingStore

TODAY = date(2026, 11, 24)


def make_answer(question: str = "Same day?", payer: str = "Aetna", **changes: object) -> Answer:
    """An answer about `payer`; `changes` replaces fields of it."""
    answer = Answer(
        question=question,
        payer=PayerRef(id=payer.lower(), name=payer, line_of_business=LineOfBusiness.COMMERCIAL, jurisdiction=("US",)),
        topic=Topic.SAME_DAY,
        decision=Decision.ALLOWED_WITH_CONDITIONS,
        answer=f"{payer} pays both when each has its own note.",
        conditions=("Separate notes & times",),
        modifiers=("59 on 90834",),
        confidence=Confidence.HIGH,
        citations=(
            Citation(
                snippet_id="aetna.same-day",
                source_title="Behavioral health manual",
                source_url="https://example.org/manual?a=1&b=2",
                publisher="Aetna",
                source_kind=SourceKind.PRIMARY,
                effective_date="2026-01-01",
                checked_on="2026-11-01",
            ),
        ),
        next_step="Put the times in both notes.",
        call_script=("Is 90853 payable with 90834 on one day?", "Which modifier, on which code?"),
    )
    return answer.model_copy(update=changes)


def make_report(text: str, labels: Sequence[str], *, ready: Sequence[str] = (), eligible: bool = False) -> Report:
    """A report over `text`: members are to fix unless `ready`; quotes stand where they point."""
    patients = []
    for label in labels:
        at = max(text.find(label), 0)
        quote = text[at : at + len(label)]
        good = Verdict(
            status=Status.MET, evidence=(Evidence(quote=quote, start=at, end=at + len(quote)),), reason="Named."
        )
        bad = Verdict(status=Status.MISSING, reason="Nothing of this member.", fix="What did this member do?")
        checks = dict.fromkeys(Item, ItemVerdict(status=Status.MET, reason="Stands in the note."))
        if label not in ready:
            checks[Item.INDIVIDUAL_DOCUMENTATION] = ItemVerdict(
                status=Status.MISSING, reason="Thin.", fix="What did they say?"
            )
        if not eligible:
            checks[Item.ELIGIBILITY_VERIFIED] = ItemVerdict(status=Status.NEEDS_CONFIRMATION, fix="Verified when?")
        readiness = Readiness.FIX if label not in ready else Readiness.READY if eligible else Readiness.CONFIRM
        elements = dict.fromkeys(PATIENT_ELEMENTS, good if label in ready else bad)
        codes = (DiagnosisCode(code="F41.1", valid=True, billable=True),)
        patients.append(
            PatientReport(label=label, readiness=readiness, elements=elements, checklist=checks, diagnosis_codes=codes)
        )
    session = {
        element: Verdict(status=Status.PARTIAL, reason="Vague.", fix="Say more.") for element in SESSION_ELEMENTS
    }
    head = text[:10]
    session[Element.SESSION_DATE] = Verdict(status=Status.MET, evidence=(Evidence(quote=head, start=0, end=len(head)),))
    copies = ()
    if len(labels) > 1:
        a, b = (max(text.find(label), 0) for label in labels[:2])
        span = CopySpan(a_start=a, a_end=a + 20, b_start=b, b_end=b + 20)
        copies = (Copy(a=labels[0], b=labels[1], similarity=0.97, spans=(span,)),)
    return Report(
        readiness=Readiness.FIX if set(labels) - set(ready) else Readiness.CONFIRM,
        engine=Engine(name="offline"),
        session=SessionReport(elements=session),
        patients=tuple(patients),
        copies=copies,
        split="by headings",
        late_entry=late_entry(patients),
    )


class FakeContexts:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Context] = {}

    def get(self, channel: str, thread_ts: str) -> Context | None:
        return self.kept.get((channel, thread_ts))

    def put(self, channel: str, threads: Sequence[str], context: Context) -> None:
        self.kept |= {(channel, thread_ts): context for thread_ts in threads}


class FakeFeedback:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], str] = {}
        self.about: dict[tuple[str, str, str], Sequence[AnswerIds]] = {}
        self.reasons: dict[tuple[str, str, str], str] = {}

    def put(self, channel: str, message_ts: str, user: str, value: str, about: Sequence[AnswerIds] = ()) -> None:
        self.kept[channel, message_ts, user] = value
        self.about[channel, message_ts, user] = about

    def explain(self, channel: str, message_ts: str, user: str, reason: str) -> bool:
        self.reasons[channel, message_ts, user] = reason
        return self.kept.get((channel, message_ts, user)) == "down"

    def counts(self) -> dict[str, int]:
        return dict(Counter(self.kept.values()))


class FakeRecorder:
    """Writes down what was given out and what was refused."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, ...]] = []

    def sent(self, report: Report, form: str) -> None:
        self.kept.append(("sent", form))

    def audit_sent(self, form: str) -> None:
        self.kept.append(("audit_sent", form))

    def refused(self, what: str) -> None:
        self.kept.append(("refused", what))

    def is_well(self) -> bool:
        return True


class FakePayers:
    """A practice's list in memory: each comma-separated name is a payer not on file."""

    def __init__(self) -> None:
        self.kept: tuple[OwnPayer, ...] = ()

    def payers(self) -> tuple[OwnPayer, ...]:
        return self.kept

    def add(self, names: str, by: str) -> ListChange:
        added = tuple(OwnPayer(name=name.strip()) for name in names.split(",") if name.strip())
        self.kept = (*self.kept, *added)
        return ListChange(self.kept, added)

    def remove(self, names: str, by: str) -> ListChange:
        gone = tuple(payer for payer in self.kept if payer.name in names)
        self.kept = tuple(payer for payer in self.kept if payer not in gone)
        return ListChange(self.kept, removed=gone)

    def replace(self, names: str, by: str) -> ListChange:
        self.kept = ()
        return self.add(names.replace("\n", ","), by)

    def clear(self, by: str) -> ListChange:
        return self.remove(",".join(payer.name for payer in self.kept), by)


@dataclass(frozen=True)
class FakeLibrary:
    """No document was added: what is proposed is kept by the real part."""

    proposals: Proposals


class FakeCopilot:
    """Answers everything about Aetna; a note's members are its "Patient: X" lines, ready when they "shared"."""

    def __init__(self) -> None:
        self.contexts = FakeContexts()
        self.feedback = FakeFeedback()
        self.disputed: list[tuple[str, str, str, Dispute]] = []
        self.payer_list = FakePayers()
        self.recorder = FakeRecorder()
        engine = in_memory_database()
        ledger = Ledger(engine)
        self.channels = ChannelBook("T1", ChannelStore(engine))
        self.waiting = PracticeWaiting("T1", WaitingStore(engine))
        self.verifications = Verifications("T1", ledger, self._no_names)
        self.reminders = ReminderBook("T1", ledger)
        self.library = FakeLibrary(Proposals("T1", PracticeFiles(load_catalog(), ledger), ledger))
        self.audits = PublishedAudits("T1", PublishedStore(engine), ledger, lambda: Seal(["k" * 32]))
        store = CourseStore(engine)
        self.learning = Learning("T1", shipped_course(), Grader(lambda: self), store, lambda: TODAY)
        self.asked: list[tuple[str, Context]] = []
        self.reviewed: list[tuple[str, tuple[ClaimFacts, ...]]] = []
        self.fails_with: Exception | None = None
        self.takes_seconds = 0.0
        # What a model would do with the answers while someone listens.
        self.words: Callable[[tuple[Answer, ...], Listener], tuple[Answer, ...]] | None = None
        self._lock = Lock()

    def ask(
        self,
        question: str,
        context: Context = Context(),  # noqa: B008  # frozen
        *,
        payer: str = "",
        state: str = "",
        date_of_service: date | None = None,
        ours: Sequence[OwnPayer] = (),
        listener: Listener | None = None,
    ) -> Reply:
        with self._lock:
            self.asked.append((question, context))
        names = [name for name in ("Aetna", "Cigna") if name.lower() in question.lower()] or ["Aetna"]
        answers = tuple(make_answer(question, name) for name in names)
        if self.words is not None and listener is not None:
            answers = self.words(answers, listener)
        time.sleep(self.takes_seconds)
        if self.fails_with:
            raise self.fails_with
        return Reply(question=question, answers=answers, context=Context(payer_ids=("aetna",), topic=Topic.SAME_DAY))

    def review(
        self,
        text: str,
        claims: Sequence[ClaimFacts] = (),
        *,
        payer: str = "",
        state: str = "",
        members: Sequence[str] = (),
    ) -> Report:
        with self._lock:
            self.reviewed.append((text, tuple(claims)))
        if self.fails_with:
            raise self.fails_with
        labels = self.members(text, members)
        if not labels:
            raise UserError("There is no member in this note: name each one.")
        ready = [label for label in labels if f"{label} shared" in text]
        return make_report(text, labels, ready=ready, eligible=any(f.eligibility_verified_on for f in claims))

    def members(self, text: str, named: Sequence[str] = ()) -> tuple[str, ...]:
        return tuple(named) or tuple(re.findall(r"^Patient: (.+)$", text, re.MULTILINE))

    def compare(self, question: str, **narrowed: object) -> Comparison:
        rows = tuple(
            Row(name=payer.name, answer=make_answer(question, payer.name), source=make_answer().citations[0], year=2026)
            for payer in self.payer_list.kept
        )
        return Comparison(question=question, topic=Topic.SAME_DAY, matter="both on one date", rows=rows)

    def dispute(self, channel: str, message_ts: str, user: str, dispute: Dispute) -> None:
        self.disputed.append((channel, message_ts, user, dispute))

    def at(self, practice: str) -> "FakeCopilot":
        return self

    def is_ours(self, question: str) -> bool:
        return "aetna" in question.lower()

    def is_off_topic(self, text: str) -> bool:
        return not self.is_ours(text)

    def named_payers(self, names: str) -> tuple[tuple[OwnPayer, ...], tuple[Unclear, ...]]:
        given = [name.strip() for name in names.replace("\n", ",").split(",") if name.strip()]
        known = {name: id for id, name in self.payers()}
        unclear = tuple(Unclear(name, ("Kaiser North", "Kaiser South"), 2) for name in given if name == "Kaiser")
        return tuple(OwnPayer(payer_id=known.get(name, ""), name=name) for name in given if name != "Kaiser"), unclear

    def on_file(self, matter: Matter, on: date | None = None) -> Answer:
        return make_answer("", matter.payer)

    def matter_of(self, text: str) -> Matter:
        return Matter(payer=text)

    def _no_names(self) -> object:
        raise AssertionError("nothing of this test records a verification")

    def rule_years(self, payer_id: str, today: date) -> RuleYears | None:
        return RuleYears(2019, 2024, stale=True) if payer_id else None

    def payers(self) -> list[tuple[str, str]]:
        return [("aetna", "Aetna"), ("cigna", "Cigna"), ("mn-medicaid", "Minnesota Medicaid (MHCP)")]


def in_memory_ledger() -> Ledger:
    """A ledger of its own, shared by the threads of a test."""
    return Ledger(in_memory_database())


def in_memory_database() -> Database:
    """All tables, shared by the threads of a test."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    return engine


def make_note(labels: Sequence[str]) -> str:
    """A group note in which every second member has words of their own."""
    lines = ["Date: 03/14/2026", "Group: anxiety process group, CBT. Therapist guided thought records.", ""]
    for number, label in enumerate(labels):
        said = f"{label} shared a feared scene and tried it." if number % 2 == 0 else "Engaged."
        lines += [f"Patient: {label}", "Diagnosis: F41.1", said, "Plan: repeat the exercise next week.", ""]
    return "\n".join(lines)
