"""Zones from their recipes: derive them, bake them, and say how far a hand-drawn one departs.

`geometry: null` beside a recipe is derived on load. A drawn geometry beside a recipe is taken for the reader's
own and wins, unless its fingerprint says that `bake` wrote it and nobody has touched it since: then the recipe
is followed anew, so that a moved vertex of the base line moves the baked zone too. All metric work is done on
one local plane for the whole file (`geo.crs.LocalPlane`), so that zones which share an edge share its vertices.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import shapely

from geo.crs import LocalPlane, area_km2
from geo.errors import InputError
from geo.zones.kitchen import Kitchen, Shape, tidy
from geo.zones.recipe import read_recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.types import Zone

#: Decimals of a degree in derived coordinates: a tenth of a metre, far below any doubt in them.
DECIMALS = 6
_WIDEST_DEG = 12.0
_LONGEST_EDGE_DEG = 0.25  # an edge along a parallel then bends less than 10 m on the plane
_CENTRE_STEP_DEG = 0.5


class Boundaries(Protocol):
    """Where the polygons of countries and provinces come from: `geo.gazetteer.boundaries`, or a test's own."""

    def country(self, code: str, /) -> BaseGeometry | None:
        """Return the polygon of a country by its ISO 3166-1 alpha-2 code, degrees."""

    def admin1(self, code: str, /) -> BaseGeometry | None:
        """Return the polygon of a province by its GeoNames code (`SY.12`), degrees."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far a drawn geometry departs from the recipe beside it."""

    zone: str
    gained_km2: float
    """Drawn, but not in the recipe."""
    lost_km2: float
    """In the recipe, but not drawn."""
    farthest_km: float
    """Hausdorff distance of the two outlines."""


def derive(zones: Iterable[Zone], boundaries: Boundaries) -> tuple[Zone, ...]:
    """Return the zones with every recipe followed: geometry, parts and `derived` set.

    Args:
        zones: a file's zones, in its order, which is kept.
        boundaries: the polygons of countries and provinces.

    Raises:
        InputError: a recipe makes no sense, names what is not there, or runs in a circle.
    """
    given = tuple(zones)
    workshop = Workshop(given, boundaries)
    return tuple(workshop.finished(zone) for zone in given)


