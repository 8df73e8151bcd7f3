"""The model behind `geo.zones.membership`: lines and places moved a thousand times, and tests of lying inside.

Everything is in kilometres on the plane of the file's `Workshop`. A test takes places, each moved a thousand
times, and answers for each place and draw. `geo.zones.membership` says what the model assumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import shapely

from geo.crs import distances_km
from geo.zones import sides
from geo.zones.kitchen import Kitchen
from geo.zones.recipe import read_recipe
from geo.zones.recipes import overridden

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.types import Place, Zone
    from geo.zones.recipe import Recipe, Region
    from geo.zones.recipes import Workshop

DRAWS = 1000
SEED = 20180917
_CHUNK = 48  # places at a time: 48 × 1,000 draws in float32 stay in a processor's second-level cache
_AREA = 2
_SIGMAS = 4  # how far a line is taken to stray, in standard errors

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Places on the plane, in kilometres."""

    x: Array
    y: Array
    sigma: Array
    lon_lat_deg: Array

    @classmethod
    def of(cls, places: Sequence[Place], workshop: Workshop, *, exact: bool) -> Crowd:
        """Return places on the plane of a workshop; with `exact`, without their own doubt."""
        degrees = np.array([(place.lon_deg, place.lat_deg) for place in places], float).reshape(-1, 2)
        east_north = workshop.plane.coordinates_to_km(degrees) if len(degrees) else degrees
        sigma = np.array([0.0 if exact else place.radius_km / 2 for place in places], float)
        return cls(east_north[:, 0], east_north[:, 1], sigma, degrees)


@dataclass(frozen=True, slots=True)
class Spots:
    """Some places, moved a thousand times: arrays of places × draws."""

    x: Array
    y: Array
    centre_x: Array
    centre_y: Array
    reach_km: Array
    """How far a place was moved at most."""

    def points(self) -> Array:
        """Return where they stand, not moved."""
        return np.asarray(shapely.points(self.centre_x, self.centre_y))

    def some(self, mask: Array) -> Spots:
        """Return some of them."""
        return Spots(*(array[mask] for array in (self.x, self.y, self.centre_x, self.centre_y, self.reach_km)))


