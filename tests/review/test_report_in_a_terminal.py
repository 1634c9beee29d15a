"""A report in a terminal names its checks as every other surface does, and points at what lacks words."""

from io import StringIO

from rich.console import Console

from bot.policies.catalog import load_catalog
from bot.policies.resolve import Resolver
from bot.review.offline import OfflineJudge
from bot.review.service import ReviewService
from bot.terminal import show_report

NOTE = """Date of service: 10/14/2025
Group: CBT for depression. 2 members present.
Topic: how avoiding small tasks keeps low mood going.
Interventions: Clinician led activity scheduling and used Socratic questioning.

Client: Tanya B.
Data: Built a three-step schedule on the board and laughed when a peer offered to call. Denied SI/HI.

Client: Luis M.
Data: Same as Tanya.
"""


def shown() -> str:
    told, catalog = StringIO(), load_catalog()
    service = ReviewService(OfflineJudge(), catalog=catalog, resolver=Resolver(catalog))
    show_report(service.review(NOTE), Console(file=told, width=160))
    return told.getvalue()


def test_a_pointer_and_the_elements_that_hold_a_claim_back_are_named() -> None:
    words = shown()
    assert "⚠ Luis M. only points at the part of Tanya B." in words
    assert "see progress toward goals" in words
    assert "words of their own" in words
    assert "individualized" not in words
