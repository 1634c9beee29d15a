"""What follows /billing is taken as it was meant, typing errors included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.command import WORDS, Command, read_command

PAYERS = ("Aetna", "Minnesota Medicaid (MHCP)")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", Command("help")),
        ("help", Command("help")),
        ("HELP", Command("help")),
        ("payers", Command("payers")),
        ("payers all", Command("payers", "all")),
        ("payers add Aetna, Cigna and HUSKY", Command("payers", "add Aetna, Cigna and HUSKY")),
        ("Payer add Aetna", Command("payers", "add Aetna")),
        ("payers that need auth for group", Command("payers", "that need auth for group")),
        ("template", Command("template")),
        ("review", Command("review")),
        ("review this note please", Command("review", "this note please")),
        ("ask", Command("ask")),
        ("ask Does Aetna pay?", Command("ask", "Does Aetna pay?")),
        ("Does Aetna pay?", Command("ask", "Does Aetna pay?")),
        ("group size mhcp", Command("ask", "group size mhcp")),
        ("payer rules for Aetna", Command("ask", "payer rules for Aetna")),
        ("help me with a denial", Command("ask", "help me with a denial")),
        ("Aetna", Command("ask", "Aetna")),
        ("mhcp units", Command("ask", "mhcp units")),
        ("revew", Command("", "revew", "review")),
        ("payres", Command("", "payres", "payers")),
        ("tempalte", Command("", "tempalte", "template")),
        ("hlep", Command("", "hlep", "help")),
        ("frobnicate", Command("", "frobnicate")),
        ("settings", Command("settings")),
        ("setings", Command("", "setings", "settings")),
        ("payres add Aetna", Command("", "payres add Aetna", "payers add Aetna")),
        ("verfy Aetna same day", Command("", "verfy Aetna same day", "verify Aetna same day")),
        ("verfy Aetna", Command("", "verfy Aetna", "verify Aetna")),
        ("payres add Aetna?", Command("ask", "payres add Aetna?")),
        ("paying for a group twice", Command("ask", "paying for a group twice")),
        ("remind here", Command("remind", "here")),
        ("learn", Command("learn")),
        ("learn lesson 4", Command("learn", "lesson 4")),
        ("learn about Aetna authorization", Command("ask", "learn about Aetna authorization")),
        ("settings for the billing channel", Command("ask", "settings for the billing channel")),
    ],
)
def test_commands(typed: str, read: Command) -> None:
    assert read_command(typed, PAYERS) == read


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(text: str) -> None:
    read_command(text, PAYERS)


@given(st.sampled_from(WORDS), st.text(max_size=30))
def test_nobody_is_offered_what_they_typed(word: str, rest: str) -> None:
    assert read_command(f"{word} {rest}", PAYERS).suggestion != f"{word} {rest}".strip()
