"""A plain picture of a map document as SVG: land, borders, zones, places, the largest names."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import shape

from layers.coding import corners, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

_WIDTH = 800
_MARGIN = 0.08
_TILE_PX = 256
_STEP_PX = 0.7
_AREAS = ("land", "theatre", "contested", "lake")
_LINES = ("river", "admin", "border", "disputed")
_BOX_SIZE = 4
_MOST_NAMES = 14
_LINE_PX = 16
_CELL_PX = 16


def picture(document: Mapping[str, Any]) -> str:
    """Return the document's opening view as an `<svg>` element; nothing where the view is empty."""
    box = document["view"]["bbox"]
    if len(box) != _BOX_SIZE or not all(map(math.isfinite, box)):
        return ""
    sheet = Sheet(box)
    parts = [
        f'<rect class="s-sea" width="{_WIDTH}" height="{sheet.height}"/>',
        _ground_of(tuple(box), _coded(document["basemap"])),
    ]
    parts += [part for zone in document["zones"] if zone["shown"] for part in _zone(sheet, zone)]
    parts += [part for place in document["places"] for part in _place(sheet, place)]
    parts += _marks(sheet, document.get("marks") or {})
    parts += _names(sheet, document)
    label = escape(f"Map: {document['title']}")
    view = f'viewBox="0 0 {_WIDTH} {sheet.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" {view}>' + "".join(parts) + "</svg>"
    )


