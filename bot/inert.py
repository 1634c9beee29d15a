"""Text of strangers on its way to an eye: without the signs that steer a terminal or mislead a reader."""

import re

# Controls but tab and line feed; marks that turn the direction of writing; signs of no width; tags; half characters.
# The two joiners stay: emoji and several scripts are written with them.
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\U000e0000-\\U000e007f\\ud800-\\udfff]"
)


def inert(text: str) -> str:
    """The text without them. For showing only: offsets and quotes of a report count in the text as it was given."""
    return _UNSEEN.sub("", text)
