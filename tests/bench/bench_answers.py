"""Answers and reviews in one process, beside the bare part each stands on."""

from functools import cache
from pathlib import Path

from bot.app import Copilot
from bot.claims.csv_file import read_claims
from bot.llm.grounding import sentences
from bot.review.segment import segment
from bot.review.tagger import Tagger
from bot.settings import Settings
from tests.bench.rows import Row, milliseconds, p50, p99

ROOT = Path(__file__).parents[2]
PLACED = "HUSKY: fourteen of us in the room tonight, is that a problem? Case {}"
QUESTION = "Can I bill group and individual therapy on the same day for Aetna? Case {}"


@cache
def _copilot() -> Copilot:
    made = Copilot(Settings())
    made.build_index()
    return made


def bench_answer() -> list[Row]:
    """An offline answer beside one query embedding in the same process."""
    copilot = _copilot()
    embedding = milliseconds(lambda number: copilot.embedder.embed([QUESTION.format(number)]))
    asked = milliseconds(lambda number: copilot.answers.ask(QUESTION.format(number)))
    placed = milliseconds(lambda number: copilot.answers.ask(PLACED.format(number)))
    searched = milliseconds(
        lambda number: copilot.answers.ask(f"SoonerCare: a patient too confused to remember talk {number}")
    )
    bare = p50(embedding)
    return [
        Row("answer from typed facts, p50", p50(asked), "ms", "one embedding", bare, target_ratio=1.5),
        Row("answer from typed facts, p99", p99(asked), "ms"),
        Row(
            "answer to words that the model must place, p50", p50(placed), "ms", "one embedding", bare, target_ratio=1.5
        ),
        Row("answer that searches, p50", p50(searched), "ms", "one embedding", bare, target_ratio=1.5),
    ]


def bench_review() -> list[Row]:
    """An offline review of eight members with their claims, of ten and of forty, beside splitting the same words."""
    rows = []
    facts = read_claims((ROOT / "knowledge" / "samples" / "eight-ready-claims.csv").read_text("utf-8"))
    for members, claims, target in ((8, facts, 300.0), (10, (), 300.0), (40, (), 2000.0)):
        note = (ROOT / "knowledge/samples/eight-ready.txt").read_text("utf-8") if claims else session_of(members)
        taken = milliseconds(
            lambda number, note=note, claims=claims: _copilot().reviews.review(f"{note}\nSession {number}.", claims),
            times=20,
            warm=2,
        )
        split = milliseconds(lambda number, note=note: note.split(), times=20, warm=2)
        name = f"review of {members} members{' with claims' if claims else ''}, {len(note):,} characters"
        rows.append(Row(f"{name}, p50", p50(taken), "ms", "str.split", p50(split), target=target))
    return rows


def bench_tagging_a_note() -> list[Row]:
    """The part of a review that its sentence model takes: as many vectors of the same words cost as much."""
    rows = []
    for members in (8, 40):
        note = session_of(members)
        told = [note[start:end] for start, end in sentences(note)]
        taken = milliseconds(
            lambda number, told=told: Tagger.shipped().tag([f"{one} {number}" for one in told]), times=5, warm=1
        )
        bare = milliseconds(
            lambda number, told=told: _copilot().embedder.embed([f"{one} {number}" for one in told]), times=5, warm=1
        )
        name = f"tagging {len(told)} sentences of {members} members, p50"
        rows.append(Row(name, p50(taken), "ms", "embedding them", p50(bare)))
    return rows


def session_of(members: int) -> str:
    """The ready sample's eight sections, told again under other labels until there are enough."""
    sample = (ROOT / "knowledge" / "samples" / "eight-ready.txt").read_text("utf-8")
    found = segment(sample).members
    session = sample[: found[0].spans[0].start]
    bodies = [
        "".join(sample[span.start : span.end] for span in member.spans).replace(member.label, "") for member in found
    ]
    labels = [f"{chr(65 + number % 26)}.{chr(65 + number // 26)}." for number in range(members)]
    return session + "\n".join(f"Patient: {label}\n{bodies[at % len(bodies)]}" for at, label in enumerate(labels))
