"""What a person sees in the browser: from Enter to the first sign of the copilot, and to its answer, beside an echo.

Measured in the page itself (a mutation observer, then the next frame), with the whole bot and no model. The echo is
a Bolt app of five lines on a workspace of its own: what the page, the protocol and the browser cost by themselves.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from playwright.sync_api import Browser, Page, sync_playwright
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.app import Copilot
from bot.workspace.server import Workspace
from tests.bench.rows import Row, p50
from tests.slack.at_work import joined
from tests.slack.joined import settings_for

PAYERS = ("Medicare", "Aetna", "Cigna", "Optum")
QUESTION = "Can I bill 90853 and 90837 on the same day for {}? Case {}"
TIMES, WARM = 30, 5
# The first sign is the working line or a message of the app; the answer is what `whole` finds, where there is one more.
_ASK = """([text, whole]) => new Promise((resolve, reject) => {
  const list = document.getElementById("conversation");
  const field = document.querySelector("#conversation textarea");
  const count = (what) => list.querySelectorAll(what).length;
  const signs = () => count(".status") + count(".in-inline");
  const [before, wholes] = [signs(), count(whole)];
  field.value = text;
  field.dispatchEvent(new Event("input"));
  const started = performance.now();
  let first = 0;
  const look = () => requestAnimationFrame(() => {
    if (!first && signs() > before) first = performance.now() - started;
    if (count(whole) <= wholes) return;
    seen.disconnect();
    resolve([first, performance.now() - started]);
  });
  const seen = new MutationObserver(look);
  seen.observe(list, { childList: true, subtree: true });
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  setTimeout(() => reject(new Error("no answer in ten seconds")), 10000);
})"""


def bench_page() -> list[Row]:
    """95 in 100 of the first signs and of the answers, in milliseconds."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("not measured: Chromium is not installed (deploy/install-chromium)")
        return []
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with _echo() as workspace:
            _, echoed = _asked(browser, workspace, ".in-inline")
        with _copilot() as workspace:
            signs, answers = _asked(browser, workspace, ".in-inline")
        browser.close()
    return [
        Row("Enter to the first sign, p95", _p95(signs), "ms", "echo", _p95(echoed), target=300),
        Row("Enter to the offline answer, p95", _p95(answers), "ms", "echo", _p95(echoed), target=1_000),
        Row("Enter to the offline answer, p50", p50(answers), "ms", "echo", p50(echoed)),
    ]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[round(len(taken) * 0.95) - 1]


def _asked(browser: Browser, workspace: Workspace, whole: str) -> tuple[list[float], list[float]]:
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{workspace.url}/?as=dana")
    page.wait_for_selector(".presence.on")
    page.wait_for_selector(".composer textarea:focus")
    found = []
    for number in range(WARM + TIMES):
        found.append(page.evaluate(_ASK, [QUESTION.format(PAYERS[number % len(PAYERS)], number), whole]))
        page.wait_for_selector(".status", state="detached")
    page.close()
    kept = found[WARM:]
    return [first for first, _ in kept], [answer for _, answer in kept]


@contextmanager
def _copilot() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder, Workspace() as workspace:
        settings = settings_for(workspace, data_dir=Path(folder))
        with joined(Copilot(settings), settings):
            yield workspace


@contextmanager
def _echo() -> Iterator[Workspace]:
    with Workspace() as workspace:
        app = App(client=WebClient(token=workspace.bot_token, base_url=workspace.api_url))
        app.event("message")(lambda event, say: say(text=event["text"], thread_ts=event["ts"]))
        app.event("app_home_opened")(lambda: None)
        handler = SocketModeHandler(app, workspace.app_token)
        handler.connect()
        yield workspace
        handler.close()
