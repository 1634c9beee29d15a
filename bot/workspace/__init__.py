"""A local Slack-compatible workspace with a web page, for trying the copilot and for tests.

What may enter: the Slack side of the protocol and the page that shows it. What may not: billing rules, Bolt,
or anything that writes what people type to disk or to a log.
"""

from bot.workspace.server import Workspace

__all__ = ["Workspace"]
