"""Presidio finds what has a checksum or a word before it, offline, and in time that grows with the text only."""

import socket

import pytest

from bot.llm.identifying.identifiers import identifiers
from bot.llm.identifying.presidio import _WINDOW, _windows


def _kinds(text: str) -> set[str]:
    return {kind for _, _, kind, _ in identifiers(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Paid with 4111111111111111 at the desk.", "ACCOUNT"),
        ("Routing 021000021 for the refund.", "ACCOUNT"),
        ("Wrote from zk@clinic.example at night.", "EMAIL"),
        ("Call (503) 555-0142 first.", "PHONE"),
        ("The DEA number is AB1234563.", "LICENSE"),
    ],
)
def test_numbers_with_a_checksum_or_a_word_before_them_get_their_kind(text: str, kind: str) -> None:
    assert kind in _kinds(text)


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presidio's address recognizer would fetch the public suffix list."""
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: asked.append(where))

    list(identifiers("mail d.n@example.org, see https://x.example, 10.1.2.3, call 503-555-0142"))

    assert asked == []


@pytest.mark.parametrize("text", ["", "a" * 5000, "word " * 1500, "line\n" * 1500, "x" * _WINDOW])
def test_stretches_cover_the_text_once_and_none_is_long(text: str) -> None:
    stretches = list(_windows(text))

    assert "".join(text[start:end] for start, end in stretches) == text
    assert all(end - start <= _WINDOW for start, end in stretches)
