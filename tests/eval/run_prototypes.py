"""Whether sentence vectors would help the offline judge: nearest labelled phrases over what its rules leave open.

For each member and element that the rules do not call met, the clause most like the phrases labelled met, and least
like the others, is scored. Printed by descending score: the best threshold's right and wrong promotions to met.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml
from run_elements import load

from bot.embedder import Embedder
from bot.review.elements.passages import Actor, read_note
from bot.review.models import PATIENT_ELEMENTS, Element, Status
from bot.review.offline import OfflineJudge

PHRASES = Path(__file__).parents[1] / "review" / "elements" / "phrases"
TRIED = tuple(e for e in PATIENT_ELEMENTS if e not in {Element.DIAGNOSIS_PRESENT, Element.SAFETY})
NEAREST = 3


def main() -> None:
    embedder = Embedder()
    phrases = {e: yaml.safe_load((PHRASES / f"{e}.yaml").read_text(encoding="utf-8")) for e in TRIED}
    liked = {e: embedder.embed(phrases[e]["met"]) for e in TRIED}
    others = {e: embedder.embed(phrases[e]["partial"] + phrases[e]["missing"]) for e in TRIED}
    for half in ("tuning", "kept"):
        scores: dict[Element, list[tuple[float, bool]]] = defaultdict(list)
        for _, text, segments, case in load(half):
            judgement, _ = OfflineJudge().judge(text, segments)
            reading = read_note(text, segments)
            for member, verdicts, labelled in zip(reading.members, judgement.members, case["members"], strict=True):
                clauses = [clause.text for clause in member.clauses(Actor.PATIENT)]
                if not clauses:
                    continue
                vectors = embedder.embed(clauses)
                for element, label in zip(PATIENT_ELEMENTS, labelled["labels"], strict=True):
                    if element in TRIED and verdicts[element].status is not Status.MET:
                        near = np.sort(vectors @ liked[element].T, 1)[:, -NEAREST:].mean(1)
                        far = np.sort(vectors @ others[element].T, 1)[:, -NEAREST:].mean(1)
                        scores[element].append((float((near - far).max()), label == "m"))
        for element, rows in scores.items():
            rows.sort(reverse=True)
            right = [sum(met for _, met in rows[:n]) for n in range(len(rows) + 1)]
            best = max(range(len(rows) + 1), key=lambda n: right[n] - 2 * (n - right[n]))
            sys.stdout.write(
                f"{half} {element}: {len(rows)} open, {right[-1]} truly met; best threshold promotes {best}, "
                f"{right[best]} of them rightly\n"
            )


if __name__ == "__main__":
    main()
