"""What speaks for each candidate: one row of figures for each pair of a name and a place.

The evidence is of three kinds. *Prior*: how well the name fits, how large and of what kind the place is.
*Document*: how much of what the other names may mean lies in the same country, the same unit, or close by.
*Words*: *X, Y* and *X in Y*, kind words beside the name (*X province*), neighbours in a list, the theatre, the outlet.
Mentions with one key are one name: a document that says *Paris, Texas* once means it throughout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer.index import CODE, LOOSE, NAME, PART, SKELETON
from geo.resolver.words import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolver.naming import Named
    from geo.types import Place, Theatre

EARTH_KM = 6371.0
NAMES = (
    "population", "largest", "share_of_largest", "country", "unit1", "unit2", "capital", "region", "other_kind",
    "by_name", "by_code", "by_romanisation", "by_skeleton", "few_candidates", "country_share", "unit_share",
    "near", "near_sure", "contained", "contained_elsewhere", "kind_fits", "kind_misfits", "beside_country",
    "beside_unit", "theatre", "outlet", "outlet_unit", "contains_others", "mentions", "only",
    "country_lead", "unit_lead", "near_lead", "belief", "belief_lead", "by_part", "names", "continent",
    "radius",
)  # fmt: skip
_INDEX = {name: i for i, name in enumerate(NAMES)}
_NEAR_KM = 150.0
_SMALL_COUNTRY_KM = 200.0
_BESIDE_CHARACTERS = 40
_CONTAINED = re.compile(r"(?:['’]s)?(?:,|\s+in|\s+\(|,\s+in)\s*\(?(?:the\s+)?\Z")
_WORD_AFTER = re.compile(r"\s+([A-Za-z]+)")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+(?:of\s+)?(?:the\s+)?\Z")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known beside the text."""

    theatre: Theatre | None = None
    outlet_countries: frozenset[str] = frozenset()
    outlet_units: frozenset[str] = frozenset()
    outlet_names: tuple[Named, ...] = ()
    """A town in the outlet's name: one more name beside those of the text."""


@dataclass(slots=True)
class Group:
    """The mentions of one name in a document."""

    key: str
    places: tuple[Place, ...]
    ranks: tuple[int, ...]
    members: list[Named] = field(default_factory=list)
    rows: slice = field(default_factory=lambda: slice(0, 0))
    kind_codes: frozenset[str] = frozenset()
    """GeoNames codes that the words beside the name call for."""
    containers: list[int] = field(default_factory=list)
    """Groups named as what contains this one (*X, Y*)."""
    beside: list[int] = field(default_factory=list)
    """Groups named next to this one."""


@dataclass(slots=True)
class Table:
    """The names of a document and one row for each candidate."""

    groups: list[Group]
    places: list[Place]
    owner: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    population: np.ndarray
    country: np.ndarray
    unit: np.ndarray
    level: np.ndarray
    """0 country, 1 first-order unit, 2 second-order unit, 3 town, 4 region and all else."""
    reach: np.ndarray


def tabulate(text: str, names: Sequence[Named]) -> Table:
    """Return the table of the names that have candidates."""
    groups = _groups(names)
    _read_words(text, names, groups)
    places: list[Place] = []
    for group in groups.values():
        group.rows = slice(len(places), len(places) + len(group.places))
        places.extend(group.places)
    countries = _codes([place.country for place in places])
    units = _codes([place.admin1 if place.feature != "PCLI" else None for place in places])
    listed = list(groups.values())
    return Table(
        groups=listed,
        places=places,
        owner=np.repeat(np.arange(len(listed)), [len(group.places) for group in listed]),
        lon=np.radians([place.lon_deg for place in places]),
        lat=np.radians([place.lat_deg for place in places]),
        population=np.array([place.population for place in places], dtype=float),
        country=countries,
        unit=units,
        level=np.array([_level(place.feature) for place in places], dtype=int),
        reach=np.array([place.radius_km for place in places], dtype=float),
    )


def _level(feature: str) -> int:
    if feature.startswith("PCL") or feature == "TERR":
        return 0
    return {"ADM1": 1, "ADM2": 2}.get(feature, 3 if feature.startswith("PPL") else 4)


def _codes(values: list[str | None]) -> np.ndarray:
    numbers = {value: i for i, value in enumerate(dict.fromkeys(filter(None, values)))}
    return np.array([numbers.get(value, -1) if value else -1 for value in values], dtype=int)


