"""The billing copilot: cited payer answers and note review for CPT 90853, group psychotherapy.

Rooms and the one-way arrows between them are drawn in docs/architecture.md; `bot.app` is the only
module that knows them all.
"""

__version__ = "0.1.0"
