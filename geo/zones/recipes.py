"""Zones from their recipes: derive them, bake them, and say how far a hand-drawn one departs.

`geometry: null` beside a recipe is derived on load. A drawn geometry beside a recipe is taken for the reader's
own and wins, unless its fingerprint says that `bake` wrote it and nobody has touched it since: then the recipe
is followed anew, so that a moved vertex of the base line moves the baked zone too. All metric work is done on
one local plane for the whole file (`geo.crs.LocalPlane`), so that zones which share an edge share its vertices.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import shapely
from shapely.geometry import Point, shape

from geo.crs import LocalPlane, area_km2
from geo.errors import InputError
from geo.zones import sides
from geo.zones.recipe import read_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.types import Zone
    from geo.zones.recipe import Recipe, Region

#: Decimals of a degree in derived coordinates: a tenth of a metre, far below any doubt in them.
DECIMALS = 6
_WIDEST_DEG = 12.0
_LONGEST_EDGE_DEG = 0.25  # an edge along a parallel then bends less than 10 m on the plane
_CENTRE_STEP_DEG = 0.5
_THINNEST_KM = 1e-3
_BORDER_SLACK_KM = 0.3


class Boundaries(Protocol):
    """Where the polygons of countries and provinces come from: `geo.gazetteer.boundaries`, or a test's own."""

    def country(self, code: str, /) -> BaseGeometry | None:
        """Return the polygon of a country by its ISO 3166-1 alpha-2 code, degrees."""

    def admin1(self, code: str, /) -> BaseGeometry | None:
        """Return the polygon of a province by its GeoNames code (`SY.12`), degrees."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a recipe makes, in kilometres on the plane: the whole, and its named parts."""

    whole: BaseGeometry
    parts: tuple[tuple[str, BaseGeometry], ...] = ()

    def part(self, name: str) -> BaseGeometry:
        """Return a part by name, or the whole."""
        return dict(self.parts).get(name, self.whole)

    def map(self, change: Callable[[BaseGeometry], BaseGeometry]) -> Shape:
        """Return the shape with whole and parts changed alike; parts that vanish go."""
        parts = ((name, change(part)) for name, part in self.parts)
        return Shape(change(self.whole), tuple((name, part) for name, part in parts if not part.is_empty))


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
        _deviation(zone, workshop)
        for zone in given
        if overridden(zone) and workshop.finished(zone).geometry is not None
    )


def _deviation(zone: Zone, workshop: Workshop) -> Deviation:
    plane = workshop.plane
    drawn, made = workshop.shape(zone.id).whole, workshop.follow(zone).whole
    gained = plane.to_deg(shapely.difference(drawn, made))
    lost = plane.to_deg(shapely.difference(made, drawn))
    return Deviation(zone.id, area_km2(gained), area_km2(lost), float(drawn.hausdorff_distance(made)))


class Workshop:
    """The zones of one file on one plane, each recipe followed at most once."""

    def __init__(self, zones: Iterable[Zone], boundaries: Boundaries) -> None:
        """Take a file's zones; nothing is derived until it is asked for."""
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
        """Return a shape in degrees, rounded; what rounding makes invalid is made valid, as nobody drew it."""
        rounded = shapely.transform(self.plane.to_deg(geometry), lambda degrees: degrees.round(DECIMALS))
        rounded = shapely.remove_repeated_points(rounded)
        return rounded if rounded.is_valid else _tidy(shapely.make_valid(rounded))

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
        finally:
            self._open.pop()
        return self._shapes[zone_id]

    def _make(self, zone: Zone) -> Shape:
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
        return Kitchen(self, zone.id).cook(read_recipe(zone.recipe or {}, zone.id))

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


