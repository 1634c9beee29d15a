"""A file that is sent to be kept: read, put on record, and its facts shown as cards to decide on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import structlog

from bot.documents.library import About, Added
from bot.documents.limits import LARGEST_BYTES
from bot.errors import UserError
from bot.slack.blocks.document import MOST_CARDS, added_message, ask_message, proposal_message
from bot.slack.blocks.guide import line
from bot.slack.copilot import Office
from bot.slack.document_request import DocumentRequest, read_request
from bot.slack.noteref import NoteRef
from bot.slack.notes import download, fetch_file
from bot.slack.outlets import Place

log = structlog.get_logger("bot.slack")


class Adding:
    """Takes files in for the practice. A file's bytes are held only while it is read."""

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        self._office = office
        self._today = today

    def take(self, place: Place, event: Mapping[str, Any], files: Sequence[Mapping[str, Any]], text: str) -> None:
        """Each file with what the words say of it; what they leave out is asked for."""
        for file in files:
            ref = NoteRef(channel=place.channel, ts=event["ts"], thread_ts=str(place.thread_ts), file=str(file["id"]))
            request = read_request(text, ref, self._today())
            if not request.is_complete:
                place.post(ask_message(request.dumps(), _missing(request)))
            elif self._is_new(request):
                # Words are easily misread: a payer nobody has on file is made only from the form.
                asked = f"No payer “{request.payer}” is on file. Check the name, and I add it with this document."
                place.post(ask_message(request.dumps(), (), asked))
            else:
                self.add(place, request, event["user"])

    def add(self, place: Place, request: DocumentRequest, user: str) -> None:
        """Read the file anew from Slack and put it on record; a payer that fits several is asked for again."""
        file, about = fetch_file(place.client, request.file), _about(request)
        library = self._office.library
        try:
            library.placed(about)
        except UserError as error:
            place.post(ask_message(request.dumps(), (), str(error)))
            return
        try:
            data = download(place.client, file, LARGEST_BYTES)
            added = library.add(data, str(file.get("name") or "That file"), about, user)
        except UserError as error:
            place.post(line(str(error)))
            return
        place.post(added_message(added))
        for proposal in added.proposals[:MOST_CARDS]:
            place.post(proposal_message(proposal, added.document))
        _log(place, added)
        library.embed(added.document.id)

    def _is_new(self, request: DocumentRequest) -> bool:
        try:
            return self._office.library.placed(_about(request)).is_new
        except UserError:  # several fit: told when it is added
            return False


def _about(request: DocumentRequest) -> About:
    assert request.effective_from
    return About(
        payer=request.payer,
        effective_from=request.effective_from,
        effective_to=request.effective_to,
        contract=request.contract,
        title=request.title,
    )


def _missing(request: DocumentRequest) -> list[str]:
    return [
        what
        for what, known in (
            ("whose rules it holds", request.payer),
            ("from which date of service on", request.effective_from),
        )
        if not known
    ]


def _log(place: Place, added: Added) -> None:
    log.info(
        "document_added",
        channel=place.channel,
        document=added.document.id,
        passages=added.document.passages,
        pages=added.document.pages,
        proposals=len(added.proposals),
        already=added.already,
    )
