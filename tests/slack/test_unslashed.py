"""A command typed without its slash is told from a question."""

import pytest

from bot.slack.unslashed import command_meant


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("payers", "payers"),
        ("Payers add Aetna, HUSKY", "payers add Aetna, HUSKY"),
        ("payers clear", "payers clear"),
        ("what payers do i have", "payers"),
        ("Show me our payers.", "payers"),
        ("our payers: Aetna, HUSKY", "payers add Aetna, HUSKY"),
        ("add Molina to our payer list", "payers add Molina"),
        ("remove Cigna from my payers", "payers remove Cigna"),
        ("due", "due"),
        ("template dap 6", "template dap 6"),
        ("Settings.", "settings"),
        ("billing due", "due"),
        (" /billing audit here", "audit here"),
        ("remind off", "remind off"),
    ],
)
def test_a_command_without_its_slash_is_known(typed: str, command: str) -> None:
    assert command_meant(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "which of our payers allow same-day?",
        "our payers deny 90853, why?",
        "what payers require auth for group?",
        "payers that need auth for group",
        "does Aetna add 59 to our claims",
        "add to knowledge for Aetna effective 2026-01-01",
        "verify the benefits how?",
        "Aetna",
        "and Aetna?",
        "due to the deductible, is it denied?",
        "audit risk for group notes",
        "template for a group of six",
        "billing 90853 for Aetna",
        "our payers: Aetna\nClient: K.L.\nDx: F41.1",
        "",
    ],
)
def test_a_question_is_none(typed: str) -> None:
    assert command_meant(typed) == ""
