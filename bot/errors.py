"""Every error the program raises on purpose, sorted by who must act.

    CopilotError
    ├── UserError         the person asking: their input is at fault (exit status 1)
    │   ├── FieldsError     a form's: one line for each field that cannot be taken
    │   └── OvertakenError  somebody else changed the same thing meanwhile
    ├── OperatorError     whoever runs the copilot: a setting, the index, the knowledge files (exit 3)
    └── UpstreamError     a service outside: model, Slack, database, Chroma server (exit 3)
        ├── AwayError       it cannot be reached, or is overloaded: the same may work in a while
        └── NotTakenError   what was sent could not be stored: whoever sent it must not be told that it was

A message is one line for a person: what was wrong and what to do. It never carries text that a user
sent, since messages end up in logs, but for a name typed to point at something (a file, a member's label).
"""


class CopilotError(Exception):
    """The root: `str(error)` is one line fit to show to a person."""

    exit_status = 3


class UserError(CopilotError):
    """The input is at fault, and the person who gave it can mend it."""

    exit_status = 1


class FieldsError(UserError):
    """Several fields may be at fault: `lines` has one line for each, by the field's name."""

    def __init__(self, lines: dict[str, str]) -> None:
        super().__init__(" ".join(lines.values()))
        self.lines = lines


class OvertakenError(UserError):
    """What was to be changed is no longer as it was when the person looked at it."""


class OperatorError(CopilotError):
    """The installation is at fault: a setting, a missing index, a broken knowledge file, a used port."""


class UpstreamError(CopilotError):
    """A service outside the program failed or refused."""


class AwayError(UpstreamError):
    """The service cannot be reached, or says that it is overloaded."""


class NotTakenError(UpstreamError):
    """Work could not be stored, and nothing of it was done."""
