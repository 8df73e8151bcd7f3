"""Files that appear whole or not at all."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[io.StringIO]:
    """Gather text and write it to a path at the end, atomically; a failure inside leaves the path as it was.

    Raises:
        OutputError: the path can't be written.
    """
    gathered = io.StringIO()
    yield gathered
    write_whole(path, gathered.getvalue().encode("utf-8", "replace"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically, making its folder where it is missing.

    Raises:
        OutputError: the path can't be written.
    """
    from geo.errors import OutputError
    from geo.zones.saving import write_atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{path} can't be written: {error.strerror}."
        raise OutputError(message, hint="Name another place with -o.") from error
    write_atomic(path, content)
