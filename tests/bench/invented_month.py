"""A month of invented group notes as a CSV: sentences drawn by dice, with known copies and gaps.

Places in capitals are filled from invented_words.yaml: variety enough that only the copies made here read as copies.
"""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench import invented_words as words

FIELDS = (
    "note_id", "date_of_service", "group", "clinician", "member", "payer", "note_text", "session_text", "charge",
)  # fmt: skip
_CLINICIANS = ("Rosa Lindqvist", "Omar Castellan", "Ines Vandermeer", "Theo Marchetti", "Pia Okonjo")
_CAREFUL = (0.95, 0.9, 0.8, 0.6, 0.4)
"""How often each clinician writes what the rubric asks for."""
_PAYERS = ("Aetna", "Cigna", "HUSKY Health", "Medicare", "Anthem BCBS")
_GROUPS = ("Anxiety Tuesday", "Depression IOP", "Relapse Prevention", "Grief Circle", "DBT Evening")
_TOPICS = ("catastrophic thinking", "urges at family meals", "grief anniversaries", "asking for help", "sleep")
_SESSION = (
    "Group session of 90 minutes, {present} members present. The topic was {topic}. Using {modality}, the therapist "
    "{did}. Members challenged one another's predictions and tried new words on the spot."
)
_THIN_SESSION = "Topic for the evening was {topic}. The therapist facilitated discussion."
_MODALITIES = ("CBT", "DBT", "ACT", "interpersonal process", "motivational interviewing")
_DID = (
    "guided a thought record and asked Socratic questions",
    "led a chain analysis of a member's last urge",
    "reflected ambivalence and rolled with resistance",
    "interrupted avoidance and brought the group back to the feeling in the room",
)
_RESPONDED = (
    "After feedback from PEER {he} REACTION and said the shame about EVENT had eased.",
    "Took in what PEER asked about THING, then REACTION and called {himself} FEELING.",
    "Heard that others doubt the thought THOUGHT and REACTION; BODY faded before the end.",
    "In response to SKILL in the room {he} REACTION and rated distress {n}, down from {m}.",
    "Told of THING, {he} became tearful, then REACTION once PEER spoke of PLACE.",
    "Grew FEELING when PEER brought up EVENT, yet stayed seated and REACTION.",
    "Was moved by PEER, {he} said, and after SKILL felt FEELING rather than FEELING.",
    "Confronted MANNER by PEER over THING, {he} REACTION and let the point stand.",
)
_GOALS = (
    "Goal of GOAL: {n} of seven days, against {m} last week, since OUTCOME.",
    "On the goal of GOAL no change: PERSON and PLACE were too much AMOUNT.",
    "Toward the goal of GOAL, OUTCOME; went to PLACE AMOUNT.",
    "Slipped on GOAL after EVENT: {m} times this week, {n} last.",
    "GOAL, {his} treatment goal, moved: with PERSON at PLACE {he} used SKILL and OUTCOME.",
    "Some gain in GOAL: told PERSON about THING, and OUTCOME.",
    "Regressed on GOAL; THING and BODY stood in the way at PLACE.",
    "Goal GOAL is half met: OUTCOME, though PERSON still asks about EVENT.",
)
_NEEDS = (
    "Restructuring the belief THOUGHT treats the {disorder} that keeps {him} from PLACE and serves the goal of GOAL.",
    "Without work on EVENT the {disorder} would again bring BODY; it serves GOAL.",
    "Exposure to PLACE in the telling treats {his} {disorder}, which blocks GOAL.",
    "Hearing from PEER lowers the shame that feeds the {disorder} and stands between {him} and GOAL.",
    "{His} {disorder} shows as BODY near PERSON; SKILL in group treats it toward GOAL.",
    "The {disorder} still costs {him} PLACE; facing EVENT with others serves GOAL.",
)
_THIN = (
    "Engaged in group.", "Participated appropriately.", "Responded well.", "Making progress.", "Attentive.",
    "Continues to benefit from group.", "Receptive to feedback.", "Good eye contact.", "Tolerated group well.",
)  # fmt: skip
_DIAGNOSES = {
    "F41.1": "generalized anxiety disorder", "F33.1": "major depressive disorder", "F10.20": "alcohol use disorder",
    "F43.10": "post-traumatic stress disorder", "F40.10": "social anxiety disorder", "F34.1": "dysthymia",
}  # fmt: skip
_SAFETY = (
    "Denied SI/HI.", "Denies suicidal ideation; safety plan reviewed.", "No thoughts of self-harm when asked.",
    "Denies suicidal or homicidal ideation, plan or intent.",
)  # fmt: skip
_PLANS = (
    "Plan: will STEP and STEP before next {Day}.",
    "Plan: tries SKILL at PLACE on {Day} and reports back.",
    "Plan: {he} will tell PERSON about THING, then STEP.",
    "Next group: opens with THING; until then will STEP.",
    "Plan: practice SKILL AMOUNT and note how FEELING PLACE leaves {him}.",
    "Before {Day} will STEP; PEER offered to call after.",
)
_COPIED = 0.06


