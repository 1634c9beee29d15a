"""One headless Chromium for all tests of a process."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# Playwright looks for 5 s; a review on a machine that runs other tests beside it takes longer.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's headless Chromium. CI fails without it; on a person's machine the tests are skipped and say so."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("Chromium is not installed, and the page is tested in it: run deploy/install-chromium.")
    switches = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
    updates = ("disable-component-update", "disable-sync")
    with sync_playwright() as playwright:
        args = [f"--{switch}" for switch in (*switches, *updates)]
        opened = playwright.chromium.launch(executable_path=chromium, args=args)
        yield opened
        opened.close()
