"""Answers and reviews on the audit record: once for each piece of work, and never at the price of the answer."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import text

from bot.answers.models import Reply
from bot.policies.catalog import load_catalog
from bot.record.acting import act_as
from bot.record.chain import Keys
from bot.recorder import Recorder
from bot.storage.audit_record import AuditRecord
from bot.storage.database import open_database
from tests.slack.fakes import make_answer, make_note, make_report

LABELS = ["A.B.", "C.D."]
REPORT = make_report(make_note(LABELS), LABELS, ready=["A.B."])


@pytest.fixture
def record(tmp_path: Path) -> Iterator[AuditRecord]:
    engine = open_database("", tmp_path)
    yield AuditRecord(engine, lambda: Keys([b"k" * 32]), timedelta(days=1))
    engine.dispose()


@pytest.fixture
def recorder(record: AuditRecord) -> Recorder:
    return Recorder("T1", record, load_catalog, lambda: 7)


def said(record: AuditRecord) -> list[dict]:
    return [json.loads(link.body) for link in record.links("T1")]


def test_work_that_is_done_again_after_a_crash_is_on_record_once(recorder: Recorder, record: AuditRecord) -> None:
    for _ in range(2):
        act_as("U123", channel="D1", thread="1.5", work="Ev1")
        recorder.reviewed(REPORT, perf_counter())
        recorder.sent(REPORT, "pdf")
        recorder.sent(REPORT, "csv")
    assert [link.kind for link in record.links("T1")] == ["review", "report_sent", "report_sent"]


def test_without_work_each_time_is_on_record(recorder: Recorder, record: AuditRecord) -> None:
    act_as("os:dana")
    recorder.reviewed(REPORT, perf_counter())
    recorder.reviewed(REPORT, perf_counter())
    assert len(said(record)) == 2


def test_a_review_says_how_many_and_not_who(recorder: Recorder, record: AuditRecord) -> None:
    recorder.reviewed(REPORT, perf_counter())
    (entry,) = said(record)
    assert entry["members"] == sum(entry["readiness"].values()) == 2
    assert entry["own_changes"] == 7
    assert "A.B." not in json.dumps(entry)


def test_a_payer_that_a_person_typed_is_not_named(recorder: Recorder, record: AuditRecord) -> None:
    answers = (make_answer(), make_answer(payer="Mabelshealth"))
    recorder.answered(Reply(question="Same day?", answers=answers), perf_counter())
    assert said(record)[0]["about"] == ["aetna", "not_on_file"]


def test_prompts_are_named_with_their_versions_where_there_is_a_model(record: AuditRecord) -> None:
    Recorder("T1", record, load_catalog, lambda: 0, "openai:gpt-5.4-mini").reviewed(REPORT, perf_counter())
    (entry,) = said(record)
    assert entry["model"] == "openai:gpt-5.4-mini"
    assert set(entry["prompts"]) == {"judge_member", "judge_session"}


def test_what_cannot_be_put_on_record_is_not_withheld_but_known(
    record: AuditRecord, recorder: Recorder, tmp_path: Path
) -> None:
    recorder.reviewed(REPORT, perf_counter())
    engine = open_database("", tmp_path)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_record RENAME TO gone"))
    recorder.reviewed(REPORT, perf_counter())
    assert not recorder.is_well()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO audit_record"))
    engine.dispose()
    assert recorder.is_well()
