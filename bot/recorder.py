"""What one practice had the copilot do, put on the audit record: counts and versions, no content."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import __version__
from bot.errors import CopilotError
from bot.record.acting import acting
from bot.record.entry import Entry, Kind
from bot.resources import KNOWLEDGE, PROMPTS
from bot.review.models import Readiness

if TYPE_CHECKING:
    from bot.answers.models import Comparison, Reply
    from bot.audit.models import Audit
    from bot.claimfile.models import Summary
    from bot.policies.catalog import Catalog
    from bot.review.models import Report
    from bot.storage.audit_record import AuditRecord

log = structlog.get_logger("bot.recorder")

_UNWRITTEN = (SQLAlchemyError, OSError, ValueError, CopilotError)
_ANSWERED_BY = ("answer_wording",)
_REVIEWED_BY = ("judge_member", "judge_session")


@dataclass
class Recorder:
    """Writes for one practice. What cannot be written withholds no answer: it is logged, and `failing` says so."""

    practice: str
    record: "AuditRecord | None"
    catalog: "Callable[[], Catalog]"
    """The shared one: the ids of its payers may be on record, those of payers that a practice typed may not."""
    own_changes: Callable[[], int]
    model: str = ""
    failing: bool = field(default=False, init=False)

    def is_well(self) -> bool:
        """Whether entries are written: after one that could not be, whether one could be now."""
        if self.failing and self.record is not None:
            try:
                self.record.try_out()
            except _UNWRITTEN:
                return False
            self.failing = False
        return True

    def answered(self, reply: "Reply", began: float) -> None:
        answers = reply.answers
        self._put(
            Kind.ANSWER,
            {
                "about": self._on_file(answer.payer.id for answer in answers if answer.payer),
                "decisions": Counter(answer.decision.value for answer in answers),
                "engine": "model" if any(answer.engine.name == "model" for answer in answers) else "offline",
                "model_refused": sum(bool(answer.engine.note) for answer in answers),
            },
            began,
            _ANSWERED_BY,
        )

    def compared(self, table: "Comparison", began: float) -> None:
        self._put(
            Kind.COMPARISON,
            {
                "about": self._on_file(row.payer_id for row in table.rows),
                "decisions": Counter(row.answer.decision.value for row in table.rows),
                "engine": "offline",
            },
            began,
        )

    def reviewed(self, report: "Report", began: float) -> None:
        self._put(Kind.REVIEW, _counts(report), began, _REVIEWED_BY)

    def claims_checked(self, summary: "Summary", began: float) -> None:
        """A claims file was checked: of which payers on file, and how many claims stood how."""
        readiness = {"ready": summary.ready, Readiness.FIX: summary.fix, Readiness.CONFIRM: summary.confirm}
        said = {
            "about": self._on_file(one.payer_id or "not_on_file" for one in summary.payers)[:100],
            "readiness": {str(name): count for name, count in readiness.items() if count},
            "format": summary.format,
            "engine": "offline",
        }
        self._put(Kind.CLAIMS_CHECK, said, began)

    def sent(self, report: "Report", form: str) -> None:
        """The report of a review given out as a file."""
        self._put(Kind.REPORT_SENT, {"format": form, **_counts(report)})

    def audit_sent(self, form: str) -> None:
        """The report of a published audit given out as a file."""
        self._put(Kind.REPORT_SENT, {"format": form, "about": ("audit",)})

    def audited(self, audit: "Audit", began: float) -> None:
        """Many notes reviewed at once."""
        verdicts: Counter[str] = Counter()
        for rate in audit.elements.values():
            verdicts.update({"met": rate.met, "partial": rate.partial, "missing": rate.missing})
        counted = {"members": audit.notes, "verdicts": verdicts, "copies": audit.copied.part, "engine": "offline"}
        self._put(Kind.AUDIT, counted, began)

    def disputed(self, check: str) -> None:
        self._put(Kind.DISPUTE, {"about": (check,)})

    def refused(self, what: str) -> None:
        """Somebody asked for what their role does not allow; `what` is one word of ours."""
        self._put(Kind.ROLE_REFUSED, {"about": (what,)})

    def _on_file(self, payer_ids: Iterable[str]) -> tuple[str, ...]:
        known = self.catalog().payers
        return tuple(dict.fromkeys(one if one in known else "not_on_file" for one in payer_ids if one))

    def _put(
        self, kind: Kind, said: Mapping[str, object], began: float | None = None, prompts: tuple[str, ...] = ()
    ) -> None:
        if self.record is None:
            return
        now = acting()
        took = {} if began is None else {"milliseconds": round((perf_counter() - began) * 1000)}
        try:
            entry = Entry.model_validate(
                {
                    "kind": kind,
                    "channel": now.channel,
                    "thread": now.thread,
                    "work": now.work,
                    "model": self.model,
                    "rules": rules_version(),
                    "knowledge": knowledge_version(self.catalog()),
                    "own_changes": self.own_changes(),
                    "prompts": _versions(prompts) if self.model else {},
                    **took,
                    **said,
                }
            )
            self.record.append(self.practice, entry, now.once(kind.value))
        except _UNWRITTEN as error:
            self.failing = True
            log.error("not_recorded", kind=kind.value, error=type(error).__name__)
        else:
            self.failing = False


def _counts(report: "Report") -> dict[str, object]:
    """How many verdicts of each kind, not whose."""
    verdicts = Counter(one.status.value for one in report.session.elements.values())
    for patient in report.patients:
        verdicts.update(one.status.value for one in patient.elements.values())
        verdicts.update(one.status.value for one in patient.checklist.values())
    return {
        "members": len(report.patients),
        "readiness": Counter(patient.readiness.value for patient in report.patients),
        "verdicts": verdicts,
        "copies": len(report.copies) + len(report.earlier),
        "engine": report.engine.name,
        "model_refused": int(bool(report.engine.note)),
    }


@cache
def rules_version() -> str:
    """The program's version, and a digest of the data that its rules are made of: checklist, lexicon, models."""
    digest = hashlib.sha256()
    places = ("checklist.yaml", "topic_cues.yaml", "lexicon", "note_words", "models")
    for place in places:
        path = KNOWLEDGE / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                with file.open("rb") as data:
                    told = f"{file.relative_to(KNOWLEDGE).as_posix()} {hashlib.file_digest(data, 'sha256').hexdigest()}"
                digest.update(told.encode())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def knowledge_version(catalog: "Catalog") -> str:
    """A digest of the shared facts, and the last day on which one of them was checked."""
    return f"{catalog.content_hash[:12]}@{catalog.last_checked}"


@cache
def _versions(names: tuple[str, ...]) -> dict[str, int]:
    from bot.llm.structured import Prompt

    return {name: Prompt.load(name, PROMPTS).version for name in names}
