"""On whose behalf a delivery is handled, for the audit record: the person, the channel and the thread in it."""

from collections.abc import Mapping
from typing import Any

from bot.jobs.work import current_work
from bot.record.acting import act_as


def act_for(body: Mapping[str, Any]) -> None:
    """From here on this thread acts for whoever sent this."""
    event, container = body.get("event") or {}, body.get("container") or {}
    who = event.get("user") or (body.get("user") or {}).get("id") or body.get("user_id") or ""
    channel = event.get("channel") or container.get("channel_id") or body.get("channel_id") or ""
    thread = event.get("thread_ts") or event.get("ts") or container.get("thread_ts") or container.get("message_ts")
    work = current_work()
    act_as(str(who), channel=str(channel), thread=str(thread or ""), work=work.id if work else "")