class Kitchen:
    """Follows one recipe: base, then depth and bands, then clip and exclude."""

    def __init__(self, workshop: Workshop, zone: str) -> None:
        """Work for one zone, named in messages."""
        self.workshop = workshop
        self.zone = zone

    def cook(self, recipe: Recipe) -> Shape:
        """Return what a recipe makes."""
        if recipe.form == "union":
            made = _union([self.cook(part) for part in recipe.parts])
        elif recipe.form == "edges_of":
            made = self._edges(recipe.names[0])
        else:
            base = self.base(recipe)
            made = self._grown(base, recipe) if recipe.depth or recipe.bands else base
        return self._trimmed(made, recipe)

    def base(self, recipe: Recipe) -> Shape:
        """Return what a recipe measures from, on the plane."""
        plane = self.workshop.plane
        if recipe.form == "point":
            return Shape(plane.to_km(Point(recipe.point or (0, 0))))
        if recipe.form == "area":
            return self._area(recipe)
        line = self.line(recipe)
        if recipe.between:
            start, end = (plane.to_km(Point(point)) for point in recipe.between)
            line = sides.stretch(line, start.centroid, end.centroid)
        return Shape(line)

    def line(self, recipe: Recipe) -> BaseGeometry:
        """Return the whole base line of a recipe; for two lines, the area between them."""
        if recipe.form == "border":
            return self._border(*recipe.names)
        lines = [self.workshop.shape(self.workshop.known(name, self.zone).id).whole for name in recipe.names]
        for name, line in zip(recipe.names, lines, strict=True):
            if not sides.parts_of(line):
                raise InputError(f"zone {self.zone!r}: {name!r} is not a line.", hint="Use it as an `area`.")
        return lines[0] if len(lines) == 1 else sides.between(*lines)

    def _area(self, recipe: Recipe) -> Shape:
        key = recipe.names[0]
        if not recipe.cut_by:
            kind = key.rpartition(":")[0]
            known = not kind and self.workshop.known(key, self.zone)
            return self.workshop.shape(key) if known else Shape(self.workshop.area(key, self.zone))
        lines = [self.workshop.shape(self.workshop.known(name, self.zone).id).whole for name in recipe.cut_by]
        side = self.side(recipe.side, recipe.cut_by[0])
        return Shape(sides.part_beside(self.workshop.area(key, self.zone), lines, side))

    def _border(self, left: str, right: str) -> BaseGeometry:
        """Return the shared border of two countries, walked with the first on its left."""
        one, two = (self.workshop.area(f"country:{code}", self.zone) for code in (left, right))
        shared = shapely.intersection(one.boundary, two.buffer(_BORDER_SLACK_KM))
        parts = sides.parts_of(shapely.line_merge(shared))
        if not parts:
            raise InputError(f"zone {self.zone!r}: {left} and {right} share no border.", hint="Check the codes.")
        longest = max(parts, key=lambda part: float(part.length))
        probe = sides.band(longest, 1.0, "left", flat=True).representative_point()
        return longest if one.contains(probe) else shapely.reverse(longest)

    def side(self, name: str, line: str | None) -> sides.Side:
        """Return left, right or both for a side that may be named after who holds it."""
        if name in {"left", "right", "both"}:
            return name  # type: ignore[return-value]
        named: dict[str, Any] = {}
        if line is not None:
            named = dict(self.workshop.zones[line].properties.get("sides") or {})
        for side in ("left", "right"):
            if named.get(side) == name:
                return side
        known = [str(who) for who in named.values()]
        hint = f"Known: {', '.join(['left', 'right', 'both', *known])}. The line's `sides` name who is where."
        raise InputError(f"zone {self.zone!r}: recipe.side is {name!r}.", hint=hint)

    def _grown(self, base: Shape, recipe: Recipe) -> Shape:
        if recipe.bands:
            rings = ((b.name, self._ring(base, recipe, b.from_km, b.to_km)) for b in recipe.bands)
            parts = tuple((name, ring) for name, ring in rings if not ring.is_empty)
            return Shape(shapely.union_all([part for _, part in parts]), parts)
        least, most = self.depth(recipe)
        whole = self._within(base, recipe, most)
        if least == most:
            return Shape(whole)
        core = self._within(base, recipe, least)
        return Shape(whole, (("core", core), ("margin", shapely.difference(whole, core))))

    def depth(self, recipe: Recipe) -> tuple[float, float]:
        """Return least and most depth in kilometres, another zone's where the recipe says so."""
        depth = recipe.depth
        seen: list[str] = []
        while depth and depth.same_as:
            zone = self.workshop.known(depth.same_as, self.zone)
            if zone.id in seen or not zone.recipe:
                raise InputError(f"zone {self.zone!r}: {zone.id!r} has no depth to take.", hint="Write a number.")
            seen.append(zone.id)
            depth = read_recipe(zone.recipe, zone.id).depth
        return (depth.least_km, depth.most_km) if depth else (0.0, 0.0)

    def _ring(self, base: Shape, recipe: Recipe, low: float, high: float) -> BaseGeometry:
        outer = self._within(base, recipe, high)
        return shapely.difference(outer, self._within(base, recipe, low)) if low else outer

    def _within(self, base: Shape, recipe: Recipe, depth_km: float) -> BaseGeometry:
        """Return what lies within a depth of the base, on the recipe's side of it."""
        if recipe.form in {"area", "zones"}:
            return self._around(base.whole, recipe.side, depth_km)
        if recipe.form == "point":
            return base.whole.buffer(depth_km, quad_segs=48)
        return sides.band(base.whole, depth_km, self.line_side(recipe), flat=recipe.flat)

    def line_side(self, recipe: Recipe) -> sides.Side:
        """Return which side of its base line a recipe takes."""
        if recipe.form == "border" and recipe.side in recipe.names:
            return "left" if recipe.side == recipe.names[0] else "right"
        return self.side(recipe.side, recipe.names[0] if recipe.form in {"zone", "road"} else None)

    def _around(self, area: BaseGeometry, side: str, depth_km: float) -> BaseGeometry:
        """Return a rim of an area (outside or inside of its edge), or the area grown by the depth (both)."""
        if side == "inside":
            return shapely.difference(area, area.buffer(-depth_km, quad_segs=48))
        grown = area.buffer(depth_km, quad_segs=48)
        return shapely.difference(grown, area) if side == "outside" else grown

    def _edges(self, zone_id: str) -> Shape:
        zone = self.workshop.known(zone_id, self.zone)
        recipe = read_recipe(zone.recipe or {}, zone.id)
        if recipe.form not in {"zone", "road", "border"} or not recipe.depth:
            raise InputError(f"zone {self.zone!r}: {zone_id!r} has no edges along a line.", hint="Name a band.")
        made, line = self.workshop.shape(zone_id), Kitchen(self.workshop, zone_id).base(recipe).whole
        least, most = Kitchen(self.workshop, zone_id).depth(recipe)
        far = sides.edges_along(line, (least + most) / 2, made.whole)
        near = line if recipe.side != "both" else shapely.MultiLineString()
        parts = (("near edge", near), ("far edge", far))
        return Shape(shapely.union_all([near, far]), tuple(part for part in parts if not part[1].is_empty))

    def _trimmed(self, made: Shape, recipe: Recipe) -> Shape:
        for region in recipe.clip:
            keep = self.region(region)
            made = made.map(lambda part, keep=keep: shapely.intersection(part, keep))  # type: ignore[misc]
        for region in recipe.exclude:
            drop = self.region(region)
            made = made.map(lambda part, drop=drop: shapely.difference(part, drop))  # type: ignore[misc]
        return made.map(_without_slivers)

    def region(self, region: Region) -> BaseGeometry:
        """Return a region to keep within or leave out, on the plane."""
        if region.key is not None:
            return self.workshop.area(region.key, self.zone)
        if region.circle is not None:
            lon, lat, radius_km = region.circle
            return self.workshop.plane.to_km(Point(lon, lat)).buffer(radius_km, quad_segs=48)
        return self.workshop.to_km(shape(dict(region.polygon or {})))


