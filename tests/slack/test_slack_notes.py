"""Where the bot token may go, and which files are read."""

import pytest

from bot.slack.claims_table import is_claims_table
from bot.slack.clients import is_slacks
from bot.slack.notes import file_problem

SLACK = "https://slack.com/api/"
LOCAL = "http://127.0.0.1:3153/api/"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.txt", SLACK),
        ("https://slack.com/x", SLACK),
        ("http://127.0.0.1:3153/files-pri/T1-F1/a.txt", LOCAL),
        ("https://chat.example.org/files/a", "https://chat.example.org/api/"),
    ],
)
def test_the_token_goes_to_slack_or_the_server_that_was_set(url: str, base: str) -> None:
    assert is_slacks(url, base)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://files.slack.com/files-pri/T1-F1/a.txt", SLACK),
        ("https://files.slack.com.evil.org/a", SLACK),
        ("https://evilslack.com/a", SLACK),
        ("https://drive.example.org/a", SLACK),
        ("http://127.0.0.1:9999/a", LOCAL),
        ("http://localhost:3153/a", LOCAL),
        ("https://files.slack.com/a", LOCAL),
        ("http://chat.example.org/files/a", "http://chat.example.org/api/"),
        ("file:///etc/passwd", SLACK),
        ("", SLACK),
    ],
)
def test_the_token_goes_nowhere_else(url: str, base: str) -> None:
    assert not is_slacks(url, base)


@pytest.mark.parametrize(
    "file",
    [
        {"name": "a.txt", "size": 10},
        {"name": "A.MD"},
        {"name": "Untitled", "filetype": "text", "mode": "snippet"},
        {"name": "c.csv", "filetype": "csv"},
    ],
)
def test_text_is_read(file: dict) -> None:
    assert file_problem(file) == ""


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ({"name": "a.xlsx", "filetype": "xlsx"}, "a.xlsx is not a file I read"),
        ({"name": "a.txt", "mode": "external"}, "not kept in Slack"),
        ({"name": "a.txt", "size": 9_000_000}, "9.0 MB; a note file may have 4 MB"),
        ({}, "This file is not a file I read"),
    ],
)
def test_other_files_are_refused_in_a_line(file: dict, line: str) -> None:
    assert line in file_problem(file)


@pytest.mark.parametrize(
    ("first", "is_table"),
    [
        ("member,payer,date_of_service,authorization_number\nK.L.,Aetna,2026-03-14,A1", True),
        ('"Patient";"Payer";"Units left"\n', True),
        ("patient,participation,response,plan\nK.L.,shared,tearful,continue", False),
        ("Date: 03/14/2026, group of seven, CBT\nPatient: K.L.", False),
        ("", False),
    ],
)
def test_a_table_of_claim_facts_is_told_from_a_note(first: str, is_table: bool) -> None:
    assert is_claims_table(first) is is_table
