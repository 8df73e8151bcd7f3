"""The offline ground of a map: land, lakes, rivers, borders, provinces, towns and their names, as plain data.

The result goes into `MapDocument["basemap"]` and is drawn by `layers/web/src/map`:

`areas`      list of `[kind, from, to, paths, clear]`: `land`, `theatre` (the countries that the case is about), `lake`,
             `contested` (claimed by more than one side).
`lines`      list of `[kind, from, to, paths, clear]`: `border`, `disputed`, `admin`, `river`, `coast`.
`names`      list of `[kind, name, names, lon, lat, rank, from, to]`: `country`, `admin`, `town`, `sea`; `names`
             by BCP 47 language; `rank` 0 is the most important.
`contested`  list of `[name, note, west, south, east, north]`: the areas above near the view, each with a neutral
             sentence and its box; without the box it counts as in view.

`from` and `to` are Leaflet zooms: a thing is drawn where `from <= zoom < to`. `clear` may be left out: it is a box
(west, south, east, north) that none of the paths reaches into, so that who sees only that need not undo them. A
path is a row of whole numbers, longitude and latitude by turns in units of 1e-4 degree, each the difference from
the one before (the first from 0). A ring's last corner is not repeated, and holes are paths like any other
(even-odd rule). The numbers are written as text, which takes half the room of a list: a number n becomes 2n, or
-2n - 1 where it is negative; that goes out five bits at a time, the lowest first, each as one letter of
`coding.DIGITS`, plus 32 where more bits follow. The page reads lists of numbers too, so that a document can be
made by hand.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geo.gazetteer import boundaries
from layers import coding, ground, world
from layers.towns import Name, admin_names, country_names, town_names, world_towns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.boundaries import Box
    from geo.gazetteer.store import Gazetteer
    from geo.types import Theatre
    from layers.ground import Piece

NEAR_ZOOM = 5
"""From this zoom on the detailed ground is drawn, below it the world at 1:110 million."""
_ADMIN_ZOOM = 6
_ALWAYS = (0, 24)
_FAR = (0, NEAR_ZOOM)
_CLOSE = (NEAR_ZOOM, 24)
_NEAR_DEG = 5.0
_DISPUTED_DEG = 0.05

Shape = list[Any]


def basemap(theatre: Theatre, bbox: Box, *, gazetteer: Gazetteer | None = None) -> dict[str, Any]:
    """Return the coded ground for a view.

    Args:
        theatre: its countries are drawn as the theatre.
        bbox: west, south, east, north of the view in degrees. Across the antimeridian (west greater than
            east) only the wider side is in full detail.
        gazetteer: where towns come from; without one the user's index is used if it is there.

    Raises:
        MissingPart: the boundaries have not been built.
    """
    west, south, east, north = _one_side(bbox)
    rounded = (round(west, 1), round(south, 1), round(east, 1), round(north, 1))
    coded = _land(theatre.countries, rounded)
    return {**coded, "names": _names(theatre.countries, rounded, gazetteer)}


def _one_side(bbox: Box) -> Box:
    west, south, east, north = bbox
    if west <= east:
        return bbox
    return (west, south, 180.0, north) if 180 - west >= east + 180 else (-180.0, south, east, north)


@lru_cache(maxsize=8)
def _land(countries: tuple[str, ...], bbox: Box) -> dict[str, Any]:
    detail = ground.detail_box(countries, bbox)
    near = _widened(detail)
    inside, outside = ground.near_pieces(near, detail)
    theatre = frozenset(countries)
    return {
        "areas": [
            *_world_areas(near, theatre),
            *_country_areas(outside, theatre, _CLOSE),
            *_country_areas(ground.merged(inside), theatre, _CLOSE),
            *_contested(near),
            *_shapes("lake", _CLOSE, boundaries.water(near).lakes),
        ],
        "lines": [
            *_world_lines(near),
            *_near_lines(ground.lines(outside, detail, near)),
            *_near_lines(ground.lines(inside, detail)),
            *_shapes("river", _CLOSE, boundaries.water(near).rivers),
            *_disputed_lines(near),
        ],
        "contested": [
            [found.name, found.note, *(round(edge, 2) for edge in found.geometry.bounds)]
            for found in boundaries.disputed(near)
        ],
    }


def _widened(box: Box) -> Box:
    west, south, east, north = box
    return (
        max(west - _NEAR_DEG, -180),
        max(south - _NEAR_DEG, -85),
        min(east + _NEAR_DEG, 180),
        min(north + _NEAR_DEG, 85),
    )


def _world_areas(near: Box, theatre: frozenset[str]) -> list[Shape]:
    """Return the world at 1:110 million; what the detailed ground shows is left out where that is drawn."""
    clear, reaching, rest = world.areas(near)
    return [
        *_country_areas(clear, theatre, _ALWAYS, clear_of=near),
        *_country_areas(reaching, theatre, _FAR),
        *_country_areas(rest, theatre, _CLOSE),
    ]


def _country_areas(
    pieces: Iterable[Piece], theatre: frozenset[str], zooms: tuple[int, int], *, clear_of: Box | None = None
) -> list[Shape]:
    grouped: dict[str, list[BaseGeometry]] = {"land": [], "theatre": []}
    for piece in pieces:
        grouped["theatre" if piece.country in theatre else "land"].append(piece.shape)
    return [shape for kind, shapes in grouped.items() for shape in _shapes(kind, zooms, shapes, clear_of=clear_of)]


def _world_lines(near: Box) -> list[Shape]:
    clear, reaching, rest = world.borders(near)
    return [
        *_shapes("border", _ALWAYS, clear, clear_of=near),
        *_shapes("border", _FAR, reaching),
        *_shapes("border", _CLOSE, rest),
    ]


def _near_lines(found: ground.Lines) -> list[Shape]:
    return [
        *_shapes("coast", _CLOSE, found.coasts),
        *_shapes("admin", (_ADMIN_ZOOM, 24), found.inner),
        *_shapes("border", _CLOSE, found.borders),
    ]


def _contested(near: Box) -> list[Shape]:
    return _shapes("contested", _CLOSE, [found.geometry.simplify(0.001) for found in boundaries.disputed(near)])


def _disputed_lines(near: Box) -> list[Shape]:
    close = boundaries.disputed(near)
    rest = [found for found in boundaries.disputed() if found not in close]
    return [
        *_shapes("disputed", _CLOSE, [found.geometry.simplify(0.001).boundary for found in close]),
        *_shapes("disputed", _FAR, [found.geometry.simplify(_DISPUTED_DEG).boundary for found in close]),
        *_shapes("disputed", _ALWAYS, [area.geometry.simplify(_DISPUTED_DEG).boundary for area in rest], clear_of=near),
    ]


def _shapes(
    kind: str, zooms: tuple[int, int], shapes: Iterable[BaseGeometry], *, clear_of: Box | None = None
) -> list[Shape]:
    paths = coding.paths(shapes)
    return [[kind, *zooms, paths, *([list(clear_of)] if clear_of else [])]] if paths else []


@lru_cache(maxsize=8)
def _names(countries: tuple[str, ...], bbox: Box, gazetteer: Gazetteer | None) -> list[list[Any]]:
    detail = ground.detail_box(countries, bbox)
    found = [
        *_sea_names(),
        *country_names(countries, frozenset(boundaries.countries_in(_widened(detail)))),
        *(admin_names(detail) if ground.shows_provinces(detail) else ()),
        *town_names(detail, countries, gazetteer),
        *world_towns(detail, gazetteer),
    ]
    return [list(name) for name in found]


def _sea_names() -> list[Name]:
    rows = json.loads((files("layers") / "seas.json").read_text("utf-8"))
    return [("sea", name, names, lon, lat, rank, rank + 2, 8) for name, names, lon, lat, rank in rows]
