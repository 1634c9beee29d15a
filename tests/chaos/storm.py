"""Work sent to the real bot while its process is killed, and its answers counted in the workspace.

Slack sends an event again that nobody acknowledged: nearly at once, after a minute, after five. Here the retries come
within two minutes, since the processes that die live for seconds. What is never acknowledged counts apart.
"""

import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.workspace.person import Person
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.e2e.process import Process
from tests.slack.fakes import make_note

QUESTIONS = (
    "Can I bill 90853 and 90837 on the same day for Medicare?",
    "Does Aetna require prior authorization for 90853?",
    "How many members can a Minnesota Medicaid group have?",
)
NOTE = make_note(["A.B.", "C.D.", "E.F."])
# Summary, picture of the copies, session, and three members.
NOTE_PARTS = 6
RETRIES = (0.0, 5.0, 10.0, 20.0, 40.0, 60.0)


@dataclass(frozen=True)
class Sent:
    """One piece of work: where it was said, and how many messages answer it."""

    channel: str
    ts: str
    parts: int


@dataclass
class Count:
    """What became of the work."""

    sent: int = 0
    kills: int = 0
    once: int = 0
    twice: int = 0
    never: int = 0
    half: int = 0
    unfinished: int = 0
    untaken: int = 0
    seconds: float = 0.0
    starts: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    odd: list[tuple["Sent", list[str]]] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return self.once == self.sent


class Storm:
    """One run: `works` sent over about `seconds`, `kills` spread over the same time at random."""

    def __init__(self, folder: Path, works: int, kills: int, seconds: float, seed: int = 90853) -> None:
        self._folder = folder
        self._works = works
        self._kills = kills
        self._seconds = seconds
        self._random = random.Random(seed)
        self.count = Count(sent=works)

    def run(self, settings: Mapping[str, str], patience: float = 90.0) -> Count:
        """Send, kill, and wait until everything is answered or `patience` (seconds) has passed."""
        started = time.monotonic()
        with Workspace(manifest=MANIFEST) as workspace:
            workspace.core.delivery.retry_delays = RETRIES
            taken = _watch(workspace)
            tokens = {
                "SLACK_BAA": "true",
                "SLACK_BOT_TOKEN": workspace.bot_token,
                "SLACK_APP_TOKEN": workspace.app_token,
                "SLACK_API_URL": workspace.api_url,
            }
            process = self._start({**tokens, **settings})
            dana = workspace.person("dana")
            sent: list[Sent] = []
            sending = threading.Thread(target=self._send, args=(dana, sent))
            sending.start()
            while self.count.kills < self._kills:
                a_start = sum(self.count.starts) / len(self.count.starts)
                alive = max(1.5, self._seconds / self._kills - a_start)
                time.sleep(self._random.uniform(0.0, 2 * alive))
                process.kill()
                self.count.kills += 1
                process = self._start({**tokens, **settings})
            sending.join()
            self._wait(dana, sent, patience)
            time.sleep(2.0)  # for an answer too many
            self._look(dana, sent, taken)
            process.kill()
        lines = [line for path in self._folder.glob("stderr*") for line in path.read_text("utf-8").splitlines()]
        self.count.failures = [line for line in lines if "failed" in line]
        self.count.seconds = time.monotonic() - started
        return self.count

    def _start(self, settings: Mapping[str, str]) -> Process:
        began = time.monotonic()
        process = Process(self._folder, settings)
        process.ready(60)
        self.count.starts.append(time.monotonic() - began)
        return process

    def _send(self, dana: Person, sent: list[Sent]) -> None:
        """Mostly direct questions, some mentions in a channel, some notes."""
        pause = self._seconds / self._works
        for number in range(self._works):
            began = time.monotonic()
            question = QUESTIONS[number % len(QUESTIONS)]
            if number % 10 == 3:
                sent.append(Sent("dm", dana.say(NOTE), NOTE_PARTS))
            elif number % 5 == 1:
                sent.append(Sent("#billing", dana.say(f"@Billing Copilot {question}", "#billing"), 1))
            else:
                sent.append(Sent("dm", dana.say(question), 1))
            time.sleep(max(0.0, pause - (time.monotonic() - began)))

    def _wait(self, person: Person, sent: Sequence[Sent], patience: float) -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            answers = _answers(person)
            if all(len(answers.get((one.channel, one.ts), ())) >= one.parts for one in sent):
                return
            time.sleep(1.0)

    def _look(self, person: Person, sent: Sequence[Sent], taken: set[str]) -> None:
        answers = _answers(person)
        count = self.count
        for one in sent:
            found = answers.get((one.channel, one.ts), [])
            count.unfinished += any(message.get("streaming_state") == "in_progress" for message in found)
            if len(found) != one.parts:
                count.odd.append((one, [message["text"][:60] for message in found]))
            if len(found) == one.parts:
                count.once += 1
            elif one.ts not in taken:
                count.untaken += 1
            elif not found:
                count.never += 1
            elif len(found) < one.parts:
                count.half += 1
            else:
                count.twice += 1


def _watch(workspace: Workspace) -> set[str]:
    """The messages whose event was acknowledged, by ts, from now on."""
    taken: set[str] = set()
    carrier = workspace.core.delivery.carrier
    deliver = carrier.deliver

    async def watched(envelope: dict[str, Any], timeout: float) -> dict[str, Any] | None:
        answer = await deliver(envelope, timeout)
        event = envelope["payload"].get("event") or {}
        # A mention comes as two events, of which only this one is work.
        mention = "<@" in event.get("text", "")
        if answer is not None and event.get("type") == ("app_mention" if mention else "message"):
            taken.add(str(event.get("ts")))
        return answer

    carrier.deliver = watched  # type: ignore[method-assign]
    return taken


def _answers(person: Person) -> dict[tuple[str, str], list[dict]]:
    """The bot's messages by channel and thread."""
    found: dict[tuple[str, str], list[dict]] = {}
    for channel in ("dm", "#billing"):
        for message in person.messages(channel):
            if message.get("bot_id") and message.get("thread_ts"):
                found.setdefault((channel, message["thread_ts"]), []).append(message)
    return found
