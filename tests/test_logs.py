"""No log line can hold what a person wrote, whoever logs it and whatever went wrong."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.logs import FIELDS, only_known, trail, where

MARK = "Quillfeather wept about Mabel"
BOT = Path(__file__).parents[1] / "bot"


def said(code: str, form: str = "plain", level: str = "debug") -> str:
    """All that a process prints which configures its logs and then does this."""
    start = f"from bot.logs import configure_logs\nconfigure_logs({level!r}, {form!r})\nMARK = {MARK!r}\n"
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, timeout=30, check=False)
    return (done.stdout + done.stderr).decode()


def test_a_line_keeps_ids_sizes_counts_and_enums() -> None:
    line = {"event": "reviewed", "channel": "D0123ABC", "thread": "1.5", "size": 90, "readiness": {"ready": 2}}
    assert only_known(None, "", dict(line)) == line


def test_text_in_a_known_field_becomes_its_length_and_an_unknown_field_is_left_out() -> None:
    line = {"event": "answered", "channel": MARK, "decisions": [MARK], "readiness": {MARK: MARK}, "note": MARK}
    kept = only_known(None, "", line)
    assert MARK not in str(kept)
    assert kept["channel"] == f"size {len(MARK)}"
    assert kept["left_out"] == 1


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_no_field_takes_a_sentence(name: str) -> None:
    assert MARK not in str(only_known(None, "", {"event": MARK, name: MARK}))
    assert MARK not in str(only_known(None, "", {"event": "x", name: [MARK, {MARK: 1}, (MARK,)], "other": MARK}))
    assert MARK not in str(only_known(None, "", {"event": "x", name: ValueError(MARK)}))


def test_an_error_is_its_type_and_its_place_in_the_code() -> None:
    with pytest.raises(ValueError, match=MARK) as caught:
        raise ValueError(MARK)
    kept = only_known(None, "", {"event": "failed", "exc_info": caught.value})
    assert (kept["error"], kept["where"]) == ("ValueError", where(caught.value))
    assert kept["where"].startswith("test_logs.py:")
    assert MARK not in str([kept, trail(caught.value)])


WAYS = {
    "a structlog line": "import structlog; structlog.get_logger('x').error(MARK, note=MARK)",
    "a structlog exception": (
        "import structlog\ntry: raise ValueError(MARK)\n"
        "except ValueError: structlog.get_logger('x').exception('failed')"
    ),
    "a library's warning": "import logging; logging.getLogger('lib').warning('got %s', MARK)",
    "a library's exception": (
        "import logging\ntry: raise ValueError(MARK)\nexcept ValueError: logging.getLogger('lib').exception(MARK)"
    ),
    "a library with a handler of its own": (
        "import logging; lib = logging.getLogger('lib'); lib.addHandler(logging.StreamHandler()); lib.error(MARK)"
    ),
    "a library's malformed line": "import logging; logging.getLogger('lib').error('%d', MARK)",
    "a Python warning": "import warnings; warnings.warn(MARK)",
    "an uncaught error": "raise ValueError(MARK)",
    "an uncaught error with a note and a cause": (
        "try: raise KeyError(MARK)\nexcept KeyError as error: raise ValueError(MARK) from error"
    ),
    "an uncaught error in a thread": (
        "import threading\ndef fail(): raise ValueError(MARK)\n"
        "thread = threading.Thread(target=fail, name=MARK); thread.start(); thread.join()"
    ),
    "an error while an object dies": (
        "class Dying:\n  def __repr__(self): return MARK\n  def __del__(self): raise ValueError(MARK)\nDying()"
    ),
    "an error nobody awaited": (
        "import asyncio\nasync def fail(): raise ValueError(MARK)\n"
        "async def main(): task = asyncio.ensure_future(fail()); await asyncio.sleep(0.01); del task\n"
        "asyncio.run(main())"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_is_logged_or_uncaught_prints_text_or_a_traceback(way: str) -> None:
    printed = said(WAYS[way])
    assert "Quillfeather" not in printed
    assert "Traceback" not in printed
    assert ":" in printed.splitlines()[-1]


def test_each_line_may_be_a_json_document() -> None:
    (line,) = said(WAYS["an uncaught error"], "json").splitlines()
    assert json.loads(line).keys() == {"event", "level", "timestamp", "error", "where"}


def test_every_line_that_the_program_logs_has_a_fixed_name_and_known_fields() -> None:
    unknown = []
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "log"):
                continue
            event = node.args[0]
            good = isinstance(event, ast.Constant) and str(event.value).replace("_", "").isalpha()
            if not good or any(field.arg not in FIELDS for field in node.keywords):
                unknown.append(f"{path.name}:{node.lineno}")
    assert unknown == []
