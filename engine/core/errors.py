"""The one family of errors a person may see, each saying what is wrong, where, and the remedy."""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error that is shown to a person.

    Args:
        what: what is wrong, naming the file, tensor or option, with the wanted and the actual value.
        remedy: what the person can do about it; joined to the message after a semicolon.
    """

    exit_status = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}" if remedy else what)


class InvalidInput(EngineError):
    """What was handed in cannot be used: a file, an option, an array."""

    exit_status = 2


class MissingAsset(EngineError):
    """A file the product ships or the user must supply is not there."""

    exit_status = 2


class OutputError(EngineError):
    """A result could not be written: folder missing, read-only, disk full."""

    exit_status = 2


class OutOfMemory(EngineError):
    """There is not enough memory for the request."""


class Cancelled(BaseException):
    """The person asked to stop.

    Not an `EngineError` and not an `Exception`, so that no handler for faults swallows it.
    """
