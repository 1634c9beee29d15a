"""The course told to one person in their direct message: a lesson, its drills, what comes back, the certificate."""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.jobs.work import current_work
from bot.onboarding.grading import LONGEST_SENTENCE, Graded
from bot.onboarding.learning import Learning
from bot.onboarding.models import FixSentence, Module, Path
from bot.slack.blocks.buttons import button
from bot.slack.blocks.course import (
    done_line,
    finished_messages,
    module_messages,
    onward,
    path_messages,
    paused_message,
    refresher_line,
)
from bot.slack.blocks.drill import drill_messages, graded_messages
from bot.slack.blocks.guide import line
from bot.slack.blocks.split import Block
from bot.slack.intake import Kind, is_asking, sort_out
from bot.slack.outage import is_outage
from bot.slack.outlets import Place, post_all
from bot.slack.screening import Screening

log = structlog.get_logger("bot.slack")

_ALL_REPEATED = "Nothing is to be repeated now."


class Teaching:
    """Over one practice's course. What a learner writes is graded and forgotten."""

    def __init__(self, learning: Learning, screening: Screening) -> None:
        self._learning = learning
        self._screening = screening

    def resume(self, place: Place, person: str) -> None:
        """Go on where the person is: the path, the drill they left, the next lesson, or the end."""
        standing = self._learning.standing(person)
        if standing.path is None:
            post_all(place, path_messages(self._learning.course, standing))
            return
        if told := refresher_line(standing):
            place.post(line(told))
        current = standing.current
        if current is None:
            post_all(place, finished_messages(standing))
        elif current.is_begun:
            self.drill(place, person, current.module.id)
        else:
            self.module(place, person, current.module.id)

    def lesson(self, place: Place, person: str, number: int) -> None:
        """The lesson of this number on the person's path, to read again; raises UserError where there is none."""
        modules = self._learning.course.of(self._learning.standing(person).path or Path.NEWCOMER)
        if not 1 <= number <= len(modules):
            raise UserError(f"Your lessons are numbered 1 to {len(modules)}: say for example “lesson 1”.")
        self.module(place, person, modules[number - 1].id)

    def choose(self, place: Place, person: str, path: str) -> None:
        self._learning.choose_path(person, Path(path))
        self.resume(place, person)

    def module(self, place: Place, person: str, module_id: str) -> None:
        post_all(place, module_messages(self._learning.module(module_id), self._learning.standing(person)))

    def drill(self, place: Place, person: str, module_id: str) -> None:
        """The first open drill of a lesson; of a lesson that is done, the first of all, to try again."""
        module = self._learning.module(module_id)
        open_ = self._learning.open_drills(person, module) or module.drills
        self._ask(place, person, open_[0].id)

    def repeat(self, place: Place, person: str) -> None:
        """The first drill that is due, or else was only looked at."""
        standing = self._learning.standing(person)
        if again := (*standing.due, *standing.looked):
            self._ask(place, person, again[0], repeated=True)
        else:
            place.post(line(_ALL_REPEATED))

    def answer(self, place: Place, person: str, drill_id: str, given: str) -> None:
        """Grade it and tell why; raises UserError for what is no answer."""
        module, drill = self._learning.drill(drill_id)
        was_open = self._was_open(person, module, drill_id)
        graded = self._learning.answer(person, drill_id, given, _press())
        log.info("drill_answered", drill=drill.id, right=graded.right)
        is_open = self._learning.open_drills(person, module)
        again = "Write another one, or look." if isinstance(drill, FixSentence) else "Choose again above, or look."
        buttons = [] if graded.right else [button("learn_show", "Show me", drill_id)]
        if drill not in is_open:
            buttons += self._onward(person, module)
        self._tell(place, person, drill_id, graded, again, buttons, ends=was_open and not is_open)
        if graded.right and isinstance(drill, FixSentence):
            # Only now: a sentence whose work is done again has to be known for one.
            self._learning.await_sentence(person, "", "")

    def show(self, place: Place, person: str, drill_id: str) -> None:
        """The right answer, and on; it comes back."""
        module, _ = self._learning.drill(drill_id)
        was_open = self._was_open(person, module, drill_id)
        graded = self._learning.give_up(person, drill_id, _press())
        self._learning.await_sentence(person, "", "")
        ends = was_open and not self._learning.open_drills(person, module)
        self._tell(place, person, drill_id, graded, "", self._onward(person, module), ends=ends)

    def _was_open(self, person: str, module: Module, drill_id: str) -> bool:
        """Whether the lesson is not done yet, or was not when this press was counted."""
        counted = self._learning.was_counted(person, drill_id, _press())
        return counted or bool(self._learning.open_drills(person, module))

    def _tell(  # noqa: PLR0913, PLR0917  # one answer and what stands beneath it
        self, place: Place, person: str, drill_id: str, graded: Graded, again: str, buttons: list[Block], *, ends: bool
    ) -> None:
        day = self._learning.comes_back(person, drill_id)
        comes_back = f"It comes back on {day:%B} {day.day}." if day else ""
        notes = [part for part in (comes_back, "" if graded.right else again) if part]
        said = [done_line(self._learning.standing(person))] if ends else []
        post_all(place, graded_messages(graded, comes_back=" ".join(notes), said=said, after=buttons))

    def _onward(self, person: str, module: Module) -> list[Block]:
        unfinished = module.id if self._learning.open_drills(person, module) else ""
        return onward(self._learning.standing(person), unfinished)

    def pause(self, place: Place, person: str, *, paused: bool) -> None:
        self._learning.pause(person, paused=paused)
        place.post(paused_message(paused=paused))

    def certificate(self, place: Place, client: WebClient, person: str) -> None:
        """The file; raises UserError while a lesson is open."""
        from bot.onboarding.certificate import FILENAME, TITLE, as_pdf

        made = self._learning.certificate(person, _name(client, person))
        place.upload(FILENAME, TITLE, as_pdf(made))

    def awaited(self, event: Mapping[str, Any], text: str) -> str:
        """The drill that a message in a direct message answers; empty where it is anything else."""
        thread, user = event.get("thread_ts"), event.get("user")
        if event.get("channel_type") != "im" or not thread or not user or event.get("files"):
            return ""
        if not is_sentence(text):
            return ""
        return self._learning.awaited(str(user), _thread(str(event["channel"]), str(thread)))

    def awaited_elsewhere(self, event: Mapping[str, Any], text: str) -> str:
        """The drill that a message beside the drill's thread may answer; empty where it may be none."""
        if event.get("files") or not event.get("user") or is_asking(text) or not is_sentence(text):
            return ""
        return self._learning.awaits(str(event["user"]))

    def take_sentence(self, place: Place, person: str, drill_id: str, text: str) -> None:
        """Grade what was written; raises UserError for what may not be read here, or is no sentence."""
        self._screening.note(text)
        # Written beside the drill's thread, it is here that the next one is written.
        self._learning.await_sentence(person, _thread(place.channel, place.thread_ts or ""), drill_id)
        self.answer(place, person, drill_id, text)

    def _ask(self, place: Place, person: str, drill_id: str, *, repeated: bool = False) -> None:
        module, drill = self._learning.drill(drill_id)
        posted = [place.post(message) for message in drill_messages(module, drill, repeated=repeated)]
        if isinstance(drill, FixSentence):
            thread = place.thread_ts or posted[0]
            self._learning.await_sentence(person, _thread(place.channel, thread), drill_id)


def is_sentence(text: str) -> bool:
    """Whether a text may be a drill's sentence: short, of one paragraph, no question and no word to the bot."""
    if len(text) > LONGEST_SENTENCE or "\n" in text.strip() or text.rstrip().endswith("?"):
        return False
    return sort_out(text) in (Kind.QUESTION, Kind.NOTE, Kind.UNSURE)


def _press() -> str:
    """The press, or the message, that is worked on: its work's id, the same at every attempt."""
    work = current_work()
    return work.id if work else ""


def _thread(channel: str, ts: str) -> str:
    return f"{channel}:{ts}"


def _name(client: WebClient, person: str) -> str:
    """The name Slack shows; without the scope users:read, the id."""
    try:
        user = client.users_info(user=person)["user"]
    except SlackApiError as error:
        if is_outage(error):
            raise
        return person
    return str((user.get("profile") or {}).get("real_name") or user.get("real_name") or user.get("name") or person)
