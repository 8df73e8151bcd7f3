"""The ground of a map, remembered between runs: coding it takes seconds, and the same few views come up again.

One file a view in the user's cache folder, named by a hash of all that it depends on; a file that is torn, foreign
or unwritable is passed over. What a name on the map was is not to be read from the file's name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from geo.types import Theatre

    Box = tuple[float, float, float, float]

_MOST_FILES = 40
_STEP_DEG = 0.5
_MAKERS = ("basemap.py", "ground.py", "towns.py")


def ground(theatre: Theatre, bbox: Box) -> dict[str, Any]:
    """Return `layers.basemap.basemap` of a view (west, south, east, north in degrees), from memory if it is there.

    Raises:
        MissingPart: the boundaries have not been built.
    """
    from geo.gazetteer.store import cache_folder

    bbox = _snapped(bbox)
    view = [*theatre.countries, *bbox]
    name = hashlib.sha256(json.dumps([view, _made_by()]).encode()).hexdigest()[:32]
    path = cache_folder() / "ground" / f"{name}.json"
    with contextlib.suppress(OSError, ValueError):
        known: dict[str, Any] = json.loads(path.read_bytes())
        return known
    from layers.basemap import basemap

    coded = basemap(theatre, bbox)
    with contextlib.suppress(OSError):
        _remember(path, coded)
    return coded


def _snapped(bbox: Box) -> Box:
    """Return a view grown to half degrees: maps of much the same place share their ground."""
    west, south, east, north = bbox
    return (
        math.floor(west / _STEP_DEG) * _STEP_DEG,
        math.floor(south / _STEP_DEG) * _STEP_DEG,
        math.ceil(east / _STEP_DEG) * _STEP_DEG,
        math.ceil(north / _STEP_DEG) * _STEP_DEG,
    )


def _remember(path: Path, coded: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(path.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)[: -_MOST_FILES or None]:
        old.unlink(missing_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(coded, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    part.replace(path)


@lru_cache(maxsize=1)
def _made_by() -> str:
    """Return what the coding depends on: its code, the boundaries and the index of places."""
    from geo.gazetteer.store import index_signature

    code = hashlib.sha256(b"".join((files("layers") / name).read_bytes() for name in _MAKERS)).hexdigest()
    built = files("geo") / "static" / "built-from"
    return f"{code} {built.read_text('utf-8') if built.is_file() else ''} {index_signature()}"
