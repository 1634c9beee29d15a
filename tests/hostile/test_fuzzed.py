"""Random input at each parser: it answers or refuses in one line, and what it says it found stands in the text."""

import io
import string
import zipfile
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import Copilot
from bot.claims.csv_cells import READERS, read_date
from bot.claims.csv_file import read_table
from bot.console import inert_console
from bot.documents.models import Format
from bot.documents.passages import passages_of
from bot.documents.reading import read
from bot.documents.refusals import UnreadableError
from bot.errors import UserError
from bot.inert import inert
from bot.llm.redaction import redact
from bot.review.segment import segment
from bot.slack.blocks.split import split_text
from bot.slack.blocks.text import clip, escape, inert_markdown, length, one_line, plain, quoted
from bot.slack.intake import read_slack_text, sort_out
from tests.hostile.note import CLEAN

# Pieces that notes, tables and attacks are made of: random letters alone find little.
_PIECES = st.sampled_from(
    [
        *CLEAN.splitlines(keepends=True),
        "Patient: ",
        "A.B. ",
        "| a | b |\n",
        "1. ",
        "- ",
        "\n\n",
        "\t",
        "\r\n",
        "“",
        "\u202e",
        "\u200b",
        "İ",
        "ﬁ",
        "<!channel>",
        "[MEMBER_1]",
        "&lt;",
        "🙂",
        "\u0301",
        "\ud800",
        "\x00",
        "DOB 1/2/1980",
        ":",
        "#",
    ]
)
_TEXT = st.lists(_PIECES | st.text(max_size=12), max_size=25).map("".join)
_BOUNDED = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_BOUNDED
@given(_TEXT)
def test_every_span_of_a_split_lies_in_the_note(text: str) -> None:
    found = segment(text)
    spans = [*found.session, *(span for member in found.members for span in member.spans)]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@settings(_BOUNDED, max_examples=25)
@given(text=_TEXT)
def test_every_quote_of_a_review_stands_where_it_says(copilot: Copilot, text: str) -> None:
    try:
        report = copilot.reviews.review(text)
    except UserError:
        return
    for verdicts in (report.session.elements, *(patient.elements for patient in report.patients)):
        for verdict in verdicts.values():
            assert all(text[one.start : one.end] == one.quote for one in verdict.evidence)


@settings(_BOUNDED, max_examples=40)
@given(question=_TEXT)
def test_a_question_is_answered_or_refused(copilot: Copilot, question: str) -> None:
    try:
        reply = copilot.answers.ask(question)
    except UserError:
        return
    assert reply.answers or reply.table


@_BOUNDED
@given(st.lists(st.lists(_PIECES | st.text(max_size=8), max_size=6), max_size=6), st.sampled_from(",;\t|"))
def test_a_claims_table_is_read_or_refused_in_one_line(rows: list[list[str]], mark: str) -> None:
    header = mark.join(("member", "payer", "dos", "dx", "units left"))
    text = "\n".join([header, *(mark.join(row) for row in rows)])
    line = ""
    try:
        read_table(text)
    except UserError as refused:
        line = str(refused)
    assert "\n" not in line


@_BOUNDED
@given(st.text(alphabet=string.digits + "/-., TZapmJanuaryMaystndrh:+", max_size=40) | _TEXT)
def test_a_cell_is_read_or_not(cell: str) -> None:
    for read_cell in READERS.values():
        read_cell(cell)
    day = read_date(cell)
    assert day is None or 1990 <= day.year <= 2099


@_BOUNDED
@given(st.binary(max_size=400) | _TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")), st.sampled_from(Format))
def test_a_document_of_any_bytes_is_read_or_refused(data: bytes, format_: Format) -> None:
    if format_ is Format.PDF:
        data = b"%PDF-1.4\n" + data
    try:
        reading = read(data, format_)
    except UnreadableError:
        return
    for passage in passages_of(reading):
        assert passage.text.strip()


@_BOUNDED
@given(_TEXT)
def test_a_word_file_of_any_document_part_is_read_or_refused(part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", part.encode("utf-8", "replace"))
    for by_lines in (False, True):
        with suppress(UnreadableError):
            read(out.getvalue(), Format.DOCX, by_lines=by_lines)


@_BOUNDED
@given(_TEXT)
def test_redaction_gives_back_what_it_was_given(text: str) -> None:
    found = redact(text, ["A.B.", "K.L."])
    assert found.restore(found.text) == text


@_BOUNDED
@given(_TEXT, st.integers(2, 200))
def test_text_for_slack_is_inert_and_measured(text: str, limit: int) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)
    assert "\n" not in one_line(text)
    assert length(clip(text, limit)) <= limit
    assert quoted(text).startswith("> “")
    assert all(piece.strip() for piece in split_text(escape(text), 300))
    plain(escape(text))
    assert "<" not in inert_markdown(text).replace(r"\<", "")
    sort_out(read_slack_text(text))


@_BOUNDED
@given(st.text())
def test_what_is_shown_in_a_terminal_steers_nothing(text: str) -> None:
    assert not any(sign < " " and sign not in "\n\t" for sign in inert(text))
    console = inert_console()
    with console.capture() as shown:
        console.print(text, markup=False, highlight=False)
    assert not set(shown.get()) & {"\x1b", "\x9b", "\x07", "\u202e"}
