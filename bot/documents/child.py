"""The reading process: bytes on standard input, one JSON document on standard output, and nothing else to touch.

Limits are set by the process on itself before it has seen a byte of the file.
"""

import json
import sys
import warnings
from contextlib import suppress

from bot.documents.limits import LINES, MOST_MEMORY_BYTES, MOST_SECONDS
from bot.documents.models import Format
from bot.documents.reading import read
from bot.documents.refusals import UnreadableError


def _bound() -> None:
    """Memory, time, and no files: where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit still holds
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS knows the first and refuses it
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Read one file of the format named by the first argument."""
    _bound()
    warnings.simplefilter("ignore")
    try:
        answer = read(sys.stdin.buffer.read(), Format(sys.argv[1]), by_lines=LINES in sys.argv).model_dump_json()
    except UnreadableError as refused:
        answer = json.dumps({"refused": str(refused)})
    except MemoryError:
        answer = json.dumps({"refused": "takes too much memory to read: save it anew as a plain PDF, or split it."})
    # A lone surrogate is no character; the database would refuse the whole document for one.
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