def bake(zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """Return derived zones as drawn ones: the geometry written out, the recipe beside it with a fingerprint."""
    return tuple(_baked(zone) for zone in zones)


def _baked(zone: Zone) -> Zone:
    if not zone.derived or zone.geometry is None or zone.recipe is None:
        return zone
    recipe = {**zone.recipe, "baked": fingerprint(zone.geometry)}
    return replace(zone, derived=False, parts=(), recipe=recipe)


def fingerprint(geometry: BaseGeometry) -> str:
    """Return a short hash of a geometry, the same after a round trip through GeoJSON."""
    plain = shapely.normalize(shapely.remove_repeated_points(geometry))
    text = shapely.to_wkt(plain, rounding_precision=6, trim=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def overridden(zone: Zone) -> bool:
    """Return whether a drawn geometry counts although the zone has a recipe."""
    if zone.recipe is None:
        return False
    if zone.recipe.get("override"):
        return True
    if zone.geometry is None or zone.derived:
        return False
    return zone.recipe.get("baked") != fingerprint(zone.geometry)


def deviations(zones: Iterable[Zone], boundaries: Boundaries) -> tuple[Deviation, ...]:
    """Return how far each zone whose drawn geometry wins departs from its recipe.

    Raises:
        InputError: a recipe makes no sense.
    """
    given = tuple(zones)
    workshop = Workshop(given, boundaries)
    return tuple(
        deviation_of(zone, workshop)
        for zone in given
        if overridden(zone) and workshop.finished(zone).geometry is not None
    )


def deviation_of(zone: Zone, workshop: Workshop) -> Deviation:
    """Return how far the drawn geometry of a zone departs from its recipe. Raises InputError for a bad recipe."""
    plane = workshop.plane
    drawn, made = workshop.shape(zone.id).whole, workshop.follow(zone).whole
    gained = plane.to_deg(shapely.difference(drawn, made))
    lost = plane.to_deg(shapely.difference(made, drawn))
    return Deviation(zone.id, area_km2(gained), area_km2(lost), float(drawn.hausdorff_distance(made)))


class Workshop:
    """The zones of one file on one plane, each recipe followed at most once."""

    def __init__(self, zones: Iterable[Zone], boundaries: Boundaries, *, keep_derived: bool = False) -> None:
        """Take a file's zones; nothing is derived until it is asked for, nor, with `keep_derived`, a second time."""
        self.keep_derived = keep_derived
        self.zones = {zone.id: zone for zone in zones}
        self.boundaries = boundaries
        self.plane = common_plane(self.zones.values())
        self._shapes: dict[str, Shape] = {}
        self._areas: dict[str, BaseGeometry] = {}
        self._open: list[str] = []

    def finished(self, zone: Zone) -> Zone:
        """Return one zone with its geometry in degrees."""
        if zone.recipe is None:
            return zone
        if overridden(zone):
            return replace(zone, geometry=_drawn(zone), derived=False, parts=())
        made = self.shape(zone.id)
        parts = tuple((name, self._to_deg(part)) for name, part in made.parts)
        return replace(zone, geometry=self._to_deg(made.whole), parts=parts, derived=True)

    def _to_deg(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a shape in degrees, rounded, its shells counterclockwise.

        What rounding makes invalid is made valid, as nobody drew it.
        """
        rounded = shapely.transform(self.plane.to_deg(geometry), lambda degrees: degrees.round(DECIMALS))
        rounded = shapely.remove_repeated_points(rounded)
        sound = rounded if rounded.is_valid else tidy(shapely.make_valid(rounded))
        return shapely.orient_polygons(sound)

    def shape(self, zone_id: str) -> Shape:
        """Return a zone's shape on the plane, drawn or derived."""
        if zone_id in self._shapes:
            return self._shapes[zone_id]
        if zone_id in self._open:
            circle = " → ".join([*self._open[self._open.index(zone_id) :], zone_id])
            raise InputError(f"zone {zone_id!r}: the recipes run in a circle: {circle}.", hint="Draw one of them.")
        self._open.append(zone_id)
        try:
            self._shapes[zone_id] = self._make(self.zones[zone_id])
        except shapely.errors.ShapelyError as error:
            message = f"zone {zone_id!r}: its shape can't be worked with."
            raise InputError(message, hint="Look for a line without length, or an outline that crosses.") from error
        finally:
            self._open.pop()
        return self._shapes[zone_id]

    def _make(self, zone: Zone) -> Shape:
        if self.keep_derived and zone.derived and zone.geometry is not None:
            return Shape(self.to_km(zone.geometry), tuple((name, self.to_km(part)) for name, part in zone.parts))
        if zone.recipe is not None and not overridden(zone):
            return self.follow(zone)
        drawn = _drawn(zone)
        if drawn is None:
            raise InputError(f"zone {zone.id!r} has neither a geometry nor a recipe.", hint="Others are made from it.")
        return Shape(self.to_km(drawn))

    def to_km(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry in degrees on the plane, its long edges kept straight in degrees (RFC 7946, 3.1.1)."""
        return self.plane.to_km(shapely.segmentize(geometry, _LONGEST_EDGE_DEG))

    def follow(self, zone: Zone) -> Shape:
        """Return what a zone's recipe makes, whatever is drawn beside it."""
        made = Kitchen(self, zone.id).cook(read_recipe(zone.recipe or {}, zone.id))
        if made.whole.is_empty:
            hint = "Look at its depth, and whether its base lies in what it is clipped to."
            raise InputError(f"zone {zone.id!r}: its recipe makes nothing.", hint=hint)
        return made

    def known(self, zone_id: str, asker: str) -> Zone:
        """Return a zone of this file.

        Raises:
            InputError: there is none of that id.
        """
        if zone_id not in self.zones:
            message = f"zone {asker!r}: its recipe names {zone_id!r}, which is not in this file."
            raise InputError(message, hint=f"There are: {', '.join(sorted(self.zones)[:12])}.")
        return self.zones[zone_id]

    def area(self, key: str, asker: str) -> BaseGeometry:
        """Return an area on the plane: a zone's, a country's or a province's."""
        if key not in self._areas:
            kind, _, code = key.rpartition(":")
            if kind in {"country", "admin1"}:
                self._areas[key] = self.to_km(self._boundary(kind, code, asker))
            else:
                self._areas[key] = self.shape(self.known(key, asker).id).whole
        return self._areas[key]

    def _boundary(self, kind: str, code: str, asker: str) -> BaseGeometry:
        found = self.boundaries.country(code) if kind == "country" else self.boundaries.admin1(code)
        if found is None or found.is_empty:
            raise InputError(f"zone {asker!r}: no {kind} has the code {code!r}.", hint="Write SY, or SY.12.")
        return found


def _drawn(zone: Zone) -> BaseGeometry | None:
    override = read_recipe(zone.recipe, zone.id).override if zone.recipe else False
    return zone.geometry if isinstance(override, bool) else override


def common_plane(zones: Iterable[Zone]) -> LocalPlane:
    """Return the plane of a file: centred on what is drawn, to half a degree, so that small edits keep it.

    Raises:
        InputError: the file reaches too far for one plane.
    """
    points = [point for zone in zones for point in _footing(zone)]
    if not points:
        return LocalPlane(0.0, 0.0)
    lons, lats = zip(*points, strict=True)
    if max(lons) - min(lons) > _WIDEST_DEG or max(lats) - min(lats) > _WIDEST_DEG:
        message = f"the zones reach over more than {_WIDEST_DEG:g} degrees, too far for one plane."
        raise InputError(message, hint="Keep each theatre in a file of its own.")
    lon, lat = (round((min(axis) + max(axis)) / 2 / _CENTRE_STEP_DEG) * _CENTRE_STEP_DEG for axis in (lons, lats))
    return LocalPlane(lon, lat)


def _footing(zone: Zone) -> Iterator[tuple[float, float]]:
    """Yield the corners of what is drawn by hand, and the points that a recipe names."""
    if zone.geometry is not None and not zone.geometry.is_empty and (zone.recipe is None or overridden(zone)):
        west, south, east, north = zone.geometry.bounds
        yield from ((west, south), (east, north))
    if zone.recipe is not None:
        recipe = read_recipe(zone.recipe, zone.id)
        yield from recipe.between or ()
        if recipe.point:
            yield recipe.point
