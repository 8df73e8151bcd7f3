"""Whether places lie in a zone, as a probability: *given this reconstruction* and one reading of its text.

The model is plain. Each vertex of the base line is moved east and north by a normal error with sigma half of its
uncertainty; the depth is uniform between the least and the most that the text allows; each place is moved by a
normal error with sigma half of its own radius. A place counts as inside in a draw if it then lies on the right
side of the line, within the depth, and inside what the recipe clips to. Clips and exclusions are taken as drawn.
A zone without a base line is taken as drawn too, its edge moved in and out as one by half of its uncertainty.

The draws come from a fixed seed and are the same for every place and every reading, so that an answer does not
depend on who else is asked, and two readings differ only by what they say. What is left out: a systematic error
of the whole line, and everything that the reconstruction does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
import shapely

from geo.crs import distances_km
from geo.types import Membership
from geo.zones import sides
from geo.zones.kitchen import Kitchen
from geo.zones.recipe import read_recipe
from geo.zones.recipes import Workshop, overridden
from geo.zones.vocabulary import MEMBERSHIP_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.types import Place, Zone
    from geo.zones.recipe import Recipe, Region
    from geo.zones.recipes import Boundaries

DRAWS = 1000
SEED = 20180917
#: A probability from which on a place is called inside, and its mirror for outside.
SURE = 0.95
_ROUND_TO = 0.05
_NEARLY = 0.01
_CHUNK = 48  # places at a time: 48 × 1,000 draws in float32 stay in a processor's second-level cache
_AREA = 2
_SIGMAS = 4  # how far a line is taken to stray, in standard errors
_EXTENDED = ("PCL", "ADM", "CONT", "SEA", "RGN")

Array = np.ndarray[Any, Any]


def where(
    places: Iterable[Place],
    zones: Iterable[Zone],
    *,
    boundaries: Boundaries,
    only: Collection[str] | None = None,
    exact_places: bool = False,
) -> tuple[Membership, ...]:
    """Return for each place and zone whether the place is inside, with its probability and the other readings.

    Args:
        places: points; countries, provinces and other areas are passed over.
        zones: the file's zones, derived or not: base lines and clips are looked up among them.
        boundaries: the polygons of countries and provinces.
        only: ids of the zones asked about; by default the areas of `MEMBERSHIP_KINDS` that are not variants.
        exact_places: take the places' own uncertainty as 0.

    Raises:
        InputError: a recipe makes no sense.
    """
    asked = [place for place in places if is_point(place)]
    workshop = Workshop(zones, boundaries)
    crowd = _Crowd.of(asked, workshop, exact=exact_places)
    chances = _Chances(workshop, crowd)
    wanted = [zone for zone in workshop.zones.values() if (_is_asked(zone) if only is None else zone.id in only)]
    answers = [_answers(zone, chances, asked) for zone in wanted if chances.is_area(zone)]
    return tuple(answer for of_place in zip(*answers, strict=True) for answer in of_place)


def of_case(places: Iterable[Place], zones: Iterable[Zone]) -> tuple[Membership, ...]:
    """Return `where` for a case's zones, with the boundaries of the gazetteer.

    Raises:
        UsageError: a recipe makes no sense, or the boundaries are not installed.
    """
    from geo.gazetteer import boundaries

    return where(places, zones, boundaries=boundaries)


def _is_asked(zone: Zone) -> bool:
    return zone.kind in MEMBERSHIP_KINDS and not zone.variant_of


def is_point(place: Place) -> bool:
    """Return whether a place is a spot rather than a country, a province or a sea."""
    return place.area is None and not place.feature.startswith(_EXTENDED)


def probability_in_words(probability: float) -> str:
    """Return `< 1 %`, `> 99 %` or the probability rounded to 5 %, never to 0 or 100."""
    if probability < _NEARLY:
        return "< 1 %"
    if probability > 1 - _NEARLY:
        return "> 99 %"
    rounded = min(max(round(probability / _ROUND_TO), 1), round(1 / _ROUND_TO) - 1) * _ROUND_TO
    return f"about {100 * rounded:.0f} %"


def verdict(probability: float) -> Literal["inside", "outside", "in doubt"]:
    """Return inside from 95 %, outside up to 5 %, in doubt between."""
    if probability >= SURE:
        return "inside"
    return "outside" if probability <= 1 - SURE else "in doubt"


def reading_of(zone: Zone) -> str:
    """Return in words how a zone's text is read: its `reading`, or the side that its recipe names."""
    given = zone.properties.get("reading")
    if isinstance(given, str) and given:
        return given
    side = zone.recipe.get("side") if zone.recipe and not overridden(zone) else None
    if side == "both":
        return "both sides of the line"
    return f"{side} side of the line" if isinstance(side, str) else "as drawn"


