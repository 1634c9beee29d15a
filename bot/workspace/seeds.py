"""The practice that a new workspace starts with: four people, three channels and the app.

Their ids are the same in every run: what the bot recorded for this practice is there again after a restart.
"""

import time

from bot.workspace.ids import same_id
from bot.workspace.manifest import Manifest
from bot.workspace.state import Channel, State, User

_PEOPLE = (
    ("dana", "Dana Whitfield", "Biller", "#2f7d6b", "biller"),
    ("sam", "Sam Okafor", "Clinician", "#7a5cc0", "clinician"),
    ("alex", "Alex Moreno", "New to the team", "#a4581c", "learner"),
    ("robin", "Robin Hale", "Practice admin", "#3567b5", "admin"),
)
_CHANNELS = (
    ("billing", "Claims, payers and what came back", True),
    ("clinical", "Groups, notes and scheduling", False),
    ("general", "Everyone, about anything", False),
)


def practice(manifest: Manifest, domain: str = "practice") -> State:
    """A workspace named Practice, with everyone in every channel and the app in #billing only; its id by its domain."""
    state = State("Practice", domain)
    for name, real_name, title, color, role in _PEOPLE:
        user = User(same_id("U", name), name, real_name, title, color, is_admin=role == "admin", role=role)
        state.users[user.id] = user
    handle = manifest.name.lower().replace(" ", "_")
    bot = User(same_id("U", handle), handle, manifest.name, manifest.description, "#0f5c5c", is_bot=True)
    state.users[bot.id] = bot
    state.bot_user_id = bot.id
    everyone = [user.id for user in state.people]
    now = int(time.time())
    for name, topic, has_bot in _CHANNELS:
        members = [*everyone, bot.id] if has_bot else list(everyone)
        channel = Channel(same_id("C", name), name, members, topic=topic, created=now)
        state.channels[channel.id] = channel
    for person in everyone:
        im = Channel(same_id("D", person), "directmessage", [person, bot.id], is_im=True, created=now)
        state.channels[im.id] = im
    return state