def _groups(names: Sequence[Named]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for each in names:
        if not each.hits:
            continue
        if each.key not in groups:
            places = tuple(hit.place for hit in each.hits)
            groups[each.key] = Group(each.key, places, tuple(hit.rank for hit in each.hits))
        groups[each.key].members.append(each)
    return groups


def _read_words(text: str, names: Sequence[Named], groups: dict[str, Group]) -> None:
    order = {key: i for i, key in enumerate(groups)}
    known = sorted((each for each in names if each.hits), key=lambda each: each.mention.span.start)
    for each in known:
        groups[each.key].kind_codes |= _kind_words(text, each)
    for left, right in pairwise(known):
        gap = text[left.mention.span.end : right.mention.span.start]
        if left.key == right.key or len(gap) > _BESIDE_CHARACTERS or "\n" in gap:
            continue
        if _CONTAINED.match(gap):
            groups[left.key].containers.append(order[right.key])
        groups[left.key].beside.append(order[right.key])
        groups[right.key].beside.append(order[left.key])


def _kind_words(text: str, each: Named) -> frozenset[str]:
    start, end = each.mention.span.start, each.mention.span.end
    after = _WORD_AFTER.match(text, end, end + 20)
    before = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    inside = each.mention.text.rsplit(None, 1)[-1].lower() if " " in each.mention.text else ""
    words = [inside, after[1].lower() if after else "", before[1].lower() if before and "of" in before[0] else ""]
    return frozenset[str]().union(*(KIND_WORDS.get(word, frozenset[str]()) for word in words))


def prior(table: Table) -> np.ndarray:
    """Return how likely each candidate is before the document is looked at, as shares within its name."""
    logs = np.log10(table.population + 10)
    bonus = np.array([3.5, 2.0, 0.3, 0.0, 1.5])[table.level]
    return shares(table, 1.6 * (logs * (table.level == 3) + 4.2 * (table.level != 3) + bonus))  # noqa: PLR2004  towns


def shares(table: Table, scores: np.ndarray) -> np.ndarray:
    """Return the softmax of scores within each name."""
    result = np.zeros(len(scores))
    for group in table.groups:
        part = scores[group.rows]
        exp = np.exp(part - part.max())
        result[group.rows] = exp / exp.sum()
    return result


def features(table: Table, belief: np.ndarray, setting: Setting) -> np.ndarray:
    """Return the figures of `NAMES` for each candidate, given what is believed of the others so far."""
    matrix = np.zeros((len(table.places), len(NAMES)))
    put = _Columns(matrix)
    _prior_columns(table, put)
    _share_columns(table, belief, put)
    put["belief"], put["belief_lead"] = belief, _lead(table, belief)
    put["names"] = np.log1p(len(table.groups))
    _near_columns(table, belief, put)
    _word_columns(table, belief, put)
    _setting_columns(table, setting, put)
    return matrix


class _Columns:
    def __init__(self, matrix: np.ndarray) -> None:
        self.matrix = matrix

    def __setitem__(self, name: str, values: object) -> None:
        self.matrix[:, _INDEX[name]] = values


def _prior_columns(table: Table, put: _Columns) -> None:
    logs = np.log10(table.population + 10)
    largest = np.concatenate([np.full(len(g.places), logs[g.rows].max()) for g in table.groups])
    first = np.concatenate([np.arange(len(g.places)) == np.argmax(logs[g.rows]) for g in table.groups])
    ranks = np.concatenate([g.ranks for g in table.groups])
    counts = np.bincount(table.owner)[table.owner]
    put["population"], put["largest"], put["share_of_largest"] = logs, first, logs - largest
    for level, name in ((0, "country"), (1, "unit1"), (2, "unit2"), (4, "region")):
        put[name] = table.level == level
    put["continent"] = [place.feature in {"CONT", "OCN"} for place in table.places]
    put["radius"] = np.log10(table.reach + 1)
    put["capital"] = [place.feature == "PPLC" for place in table.places]
    put["other_kind"] = [place.feature == "PPLX" for place in table.places]
    for rank, name in (
        (NAME, "by_name"),
        (CODE, "by_code"),
        (LOOSE, "by_romanisation"),
        (SKELETON, "by_skeleton"),
        (PART, "by_part"),
    ):
        put[name] = ranks == rank
    put["few_candidates"], put["only"] = 1 / counts, counts == 1
    put["mentions"] = np.log1p([len(table.groups[i].members) for i in table.owner])


def _share_columns(table: Table, belief: np.ndarray, put: _Columns) -> None:
    others = max(len(table.groups) - 1, 1)
    for codes, name in ((table.country, "country_share"), (table.unit, "unit_share")):
        known = codes >= 0
        size = int(codes.max()) + 2
        total = np.bincount(codes[known], weights=belief[known], minlength=size)
        own = np.zeros((len(table.groups), size))
        np.add.at(own, (table.owner[known], codes[known]), belief[known])
        share = np.where(known, (total[codes] - own[table.owner, codes]) / others, 0.0)
        put[name] = share
        put[name.replace("share", "lead")] = _lead(table, share)


def _lead(table: Table, values: np.ndarray) -> np.ndarray:
    """Return how far each candidate is ahead of the best of its rivals, or behind."""
    result = np.zeros(len(values))
    for group in table.groups:
        part = values[group.rows]
        if len(part) > 1:
            best = int(np.argmax(part))
            rivals = np.full(len(part), part[best])
            rivals[best] = np.partition(part, -2)[-2]
            result[group.rows] = part - rivals
    return result


def _near_columns(table: Table, belief: np.ndarray, put: _Columns) -> None:
    small = (table.level >= 1) | (table.reach < _SMALL_COUNTRY_KM)
    anchors = np.flatnonzero((belief > 0.05) & small)  # noqa: PLR2004  the rest weighs nothing
    if not len(anchors):
        return
    distance = _distances(table, anchors)
    foreign = table.owner[:, None] != table.owner[anchors][None, :]
    pull = np.exp(-distance / _NEAR_KM) * belief[anchors] * foreign
    put["near"] = near = pull.sum(axis=1) / max(len(table.groups) - 1, 1)
    put["near_lead"] = _lead(table, near)
    sure = foreign & (belief[anchors] > 0.6) & (table.level[anchors] >= 2)  # noqa: PLR2004  towns and small units
    nearest = np.where(sure, distance, np.inf).min(axis=1)
    put["near_sure"] = np.exp(-nearest / _NEAR_KM)


def _distances(table: Table, anchors: np.ndarray) -> np.ndarray:
    lat, lon = table.lat[:, None], table.lon[:, None]
    lat2, lon2 = table.lat[anchors][None, :], table.lon[anchors][None, :]
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    distances: np.ndarray = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distances


def _word_columns(table: Table, belief: np.ndarray, put: _Columns) -> None:
    size = len(table.places)
    inside, elsewhere, contains = np.zeros(size), np.zeros(size), np.zeros(size)
    beside_country, beside_unit, fits, misfits = (np.zeros(size) for _ in range(4))
    for group in table.groups:
        rows = group.rows
        fit = np.array([place.feature in group.kind_codes for place in group.places], dtype=float)
        if fit.any():
            fits[rows], misfits[rows] = fit, 1 - fit
        for other in group.containers:
            holds = _holds(table, rows, table.groups[other].rows)
            inside[rows] = np.maximum(inside[rows], holds.max(axis=1))
            there = table.groups[other].rows
            contains[there] = np.maximum(contains[there], holds.max(axis=0))
        if inside[rows].any():
            elsewhere[rows] = 1 - inside[rows]
        for other in dict.fromkeys(group.beside):
            there = table.groups[other].rows
            weight = belief[there][None, :]
            beside_country[rows] += ((_same(table.country, rows, there)) * weight).sum(axis=1)
            beside_unit[rows] += ((_same(table.unit, rows, there)) * weight).sum(axis=1)
    put["contained"], put["contained_elsewhere"], put["contains_others"] = inside, elsewhere, contains
    put["kind_fits"], put["kind_misfits"] = fits, misfits
    put["beside_country"], put["beside_unit"] = np.minimum(beside_country, 3), np.minimum(beside_unit, 3)


def _same(codes: np.ndarray, rows: slice, there: slice) -> np.ndarray:
    left, right = codes[rows][:, None], codes[there][None, :]
    same: np.ndarray = (left == right) & (left >= 0)
    return same


def _holds(table: Table, rows: slice, there: slice) -> np.ndarray:
    """Return, for each pair, whether the right place is a unit that holds the left one."""
    wide = table.level[there][None, :]
    finer = table.level[rows][:, None] > wide
    country = (wide == 0) & _same(table.country, rows, there)
    unit = (wide == 1) & _same(table.unit, rows, there)
    reach = np.minimum(table.reach[there][None, :] * 1.5 + 10, 400)
    close = (wide >= 2) & (_apart(table, rows, there) < reach)  # noqa: PLR2004  districts, towns, regions
    holds: np.ndarray = (country | unit | close) & (finer | (wide >= 3))  # noqa: PLR2004  towns hold quarters
    return holds.astype(float)


def _apart(table: Table, rows: slice, there: slice) -> np.ndarray:
    lat, lon, lat2, lon2 = table.lat[rows, None], table.lon[rows, None], table.lat[there], table.lon[there]
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    apart: np.ndarray = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return apart


def _setting_columns(table: Table, setting: Setting, put: _Columns) -> None:
    put["theatre"] = in_theatre(table.places, setting.theatre)
    if setting.outlet_countries:
        put["outlet"] = [place.country in setting.outlet_countries for place in table.places]
    if setting.outlet_units:
        put["outlet_unit"] = [place.admin1 in setting.outlet_units for place in table.places]


def in_theatre(places: Sequence[Place], theatre: Theatre | None) -> np.ndarray:
    """Return 1 for a place within the theatre's frame, a half for one in its countries, else 0."""
    return np.array([_in_theatre(place, theatre) if theatre else 0.0 for place in places])


def _in_theatre(place: Place, theatre: Theatre) -> float:
    if theatre.bbox_deg:
        west, south, east, north = theatre.bbox_deg
        if west <= place.lon_deg <= east and south <= place.lat_deg <= north:
            return 1.0
    return 0.5 if place.country in theatre.countries else 0.0
