"""Learn how sentences' odds and rules together settle an element, and say how that fares on authors left out."""

from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from tagger_data import Part

from bot.review.models import PATIENT_ELEMENTS, Element, Status
from bot.review.settle import STATUSES, decided, member_signs, odds_of, session_signs
from bot.review.tagger import Tags
from tests.eval.run_elements import figures

STRENGTH = 1.0
# Session parts written alone, without members: they teach, and count for less than whole notes.
ALONE, ALONE_WEIGHT = "w", 0.3
# A false met counts so many times another error when the odds that a met needs are chosen.
COST = 6
# Where the rules see it too, less: a plain denial of risk that is called missing makes a reader distrust the rest.
COST_AGREED = 4
CHOICES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
AGREED = (0.0, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
# A date is a date: rules read it, and the claim's day is taken from the words they found.
RULES_ALONE = (Element.SESSION_DATE,)
# A count of people and a modality by name are found as words are found: where rules see one, there is one.
RULES_SUFFICE = (Element.GROUP_COMPOSITION, Element.MODALITY)

Case = tuple[str, np.ndarray, list[str], str]
"""Author, signs, statuses wanted, the rules' status."""


def cases(kept: list[tuple[Part, Tags]]) -> dict[Element, list[Case]]:
    found: dict[Element, list[Case]] = defaultdict(list)
    tags_of = {id(part): capped(part, tags) for part, tags in kept}
    for part, _ in kept:
        tags = tags_of[id(part)]
        for element, wanted in part.wanted.items():
            ruled = Status(part.by_rules[element])
            if element in PATIENT_ELEMENTS:
                signs = member_signs(element, tags, ruled)
            else:
                signs = session_signs(element, tags, [tags_of[id(m)] for m in part.members if id(m) in tags_of], ruled)
            found[element].append((part.author, signs, wanted, str(ruled)))
    return found


def capped(part: Part, tags: Tags) -> Tags:
    """The odds as the judge weighs them: some sentences cannot earn what they seem to."""
    return tags.capped((row, *cap) for row, sentence in enumerate(part.sentences) for cap in sentence.caps)


def fit(rows: list[Case]) -> np.ndarray:
    signs = np.array([signs for _, signs, _, _ in rows])
    places = np.array([STATUSES.index(Status(wanted[0])) for _, _, wanted, _ in rows])
    counts = np.array([weight(row) for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=4000).fit(signs[:, :-1], places, sample_weight=counts)
    weights = np.zeros((len(STATUSES), signs.shape[1]), np.float32)
    weights[:, -1] = -10.0
    weights[model.classes_] = (
        np.column_stack([model.coef_, model.intercept_])
        if len(model.classes_) > 2
        else np.vstack([np.zeros(signs.shape[1]), np.append(model.coef_[0], model.intercept_)])
    )
    return weights


def weight(row: Case) -> float:
    return ALONE_WEIGHT if row[0] == ALONE else 1.0


def left_out(rows: list[Case]) -> list[tuple[Case, np.ndarray]]:
    """Each case with the odds that the weighing of cases left out gives it: an author's by the other authors'.

    One author wrote most session parts: those fall into fifths.
    """
    most = max(sum(row[0] == author for row in rows) for author in {row[0] for row in rows})
    apart = [row[0] if most < len(rows) / 2 else str(number % 5) for number, row in enumerate(rows)]
    found = []
    for group in sorted(set(apart)):
        weights = fit([row for row, own in zip(rows, apart, strict=True) if own != group])
        found += [(row, odds_of(weights, row[1])) for row, own in zip(rows, apart, strict=True) if own == group]
    return found


def sure(judged: list[tuple[Case, np.ndarray]]) -> tuple[float, float]:
    """The odds that a met needs where the rules say something else, and where they say met."""

    def cost(choice: float, some: list[tuple[Case, np.ndarray]], false_met: float) -> float:
        total = 0.0
        for row, odds in some:
            got = str(decided(odds, choice))
            total += weight(row) * (0 if got in row[2] else false_met if got == "met" else 1)
        return total

    alone = [one for one in judged if one[0][3] != "met"]
    agreed = [one for one in judged if one[0][3] == "met"]
    return (
        min(CHOICES, key=lambda choice: (cost(choice, alone, COST), choice)),
        min(AGREED, key=lambda choice: (cost(choice, agreed, COST_AGREED), -choice)),
    )


def told(rows: list[tuple[list[str], str]]) -> str:
    """Accuracy, macro-F1, kappa and false met; where two statuses are accepted, the one given is the one wanted."""
    pairs = [(Status(got if got in want else want[0]), Status(got)) for want, got in rows]
    return " ".join(f"{figure:.3f}" for figure in figures(pairs))


def learn(kept: list[tuple[Part, Tags]], out: Path) -> None:
    found = cases(kept)
    held: dict[str, np.ndarray] = {}
    by_author: dict[str, list] = defaultdict(list)
    print(f"{'element':24} n   settled: accuracy F1 kappa false-met   rules alone")
    everything: tuple[list, list] = ([], [])
    for element in Element:
        rows = found[element]
        judged = left_out(rows)
        choice = sure(judged)
        if element in RULES_SUFFICE:
            choice = (choice[0], 0.0)
        if element not in RULES_ALONE:
            held[str(element)] = fit(rows)
            held[f"{element}.sure"] = np.array(choice, np.float32)
        ours = [
            (row[2], row[3] if element in RULES_ALONE else str(decided(odds, choice[row[3] == "met"])))
            for row, odds in judged
        ]
        rules = [(row[2], row[3]) for row, _ in judged]
        print(f"{element:24} {len(rows):4} {choice}  {told(ours)}   {told(rules)}")
        everything[0].extend(ours)
        everything[1].extend(rules)
        for (row, _), one, other in zip(judged, ours, rules, strict=True):
            by_author[row[0] + (" patient" if element in PATIENT_ELEMENTS else " session")].append((one, other))
    for author, rows in sorted(by_author.items()):
        print(f"{author:24} {len(rows):4}      {told([a for a, _ in rows])}   {told([b for _, b in rows])}")
    print(f"{'all':24} {len(everything[0]):4}      {told(everything[0])}   {told(everything[1])}")
    np.savez_compressed(out, **held)
