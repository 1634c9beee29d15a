"""`billing-copilot feedback`: what people say of answers and verdicts, and a case for the evaluation made of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_line import AsJson, Workspace, copilot, print_json
from bot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.feedback_case import Case
    from bot.storage.disputes import GivenDispute
    from bot.storage.feedback import GivenThumb


def feedback(
    workspace: Workspace = "",
    to_case: Annotated[
        tuple[str, Path],
        typer.Option("--to-case", help="Make a case of the feedback of this id, and add it to this file."),
    ] = ("", Path()),
    text: Annotated[str, typer.Option("--text", help="The case's question or sentence, in words of yours.")] = "",
    decision: Annotated[str, typer.Option("--decision", help="The right decision, where a thumb points down.")] = "",
    as_json: AsJson = False,
) -> None:
    """List thumbs on answers and verdicts that people dispute, newest first; or make a case of one."""
    program = copilot()
    thumbs, disputes = program.feedback.all(workspace), program.disputes.all(workspace)
    chosen, path = to_case
    if chosen:
        case = _case(chosen, thumbs, disputes, text, decision)
        _add(path, case)
        print_json(case) if as_json else typer.echo(f"Added to {path}: read it through before you keep it.")
    elif as_json:
        print_json(
            {
                "thumbs": program.feedback.counts(workspace),
                "answers": [_thumb(one) for one in thumbs],
                "disputes": [_dispute(one) for one in disputes],
            }
        )
    else:
        from bot.terminal import show_feedback

        show_feedback(program.feedback.counts(workspace), thumbs, disputes)


def _case(
    chosen: str, thumbs: "Sequence[GivenThumb]", disputes: "Sequence[GivenDispute]", text: str, decision: str
) -> "Case":
    from bot.answers.feedback_case import question_case, sentence_case

    thumb = next((one for one in thumbs if one.id == chosen), None)
    if thumb:
        return question_case(thumb, text, decision)
    dispute = next((one for one in disputes if one.id == chosen), None)
    if dispute:
        return sentence_case(dispute.id, dispute.dispute, text)
    raise UserError(f"There is no feedback {chosen}: billing-copilot feedback lists the ids.")


def _add(path: Path, case: "Case") -> None:
    line = json.dumps(case, ensure_ascii=False)
    try:
        standing = path.read_text("utf-8").splitlines() if path.exists() else []
        if any(json.loads(one).get("id", one) == case.get("id", line) for one in standing if one.strip()):
            raise UserError(f"{path}: that case stands there already.")
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except (OSError, ValueError) as error:
        raise UserError(f"{path} is no file of cases that can be added to ({type(error).__name__}).") from None


def _thumb(one: "GivenThumb") -> dict[str, object]:
    return {
        "id": one.id,
        "thumb": one.value,
        "reason": one.reason,
        "about": [vars(told) | {"cites": list(told.cites)} for told in one.about],
        "by": one.user,
        "workspace": one.practice,
        "given_at": one.given_at.isoformat(),
    }


def _dispute(one: "GivenDispute") -> dict[str, object]:
    return {
        "id": one.id,
        **vars(one.dispute),
        "by": one.user,
        "workspace": one.practice,
        "given_at": one.given_at.isoformat(),
    }
