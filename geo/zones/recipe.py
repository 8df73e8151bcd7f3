"""A recipe: how a zone is made, read from the `recipe` of a feature into a value.

    {"base": {"zone": "contact-line"}, "depth_km": [15, 20], "side": "opposition",
     "clip": {"zone": "deescalation-area"}}

says: all land between the line of contact and 15 km (for sure) to 20 km (at most) from it, on the opposition's
side, inside the de-escalation area. `geo.zones.vocabulary` lists every member.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity as is_valid_reason

from geo.errors import InputError
from geo.zones.vocabulary import BASE_KEYS, RECIPE_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

BaseForm = Literal["zone", "zones", "border", "road", "point", "area", "edges_of", "union"]
LonLat = tuple[float, float]
_MAX_KM = 5000.0
_PAIR = 2
_TURN_DEG = 360.0
_SHOWN = 40
_AREAS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Depth:
    """How deep a zone is: at least and at most, in kilometres; or as deep as another zone."""

    least_km: float
    most_km: float
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a zone, measured from its base."""

    from_km: float
    to_km: float
    name: str
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """An area that a zone is kept within or leaves out: one of `key`, `polygon`, `circle`."""

    key: str | None = None
    """A zone's id, `country:SY` or `admin1:SY.12`."""
    polygon: BaseGeometry | None = None
    """Degrees."""
    circle: tuple[float, float, float] | None = None
    """Longitude, latitude, radius in kilometres."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe that was read and found to make sense."""

    form: BaseForm
    names: tuple[str, ...] = ()
    """Zone ids, area keys or country codes, as the form has it."""
    point: LonLat | None = None
    cut_by: tuple[str, ...] = ()
    """Lines that cut the base area."""
    parts: tuple[Recipe, ...] = ()
    """What a union joins."""
    depth: Depth | None = None
    side: str = "both"
    flat: bool = False
    bands: tuple[Band, ...] = ()
    between: tuple[LonLat, LonLat] | None = None
    clip: tuple[Region, ...] = ()
    exclude: tuple[Region, ...] = ()
    override: bool | BaseGeometry = False
    baked: str | None = None


def read_recipe(recipe: Mapping[str, Any], zone: str) -> Recipe:
    """Return a recipe as a value.

    Args:
        recipe: the feature's `recipe`.
        zone: the feature's id, for the message.

    Raises:
        InputError: a member is unknown, missing or of the wrong kind.
    """
    return _Reader(zone).recipe(recipe)


