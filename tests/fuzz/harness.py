"""Coverage-guided fuzzing with atheris: `make fuzz`, or `python -m tests.fuzz.harness TARGET [libFuzzer options]`.

Not part of the suite: atheris needs a compiler's runtime that not every machine has. What it finds becomes a test.
"""

import io
import sys

import atheris

with atheris.instrument_imports(include=["bot"]):
    from bot.claimfile.claims837 import read_claims
    from bot.claimfile.envelope import professional_claims
    from bot.claimfile.models import Unread
    from bot.claimfile.segments import read_segments
    from bot.claims.csv_cells import READERS
    from bot.claims.csv_file import read_table
    from bot.documents.models import Format
    from bot.documents.passages import passages_of
    from bot.documents.reading import read
    from bot.documents.refusals import UnreadableError
    from bot.errors import UserError
    from bot.llm.redaction import redact
    from bot.review.segment import segment
    from bot.slack.blocks.split import split_text
    from bot.slack.blocks.text import clip, escape, inert_markdown, length, plain
    from bot.slack.intake import read_slack_text, sort_out


def segmenter(data: bytes) -> None:
    text = _text(data)
    found = segment(text)
    for span in (*found.session, *(span for member in found.members for span in member.spans)):
        assert 0 <= span.start <= span.end <= len(text)


def claims(data: bytes) -> None:
    text = _text(data)
    for reader in READERS.values():
        reader(text[:60])
    try:
        read_table("member,payer,dos,units left\n" + text)
        read_table(text)
    except UserError:
        return


def redaction(data: bytes) -> None:
    text = _text(data)
    found = redact(text, ["A.B.", "Kim Lee"])
    assert found.restore(found.text) == text


def documents(data: bytes) -> None:
    format_ = list(Format)[data[0] % len(Format)] if data else Format.TEXT
    body = b"%PDF-1.4\n" + data[1:] if format_ is Format.PDF else data[1:]
    try:
        passages_of(read(body, format_))
    except UnreadableError:
        return


def mrkdwn(data: bytes) -> None:
    text = _text(data)
    shown = escape(text)
    assert "<" not in shown
    assert ">" not in shown
    assert length(clip(text, 80)) <= 80
    assert all(length(piece) <= 300 for piece in split_text(shown, 300))
    plain(shown)
    inert_markdown(text)
    sort_out(read_slack_text(text))


def claimfile(data: bytes) -> None:
    found = list(read_claims(professional_claims(read_segments(io.BytesIO(_HEADER + data)))))
    assert all("\n" not in one.why for one in found if isinstance(one, Unread))


_HEADER = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260513*0910*^*00501*000000001*0*T*:~"
TARGETS = {one.__name__: one for one in (segmenter, claims, claimfile, redaction, documents, mrkdwn)}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


if __name__ == "__main__":
    named = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[named])
    atheris.Fuzz()
