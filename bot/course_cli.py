"""`billing-copilot learn`: the course to read, its drills graded by the real engine. Keeps no progress."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_line import AsJson, Workspace, copilot, print_json
from bot.errors import CopilotError, UserError
from bot.inert import inert

if TYPE_CHECKING:
    from bot.onboarding.grading import Choice, Graded
    from bot.onboarding.learning import Learning
    from bot.onboarding.models import Drill, Module

SHOW = "?"
"""Typed instead of an answer, it shows the right one."""


def learn(
    module: Annotated[str, typer.Argument(help="A lesson's id; nothing lists them.")] = "",
    path: Annotated[str, typer.Option("--path", help="newcomer, clinician or biller: list that path only.")] = "",
    answers: Annotated[
        list[str] | None, typer.Option("--answer", help="DRILL=ANSWER: grade this and ask nothing; may stand often.")
    ] = None,
    workspace: Workspace = "",
    as_json: AsJson = False,
) -> None:
    """Learn group billing: list the lessons, or read one and do its drills."""
    learning = copilot().at_command_line(workspace).learning
    for problem in learning.course.problems:
        typer.echo(problem, err=True)
    if not module:
        _list(learning, path, as_json=as_json)
        return
    chosen = learning.course.module(module)
    if chosen is None:
        named = ", ".join(one.id for one in learning.course.modules)
        raise UserError(f"There is no lesson {module[:40]}: choose one of {named}.")
    graded = {drill.id: learning.grader.grade(drill, given) for drill, given in _given(chosen, answers or [])}
    if as_json:
        results = {name: vars(one) for name, one in graded.items()}
        print_json(_module_json(chosen) | ({"graded": results} if graded else {}))
        return
    from bot.course_terminal import show_graded, show_module

    if graded:
        for one in graded.values():
            show_graded(one)
        return
    show_module(chosen)
    for drill in chosen.drills:
        if not _do(learning, chosen, drill):
            return


def _list(learning: "Learning", path: str, *, as_json: bool) -> None:
    from bot.onboarding.models import Path

    if path and path not in [one.value for one in Path]:
        raise typer.BadParameter(f"say {', '.join(one.value for one in Path)}.")
    modules = learning.course.of(Path(path)) if path else learning.course.modules
    if as_json:
        about = [one.model_dump(mode="json", include={"id", "title", "minutes", "roles"}) for one in modules]
        print_json({"modules": about})
    else:
        from bot.course_terminal import show_course

        show_course(modules)


def _given(module: "Module", answers: list[str]) -> "list[tuple[Drill, str]]":
    """The drills answered on the command line; raises UserError for one that the lesson does not have."""
    found = []
    for one in answers:
        name, equals, given = one.partition("=")
        drill = next((drill for drill in module.drills if drill.id == name.strip()), None)
        if drill is None or not equals:
            named = ", ".join(drill.id for drill in module.drills)
            raise UserError(f"--answer wants DRILL=ANSWER, with a drill of this lesson: {named}.")
        found.append((drill, given.strip()))
    return found


def _module_json(module: "Module") -> dict[str, object]:
    """The lesson without its answers."""
    from bot.onboarding.grading import choices

    drills = [
        {**drill.model_dump(mode="json", exclude={"answer"}), "choices": [vars(one) for one in choices(drill)]}
        for drill in module.drills
    ]
    return module.model_dump(mode="json", exclude={"drills"}) | {"drills": drills}


def _do(learning: "Learning", module: "Module", drill: "Drill") -> bool:
    """Ask until it is right or shown; False where the input ends."""
    from bot.course_terminal import show_drill, show_graded
    from bot.onboarding.grading import choices

    offered = choices(drill)
    show_drill(module, drill, offered)
    while True:
        typer.echo("> ", nl=False)
        typed = sys.stdin.readline()
        if not typed:
            typer.echo("")
            return False
        try:
            graded = _graded(learning, drill, offered, typed.strip())
        except CopilotError as error:
            typer.echo(inert(str(error)))
            continue
        show_graded(graded)
        if graded.right:
            return True


def _graded(learning: "Learning", drill: "Drill", offered: "tuple[Choice, ...]", typed: str) -> "Graded":
    from bot.onboarding.models import FixSentence

    grader = learning.grader
    if typed == SHOW:
        return grader.shown(drill)
    if isinstance(drill, FixSentence):
        return grader.grade(drill, typed)
    if not typed.isdecimal() or not 1 <= int(typed) <= len(offered):
        raise UserError(f"Type a number from 1 to {len(offered)}, or {SHOW} to see the answer.")
    return grader.grade(drill, offered[int(typed) - 1].value)
