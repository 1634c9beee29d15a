"""What the app is told: events with their retries, and interactions that wait for an acknowledgement."""

import asyncio
import time
import uuid
from collections.abc import Coroutine
from typing import Any, Protocol

from bot.workspace.ids import new_id
from bot.workspace.manifest import Manifest
from bot.workspace.state import Json, State
from bot.workspace.wire import Wire

ACK_SECONDS = 3.0
RETRY_DELAYS = (0.0, 60.0, 300.0)  # "The Events API", retries: nearly at once, after a minute, after five minutes


class Carrier(Protocol):
    """One way to reach the app: Socket Mode or signed HTTP."""

    @property
    def connected(self) -> bool: ...

    async def deliver(self, envelope: Json, timeout: float) -> Json | None: ...


class Delivery:
    """Wraps payloads in envelopes and carries them to the app."""

    def __init__(self, state: State, manifest: Manifest, carrier: Carrier, token: str, wire: Wire) -> None:
        self._state = state
        self._manifest = manifest
        self._token = token
        self._wire = wire
        self._tasks: set[asyncio.Task[object]] = set()
        self.carrier = carrier
        self.ack_seconds = ACK_SECONDS
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS

    def event(self, event: Json) -> None:
        """Tell the app of an event it subscribed to, without waiting; unacknowledged, it is sent again."""
        if not self._manifest.wants(event):
            return
        self._in_background(self._with_retries(self._callback(event)))

    def _in_background(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _callback(self, event: Json) -> Json:
        state = self._state
        authorization = {
            "enterprise_id": None,
            "team_id": state.team_id,
            "user_id": state.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": self._token,
            "team_id": state.team_id,
            "context_team_id": state.team_id,
            "context_enterprise_id": None,
            "api_app_id": state.app_id,
            "event": {**event, "event_ts": event.get("event_ts") or state.clock.ts()},
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
        }

    async def _with_retries(self, payload: Json) -> None:
        for attempt, delay in enumerate((0.0, *self.retry_delays)):
            await asyncio.sleep(delay)
            envelope = _envelope("events_api", payload, answers=False)
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
            if await self._carry(envelope) is not None:
                return

    async def interaction(self, payload: Json) -> Json | None:
        """Send a button press, submission or shortcut; what the app answered, or None when it did not in time."""
        common: Json = {"api_app_id": self._state.app_id, "token": self._token, "enterprise": None}
        return await self._answered("interactive", {**common, "is_enterprise_install": False, **payload})

    def tell(self, payload: Json) -> None:
        """Send an interaction whose answer changes nothing, such as a closed modal, without waiting."""
        self._in_background(self.interaction(payload))

    async def command(self, payload: Json) -> Json | None:
        """Send a slash command; what the app answered, or None when it did not in time."""
        common: Json = {"api_app_id": self._state.app_id, "token": self._token, "is_enterprise_install": "false"}
        return await self._answered("slash_commands", {**common, **payload})

    async def _answered(self, kind: str, payload: Json) -> Json | None:
        return await self._carry(_envelope(kind, payload, answers=True))

    async def _carry(self, envelope: Json) -> Json | None:
        self._wire.tell("sent", envelope=envelope)
        started = time.perf_counter()
        answer = await self.carrier.deliver(envelope, self.ack_seconds)
        took = round((time.perf_counter() - started) * 1000, 1)
        self._wire.tell("acknowledged", envelope_id=envelope["envelope_id"], answer=answer, milliseconds=took)
        return answer

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


def _envelope(kind: str, payload: Json, *, answers: bool) -> Json:
    return {
        "envelope_id": str(uuid.uuid4()),
        "payload": payload,
        "type": kind,
        "accepts_response_payload": answers,
    }
