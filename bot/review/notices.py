"""What a reader of the report should know beside the verdicts: notices that change none of them."""

import re
from collections.abc import Iterator

_SUBSTANCE_USE = re.compile(
    r"\b(?:substance (?:use|abuse)|alcohol use disorder|opioid|sobriety|relapse prevention|chemical dependen\w+"
    r"|AUD|OUD|SUD|methadone|suboxone|buprenorphine|F1[0-9]\.\d+)\b",
    re.IGNORECASE,
)
_PROCESS_NOTES = re.compile(
    # "Group psychotherapy note" and "group process note" head ordinary progress notes.
    r"\b(?:(?<!group )process notes?|(?<!group )psychotherapy notes|counter-?transference"
    r"|not part of the (?:medical )?record|my (?:own )?(?:hypothesis|impression|fantasy|associations?))\b",
    re.IGNORECASE,
)


def notices(text: str) -> Iterator[str]:
    """Each notice once: 42 CFR Part 2, and psychotherapy notes kept apart (45 CFR 164.501)."""
    if _SUBSTANCE_USE.search(text):
        yield (
            "Substance use treatment is spoken of: records of a Part 2 program need the patient's written consent "
            "before they are disclosed, to a payer too (42 CFR Part 2)."
        )
    if holds_process_notes(text):
        yield (
            "This reads as if it held psychotherapy (process) notes: HIPAA keeps them apart from the record "
            "(45 CFR 164.501), and they are not sent with a claim. Nothing of it was stored."
        )


def holds_process_notes(text: str) -> bool:
    """Whether psychotherapy notes seem to be in it, of which nothing may be kept, not even a fingerprint."""
    return bool(_PROCESS_NOTES.search(text))
