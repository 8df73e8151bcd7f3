"""One recipe followed: base, then depth and bands, then clip and exclude, in kilometres on the file's plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import Point

from geo.errors import InputError
from geo.zones import sides
from geo.zones.recipe import read_recipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geo.zones.recipe import Recipe, Region
    from geo.zones.recipes import Workshop

_THINNEST_KM = 1e-3
_BORDER_SLACK_KM = 0.3
_SAME_END_KM = 3.0  # as far as a border may be drawn off
_CHORD_KM = 20.0  # one length for all depths, so that stretches that meet are cut alike
_AREA = 2


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
            if not sides.parts_of(line):
                hint = "Name one line as its base, or take `between` out."
                raise InputError(f"zone {self.zone!r}: recipe.between cuts a line, and the base is an area.", hint=hint)
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
        probe = sides.band(longest, 1.0, "left").representative_point()
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
        strip = sides.band(base.whole, depth_km, self.line_side(recipe))
        return shapely.difference(strip, self.beyond(recipe)) if recipe.flat else strip

    def beyond(self, recipe: Recipe, slack_km: float = 0.0) -> BaseGeometry:
        """Return what square ends leave out; where a stretch ends with its whole border, that end stays round."""
        reach_km = max([self.depth(recipe)[1], *(band.to_km for band in recipe.bands)]) + slack_km
        line = self.line(recipe)
        if not recipe.between:
            return sides.beyond_both_ends(line, reach_km)
        start, end = (self.workshop.plane.to_km(Point(point)).centroid for point in recipe.between)
        part = sides.nearest_part(line, start, end)
        low, high = sorted((part.project(start), part.project(end)))
        slack = _SAME_END_KM if recipe.form == "border" else -1.0
        cuts = [(at, at == high) for at in (low, high) if slack < at < part.length - slack]
        return shapely.union_all(
            [sides.beyond(part, at, reach_km=2 * reach_km, chord_km=_CHORD_KM, after=after) for at, after in cuts]
        )

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
        return self.workshop.to_km(region.polygon or shapely.Polygon())


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry without stray parts of a lower dimension, as overlays leave behind."""
    dimension = int(shapely.get_dimensions(geometry))
    parts = [part for part in shapely.get_parts(geometry) if int(shapely.get_dimensions(part)) == dimension]
    return geometry if len(parts) == shapely.get_num_geometries(geometry) else shapely.union_all(parts)


def _without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    """Return areas without those that only differences of rounding left."""
    parts = [part for part in shapely.get_parts(tidy(geometry)) if part.length == 0 or _is_wide(part)]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _is_wide(part: BaseGeometry) -> bool:
    return int(shapely.get_dimensions(part)) < _AREA or part.area / part.length > _THINNEST_KM


def _union(shapes: list[Shape]) -> Shape:
    core = shapely.union_all([made.part("core") for made in shapes])
    whole = shapely.union_all([made.whole for made in shapes])
    if not any(made.parts for made in shapes):
        return Shape(whole)
    return Shape(whole, (("core", core), ("margin", shapely.difference(whole, core))))
