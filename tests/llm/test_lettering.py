"""Only plain text gets through: no other script, no markup, nothing a chat acts on."""

import pytest

from bot.llm.lettering import odd, tidy


@pytest.mark.parametrize(
    "text",
    [
        "Yes: 90853 (group) and 90837 are paid, e.g. with 59 or XE; see § 3.",
        "The rate is $45.50, or 80%, per session - no more.",
        "Puerto Rico's café isn't in the U.S. mainland plan…",
        "“Same‑day” isn’t odd once it is tidied.",
    ],
)
def test_plain_text_is_not_odd(text: str) -> None:
    assert not odd(tidy(text))


@pytest.mark.parametrize(
    "text",
    ["*b*", "_i_", "~s~", "`c`", "<@U1>", "@here", "#general", "a|b", "[1]", "[x](y)", "&lt;b&gt;", "&amp;", "a\\b",
     "> quote", "- item", "1. item", "# head", ":tada:", "x.com", "evil.example", "ftp://x", "a/b.c", "аetna",
     "\u200b", "\u202e", "\ud83d", "９5", "2²", "ﬁle", "🙂", "a\u0336", "{x}", "x = 1"],
)  # fmt: skip
def test_anything_else_is(text: str) -> None:
    assert odd(tidy(text))
