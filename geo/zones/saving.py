"""Saves that a crash cannot tear: temporary file, fsync, rename, fsync of the folder.

The rename is atomic on one file system, so that a reader sees the old file or the new one and never a part.
A process that dies in between leaves a temporary file behind; the next save of the same file sweeps it.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

from geo.errors import OutputError

_TEMPORARY = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)-[0-9a-f]{8}\.part")


def write_atomic(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all. Raises OutputError, with the old file kept.

    Follows symbolic links and keeps the mode of the file that it replaces.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        sweep(target)
        _write(temporary, data, mode=_mode(target))
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: can't be written: {reason}.", hint=_hint(error)) from error


def sweep(target: Path) -> tuple[Path, ...]:
    """Remove the temporary files that dead processes left beside a file, and return them."""
    strays = tuple(found for found in target.parent.glob(f".{_escape(target.name)}.*.part") if _is_stray(found, target))
    for stray in strays:
        stray.unlink(missing_ok=True)
    return strays


def _is_stray(found: Path, target: Path) -> bool:
    parts = _TEMPORARY.fullmatch(found.name)
    return bool(parts and parts["name"] == target.name and not _alive(int(parts["pid"])))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


def _write(path: Path, data: bytes, *, mode: int | None) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        path.chmod(mode)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _escape(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _hint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "Make the folder first, or choose another path."
    if isinstance(error, PermissionError):
        return "Choose a path that you may write to."
    return "Nothing was changed."