def _answers(zone: Zone, chances: _Chances, places: Sequence[Place]) -> list[Membership]:
    own = chances.of(zone)
    others = [(z, chances.of(z)) for z in chances.readings(zone)]
    line_km = chances.line_km(zone)
    return [
        Membership(
            place=place.id,
            zone=zone.id,
            verdict=verdict(p := float(own[i])),
            probability=p,
            words=probability_in_words(p),
            reading=reading_of(zone),
            other=tuple((z.id, reading_of(z), probability_in_words(float(chance[i]))) for z, chance in others),
            line_km=None if line_km is None else float(line_km[i]),
        )
        for i, place in enumerate(places)
    ]


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Places on the plane, in kilometres."""

    x: Array
    y: Array
    sigma: Array
    lon_lat_deg: Array

    @classmethod
    def of(cls, places: Sequence[Place], workshop: Workshop, *, exact: bool) -> _Crowd:
        degrees = np.array([(place.lon_deg, place.lat_deg) for place in places], float).reshape(-1, 2)
        east_north = workshop.plane.coordinates_to_km(degrees) if len(degrees) else degrees
        sigma = np.array([0.0 if exact else place.radius_km / 2 for place in places], float)
        return cls(east_north[:, 0], east_north[:, 1], sigma, degrees)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Some places, moved a thousand times: arrays of places × draws."""

    x: Array
    y: Array
    centre_x: Array
    centre_y: Array
    reach_km: Array
    """How far a place was moved at most."""


class _Test(Protocol):
    """Says for each place and draw whether it is inside."""

    def __call__(self, spots: _Spots, /) -> Array: ...


