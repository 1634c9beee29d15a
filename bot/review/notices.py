"""What a reader of the report should know beside the verdicts: notices that change none of them."""

from collections.abc import Iterator

from bot.review.process_notes import reads_kept_apart
from bot.review.substance_use import tells_of_treatment


def notices(text: str) -> Iterator[str]:
    """Each notice once: 42 CFR Part 2, and psychotherapy notes kept apart (45 CFR 164.501)."""
    if tells_of_treatment(text):
        yield (
            "Substance use treatment is spoken of: records of a Part 2 program need the patient's written consent "
            "before they are disclosed, to a payer too (42 CFR Part 2)."
        )
    if reads_kept_apart(text):
        yield (
            "This reads as if it held psychotherapy (process) notes: HIPAA keeps them apart from the record "
            "(45 CFR 164.501), and they are not sent with a claim. Nothing of it was stored."
        )
