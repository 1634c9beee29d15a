"""A template's unanswered prompts, "[What comes next?]", set aside before a note is judged: they tell nothing."""

import re

from bot.review.models import Evidence, Judgement, Verdict

_PROMPT = re.compile(r"\[[^\[\]\n]{0,300}\?[ \t]*\]")


def without_prompts(text: str) -> tuple[str, int]:
    """The text with each bracketed question blanked, every other character in its place, and how many there were."""
    return _PROMPT.subn(lambda prompt: " " * len(prompt[0]), text)


def quoted_from(text: str, judgement: Judgement) -> Judgement:
    """The same judgement with its quotes as they stand in the text given."""

    def again(verdict: Verdict) -> Verdict:
        evidence = tuple(Evidence(quote=text[e.start : e.end], start=e.start, end=e.end) for e in verdict.evidence)
        return verdict.model_copy(update={"evidence": evidence})

    return Judgement(
        session={element: again(verdict) for element, verdict in judgement.session.items()},
        members=tuple({element: again(verdict) for element, verdict in one.items()} for one in judgement.members),
    )