@dataclass(frozen=True)
class Month:
    """The rows, and the ids of notes that were made as copies, each with the one it copies."""

    rows: tuple[dict[str, str], ...]
    copies: tuple[tuple[str, str], ...]

    def as_csv(self) -> str:
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, FIELDS)
        writer.writeheader()
        writer.writerows(self.rows)
        return written.getvalue()


def invent_month(sessions: int, members: int = 8, seed: int = 1, start: date = date(2026, 10, 1)) -> Month:
    """So many sessions with so many members each, over four weeks; the same seed invents the same."""
    dice = random.Random(seed)
    rows: list[dict[str, str]] = []
    copies: list[tuple[str, str]] = []
    for number in range(sessions):
        who = dice.randrange(len(_CLINICIANS))
        clinician, careful = _CLINICIANS[who], _CAREFUL[who]
        told = (_SESSION if dice.random() < careful else _THIN_SESSION).format(
            present=members, topic=dice.choice(_TOPICS), modality=dice.choice(_MODALITIES), did=dice.choice(_DID)
        )
        day = str(start + timedelta(days=dice.randrange(28)))
        for place in range(members):
            name = f"{chr(65 + place)}.{chr(65 + dice.randrange(26))}."
            text, id_ = _note(dice, name, careful), f"N{number:04}-{place + 1}"
            if rows and dice.random() < _COPIED:
                other = dice.choice(rows[-3 * members :])
                text = other["note_text"].replace(other["member"], name)
                copies.append((other["note_id"], id_))
            rows.append(
                {
                    "note_id": id_,
                    "date_of_service": day,
                    "group": f"{_GROUPS[number % len(_GROUPS)]} {number // len(_GROUPS) + 1}",
                    "clinician": clinician,
                    "member": name,
                    "payer": dice.choice(_PAYERS),
                    "note_text": text,
                    "session_text": told,
                    "charge": f"{dice.choice((45, 60, 75)):.2f}",
                }
            )
    return Month(tuple(rows), tuple(copies))


def _note(dice: random.Random, name: str, careful: float) -> str:
    """A story of the member's own, and what the rubric asks for or, of a careless clinician, a stock phrase for it."""
    code = dice.choice(tuple(_DIAGNOSES))
    person = {
        **dice.choice(words.PRONOUNS),
        "Name": name,
        "disorder": _DIAGNOSES[code],
        "Day": dice.choice(words.DAYS),
        "n": str(dice.randrange(1, 5)),
        "m": str(dice.randrange(5, 10)),
    }
    person["His"] = person["his"].capitalize()

    def one_of(kind: Sequence[str]) -> str:
        told = words.filled(words.pieces(dice.choice(kind)), dice, person)
        return told[0].upper() + told[1:]

    own = dice.sample(words.SENTENCES, dice.randint(1, 2))
    spoke = [f"{name} {words.filled(one, dice, person)}" for one in own]
    thin = iter(dice.sample(_THIN, 3))
    told = [one_of(kind) if dice.random() < careful else next(thin) for kind in (_RESPONDED, _GOALS, _NEEDS)]
    told += [f"Dx {code}." if dice.random() < careful else ""]
    told += [one_of(kind) if dice.random() < careful else "" for kind in (_SAFETY, _PLANS)]
    return " ".join(part for part in (*spoke, *told) if part)
