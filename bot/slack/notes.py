"""The text of a note, fetched from Slack each time it is needed and kept nowhere."""

import ssl
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import InvalidURL
from pathlib import PurePath
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.claims.models import ClaimFacts
from bot.documents import limits
from bot.documents.note_file import read_note
from bot.errors import AwayError, UpstreamError, UserError
from bot.review.reading import LARGEST_BYTES
from bot.slack.blocks.split_help import asked_about
from bot.slack.claims_table import read_claims_table
from bot.slack.clients import is_slacks
from bot.slack.intake import read_slack_text
from bot.slack.noteref import NoteRef
from bot.slack.outlets import direct
from bot.slack.review_state import ReviewState
from bot.turns import waiting

_LAID_OUT = ("pdf", "docx")
READ_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".csv", ".docx", ".pdf")
READ_TYPES = ("text", "markdown", "csv", "post", "plain_text", *_LAID_OUT)
NOT_OF_THIS_CARD = "That button does not belong to this card: send the note again."
_GONE = "That message is no longer there: send the note again."
_UNREADABLE = "I cannot read that message from here: send the note to me in a direct message."


def fetch_note(client: WebClient, ref: NoteRef) -> str:
    """The note as it stands in Slack now; raises UserError where it is gone or out of reach."""
    if ref.file:
        with _worded():
            file = client.files_info(file=ref.file)["file"]
        return read_file(client, file)
    return read_slack_text(str(fetch_message(client, ref.channel, ref.ts, ref.thread_ts).get("text", "")))


@contextmanager
def _worded() -> Iterator[None]:
    """Slack's refusals that a person can act on, in words for that person."""
    try:
        yield
    except SlackApiError as error:
        code = error.response["error"]
        if code in ("not_in_channel", "channel_not_found", "missing_scope", "no_permission", "file_not_visible"):
            raise UserError(_UNREADABLE) from None
        if code in ("file_not_found", "file_deleted", "thread_not_found", "message_not_found"):
            raise UserError(_GONE) from None
        raise


def fetch_message(client: WebClient, channel: str, ts: str, thread_ts: str = "") -> Mapping[str, Any]:
    """One message by its ts, in a thread or not; raises UserError when it is gone."""
    with _worded():
        if thread_ts and thread_ts != ts:
            # The root of the thread comes first whatever is asked for.
            found = client.conversations_replies(
                channel=channel, ts=thread_ts, oldest=ts, latest=ts, inclusive=True, limit=5
            )
        else:
            found = client.conversations_history(channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1)
    for message in found["messages"]:
        if message["ts"] == ts:
            return dict(message)
    raise UserError(_GONE)


def state_in(message: Mapping[str, Any]) -> ReviewState | None:
    """The review that a message carries in its button; only one that we wrote is believed."""
    for block in (message.get("blocks") or ()) if message.get("bot_id") else ():
        for element in block.get("elements") or () if block.get("type") == "actions" else ():
            if element.get("action_id") == "claim_facts":
                return ReviewState.loads(element["value"])
    return None


def review_on(client: WebClient, card: NoteRef) -> ReviewState:
    """The review on a card of ours as Slack has it now, whatever a button or a form said of it; raises UserError.

    What comes with a press names the note to read. Only a message that we wrote is believed about that.
    """
    state = state_in(fetch_message(client, card.channel, card.ts, card.thread_ts))
    if state is None:
        raise UserError("That review is no longer there: send the note again.")
    return state


def require_on_card(client: WebClient, card: NoteRef, note: NoteRef) -> None:
    """A card of ours names this note in one of its buttons; raises UserError where none does."""
    message = fetch_message(client, card.channel, card.ts, card.thread_ts)
    values = [
        str(element.get("value") or "")
        for block in message.get("blocks") or ()
        for element in (*(block.get("elements") or ()), block.get("accessory") or {})
    ]
    if not message.get("bot_id") or not any(note.dumps() in value for value in values):
        raise UserError(NOT_OF_THIS_CARD)


def require_own_direct(client: WebClient, user: str, channel: str) -> None:
    """A form that tells of a note was opened from a card in its own person's direct message; raises UserError."""
    if direct(client, user).channel != channel:
        raise UserError(NOT_OF_THIS_CARD)


def find_review(client: WebClient, channel: str, thread_ts: str) -> ReviewState | None:
    """The last review in a thread, or None."""
    last = None
    for message in _thread(client, channel, thread_ts):
        last = state_in(message) or last
    return last


def find_review_to_split(client: WebClient, channel: str, thread_ts: str) -> ReviewState | None:
    """The review whose split is corrected in this thread: the one asked about last, else the last; or None."""
    reviews: dict[str, ReviewState] = {}
    chosen = ""
    for message in _thread(client, channel, thread_ts):
        asked = asked_about(message)
        if state := state_in(message):
            reviews[message["ts"]] = state
            chosen = message["ts"]
        elif asked in reviews:
            chosen = asked
    return reviews.get(chosen)


