"""The real copilot streams: what grows is held to the facts, and ends as the card that one post would be."""

import json
from pathlib import Path

from bot.app import Copilot
from bot.slack.blocks.answer import answer_messages
from bot.workspace.server import Workspace
from tests.e2e.conftest import MANIFEST
from tests.e2e.test_bot_streaming import finished, shown, texts
from tests.llm.fake_model import StreamingFake
from tests.slack.at_work import joined
from tests.slack.fakes import TODAY
from tests.slack.joined import settings_for


def test_real_facts_are_streamed_past_a_lie_and_the_card_is_the_one_a_post_would_show(tmp_path: Path) -> None:
    told = [
        ("Medicare Part B pays both on one date.", "F1"),
        (
            "Individual psychotherapy and 90853 may both be reported for one patient on one date when both were"
            " performed.",
            "F1",
        ),
        ("The pair is bundled by NCCI, so a modifier and supporting records are needed.", "F1"),
    ]
    reply = {"decision": "allowed_with_conditions", "sentences": [{"text": t, "rests_on": [f]} for t, f in told]}
    text = json.dumps(reply)
    question = "Can I bill 90853 and 90837 on the same day for Medicare?"
    with Workspace(manifest=MANIFEST) as workspace:
        settings = settings_for(workspace, data_dir=tmp_path)
        real = Copilot(settings)
        real.model = StreamingFake([text[at : at + 7] for at in range(0, len(text), 7)])
        with joined(real, settings, lambda: TODAY):
            dana = workspace.person("dana")
            ts = dana.say(question)
            (streamed,) = finished(dana, ts)
            told_once = real.answers.ask(question)

    (posted,) = answer_messages(told_once, TODAY)
    assert "Medicare Part B pays both on one date." not in shown(streamed)
    assert streamed["text"].endswith(f"{told[1][0]} [1] {told[2][0]} [1]")
    assert streamed["blocks"][0]["text"].startswith("🟡 **Allowed with conditions** · Medicare Part B")
    rest = [text for block in posted.blocks[1:] for text in texts(block)]
    assert [text for block in streamed["blocks"][2:] for text in texts(block)] == rest
    assert "1 unsupported sentence cut" in shown(streamed)
