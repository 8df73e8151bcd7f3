"""The words of `zones.geojson`: what a feature may be, rest on and carry.

A zones file is a plain RFC 7946 FeatureCollection that opens in QGIS and geojson.io as it is. Each feature
has an `id` and the properties below; `zones.schema.json`, next to this module, says the same to machines.
A feature is *drawn* (it has a geometry), *derived* (`geometry: null` beside a `recipe`) or *counted*
(neither: something known by number but not by place, `count` says how many).

The state of a zone changes by dates: two features with the same name and different `valid` intervals are two
phases of it. `phases` lists the deadlines inside one feature's life. Another reading of the same text is a
feature of its own with `variant_of`.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, get_args

from geo.types import Basis, ZoneStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a feature is -> the sentence that a legend or a check may show.
KINDS: Final[Mapping[str, str]] = {
    "contact_line": "where the two sides faced each other",
    "ceasefire_line": "a line that an agreement fixed",
    "withdrawal_line": "a line behind which forces had to withdraw",
    "closure": "a line drawn only to close an area on paper",
    "border": "a border, or a stretch of one",
    "buffer_zone": "a demilitarized or buffer zone",
    "separation_area": "an area between two lines that neither side may enter",
    "limitation_area": "an area in which forces or weapons are limited",
    "deescalation_area": "an area in which fighting was to stop",
    "withdrawal_area": "an area that forces had to leave",
    "patrol_area": "where patrols were to go",
    "corridor": "a strip along a road",
    "observation_post": "a post that watches the ceasefire",
    "checkpoint": "a crossing or control point",
    "exclusion": "a part that a zone leaves out",
    "named_area": "a town, district or other area that an agreement names",
    "road": "a road that an agreement names",
    "area": "any other area",
}
#: Kinds of which one asks who is inside.
MEMBERSHIP_KINDS: Final = frozenset(
    {"buffer_zone", "separation_area", "limitation_area", "deescalation_area", "withdrawal_area", "corridor"}
)
LINE_KINDS: Final = frozenset({"contact_line", "ceasefire_line", "withdrawal_line", "closure", "border", "road"})
POINT_KINDS: Final = frozenset({"observation_post", "checkpoint"})
#: Kinds that no two of may cover the same ground on the same day, if neither is a variant of the other.
EXCLUSIVE_KINDS: Final = frozenset({"separation_area", "exclusion"})

STATUSES: Final[tuple[str, ...]] = get_args(ZoneStatus)
BASES: Final[tuple[str, ...]] = get_args(Basis)

#: Properties that become fields of `geo.types.Zone`, in the order in which we write them.
FIELDS: Final = (
    "name", "names", "kind", "status", "basis", "valid", "parties", "applies_to", "uncertainty_km",
    "vertex_uncertainty_km", "sources", "note", "variant_of", "recipe",
)  # fmt: skip
#: Properties that stay in `Zone.properties`, and what they say.
EXTRAS: Final[Mapping[str, str]] = {
    "sides": "who holds the ground left and right of a line, walked in the order of its vertices",
    "witnesses": "places of which it is known on whose side of the line they lay: name, at, side, source",
    "vertex_sources": "what each vertex of a line rests on, one sentence a vertex",
    "phases": "deadlines inside the feature's life: name, valid (EDTF), applies_to, says",
    "patrols": "who patrols, how, and how deep",
    "count": "how many of them there are, where only the number is known",
    "number": "its number in a sequence",
    "established": "EDTF date on which a post was set up",
    "candidate_for": "the counted feature that this one may be one of, not in addition to it",
    "reading": "how the text was read: on the opposition’s side of the line",
    "label": "a short text for the map: M4",
    "shown": "false: not drawn when the map opens",
    "figures": "figures that a source states about it: what, value, unit, source",
}
PROPERTIES: Final = frozenset(FIELDS) | EXTRAS.keys()

#: What a recipe may hold, and what it says.
RECIPE_KEYS: Final[Mapping[str, str]] = {
    "base": "what it is measured from",
    "depth_km": "how deep it is: a number, [least, most], or {zone: id} to take another zone's",
    "side": "left, right, both, inside, outside, or a name from the line's `sides`",
    "ends": "round: all within the depth; flat: nothing beyond the ends of the base",
    "bands": "strips of it: from, to (km), name, applies_to",
    "between": "two points that bound the stretch of the base which counts",
    "clip": "areas that it stays within",
    "exclude": "areas that it leaves out",
    "override": "true: the drawn geometry counts; a geometry: that one counts",
    "baked": "fingerprint of the geometry that `bake` wrote; another geometry was drawn by hand",
}
#: The forms of `recipe.base`.
BASE_KEYS: Final[Mapping[str, str]] = {
    "zone": "a line of this file",
    "zones": "two lines of this file: the area between them",
    "border": "two ISO country codes; the first lies on its left",
    "road": "a road of this file",
    "point": "longitude, latitude",
    "area": "a zone of this file, or country:SY, admin1:SY.12; with `cut_by`, the part on one side of those lines",
    "edges_of": "the two long edges of a derived zone, as lines",
    "union": "several recipes together",
}


def json_schema() -> dict[str, Any]:
    """Return the published JSON schema (draft 2020-12) of a zones file."""
    import json

    schema: dict[str, Any] = json.loads(files("geo.zones").joinpath("zones.schema.json").read_text("utf-8"))
    return schema
