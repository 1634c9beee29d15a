"""What a person types, as Slack stores it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workspace import composing, seeds
from bot.workspace.manifest import Manifest

STATE = seeds.practice(Manifest())
BOT = STATE.bot_user_id
BILLING = next(c for c in STATE.channels.values() if c.name == "billing")


def test_angle_brackets_and_ampersands_are_escaped() -> None:
    assert composing.to_slack(STATE, "a < b & c > d") == "a &lt; b &amp; c &gt; d"


def test_a_mention_becomes_its_token() -> None:
    assert composing.to_slack(STATE, "hi @Billing Copilot, and @sam") == f"hi <@{BOT}>, and " + "<@{}>".format(
        next(user.id for user in STATE.people if user.name == "sam")
    )


def test_an_address_of_someone_is_no_mention() -> None:
    assert composing.to_slack(STATE, "dana@sam.example") == "dana@sam.example"


def test_a_channel_becomes_its_token() -> None:
    assert composing.to_slack(STATE, "see #billing") == f"see <#{BILLING.id}|billing>"


def test_a_link_is_marked_without_its_full_stop() -> None:
    typed = "see https://example.com/a?b=1&c=2."
    assert composing.to_slack(STATE, typed) == "see <https://example.com/a?b=1&amp;c=2>."


def test_rich_text_carries_the_words_unescaped_and_the_mention_apart() -> None:
    block = composing.rich_text(composing.to_slack(STATE, "a < b @Billing Copilot"))
    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "a < b "},
        {"type": "user", "user_id": BOT},
    ]


@settings(max_examples=80)
@given(st.text(alphabet="<>&@#|!abc \n", max_size=40))
def test_no_typed_text_can_forge_a_token(typed: str) -> None:
    stored = composing.to_slack(STATE, typed)
    assert "<" not in stored
    assert composing.unescape(stored) == typed
