"""The program, but that reading a note with the word BREAKSHERE fails with the note's own text in the error."""

from bot.cli import main
from bot.review import service

_segment = service.segment


def _breaking(text: str, *given: object, **named: object) -> object:
    if "BREAKSHERE" in text:
        raise ValueError(f"cannot make sense of {text!r}")
    return _segment(text, *given, **named)


service.segment = _breaking

if __name__ == "__main__":
    main()
