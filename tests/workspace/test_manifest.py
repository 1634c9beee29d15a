"""What the app declares: the built-in manifest agrees with the one that is given to Slack."""

from pathlib import Path

import yaml

from bot.workspace.manifest import Manifest, from_slack

SLACK = from_slack(yaml.safe_load(Path("deploy/slack-manifest.yaml").read_text(encoding="utf-8")))


def test_the_local_workspace_declares_what_the_app_declares_to_slack() -> None:
    assert Manifest() == SLACK


def test_events_the_app_did_not_subscribe_to_stay_away() -> None:
    manifest = from_slack({"settings": {"event_subscriptions": {"bot_events": ["message.im"]}}})
    assert manifest.wants({"type": "message", "channel_type": "im"})
    assert not manifest.wants({"type": "message", "channel_type": "channel"})
    assert not manifest.wants({"type": "reaction_added"})
