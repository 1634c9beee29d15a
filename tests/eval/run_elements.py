"""How well the offline judge agrees with the labels, tuning and kept half apart, beside a keyword baseline."""

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import yaml

from bot.review.models import PATIENT_ELEMENTS, SESSION_ELEMENTS, Element, Judgement, Member, Segments, Span, Status
from bot.review.offline import OfflineJudge

HERE = Path(__file__).parent / "elements"
STATUS = {"m": Status.MET, "p": Status.PARTIAL, "x": Status.MISSING}
KEYWORDS = {
    Element.SESSION_DATE: ("date", "202"),
    Element.GROUP_COMPOSITION: ("members", "present", "patients"),
    Element.TOPIC_FOCUS: ("topic", "focus", "theme", "discussed"),
    Element.MODALITY: ("cbt", "dbt", "act ", "psychodynamic", "process", "motivational", "trauma"),
    Element.PROVIDER_INTERVENTIONS: ("therapist", "facilitated", "intervention", "used", "guided", "led"),
    Element.ACTIVE_PSYCHOTHERAPY: ("therapy", "intervention", "process", "cbt", "dbt"),
    Element.PATIENT_PARTICIPATION: ("shared", "said", "participated", "engaged", "asked", "told"),
    Element.CLINICAL_RESPONSE: ("respon", "receptive", "tearful", "insight", "feedback"),
    Element.PROGRESS_TOWARD_GOALS: ("progress", "goal", "improv"),
    Element.MEDICAL_NECESSITY: ("goal", "necess", "treatment plan"),
    Element.DIAGNOSIS_PRESENT: ("disorder", "dx", "diagnos", "f4", "f1", "f3", "ptsd", "mdd", "gad"),
    Element.SAFETY: ("si", "safety", "risk", "suicid"),
    Element.PLAN: ("plan", "will", "next", "homework", "continue"),
}


def load(half: str) -> list[tuple[str, str, Segments, dict]]:
    cases = []
    for path in sorted((HERE / half).glob("*.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        text, spans = "", []
        if not case.get("overlap"):
            text = case["session"]
        session = (Span(start=0, end=len(text)),)
        for member in case["members"]:
            text += "\n" if text else ""
            spans.append(
                Member(label=member["label"], spans=(Span(start=len(text), end=len(text) + len(member["text"])),))
            )
            text += member["text"]
        if case.get("overlap"):
            session = (Span(start=0, end=len(text)),)
        cases.append(
            (path.stem, text, Segments(session=session, members=tuple(spans), sure=True, how="labelled"), case)
        )
    return cases


def keyword(text: str, segments: Segments) -> dict:
    def found(element: Element, spans: tuple[Span, ...]) -> Status:
        words = " ".join(text[span.start : span.end] for span in spans).lower()
        return Status.MET if any(word in words for word in KEYWORDS[element]) else Status.MISSING

    return {
        "session": {e: found(e, segments.session) for e in SESSION_ELEMENTS},
        "members": [{e: found(e, m.spans) for e in PATIENT_ELEMENTS} for m in segments.members],
    }


def pairs(case: dict, session: dict, members: list) -> list[tuple[str, Element, Status, Status]]:
    rows = [("session", e, STATUS[s], session[e]) for e, s in zip(SESSION_ELEMENTS, case["labels"], strict=True)]
    for member, verdicts in zip(case["members"], members, strict=True):
        rows += [
            (member["label"], e, STATUS[s], verdicts[e])
            for e, s in zip(PATIENT_ELEMENTS, member["labels"], strict=True)
        ]
    return rows


def figures(rows: list[tuple[Status, Status]]) -> tuple[float, float, float, float]:
    """Accuracy, macro-F1 over the statuses that occur, Cohen's kappa, share of false met among what is not met."""
    total = len(rows)
    right = sum(want == got for want, got in rows)
    scores = []
    for status in STATUS.values():
        true = sum(want == got == status for want, got in rows)
        wanted, given = sum(want == status for want, _ in rows), sum(got == status for _, got in rows)
        if wanted or given:
            scores.append(2 * true / (wanted + given))
    want_counts, got_counts = Counter(want for want, _ in rows), Counter(got for _, got in rows)
    chance = sum(want_counts[s] * got_counts[s] for s in STATUS.values()) / total**2
    kappa = 1.0 if chance == 1 else (right / total - chance) / (1 - chance)
    unmet = [got for want, got in rows if want is not Status.MET]
    return right / total, sum(scores) / len(scores), kappa, sum(g is Status.MET for g in unmet) / max(len(unmet), 1)


def stray(text: str, judgement: Judgement) -> int:
    verdicts = [v for part in (judgement.session, *judgement.members) for v in part.values()]
    return sum(text[e.start : e.end] != e.quote for v in verdicts for e in v.evidence) + sum(
        v.status is Status.MET and not v.evidence for v in verdicts
    )


def report(half: str, judge: OfflineJudge, show: bool) -> None:
    ours: dict[Element, list] = defaultdict(list)
    theirs: dict[Element, list] = defaultdict(list)
    strays, seconds, sections = 0, 0.0, 0
    cases = load(half)
    for name, text, segments, case in cases:
        begun = time.perf_counter()
        judgement, _ = judge.judge(text, segments)
        seconds += time.perf_counter() - begun
        strays += stray(text, judgement)
        sections += len(segments.members)
        base = keyword(text, segments)
        session = {e: v.status for e, v in judgement.session.items()}
        members = [{e: v.status for e, v in m.items()} for m in judgement.members]
        for who, element, want, got in pairs(case, session, members):
            ours[element].append((want, got))
            if show and want is not got:
                labels = [member["label"] for member in case["members"]]
                part = judgement.session if who == "session" else judgement.members[labels.index(who)]
                say(f"  {name}/{who} {element}: {want} -> {got} {[e.quote for e in part[element].evidence]}")
        for _, element, want, got in pairs(case, base["session"], base["members"]):
            theirs[element].append((want, got))
    say(f"\n{half}: {len(cases)} sessions, {sections} member sections, {sum(map(len, ours.values()))} labels")
    heads = f"{'acc':>6} {'F1':>6} {'kappa':>6} {'false met':>9}"
    say(f"{'element':24} {'n':>4} {heads}   keywords: {heads}")
    for element in Element:
        say(row(element, len(ours[element]), figures(ours[element]), figures(theirs[element])))
    everything, base = (figures([one for rows in side.values() for one in rows]) for side in (ours, theirs))
    say(row("all labels", sum(map(len, ours.values())), everything, base))
    means = [
        tuple(sum(figures(rows)[at] for rows in side.values()) / len(side) for at in range(4))
        for side in (ours, theirs)
    ]
    say(row("mean over elements", len(Element), *means))
    say(f"evidence not in the note, or met without any: {strays}; {1000 * seconds / len(cases):.1f} ms a session")


def row(name: str, count: int, mine: tuple[float, ...], base: tuple[float, ...]) -> str:
    left, right = (" ".join(f"{x:6.3f}" for x in side[:3]) + f" {side[3]:9.3f}" for side in (mine, base))
    return f"{name:24} {count:4} {left}             {right}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    judge = OfflineJudge()
    for half in [word for word in sys.argv[1:] if not word.startswith("-")] or ["tuning", "kept"]:
        report(half, judge, "--show" in sys.argv and half == "tuning")
