"""The billing copilot: cited payer answers and note review for CPT 90853, group psychotherapy.

Rooms and the one-way arrows between them are drawn in docs/architecture.md; `bot.app` is the only
module that knows them all.
"""

import os

__version__ = "0.1.0"

# onnxruntime 1.32 reports to its maker from its import on, with an id it gives the computer, and asks nobody. Its own
# `disable_telemetry_events()` comes too late; so this is said before any of our modules can import it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