class Test(Protocol):
    """Says for each place and draw whether it is inside."""

    def __call__(self, spots: Spots, /) -> Array:
        """Return an array of places × draws."""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A line, moved a thousand times: arrays of vertices × draws, and how far each segment was moved at most."""

    x: Array
    y: Array
    segments: Array
    moved_km: Array
    ends: Array

    @classmethod
    def of(cls, vertices: Array, errors: Array) -> MovedLine:
        """Return a line from its vertices (n, 2) and their errors (2, n, draws)."""
        moved = vertices.T.astype(np.float32)[:, :, None] + errors
        most = np.hypot(errors[0], errors[1]).max(axis=1)
        segments = np.asarray(shapely.linestrings(np.stack([vertices[:-1], vertices[1:]], axis=1)))
        return cls(moved[0], moved[1], segments, np.maximum(most[:-1], most[1:]), vertices[[0, -1]])


@dataclass(frozen=True, slots=True)
class Strip:
    """The test of lying beside a moved line; only places in reach of its edges are tried draw by draw."""

    line: MovedLine
    side: sides.Side
    rings: tuple[tuple[float, Array], ...]
    home: Test | None
    """Decides beyond the ends of the line, where it has no sides."""

    def __call__(self, spots: Spots, /) -> Array:
        """Return for each place and draw whether it lies in the strip."""
        sure, inside = self.foregone(spots)
        answer: Array = np.repeat((sure & inside)[:, None], spots.x.shape[1], axis=1)
        if not sure.all():
            answer[~sure] = self.tried(spots.some(~sure))
        return answer

    def tried(self, spots: Spots) -> Array:
        """Return the answer of each draw."""
        offset = sides.signed_distance(spots.x, spots.y, self.line.x, self.line.y)
        depth = np.abs(offset) if self.side == "both" else offset if self.side == "left" else -offset
        if self.home:
            beyond = sides.beyond_ends(spots.x, spots.y, self.line.x, self.line.y, np.abs(offset))
            depth = np.where(beyond, np.where(self.home(spots), np.abs(offset), -1), depth)
        answer: Array = np.logical_or.reduce([(depth >= near) & (depth <= far) for near, far in self.rings])
        return answer

    def foregone(self, spots: Spots) -> tuple[Array, Array]:
        """Return which places give the same answer in every draw, and that answer.

        No draw can move a place and the line nearer to each other, or farther apart, than their largest moves.
        """
        points = spots.points()
        distances = shapely.distance(points[:, None], self.line.segments)
        nearest = (distances - self.line.moved_km).min(axis=1) - spots.reach_km
        farthest = (distances + self.line.moved_km).min(axis=1) + spots.reach_km
        most, least = max(float(far.max()) for _, far in self.rings), float(self.rings[0][1].min())
        within = (farthest < least) if len(self.rings) == 1 and not self.rings[0][0] else np.zeros(len(points), bool)
        on_side = self._nominally_on_side(spots)
        sided = (nearest > 0) & ~self._near_an_end(spots, farthest)
        return (nearest > most) | (sided & (within | ~on_side)), sided & within & on_side

    def _nominally_on_side(self, spots: Spots) -> Array:
        vertices = shapely.get_coordinates(self.line.segments)
        x, y = np.append(vertices[::2, 0], vertices[-1, 0]), np.append(vertices[::2, 1], vertices[-1, 1])
        offset = sides.signed_distance(spots.centre_x, spots.centre_y, x, y)
        return np.ones(len(offset), bool) if self.side == "both" else (offset > 0) == (self.side == "left")

    def _near_an_end(self, spots: Spots, farthest: Array) -> Array:
        """Return which places may in some draw have an end of the line as the nearest spot of it."""
        points = spots.points()
        ends = shapely.distance(points[:, None], np.asarray(shapely.points(self.line.ends)))
        near: Array = (ends - self.line.moved_km[[0, -1]]).min(axis=1) - spots.reach_km <= farthest
        return near


class Chances:
    """Probabilities by zone, all from the same draws."""

    def __init__(self, workshop: Workshop, crowd: Crowd) -> None:
        self.workshop = workshop
        self.crowd = crowd
        rng = np.random.default_rng(SEED)
        self.share = rng.random(DRAWS, dtype=np.float32)
        self.shift = rng.standard_normal(DRAWS, dtype=np.float32)
        self.east, self.north = rng.standard_normal((2, DRAWS), dtype=np.float32)
        self._lines: dict[str, MovedLine] = {}

    def is_area(self, zone: Zone) -> bool:
        """Return whether anything can lie inside of a zone."""
        if zone.recipe is None and zone.geometry is None:
            return False
        return int(shapely.get_dimensions(self.workshop.shape(zone.id).whole)) == _AREA

    def readings(self, zone: Zone) -> list[Zone]:
        """Return the other readings of a zone's text."""
        root = zone.variant_of or zone.id
        family = [z for z in self.workshop.zones.values() if root in {z.id, z.variant_of}]
        return [z for z in family if z.id != zone.id and self.is_area(z)]

    def of(self, zone: Zone) -> Array:
        """Return the probability of each place to be inside."""
        test = self.test(zone)
        crowd, chances = self.crowd, np.zeros(len(self.crowd.x))
        for start in range(0, len(chances), _CHUNK):
            some = slice(start, start + _CHUNK)
            chances[some] = test(self._spots(crowd.x[some], crowd.y[some], crowd.sigma[some])).mean(axis=1)
        return chances

    def _spots(self, x: Array, y: Array, sigma: Array) -> Spots:
        scale = sigma.astype(np.float32)[:, None]
        east, north = scale * self.east, scale * self.north
        centres = x.astype(np.float32)[:, None], y.astype(np.float32)[:, None]
        return Spots(centres[0] + east, centres[1] + north, x, y, np.hypot(east, north).max(axis=1))

    def line_km(self, zone: Zone) -> Array | None:
        """Return the geodesic distance of each place to the zone's base line."""
        line = base_line(zone, self.workshop)
        if line is None or not len(self.crowd.x):
            return None
        shortest = shapely.shortest_line(line, shapely.points(self.crowd.x, self.crowd.y))
        foot = self.workshop.plane.coordinates_to_deg(shapely.get_coordinates(shortest)[::2])
        return distances_km(self.crowd.lon_lat_deg, foot)

    def test(self, zone: Zone) -> Test:
        """Return the test of a zone, by its recipe or as drawn."""
        if zone.recipe is None or overridden(zone):
            return self._as_drawn(zone)
        return self._by_recipe(read_recipe(zone.recipe, zone.id), zone)

    def _by_recipe(self, recipe: Recipe, zone: Zone) -> Test:
        if recipe.form == "union":
            return _any([self._by_recipe(part, zone) for part in recipe.parts])
        if recipe.form == "area" and not (recipe.cut_by or recipe.depth or recipe.bands):
            base = self.workshop.zones.get(recipe.names[0])
            tests = [self.test(base) if base else self._as_drawn(zone)]
        elif recipe.form == "area" and recipe.cut_by and not (recipe.depth or recipe.bands):
            tests = [self._cut_off(recipe, zone)]
        elif recipe.form in {"zone", "road"} and (recipe.depth or recipe.bands):
            tests = [self._beside(recipe, zone)]
        else:
            return self._as_drawn(zone)
        kitchen = Kitchen(self.workshop, zone.id)
        tests += [_inside(self._clip(region, recipe, kitchen)[0]) for region in recipe.clip]
        tests += [_not(_inside(kitchen.region(region))) for region in recipe.exclude]
        return _all(tests)

    def _beside(self, recipe: Recipe, zone: Zone) -> Test:
        """Return the test of a strip along a line: right side, within the depth."""
        kitchen = Kitchen(self.workshop, zone.id)
        name = recipe.names[0]
        if len(sides.parts_of(self.workshop.shape(name).whole)) > 1 or recipe.between:
            return self._as_drawn(zone)
        least, most = (0.0, 0.0) if recipe.bands else kitchen.depth(recipe)
        one_ring = (0.0, least + np.float32(most - least) * self.share)
        rings = [(band.from_km, np.array(band.to_km, np.float32)) for band in recipe.bands] or [one_ring]
        homes = [_inside(home) for _, home in (self._clip(r, recipe, kitchen) for r in recipe.clip) if home]
        strip = Strip(self._line(name), kitchen.line_side(recipe), tuple(rings), _all(homes) if homes else None)
        return _all([strip, _not(_inside(kitchen.beyond(recipe, self._slack_km(name))))]) if recipe.flat else strip

    def _cut_off(self, recipe: Recipe, zone: Zone) -> Test:
        """Return the test of an area on one side of a line: the line moves, the area's other edges do not."""
        name, kitchen = recipe.cut_by[0], Kitchen(self.workshop, zone.id)
        line = self.workshop.shape(name).whole
        if len(sides.parts_of(line)) > 1:
            return self._as_drawn(zone)
        area = kitchen.cook(recipe).whole
        everything = (0.0, np.array(np.inf, np.float32))
        beside = Strip(self._line(name), kitchen.side(recipe.side, name), (everything,), _inside(area))
        return _all([beside, _inside(self._widened(area, name))])

    def _widened(self, area: BaseGeometry, line: str) -> BaseGeometry:
        """Return an area that a line bounds, widened across it as far as the line may stray."""
        return shapely.union(area, self.workshop.shape(line).whole.buffer(self._slack_km(line), cap_style="flat"))

    def _slack_km(self, line: str) -> float:
        """Return how far a line may stray."""
        return _SIGMAS * max(self._sigmas(self.workshop.zones[line]), default=0.0)

    def _clip(self, region: Region, recipe: Recipe, kitchen: Kitchen) -> tuple[BaseGeometry, BaseGeometry | None]:
        """Return an area to keep within, and again if the base line bounds it, as beyond the line's ends it decides.

        Such an area is widened across the line first, for the line itself moves.
        """
        area = kitchen.region(region)
        line = recipe.names[0] if recipe.form in {"zone", "road"} else None
        clip = self.workshop.zones.get(region.key or "")
        if line is None or clip is None or clip.recipe is None or line not in read_recipe(clip.recipe, clip.id).cut_by:
            return area, None
        return self._widened(area, line), area

    def _line(self, zone_id: str) -> MovedLine:
        """Return a line, moved."""
        if zone_id not in self._lines:
            vertices = self._vertices(self.workshop.zones[zone_id])
            sigmas = np.array(self._sigmas(self.workshop.zones[zone_id]), np.float32)
            errors = _errors(zone_id, len(vertices)) * sigmas[:, None]
            self._lines[zone_id] = MovedLine.of(vertices, errors)
        return self._lines[zone_id]

    def _vertices(self, zone: Zone) -> Array:
        """Return a line's vertices on the plane: as drawn, or as derived."""
        if zone.geometry is None or zone.derived:
            return shapely.get_coordinates(self.workshop.shape(zone.id).whole)
        return shapely.get_coordinates(self.workshop.plane.to_km(zone.geometry))

    def _sigmas(self, zone: Zone) -> list[float]:
        if len(zone.vertex_uncertainty_km) == len(self._vertices(zone)):
            return [uncertainty / 2 for uncertainty in zone.vertex_uncertainty_km]
        return [(zone.uncertainty_km or 0.0) / 2]

    def _as_drawn(self, zone: Zone) -> Test:
        """Return the test of a shape whose edge moves in and out as one."""
        made = self.workshop.shape(zone.id)
        core, whole = made.part("core"), made.whole
        sigma = np.float32((zone.uncertainty_km or 0.0) / 2)

        def test(spots: Spots) -> Array:
            least, most = (_depth_inside(area, spots)[:, None] for area in (core, whole))
            eastward = spots.x - spots.centre_x[:, None]  # the error has the same spread along any one direction
            answer: Array = least + (most - least) * self.share + sigma * self.shift + eastward > 0
            return answer

        return test


