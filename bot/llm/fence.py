"""Blocks of data in a prompt, with an end that the data cannot write."""

import secrets


def fenced(kind: str, text: str) -> str:
    """Wrap `text` between two lines that carry a random mark, so that nothing inside can close the block.

    `kind` is a word the prompt explains ("note", "question"). The mark is drawn anew for each block.
    """
    mark = secrets.token_hex(6)
    while mark in text:
        mark = secrets.token_hex(6)
    return f"<<<{kind} {mark}\n{text}\n{mark} {kind}>>>"