def _thread(client: WebClient, channel: str, thread_ts: str) -> Iterator[Mapping[str, Any]]:
    if thread_ts:
        for page in client.conversations_replies(channel=channel, ts=thread_ts, limit=200):
            yield from page["messages"]


def file_problem(file: Mapping[str, Any]) -> str:
    """Why a file is not read, in one line; empty when it is."""
    name = str(file.get("name") or "This file")
    if file.get("mode") in ("external", "tombstone", "hidden_by_limit"):
        return f"{name} is not kept in Slack: paste the note, or upload it as a .txt, .md, .csv, .docx or .pdf file."
    if PurePath(name).suffix.lower() not in READ_SUFFIXES and file.get("filetype") not in READ_TYPES:
        return f"{name} is not a file I read: send .txt, .md, .csv, .docx or .pdf, or paste the note."
    if int(file.get("size") or 0) > _most(file):
        size = int(file["size"]) / 1e6
        return f"{name} is {size:.1f} MB; a note file may have {_most(file) / 1e6:.0f} MB: split it."
    return ""


def read_file(client: WebClient, file: Mapping[str, Any]) -> str:
    """Download and decode a file of Slack's; raises UserError for one that is no text we read."""
    problem = file_problem(file)
    if problem:
        raise UserError(problem)
    return read_note(download(client, file, _most(file)), str(file.get("name") or "This file"))


def is_laid_out(file: Mapping[str, Any]) -> bool:
    """Whether a file is of a kind that carries fonts and pictures beside its words."""
    return PurePath(str(file.get("name") or "")).suffix.lower().removeprefix(".") in _LAID_OUT


def _most(file: Mapping[str, Any]) -> int:
    """Bytes."""
    return limits.LARGEST_BYTES if is_laid_out(file) else LARGEST_BYTES


def fetch_tables(client: WebClient, files: Sequence[str]) -> tuple[list[ClaimFacts], list[str]]:
    """The facts of claims CSVs by file id, as they stand now, and a line for what of them was not used."""
    facts: list[ClaimFacts] = []
    remarks: list[str] = []
    for file in files:
        try:
            table = read_claims_table(fetch_note(client, NoteRef(channel="-", ts="-", file=file)))
        except UserError:
            remarks.append("A claims CSV sent earlier can no longer be read: its facts were not used. Send it again.")
            continue
        facts += table.facts
        remarks += table.remarks
    return facts, remarks


def fetch_file(client: WebClient, ref: NoteRef) -> Mapping[str, Any]:
    """What Slack says of a file; raises UserError where it is gone, out of reach, or not kept in Slack."""
    with _worded():
        file = dict(client.files_info(file=ref.file)["file"])
    if file.get("mode") in ("external", "tombstone", "hidden_by_limit"):
        raise UserError(f"{file.get('name') or 'That file'} is not kept in Slack: upload the file itself.")
    return file


def download(client: WebClient, file: Mapping[str, Any], most: int) -> bytes:
    """The file's bytes, one more than `most` where it is larger; raises UpstreamError."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not is_slacks(url, client.base_url):
        raise UpstreamError("Slack gave an address for this file that is not its own: send it again.")
    with waiting():
        return _download(client, url, most)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another address, or end at a sign-in page."""

    def redirect_request(self, *_: object) -> None:
        return None


def _download(client: WebClient, url: str, most: int) -> bytes:
    handlers: list[urllib.request.BaseHandler] = [_StayHere()]
    if isinstance(client.ssl, ssl.SSLContext):
        handlers.append(urllib.request.HTTPSHandler(context=client.ssl))
    if client.proxy:
        handlers.append(urllib.request.ProxyHandler({"https": client.proxy}))
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310  # checked by is_slacks
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=client.timeout) as answer:
            if answer.headers.get_content_type() == "text/html" and not url.endswith((".htm", ".html")):
                raise UpstreamError("Slack asked to sign in for this file: the app needs the files:read scope.")
            data: bytes = answer.read(most + 1)
    except HTTPError as error:
        if error.code == 429 or error.code >= 500:
            raise AwayError(f"Slack did not give the file (HTTP {error.code}): send it again.") from None
        raise UpstreamError(f"Slack did not give the file (HTTP {error.code}): send it again.") from None
    except InvalidURL:
        raise UpstreamError(
            "Slack gave an address for this file that cannot be used: rename it and send it again."
        ) from None
    except (URLError, OSError):
        raise AwayError("Slack's file server could not be reached: send the file again in a minute.") from None
    return data


def text_files(files: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The files among these that are read."""
    return [file for file in files if not file_problem(file)]
