"""Why a file cannot be read."""


class UnreadableError(Exception):
    """`str(error)` goes on from the file's name: "is locked with a password: ..."."""