class _Chances:
    """Probabilities by zone, all from the same draws."""

    def __init__(self, workshop: Workshop, crowd: _Crowd) -> None:
        self.workshop = workshop
        self.crowd = crowd
        rng = np.random.default_rng(SEED)
        self.share = rng.random(DRAWS, dtype=np.float32)
        self.shift = rng.standard_normal(DRAWS, dtype=np.float32)
        self.east, self.north = rng.standard_normal((2, DRAWS), dtype=np.float32)
        self._lines: dict[str, tuple[Array, Array]] = {}

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

    def _spots(self, x: Array, y: Array, sigma: Array) -> _Spots:
        scale = sigma.astype(np.float32)[:, None]
        east, north = scale * self.east, scale * self.north
        centres = x.astype(np.float32)[:, None], y.astype(np.float32)[:, None]
        return _Spots(centres[0] + east, centres[1] + north, x, y, np.hypot(east, north).max(axis=1))

    def line_km(self, zone: Zone) -> Array | None:
        """Return the geodesic distance of each place to the zone's base line."""
        line = base_line(zone, self.workshop)
        if line is None or not len(self.crowd.x):
            return None
        shortest = shapely.shortest_line(line, shapely.points(self.crowd.x, self.crowd.y))
        foot = self.workshop.plane.coordinates_to_deg(shapely.get_coordinates(shortest)[::2])
        return distances_km(self.crowd.lon_lat_deg, foot)

    def test(self, zone: Zone) -> _Test:
        """Return the test of a zone, by its recipe or as drawn."""
        if zone.recipe is None or overridden(zone):
            return self._as_drawn(zone)
        return self._by_recipe(read_recipe(zone.recipe, zone.id), zone)

    def _by_recipe(self, recipe: Recipe, zone: Zone) -> _Test:
        if recipe.form == "union":
            return _any([self._by_recipe(part, zone) for part in recipe.parts])
        if recipe.form == "area" and not (recipe.cut_by or recipe.depth or recipe.bands):
            base = self.workshop.zones.get(recipe.names[0])
            tests = [self.test(base) if base else self._as_drawn(zone)]
        elif recipe.form in {"zone", "road"} and (recipe.depth or recipe.bands):
            tests = [self._beside(recipe, zone)]
        else:
            return self._as_drawn(zone)
        kitchen = Kitchen(self.workshop, zone.id)
        tests += [_inside(self._clip(region, recipe, kitchen)[0]) for region in recipe.clip]
        tests += [_not(_inside(kitchen.region(region))) for region in recipe.exclude]
        return _all(tests)

    def _beside(self, recipe: Recipe, zone: Zone) -> _Test:
        """Return the test of a strip along a line: right side, within the depth."""
        kitchen = Kitchen(self.workshop, zone.id)
        line, side = recipe.names[0], kitchen.line_side(recipe)
        if len(sides.parts_of(self.workshop.shape(line).whole)) > 1 or recipe.between:
            return self._as_drawn(zone)
        low, high = (0.0, 0.0) if recipe.bands else kitchen.depth(recipe)
        one_ring = (0.0, low + np.float32(high - low) * self.share)
        rings = [(band.from_km, np.array(band.to_km, np.float32)) for band in recipe.bands] or [one_ring]
        homes = [_inside(home) for _, home in (self._clip(r, recipe, kitchen) for r in recipe.clip) if home]

        def test(spots: _Spots) -> Array:
            moved = self._line(line)
            offset = sides.signed_distance(spots.x, spots.y, *moved)
            depth = np.abs(offset) if side == "both" else offset if side == "left" else -offset
            if homes:
                beyond = sides.beyond_ends(spots.x, spots.y, *moved, np.abs(offset))
                depth = np.where(beyond, np.where(_all(homes)(spots), np.abs(offset), -1), depth)
            answer: Array = np.logical_or.reduce([(depth >= near) & (depth <= far) for near, far in rings])
            return answer

        return _all([test, _not(_inside(kitchen.beyond(recipe, self._slack_km(line))))]) if recipe.flat else test

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
        moved = self.workshop.shape(line).whole.buffer(self._slack_km(line), cap_style="flat")
        return shapely.union(area, moved), area

    def _line(self, zone_id: str) -> tuple[Array, Array]:
        """Return the vertices of a line, moved: two arrays of vertices × draws."""
        if zone_id not in self._lines:
            vertices = self._vertices(self.workshop.zones[zone_id])
            sigmas = np.array(self._sigmas(self.workshop.zones[zone_id]), np.float32)
            errors = _errors(zone_id, len(vertices)) * sigmas[:, None]
            moved = vertices.T.astype(np.float32)[:, :, None] + errors
            self._lines[zone_id] = moved[0], moved[1]
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

    def _as_drawn(self, zone: Zone) -> _Test:
        """Return the test of a shape whose edge moves in and out as one."""
        made = self.workshop.shape(zone.id)
        core, whole = made.part("core"), made.whole
        sigma = np.float32((zone.uncertainty_km or 0.0) / 2)

        def test(spots: _Spots) -> Array:
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


def _depth_inside(area: BaseGeometry, spots: _Spots) -> Array:
    """Return how deep inside an area each place lies; negative outside."""
    points = shapely.points(spots.centre_x, spots.centre_y)
    distance = shapely.distance(area.boundary, points)
    return np.where(shapely.contains(area, points), distance, -distance).astype(np.float32)


def _inside(area: BaseGeometry) -> _Test:
    """Return the test of lying in a fixed area; only places that their doubt can carry over its edge are drawn."""
    shapely.prepare(area)

    def test(spots: _Spots) -> Array:
        depth = _depth_inside(area, spots)
        answer: Array = np.repeat((depth > 0)[:, None], spots.x.shape[1], axis=1)
        close = np.abs(depth) <= spots.reach_km
        if close.any():
            answer[close] = shapely.contains_xy(area, spots.x[close], spots.y[close])
        return answer

    return test


def _not(test: _Test) -> _Test:
    return lambda spots: ~test(spots)


def _all(tests: Sequence[_Test]) -> _Test:
    return _joined(tests, np.logical_and)


def _any(tests: Sequence[_Test]) -> _Test:
    return _joined(tests, np.logical_or)


def _joined(tests: Sequence[_Test], join: Callable[[Array, Array], Array]) -> _Test:
    def test(spots: _Spots) -> Array:
        answer = tests[0](spots)
        for other in tests[1:]:
            answer = join(answer, other(spots))
        return answer

    return test