def _tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry without stray parts of a lower dimension, as overlays leave behind."""
    dimension = int(shapely.get_dimensions(geometry))
    parts = [part for part in shapely.get_parts(geometry) if int(shapely.get_dimensions(part)) == dimension]
    return geometry if len(parts) == shapely.get_num_geometries(geometry) else shapely.union_all(parts)


def _without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    """Return areas without those that only differences of rounding left."""
    parts = [part for part in shapely.get_parts(_tidy(geometry)) if part.length == 0 or _is_wide(part)]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _is_wide(part: BaseGeometry) -> bool:
    return int(shapely.get_dimensions(part)) < _AREA or part.area / part.length > _THINNEST_KM


_AREA = 2


def _union(shapes: list[Shape]) -> Shape:
    core = shapely.union_all([made.part("core") for made in shapes])
    whole = shapely.union_all([made.whole for made in shapes])
    if not any(made.parts for made in shapes):
        return Shape(whole)
    return Shape(whole, (("core", core), ("margin", shapely.difference(whole, core))))


def _drawn(zone: Zone) -> BaseGeometry | None:
    override = zone.recipe.get("override") if zone.recipe else None
    return shape(override) if isinstance(override, dict) else zone.geometry


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
    if zone.geometry is not None and (zone.recipe is None or overridden(zone)):
        west, south, east, north = zone.geometry.bounds
        yield from ((west, south), (east, north))
    if zone.recipe is not None:
        recipe = read_recipe(zone.recipe, zone.id)
        yield from recipe.between or ()
        if recipe.point:
            yield recipe.point