def base_line(zone: Zone, workshop: Workshop) -> BaseGeometry | None:
    """Return the line that a zone is measured from, on the plane; None if there is none."""
    if zone.recipe is None:
        return None
    recipe = read_recipe(zone.recipe, zone.id)
    while recipe.form in {"union", "area"}:
        if recipe.form == "union":
            recipe = recipe.parts[0]
            continue
        base = workshop.zones.get(recipe.names[0])
        if base is None or base.recipe is None:
            return None
        recipe = read_recipe(base.recipe, base.id)
    return Kitchen(workshop, zone.id).base(recipe).whole if recipe.form in {"zone", "road", "border"} else None


@lru_cache(maxsize=16)
def _errors(name: str, vertices: int) -> NDArray[np.float32]:
    """Return standard normal errors for the vertices of a line: the same for the same name."""
    rng = np.random.default_rng([SEED, *name.encode()])
    return rng.standard_normal((2, vertices, DRAWS), dtype=np.float32)


def _depth_inside(area: BaseGeometry, spots: Spots) -> Array:
    """Return how deep inside an area each place lies; negative outside."""
    points = spots.points()
    distance = shapely.distance(area.boundary, points)
    return np.where(shapely.contains(area, points), distance, -distance).astype(np.float32)


def _inside(area: BaseGeometry) -> Test:
    """Return the test of lying in a fixed area; only places that their doubt can carry over its edge are drawn."""
    shapely.prepare(area)

    def test(spots: Spots) -> Array:
        depth = _depth_inside(area, spots)
        answer: Array = np.repeat((depth > 0)[:, None], spots.x.shape[1], axis=1)
        close = np.abs(depth) <= spots.reach_km
        if close.any():
            answer[close] = shapely.contains_xy(area, spots.x[close], spots.y[close])
        return answer

    return test


def _not(test: Test) -> Test:
    return lambda spots: ~test(spots)


def _all(tests: Sequence[Test]) -> Test:
    return _joined(tests, np.logical_and)


def _any(tests: Sequence[Test]) -> Test:
    return _joined(tests, np.logical_or)


def _joined(tests: Sequence[Test], join: Callable[[Array, Array], Array]) -> Test:
    def test(spots: Spots) -> Array:
        answer = tests[0](spots)
        for other in tests[1:]:
            answer = join(answer, other(spots))
        return answer

    return test
