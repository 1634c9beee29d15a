"""No word of a document is lost on its way into passages, and none changes place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.models import Format, Reading, Section
from bot.documents.passages import TARGET, passages_of, pieces
from tests.documents.files import MANUAL

TEXTS = st.text(alphabet=st.sampled_from("ab. \n\t•é\u00a0?-x"), max_size=4_000)


def _bare(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150)
@given(st.lists(TEXTS, max_size=6))
def test_no_word_is_lost_and_pages_run_forward(texts: list[str]) -> None:
    sections = tuple(Section(text=text, page=page) for page, text in enumerate(texts, 1))
    passages = passages_of(Reading(format=Format.PDF, sections=sections))
    assert _bare("".join(one.text for one in passages)) == _bare("".join(texts))
    pages = [one.page or 0 for one in passages]
    assert pages == sorted(pages)
    assert [one.number for one in passages] == list(range(1, len(passages) + 1))
    for one in passages:
        assert one.text.strip() == one.text != ""
        assert len(one.text) <= TARGET + 300
        assert one.text in texts[(one.page or 0) - 1]


@settings(max_examples=100)
@given(TEXTS)
def test_paragraphs_are_counted_forward(text: str) -> None:
    passages = passages_of(Reading(format=Format.TEXT, sections=(Section(text=text),)))
    counted = [one.paragraph for one in passages]
    assert counted == sorted(counted)
    assert all(number >= 1 for number in counted)


def test_a_passage_ends_with_a_sentence_where_there_is_one() -> None:
    text = " ".join(f"Rule number {number} says what is paid and when it is paid." for number in range(60))
    assert all(text[start:end].endswith(".") for start, end in pieces(text))


def test_a_short_paragraph_is_found_by_its_number() -> None:
    text = "\n\n".join(f"Paragraph {number}. " + "Words of it. " * 60 for number in range(1, 5))
    passages = passages_of(Reading(format=Format.TEXT, sections=(Section(text=text),)))
    assert [one.paragraph for one in passages if one.text.startswith("Paragraph")] == [1, 2, 3, 4]


def test_each_heading_has_passages_of_its_own() -> None:
    from bot.documents.plain import read_markdown

    passages = passages_of(read_markdown(MANUAL))
    assert [one.heading for one in passages][1:] == [
        "Contact us",
        "Group psychotherapy",
        "Same-day services",
        "Authorization",
    ]