class Sheet:
    """A view in Web Mercator, in pixels from its upper left corner.

    A view across the antimeridian (west greater than east) shows two turns of the world.
    """

    def __init__(self, box: list[float]) -> None:
        """Fit a box (west, south, east, north in degrees) into the picture's width."""
        west, south, east, north = box
        self.turns = (0.0, 1.0) if east < west else (0.0,)
        east += 360 if east < west else 0
        (left, bottom), (right, top) = _mercator(np.array([[west, south], [east, north]], dtype=float))
        margin = max(right - left, bottom - top, 1e-6) * _MARGIN
        self.left, self.top = left - margin, top - margin
        self.scale = _WIDTH / (right - left + 2 * margin)
        self.height = round(min(2 * _WIDTH, max(_WIDTH / 3, (bottom - top + 2 * margin) * self.scale)))
        self.zoom = math.log2(self.scale / _TILE_PX)

    def pixels(self, lon_lat_deg: np.ndarray) -> np.ndarray:
        """Return positions in degrees as pixels."""
        pixels: np.ndarray = (_mercator(lon_lat_deg) - (self.left, self.top)) * self.scale
        return pixels

    def spot(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return one position as a pixel, on the turn of the world that the picture shows it on."""
        ((x, y),) = self.pixels(np.array([[lon_deg, lat_deg]], dtype=float))
        return (x if x >= 0 or len(self.turns) == 1 else x + self.scale), y

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a pixel is in the picture."""
        return 0 <= x <= _WIDTH and 0 <= y <= self.height

    def reaching(self, paths: Sequence[str | list[int]]) -> Iterator[np.ndarray]:
        """Yield the corners (degrees) of the coded paths with a box that reaches into the picture: few have."""
        degrees, counts = corners([path if isinstance(path, str) else encoded(path) for path in paths if path])
        if not len(counts):
            return
        starts = np.cumsum(counts) - counts
        low = self.pixels(np.minimum.reduceat(degrees, starts))
        high = self.pixels(np.maximum.reduceat(degrees, starts))
        turned = [turn * self.scale for turn in self.turns]
        across = np.any([(low[:, 0] + by <= _WIDTH) & (high[:, 0] + by >= 0) for by in turned], axis=0)
        # North is up: the higher latitude has the lesser pixel.
        for at in np.flatnonzero(across & (high[:, 1] <= self.height) & (low[:, 1] >= 0)).tolist():
            yield degrees[starts[at] : starts[at] + counts[at]]

    def path(self, geometry: BaseGeometry, css: str) -> Iterator[str]:
        """Yield a `<path>` of a geometry in degrees, cut at the picture's edge."""
        flat = shapely.transform(geometry, self.pixels).simplify(_STEP_PX)
        copies = [affinity.translate(flat, turn * self.scale) for turn in self.turns]
        cut = [shapely.clip_by_rect(copy, -4, -4, _WIDTH + 4, self.height + 4) for copy in copies]
        lines = [line for whole in cut for part in shapely.get_parts(whole) for line in _outlines(part)]
        if lines:
            yield f'<path class="{css}" fill-rule="evenodd" d="{"".join(lines)}"/>'


def _mercator(lon_lat_deg: np.ndarray) -> np.ndarray:
    """Return positions of the unit square of Web Mercator."""
    latitude = np.radians(np.clip(lon_lat_deg[:, 1], -85, 85))
    return np.column_stack([lon_lat_deg[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(latitude)) / math.tau])


def _outlines(part: BaseGeometry) -> Iterator[str]:
    if part.geom_type == "Point":
        return
    area = part.geom_type == "Polygon"
    for line in shapely.get_rings(part) if area else [part]:
        points = [f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(line)]
        if points:
            yield f"M{'L'.join(points)}{'Z' if area else ''}"


def _coded(basemap: Mapping[str, Any]) -> str:
    return json.dumps([basemap.get("areas", ()), basemap.get("lines", ())])


@lru_cache(maxsize=8)
def _ground_of(box: tuple[float, ...], coded: str) -> str:
    """Return the ground as SVG; a desk that draws report after report sees the same few views again."""
    areas, lines = json.loads(coded)
    return "".join(_ground(Sheet(list(box)), {"areas": areas, "lines": lines}))


def _ground(sheet: Sheet, basemap: Mapping[str, Any]) -> Iterator[str]:
    for section, kinds, make in (("areas", _AREAS, shapely.Polygon), ("lines", _LINES, shapely.LineString)):
        for wanted in kinds:
            for kind, first, last, paths, *_ in basemap.get(section, ()):
                if kind == wanted and first <= sheet.zoom < last:
                    for corners in sheet.reaching(paths):
                        yield from sheet.path(make(corners), f"s-{kind}")


def _zone(sheet: Sheet, zone: Mapping[str, Any]) -> Iterator[str]:
    for geometry in [part["geometry"] for part in zone["parts"]] or [zone["geometry"]]:
        if geometry:
            drawn = shape(geometry)
            css = "s-zone" if "Polygon" in drawn.geom_type else "s-line"
            yield from sheet.path(drawn, f"{css} s-{escape(str(zone['basis']))}")


def _place(sheet: Sheet, place: Mapping[str, Any]) -> Iterator[str]:
    x, y = sheet.spot(place["lon"], place["lat"])
    if place["area"] is None and sheet.holds(x, y):
        yield f'<circle class="s-place" cx="{x:.0f}" cy="{y:.0f}" r="4"/>'


def _marks(sheet: Sheet, marks: Mapping[str, Any]) -> Iterator[str]:
    """Yield a circle for each small square of the picture that has any of many marks in it, the larger the more."""
    if not marks.get("count"):
        return
    units = np.cumsum(np.array(marks["xy"], dtype=float).reshape(-1, 2), axis=0)
    pixels = sheet.pixels(units / marks["scale"])
    pixels[:, 0] %= sheet.scale
    inside = (pixels >= 0).all(axis=1) & (pixels <= (_WIDTH, sheet.height)).all(axis=1)
    cells, counts = np.unique((pixels[inside] // _CELL_PX).astype(np.int64), axis=0, return_counts=True)
    for (column, row), count in zip(cells.tolist(), counts.tolist(), strict=True):
        x, y = (column + 0.5) * _CELL_PX, (row + 0.5) * _CELL_PX
        yield f'<circle class="s-place" cx="{x:.0f}" cy="{y:.0f}" r="{min(8.0, 2 + math.log2(count) / 2):.1f}"/>'


def _names(sheet: Sheet, document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the article's places, then of the weightiest towns, where there is room."""
    places = [(place["name"], place["lon"], place["lat"]) for place in document["places"] if place["area"] is None]
    towns = sorted(
        (name for name in document["basemap"].get("names", ()) if name[0] == "town"), key=lambda name: name[5]
    )
    taken: list[tuple[float, float, float]] = []
    for name, lon, lat in (*places, *((town[1], town[3], town[4]) for town in towns)):
        x, y = sheet.spot(lon, lat)
        width = 7 * min(len(name), 40)
        clear = all(abs(y - v) > _LINE_PX or x > u + room or x + width < u for u, v, room in taken)
        if sheet.holds(x + width, y) and sheet.holds(x, y) and clear:
            taken.append((x, y, width))
            yield f'<circle class="s-town" cx="{x:.0f}" cy="{y:.0f}" r="2.5"/>'
            yield f'<text class="s-name" x="{x + 6:.0f}" y="{y + 4:.0f}">{escape(name[:40])}</text>'
        if len(taken) == _MOST_NAMES:
            return
