"""What takes time to make and is the same from run to run: files in the user's cache folder, told by what made them.

A file that is torn, foreign or unwritable is passed over; what a file is of is not to be read from its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MAKERS = ("basemap.py", "coding.py", "ground.py", "towns.py", "world.py")


def remembered(folder: str, key: Any, make: Callable[[], Any], *, most: int = 1) -> Any:  # noqa: ANN401  any plain data
    """Return what `make` returns, from memory if it is there.

    Args:
        folder: where in the cache folder.
        key: what the data depend on beside the code, the boundaries and the index of places.
        make: returns plain data.
        most: how many files the folder may hold before the oldest go.
    """
    from geo.gazetteer.store import cache_folder

    name = hashlib.sha256(json.dumps([key, _made_by()]).encode()).hexdigest()[:32]
    path = cache_folder() / folder / f"{name}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    made = make()
    with contextlib.suppress(OSError):
        _write(path, made, most)
    return made


def _write(path: Path, made: object, most: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(path.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)[:-most]:
        old.unlink(missing_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    part.replace(path)


@lru_cache(maxsize=1)
def _made_by() -> str:
    """Return what the ground depends on: its code, the boundaries and the index of places."""
    from geo.gazetteer.store import index_signature

    code = hashlib.sha256(b"".join((files("layers") / name).read_bytes() for name in _MAKERS)).hexdigest()
    built = files("geo") / "static" / "built-from"
    return f"{code} {built.read_text('utf-8') if built.is_file() else ''} {index_signature()}"
