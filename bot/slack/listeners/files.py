"""Files sent in a direct message: notes to review, and claim facts as a CSV."""

from collections.abc import Mapping
from typing import Any

from bot.documents.note_like import reads_like_rules
from bot.errors import UserError
from bot.slack.blocks.guide import line
from bot.slack.claims_table import is_claims_table, read_claims_table
from bot.slack.desk import Desk
from bot.slack.document_request import asks_to_keep
from bot.slack.intake import Kind, is_caption, sort_out
from bot.slack.noteref import NoteRef
from bot.slack.notes import fetch_note, file_problem, find_review, is_laid_out, read_file
from bot.slack.outlets import Place
from bot.slack.working import READING_DOCUMENT, READING_NOTE, READING_QUESTION, working

MOST_FILES = 5
_RULES = (
    "reads like a payer's document, not like a group note. To have it quoted in answers, an admin or a biller sends it "
    "with the words “add to knowledge for Aetna effective 2026-01-01”."
)


def take_files(desk: Desk, place: Place, event: Mapping[str, Any], text: str) -> None:
    """Read each file or say in a line why not; words that came along and ask something are answered too."""
    thread_ts = str(place.thread_ts)
    for file in event["files"][MOST_FILES:]:
        place.post(line(f"{file.get('name', 'A file')} was left: I read {MOST_FILES} files at once. Send it again."))
    if asks_to_keep(text):
        with working(place.client, place.channel, event["ts"], thread_ts, READING_DOCUMENT):
            desk.adding.take(place, event, event["files"][:MOST_FILES], text)
        return
    with working(place.client, place.channel, event["ts"], thread_ts, READING_NOTE):
        contents = _read(desk, place, event["files"][:MOST_FILES])
        tables = [str(file["id"]) for file, content in contents if is_claims_table(content) and _readable(content)]
        notes = [(file, content) for file, content in contents if not is_claims_table(content)]
        # One note in the thread of a review is the mended one.
        alone = len(notes) == 1
        before = find_review(place.client, place.channel, event.get("thread_ts") or "") if alone else None
        for file, content in notes:
            ref = NoteRef(channel=place.channel, ts=event["ts"], file=str(file["id"]))
            try:
                if before:
                    desk.reviewing.review_mended(place, before.with_tables(tables), ref, content)
                else:
                    desk.reviewing.review(place, ref, content, tables)
            except UserError as error:
                place.post(line(f"{file.get('name', 'That file')}: {error}"))
        if tables and not notes:
            _review_thread_again(desk, place, event, tables)
    if not is_caption(text):
        _take_words(desk, place, event, text)


def _read(desk: Desk, place: Place, files: list[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], str]]:
    found = []
    for file in files:
        # What was shared from elsewhere comes as a stub.
        if file.get("file_access") == "check_file_info":
            file = place.client.files_info(file=file["id"])["file"]  # noqa: PLW2901
        problem = file_problem(file)
        if problem:
            place.post(line(problem))
            continue
        try:
            content = read_file(place.client, file)
            if is_laid_out(file) and reads_like_rules(content):
                place.post(line(f"{file.get('name', 'That file')} {_RULES}"))
                continue
            desk.screening.note(content)
        except UserError as error:
            place.post(line(str(error)))
            continue
        found.append((file, content))
    return found


def _readable(table: str) -> bool:
    """Raises UserError, with the row and column, for claim facts that cannot be read."""
    read_claims_table(table)
    return True


def _review_thread_again(desk: Desk, place: Place, event: Mapping[str, Any], tables: list[str]) -> None:
    state = find_review(place.client, place.channel, event.get("thread_ts") or "")
    if state is None:
        place.post(
            line("This is a table of claim facts: send it in the thread of the note's review, or with the note.")
        )
        return
    desk.reviewing.review_whole(place, state.with_tables(tables), fetch_note(place.client, state.note))


def _take_words(desk: Desk, place: Place, event: Mapping[str, Any], text: str) -> None:
    kind = sort_out(text)
    thread_ts = str(place.thread_ts)
    if kind is Kind.NOTE:
        with working(place.client, place.channel, event["ts"], thread_ts, READING_NOTE):
            ref = NoteRef(channel=place.channel, ts=event["ts"], thread_ts=event.get("thread_ts") or "")
            desk.reviewing.review(place, ref, text)
    elif kind is Kind.QUESTION:
        with working(place.client, place.channel, event["ts"], thread_ts, READING_QUESTION):
            desk.answering.answer(text, place, place.channel, thread_ts)
