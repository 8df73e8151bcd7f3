"""Coordinates written out in a text: degrees in every usual dress, and squares of the military grid.

Two angles with their hemispheres make a point (*36°12′30″N, 37°09′30″E*; *N36.21 E37.16*; *361230N 0370930E*; *36.2
degrees north, 37.1 degrees east*), two numbers with at least four decimals do (latitude first, as maps are read
aloud), and with a word like *coordinates* before them fewer decimals will do. Whole degrees need a sign of degrees,
minutes or decimals: *3 N 5 E* may be anything. How far the point may be off follows
from the last digit that is given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.types import Mention, Place, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.types import Article, Segment, SegmentRole

    Reading = tuple[float, float, float]
    """Longitude, latitude (degrees), and half the step of the last digit (kilometres)."""

KM_PER_DEG = 111.2
#: The least doubt of a written point: nobody points at a building to the metre.
LEAST_KM = 0.05
_ANGLE = (
    r"(?P<{0}d>\d{{1,3}}(?:\.\d{{1,10}})?)\s?(?:°|º|˚|degrees?\b|deg\b\.?)?\s?"
    r"(?:(?P<{0}m>\d{{1,2}}(?:\.\d{{1,6}})?)\s?(?:['’′‘`]|minutes?\b|min\b\.?)?\s?"
    r"(?:(?P<{0}s>\d{{1,2}}(?:\.\d{{1,4}})?)\s?(?:\"|″|”|“|''|’’|′′|seconds?\b|sec\b\.?)?\s?)?)?"
)
_POINTS_N = r"(?P<{0}h>[NS]|(?i:north|south))(?:\s(?i:latitude|lat)\b\.?)?"
_POINTS_E = r"(?P<{0}h>[EW]|(?i:east|west))(?:\s(?i:longitude|long?)\b\.?)?"
_APART = r"\s?(?:[,;/]|(?:,\s?)?\band\b)?\s?"
_LAT, _LON = _ANGLE.format("a"), _ANGLE.format("o")
_N, _E = _POINTS_N.format("a"), _POINTS_E.format("o")
_EDGE, _END = r"(?<![\w.,°-])", r"(?![\w°])"
_NUMBER = r"[-+−]?\d{1,3}\.\d"
_CLOSED = r"(?![\w%]|\.\d)"
_LABEL = r"\s?(?:itude)?\s?[.:=]?\s?(?:of\s)?"
_HEMISPHERES = (
    re.compile(f"{_EDGE}{_LAT}{_N}{_APART}{_LON}{_E}{_END}"),
    re.compile(f"{_EDGE}{_LON}{_E}{_APART}{_LAT}{_N}{_END}"),
    re.compile(rf"{_EDGE}{_N}\s?{_LAT}{_APART}{_E}\s?{_LON}(?<!\s){_END}"),
)
_COMPACT = re.compile(
    r"\b(?P<ad>\d{2})(?P<am>\d{2})(?P<as>\d{2})?(?P<ah>[NS])[\s,/]?(?P<od>\d{3})(?P<om>\d{2})(?P<os>\d{2})?(?P<oh>[EW])\b"
)
_SIGNED = (
    re.compile(rf"(?<![\w.,-])(?P<a>{_NUMBER}\d{{3,9}})°?\s?[,;/ ]\s?(?P<o>{_NUMBER}\d{{3,9}}){_CLOSED}"),
    re.compile(
        rf"(?i:\b(?:coordinates?|co-ordinates?|position|gps|located at|grid)\b)[^\d\n]{{0,20}}?(?<![\w.-])"
        rf"(?P<a>{_NUMBER}\d{{0,9}})°?\s?[,;/ ]\s?(?P<o>{_NUMBER}\d{{0,9}}){_CLOSED}"
    ),
    re.compile(
        rf"(?i:\blat){_LABEL}(?P<a>[-+−]?\d{{1,2}}(?:\.\d{{1,10}})?)°?\s?[,;]?\s?(?:and\s)?"
        rf"(?i:long?){_LABEL.replace('itude', 'gitude|itude')}(?P<o>[-+−]?\d{{1,3}}(?:\.\d{{1,10}})?){_CLOSED}"
    ),
)
_MGRS = re.compile(
    r"(?<![\w.-])(?P<zone>[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])"
    r"\s?(?P<e>\d{2,5})\s?(?P<n>\d{2,5})(?![\w.-])"
)
#: What a line must hold to be read for angles, for numbers, for squares of the grid: a table of figures is passed over.
_ANGLES_HINT = re.compile(
    r"(?:[\d°'’′\"″”“º˚]|deg\.?|degrees?|minutes?|seconds?)\s?(?:[NSEW]|(?i:north|south|east|west))\b|\b[NSEW]\s?\d"
)
_NUMBERS_HINT = re.compile(r"\d\.\d{4}|(?i:coord|co-ord|position|gps|located|grid|\blat)")
_GRID_HINT = re.compile(r"\d\s?[C-X]\s?[A-Z]{2}\s?\d{2}")
_LINE = re.compile(r"[^\n]{1,4000}")
_PRECISE = re.compile(r"[°º˚.'’′]|deg|\d\s\d")
#: Points read in one text: a table of a thousand is no report.
_MOST = 300


def find_coordinates(article: Article, segment: Segment) -> tuple[Resolution, ...]:
    """Return the written points of a segment, none overlapping, in the order of the text."""
    text, offset = article.slice(segment), segment.span.start
    found: list[tuple[Span, Reading]] = []
    for line in _LINE.finditer(text):
        begin = offset + line.start()
        for start, end, reading in _of(line[0]) if len(found) < _MOST else ():
            found.append((Span(article.id, begin + start, begin + end), reading))
    return tuple(_resolution(article.slice(span), span, segment.role, reading) for span, reading in found[:_MOST])


def _of(line: str) -> list[tuple[int, int, Reading]]:
    found: dict[int, tuple[int, Reading]] = {}
    for start, end, reading in _all(line):
        if reading and not any(start < other_end and begun < end for begun, (other_end, _) in found.items()):
            found[start] = end, reading
    return [(start, end, reading) for start, (end, reading) in sorted(found.items())]


def _all(text: str) -> Iterator[tuple[int, int, Reading | None]]:
    for hint, patterns, read in _READERS:
        for pattern in patterns if hint.search(text) else ():
            for match in pattern.finditer(text):
                labelled = "a" not in match.re.groupindex or match[0][:3].lower() == "lat"
                yield match.start() if labelled else match.start("a"), match.end(), read(match)


def _of_angles(match: re.Match[str]) -> Reading | None:
    if match.re is not _COMPACT and not _PRECISE.search(match[0]):
        return None
    lat, lat_step = _angle(match, "a")
    lon, lon_step = _angle(match, "o")
    lat = -lat if match["ah"][0] in "Ss" else lat
    lon = -lon if match["oh"][0] in "Ww" else lon
    return _checked(lon, lat, max(lat_step, lon_step))


def _angle(match: re.Match[str], which: str) -> tuple[float, float]:
    """Return an angle and the step of its last digit, in degrees."""
    value = 0.0
    step, unit = 1.0, 1.0
    for part in "dms":
        written = match[which + part]
        if written is not None:
            value += float(written) * unit
            step = unit * _step(written)
        unit /= 60
    return value, step


def _step(number: str) -> float:
    return float(10.0 ** -len(number.partition(".")[2]))


def _of_numbers(match: re.Match[str]) -> Reading | None:
    lat, lon = (float(match[key].replace("−", "-")) for key in "ao")
    step = max(_step(match["a"]), _step(match["o"]))
    return _checked(lon, lat, step) or _checked(lat, lon, step)


def _checked(lon: float, lat: float, step_deg: float) -> Reading | None:
    inside = abs(lat) <= 90 and abs(lon) <= 180  # noqa: PLR2004  the globe
    return (lon, lat, step_deg / 2 * KM_PER_DEG) if inside else None


def _of_grid(match: re.Match[str]) -> Reading | None:
    from geo.crs import mgrs_square

    digits = match["e"] + match["n"]
    if len(digits) % 2 or (len(match["e"]) != len(match["n"]) and " " in match[0][-6:]):
        return None
    square = mgrs_square(match["zone"].zfill(2) + match["band"] + match["square"] + digits)
    return (square[0], square[1], square[2] / 2) if square else None


_READERS: tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...], Callable[[re.Match[str]], Reading | None]], ...] = (
    (_ANGLES_HINT, (*_HEMISPHERES, _COMPACT), _of_angles),
    (_NUMBERS_HINT, _SIGNED, _of_numbers),
    (_GRID_HINT, (_MGRS,), _of_grid),
)


def _resolution(words: str, span: Span, role: SegmentRole, reading: Reading) -> Resolution:
    lon, lat, half_km = reading
    radius_km = round(max(half_km * 1.5, LEAST_KM), 2)
    country, unit = _units_at(lon, lat)
    place = Place(
        id=f"point:{lon:.5f},{lat:.5f}",
        name=f"{abs(lat):.4f}°{'NS'[lat < 0]} {abs(lon):.4f}°{'EW'[lon < 0]}",
        lon_deg=lon,
        lat_deg=lat,
        feature="SPOT",
        country=country,
        admin1=unit,
        radius_km=radius_km,
        source="the text's own coordinates",
    )
    reason = f"the text gives coordinates, to about {radius_km:g} km"
    return Resolution(Mention(span, words, "coordinate", role), place, 0.95, (reason,))


@lru_cache(maxsize=1024)
def _units_at(lon: float, lat: float) -> tuple[str | None, str | None]:
    from geo.errors import MissingPart
    from geo.gazetteer import boundaries

    try:
        return boundaries.country_at(lon, lat), boundaries.admin1_at(lon, lat)
    except MissingPart:
        return None, None
