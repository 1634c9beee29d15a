"""`billing-copilot learn` as its users run it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.onboarding.course import shipped_course

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def learn(tmp_path: Path) -> Run:
    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}
        return subprocess.run(
            [sys.executable, "-m", "bot", "learn", *arguments],
            cwd=tmp_path,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_learn_lists_the_lessons(learn: Run) -> None:
    done = learn("--json")
    assert done.returncode == 0
    listed = json.loads(done.stdout)["modules"]
    assert [one["id"] for one in listed] == [module.id for module in shipped_course().modules]
    assert "Copies, and who" in learn().stdout
    clinicians = json.loads(learn("--path", "clinician", "--json").stdout)["modules"]
    assert len(clinicians) == 7


def test_a_lesson_is_shown_and_its_drills_are_run(learn: Run) -> None:
    done = learn("eight-claims", stdin="1\nready\n2\n?\n")
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "One member, one claim" in said
    assert said.index("Not yet.") < said.index("Type a number from 1 to 3") < said.index("Right.")
    assert said.rindex("Ready The review says: ready.") > said.index("Drill 2 of 2")


def test_a_drill_ends_quietly_with_the_input(learn: Run) -> None:
    done = learn("necessity", stdin="She came.\n")
    assert done.returncode == 0
    assert "Not yet." in done.stdout
    assert done.stderr == ""


def test_json_has_the_lesson_without_its_answers(learn: Run) -> None:
    lesson = json.loads(learn("same-day", "--json").stdout)
    assert lesson["sources"][0]["publisher"] == "Med Cloud MD"
    assert [one["value"] for one in lesson["drills"][0]["choices"]] == ["25", "59", "95", "none"]
    assert not any("answer" in drill for drill in lesson["drills"])


def test_answers_given_on_the_command_line_are_graded(learn: Run) -> None:
    done = learn("same-day", "--answer", "same-day-1=59", "--answer", "same-day-2=allowed", "--json")
    graded = json.loads(done.stdout)["graded"]
    assert (graded["same-day-1"]["right"], graded["same-day-2"]["right"]) == (True, False)
    assert graded["same-day-2"]["why"][0].startswith("Unknown: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("astrology",), "There is no lesson astrology: choose one of what-the-code-is-for, "),
        (
            ("necessity", "--answer", "copies-1=x"),
            "--answer wants DRILL=ANSWER, with a drill of this lesson: necessity-1",
        ),
        (("same-day", "--answer", "same-day-1=KX"), "That is none of this drill's choices"),
    ],
)
def test_wrong_input_is_one_line_and_status_1(learn: Run, arguments: tuple[str, ...], told: str) -> None:
    done = learn(*arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1
