"""When two labels mean one member: "Client K.L.", "K.L." and "KL"."""

import re

_NOISE = re.compile(r"\b(?:patient|client|pt|member|name|id)\b|[^a-z0-9]+", re.IGNORECASE)


def member_key(label: str) -> str:
    """What is left of a label without titles, spaces and signs, in one case."""
    return _NOISE.sub("", label).casefold()
