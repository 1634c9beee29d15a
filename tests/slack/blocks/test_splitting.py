"""Whatever its length, content goes out within Slack's limits and nothing of it is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks.split import MESSAGE_LIMIT, context, fallback, messages, section, sections, split_text
from bot.slack.blocks.text import clip, escape, length, link, plain, quoted
from bot.workspace.limits import MESSAGE_BUDGET, check_message, weight

WORDS = st.text(alphabet="ab c.\n&<>🙂é\u202e", min_size=0, max_size=400)


@settings(max_examples=60)
@given(WORDS, st.integers(12, 60))
def test_pieces_fit_and_nothing_but_space_is_lost(text: str, limit: int) -> None:
    pieces = split_text(escape(text), limit)
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", escape(text))


@settings(max_examples=60)
@given(WORDS, st.integers(12, 60))
def test_no_entity_is_cut_in_two(text: str, limit: int) -> None:
    assert all(re.sub(r"&(amp|lt|gt);", "", piece).find("&") == -1 for piece in split_text(escape(text), limit))


def test_no_link_is_cut_in_two() -> None:
    text = "word " * 20 + link("https://example.org/a/long/address", "a label of words") + " more" * 10
    for limit in range(60, 130):
        assert all(piece.count("<") == piece.count(">") for piece in split_text(text, limit))


def test_a_cut_is_made_at_a_paragraph_before_a_word() -> None:
    assert split_text("one two three\n\nfour five", 20) == ["one two three", "four five"]


@settings(max_examples=25)
@given(st.lists(st.text(max_size=9000), max_size=12))
def test_any_paragraphs_make_messages_that_slack_takes(paragraphs: list[str]) -> None:
    blocks = sections([escape(text) for text in paragraphs]) + context([escape(text) for text in paragraphs])
    for message in messages(blocks):
        check_message({"text": message.text, "blocks": list(message.blocks)})


def test_many_blocks_become_several_messages() -> None:
    made = messages([section("x")] * 130)
    assert [len(message.blocks) for message in made] == [48, 48, 34]


def test_long_blocks_stay_within_the_budget_of_a_message() -> None:
    made = messages([section("x" * 2900)] * 20)
    assert all(weight(message.blocks) <= MESSAGE_BUDGET for message in made)
    assert MESSAGE_LIMIT < MESSAGE_BUDGET


def test_the_plain_text_says_what_the_blocks_say() -> None:
    blocks = [section("✅ *Allowed* · <https://example.org|Manual>\n> “words”"), *context(["small"])]
    assert fallback(blocks) == "Allowed · Manual (https://example.org)\n“words”\nsmall"


@given(st.text(max_size=300), st.integers(5, 80))
def test_clipped_text_fits(text: str, limit: int) -> None:
    assert length(clip(text, limit)) <= limit


def test_emoji_count_for_two() -> None:
    assert length("a🙂") == 3


def test_escaped_text_pings_nobody() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert "<" not in quoted("<!here>\n<@U1>")
    assert "\n" not in quoted("two\nlines")


def test_only_web_addresses_become_links() -> None:
    assert link("https://e.org/?a=1&b=2", "A | <b>") == "<https://e.org/?a=1&amp;b=2|A ¦ &lt;b&gt;>"
    assert link("javascript:alert(1)", "A") == "A"
    assert link("https://e.org/|<!channel>", "A") == "A"
    assert link("", "A") == "A"


def test_plain_keeps_words_with_stars_and_underscores() -> None:
    assert plain("*Bold* a*b*c snake_case_name _soft_") == "Bold a*b*c snake_case_name soft"
