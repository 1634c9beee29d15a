"""The one way a Web API method refuses: Slack's error code, with its details."""

from collections.abc import Sequence


class ApiError(Exception):
    """Becomes `{"ok": false, "error": code}`; `messages` go to response_metadata as Slack words them."""

    def __init__(self, code: str, messages: Sequence[str] = (), **extra: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.extra = extra
