"""A month of invented group notes as a CSV: sentences drawn by dice, with known copies and gaps."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
_SPOKE = (
    "described {scene} and named the thought behind the {mood}",
    "told the group of {scene}, and wept at the memory of the {object}",
    "disagreed with a peer over {scene} and stayed in the room",
    "read aloud a thought record about {scene}, evidence column half empty",
    "sat with arms crossed until {scene} came up, then asked what others had done",
    "rehearsed a reply for {scene} and stumbled over the word {object}",
    "brought a drawing of the {object} to explain {scene}",
    "admitted that {scene} ended in shouting and a slammed {object}",
)
_SCENES = (
    "the argument in the parking lot", "a voicemail left unanswered since spring", "the landlord's inspection",
    "being passed over for the early shift", "an ultrasound without the father there", "the eviction hearing",
    "a cousin's wedding with an open bar", "the choir audition", "the drive past the old house",
    "an email from the school principal", "three nights on a friend's couch", "the funeral nobody mentioned",
    "a grocery trip cut short by panic", "the supervisor's raised eyebrow", "a custody exchange at the gas station",
    "the unopened hospital bill", "a dog put to sleep", "the first dinner alone", "a missed bus before the exam",
    "the texts found on a phone", "a promotion that feels undeserved", "the anniversary of the crash",
)  # fmt: skip
_MOODS = ("anger", "shame", "dread", "numbness", "envy", "loneliness", "relief", "disgust")
_OBJECTS = (
    "door", "casserole dish", "bicycle", "piano", "suitcase", "wedding ring", "ladder", "photograph", "garden hose",
    "notebook", "winter coat", "medal", "crib", "guitar", "kettle", "fishing rod", "microphone", "passport",
)  # fmt: skip
_RESPONDED = (
    "After feedback from the group {name}'s jaw loosened and the {mood} dropped from {more} to {number}.",
    "Took the question in and restated the belief about the {object} in softer words: “not only my doing”.",
    "Laughed with relief when another member told of a {object} of their own; shoulders came down.",
    "Used the grounding drill with the {object} in mind and reported the {mood} easing.",
)
_GOALS = (
    "Goal of fewer panic attacks: {number} this week, down from {more}.",
    "On the goal of attending work, no change: missed {number} days again over {scene}.",
    "Goal to speak up at home: said no about the {object} for the first time in {more} weeks.",
)
_NEEDS = (
    "Restructuring the fear of {scene} treats the anxiety disorder that keeps {name} at home and serves goal {number}.",
    "Work on the urge around the {object} treats alcohol use disorder and serves the goal of {more} sober days.",
)
_THIN = ("Engaged in group.", "Participated appropriately.", "Responded well.", "Making progress.", "Attentive.")
_CODES = ("F41.1", "F33.1", "F10.20", "F43.10", "F32.9")
_SAFETY = ("Denied SI/HI.", "Denies suicidal ideation; safety plan reviewed.")
_PLANS = (
    "Plan: will write one page about {scene} before next group and read it.",
    "Plan: calls the sponsor about the {object} by Friday and reports back.",
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
    def said(kind: Sequence[str]) -> str:
        facts = {
            "name": name, "scene": dice.choice(_SCENES), "mood": dice.choice(_MOODS), "object": dice.choice(_OBJECTS),
            "number": str(dice.randrange(1, 5)), "more": str(dice.randrange(5, 12)),
        }  # fmt: skip
        return dice.choice(kind).format(**facts)

    spoke = [f"{name} {said(_SPOKE)}.", f"Later {name} {said(_SPOKE)}."]
    parts = [part if dice.random() < careful else "" for part in spoke]
    parts += [said(kind) if dice.random() < careful else dice.choice(_THIN) for kind in (_RESPONDED, _GOALS, _NEEDS)]
    parts += [f"Dx {dice.choice(_CODES)}." if dice.random() < careful else ""]
    parts += [said(kind) if dice.random() < careful else "" for kind in (_SAFETY, _PLANS)]
    return " ".join(part for part in parts if part)
