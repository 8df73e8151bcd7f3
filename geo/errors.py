"""The exception tree.

    ContactlineError
    └── UsageError          printed in one line, without a traceback; exit code 2
        ├── InputError      a file that can't be read as what it should be (`file:line:col`)
        ├── UnknownName     no such case, place, zone; carries the near ones
        ├── OutputError     a path that can't be written
        └── MissingPart     a part of the installation is absent; names the command that makes it

Anything else that escapes is a bug. Every message says what is wrong, where, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.types import Where


class ContactlineError(Exception):
    """The root of every exception that this project raises on purpose."""


class UsageError(ContactlineError):
    """A mistake that the user can mend: printed as one line, exit code 2."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        """Keep the message and the remedy apart, so that a front end can style them."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return message and remedy as one line."""
        return f"{self.message} {self.hint}" if self.hint else self.message


class InputError(UsageError):
    """A file or stream that can't be read as what it should be."""

    def __init__(self, message: str, *, where: Where | None = None, hint: str | None = None) -> None:
        """Put `file:line:col: ` before the message where a position is known."""
        place = f"{where.file}:{where.line}:{where.column}: " if where else ""
        super().__init__(place + message, hint=hint)
        self.where = where


class UnknownName(UsageError):
    """A name that nothing answers to."""


class OutputError(UsageError):
    """A path that can't be written."""


class MissingPart(UsageError):
    """A part of the installation is absent; the hint names the command that makes it."""
