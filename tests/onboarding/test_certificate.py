from datetime import date
from io import BytesIO

from pypdf import PdfReader

from bot.onboarding.certificate import Certificate, as_pdf
from bot.onboarding.models import Path


def read(name: str) -> tuple[int, str]:
    made = as_pdf(Certificate(name, Path.BILLER, date(2026, 5, 20), ("What 90853 is for", "Therapy or a class?")))
    pages = PdfReader(BytesIO(made)).pages
    return len(pages), " ".join(pages[0].extract_text().split())


def test_one_page_says_who_which_path_when_and_which_lessons_and_nothing_else() -> None:
    assert read("Alex Moreno") == (
        1,
        "CERTIFICATE Group psychotherapy billing course CPT 90853 Alex Moreno finished the biller path on May 20, 2026 "
        "1. What 90853 is for 2. Therapy or a class?",
    )


def test_a_long_name_stays_on_the_page_and_markup_in_it_is_a_name() -> None:
    pages, text = read("<b>Alex</b> & " + "very long name " * 20)
    assert pages == 1
    assert "<b>Alex</b> & very long" in text
