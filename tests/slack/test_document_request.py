"""What the words beside a file say of it, and what they leave to the form."""

from datetime import date

import pytest

from bot.errors import UserError
from bot.slack.document_request import DocumentRequest, asks_to_keep, read_request
from bot.slack.noteref import NoteRef

TODAY = date(2026, 11, 24)
FILE = NoteRef(channel="D1", ts="1.0", thread_ts="1.0", file="F1")
DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "add to knowledge for Aetna effective 2026-01-01",
        "Please add this to the knowledge",
        "keep this on file for Cigna",
        "knowledge add, Aetna",
        "Save our contract to knowledge",
    ],
)
def test_words_that_ask_to_keep_a_file(text: str) -> None:
    assert asks_to_keep(text)


@pytest.mark.parametrize(
    "text", ["", "please review", "what do you know of Aetna?", "add the claim facts", "Aetna manual"]
)
def test_words_that_do_not(text: str) -> None:
    assert not asks_to_keep(text)


@pytest.mark.parametrize(
    ("text", "payer", "begins", "ends", "contract"),
    [
        ("add to knowledge for Aetna effective 2026-01-01", "Aetna", DAY, None, False),
        ("Add this to knowledge for Minnesota Medicaid, effective 1/1/2026", "Minnesota Medicaid", DAY, None, False),
        ("add this copy of the manual to knowledge for Aetna as of January 1, 2026", "Aetna", DAY, None, False),
        ("add our contract with Cigna to knowledge, valid from 2026-01-01 until 2027-12-31", "Cigna", DAY,
         date(2027, 12, 31), True),
        ("put on file: payer: HUSKY Health from 2026-01-01", "HUSKY Health", DAY, None, False),
        ("add to knowledge for Aetna", "Aetna", None, None, False),
        ("add to knowledge for Aetna effective in January", "Aetna", None, None, False),
        ("add this for me to knowledge effective 2026-01-01 please", "", DAY, None, False),
        ("add to knowledge", "", None, None, False),
        ("add to knowledge for Aetna effective 2026-13-45", "Aetna", None, None, False),
    ],
)  # fmt: skip
def test_what_the_words_say(text: str, payer: str, begins: date | None, ends: date | None, contract: bool) -> None:
    request = read_request(text, FILE, TODAY)
    assert (request.payer, request.effective_from, request.effective_to, request.contract) == (
        payer, begins, ends, contract,
    )  # fmt: skip
    assert request.is_complete == bool(payer and begins)


def test_a_request_fits_a_button_and_comes_back_whole() -> None:
    request = read_request(f"add to knowledge for {'Q' * 80} effective 2026-01-01 until 2027-01-01", FILE, TODAY)
    assert len(request.dumps()) < 2_000
    assert DocumentRequest.loads(request.dumps()) == request
    with pytest.raises(UserError, match="older message"):
        DocumentRequest.loads("D1|1.0||F1")