class _Reader:
    def __init__(self, zone: str) -> None:
        self.zone = zone

    def fail(self, what: str, hint: str) -> InputError:
        return InputError(f"zone {self.zone!r}: {what}.", hint=hint)

    def recipe(self, given: Mapping[str, Any]) -> Recipe:
        unknown = sorted(given.keys() - RECIPE_KEYS.keys())
        if unknown:
            raise self.fail(f"recipe has an unknown member {unknown[0]!r}", f"Known: {', '.join(RECIPE_KEYS)}.")
        form, base = self.form(given.get("base"))
        between = given.get("between")
        ends = given.get("ends", "flat" if between else "round")
        if not isinstance(ends, str) or ends not in {"flat", "round"}:
            raise self.fail(f"recipe.ends is {ends!r}", "Write round or flat.")
        return Recipe(
            form=form,
            names=self.base_names(form, base),
            point=self.point(base["point"], "base.point") if form == "point" else None,
            cut_by=self.strings(base.get("cut_by", ()), "base.cut_by"),
            parts=tuple(self.recipe(part) for part in base["union"]) if form == "union" else (),
            depth=self.depth(given.get("depth_km")),
            side=self.string(given.get("side", "both"), "side"),
            flat=ends == "flat",
            bands=tuple(self.band(item) for item in self.items(given.get("bands", ()), "bands")),
            between=self.pair(between) if between is not None else None,
            clip=self.regions(given.get("clip"), "clip"),
            exclude=self.regions(given.get("exclude"), "exclude"),
            override=self.override(given.get("override", False)),
            baked=self.string(given["baked"], "baked") if "baked" in given else None,
        )

    def form(self, base: object) -> tuple[BaseForm, Mapping[str, Any]]:
        if not isinstance(base, dict):
            raise self.fail("recipe has no base", f"A base is an object with one of {', '.join(BASE_KEYS)}.")
        forms = [key for key in BASE_KEYS if key in base]
        unknown = sorted(base.keys() - BASE_KEYS.keys() - {"cut_by"})
        if len(forms) != 1 or unknown:
            raise self.fail(
                f"recipe.base has the members {', '.join(base) or 'none'}", f"Give one of {', '.join(BASE_KEYS)}."
            )
        form: BaseForm = forms[0]  # type: ignore[assignment]
        return form, base

    def base_names(self, form: BaseForm, base: Mapping[str, Any]) -> tuple[str, ...]:
        value = base[form]
        if form in {"point", "union"}:
            sound = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
            if form == "union" and not sound:
                raise self.fail("recipe.base.union is not a list of recipes", "Write [{…}, {…}].")
            return ()
        if form in {"zones", "border"}:
            names = self.strings(value, f"base.{form}")
            if len(names) != _PAIR:
                raise self.fail(f"recipe.base.{form} names {len(names)}", "It takes two.")
            return names
        return (self.string(value, f"base.{form}"),)

    def depth(self, value: object) -> Depth | None:
        if value is None:
            return None
        if isinstance(value, dict):
            return Depth(0, 0, same_as=self.string(value.get("zone"), "depth_km.zone"))
        numbers = value if isinstance(value, list) else [value, value]
        if len(numbers) != _PAIR:
            raise self.fail("recipe.depth_km is not a number or [least, most]", "Write 15 or [15, 20].")
        least, most = (self.number(number, "depth_km") for number in numbers)
        if least > most:
            raise self.fail(f"recipe.depth_km runs from {least:g} down to {most:g}", "Write the smaller first.")
        return Depth(least, most)

    def band(self, item: object) -> Band:
        if not isinstance(item, dict):
            raise self.fail("a band is not an object", 'Write {"from": 0, "to": 10}.')
        low, high = self.number(item.get("from", 0), "bands.from"), self.number(item.get("to"), "bands.to")
        if low >= high:
            raise self.fail(f"a band runs from {low:g} to {high:g} km", "Its `to` must be the larger.")
        name = str(item.get("name") or f"{low:g}–{high:g} km")
        return Band(low, high, name, self.strings(item.get("applies_to", ()), "bands.applies_to"))

    def regions(self, value: object, member: str) -> tuple[Region, ...]:
        if value is None:
            return ()
        return tuple(self.region(item, member) for item in (value if isinstance(value, list) else [value]))

    def region(self, item: object, member: str) -> Region:
        if not isinstance(item, dict):
            raise self.fail(f"recipe.{member} is not an object", 'Write {"country": "SY"} or {"zone": "…"}.')
        for key, prefix in (("zone", ""), ("area", ""), ("country", "country:"), ("admin1", "admin1:")):
            if key in item:
                return Region(key=prefix + self.string(item[key], f"{member}.{key}"))
        if "polygon" in item:
            return Region(polygon=self.geometry(item["polygon"], f"{member}.polygon", _AREAS))
        if "point" in item:
            lon, lat = self.point(item["point"], f"{member}.point")
            return Region(circle=(lon, lat, self.number(item.get("radius_km"), f"{member}.radius_km")))
        raise self.fail(
            f"recipe.{member} names no area", "Give zone, country, admin1, polygon, or point and radius_km."
        )

    def override(self, value: object) -> bool | BaseGeometry:
        if isinstance(value, bool):
            return value
        return self.geometry(value, "override", (*_AREAS, "LineString", "MultiLineString", "Point"))

    def geometry(self, value: object, member: str, types: Sequence[str]) -> BaseGeometry:
        """Return a GeoJSON geometry of one of some types; others never reach GEOS."""
        hint = f"Write a GeoJSON geometry: {', '.join(types)}."
        if not isinstance(value, dict) or value.get("type") not in types:
            raise self.fail(f"recipe.{member} is no such geometry", hint)
        try:
            made = shape(value)
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, ShapelyError) as error:
            raise self.fail(f"recipe.{member} has no sound coordinates", hint) from error
        if not all(abs(edge) <= _TURN_DEG for edge in made.bounds):  # not a number is no more than a turn either
            raise self.fail(f"recipe.{member} has coordinates that are no degrees", hint)
        if made.is_empty or not made.is_valid:
            raise self.fail(f"recipe.{member} is empty or crosses itself: {is_valid_reason(made)}", hint)
        return made

    def pair(self, value: object) -> tuple[LonLat, LonLat]:
        if not isinstance(value, list) or len(value) != _PAIR:
            raise self.fail("recipe.between is not two points", "Write [[lon, lat], [lon, lat]].")
        return self.point(value[0], "between"), self.point(value[1], "between")

    def point(self, value: object, member: str) -> LonLat:
        if not isinstance(value, list) or len(value) != _PAIR:
            raise self.fail(f"recipe.{member} is not a point", "Write [longitude, latitude].")
        lon = self.number(value[0], member, low=-180.0, high=180.0)
        return lon, self.number(value[1], member, low=-90.0, high=90.0)

    def number(self, value: object, member: str, low: float = 0.0, high: float = _MAX_KM) -> float:
        between = f"It must lie between {low:g} and {high:g}."
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(f"recipe.{member} is {_shown(value)}", f"It must be a number. {between}")
        if not low <= value <= high:
            raise self.fail(f"recipe.{member} is {_shown(value)}", between)
        return float(value)

    def string(self, value: object, member: str) -> str:
        if not isinstance(value, str) or not value:
            raise self.fail(f"recipe.{member} is {value!r}", "It must be a text.")
        return value

    def strings(self, value: object, member: str) -> tuple[str, ...]:
        return tuple(self.string(item, member) for item in self.items(value, member))

    def items(self, value: object, member: str) -> Sequence[Any]:
        if not isinstance(value, list | tuple):
            raise self.fail(f"recipe.{member} is {value!r}", "It must be a list.")
        return value


def _shown(value: object) -> str:
    """Return a value for a message, cut short: a figure may have thousands of digits."""
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
