"""Commands about zones and the files that a person edits: check, where, bake, diff."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from layers.cli.console import open_gazetteer, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.types import Case, Place, Problem, Resolution, Theatre
    from geo.zones.figures import Distance, ZoneFigures

_MEASURED_LINES = {"contact_line", "ceasefire_line", "withdrawal_line"}
#: A province with less than this share of a zone is left out of the text.
_NOTED_SHARE = 0.005

app = typer.Typer(help="Zones: who is inside, what changed, writing out what a recipe derives.", no_args_is_help=True)


class Rules(StrEnum):
    """Which rules a file is held to."""

    geojson = "geojson"
    places = "places"
    zones = "zones"


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoJSON files, or a case's folder.")],
    *,
    rules: Annotated[Rules | None, typer.Option("--as", help="Default: by name in a case, else geojson.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="The case whose theatre the file belongs to.")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="An earlier version of the file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the proposed fixes; the diff is shown.")] = False,
) -> None:
    """Check hand-edited files: `file:line:col: code message`, each with a hint how to mend it."""
    from geo.gazetteer import boundaries
    from geo.zones import rules as checks

    theatre = _theatre(case)
    found: list[Problem] = []
    for path in _expanded(files):
        mode = rules.value if rules else _mode(path)
        near = theatre or _theatre_beside(path)
        if fix:
            difference = checks.apply_fixes(path, mode=mode, theatre=near, previous=previous)
            (sys.stderr if as_json else sys.stdout).write(difference)
        found += checks.check_file(path, mode=mode, theatre=near, previous=previous, boundaries=boundaries)
    if as_json:
        sys.stdout.write(json.dumps([checks.as_record(each) for each in found], ensure_ascii=False, indent=1) + "\n")
    else:
        _tell(found)
    if any(each.severity == "error" for each in found):
        raise typer.Exit(1)


@app.command()
def where(
    names: Annotated[list[str], typer.Argument(metavar="PLACE…", help="Names of places.")],
    *,
    case: Annotated[str, typer.Option("--case", help="The case whose zones are asked.")] = "idlib-2018",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say whether places lie inside a case's zones, with a probability *given this reconstruction*."""
    from geo import case as cases
    from geo import resolver
    from geo.errors import UnknownName
    from geo.records import plain
    from geo.zones import membership

    opened = cases.open_case(case)
    with open_gazetteer() as gazetteer:
        known = gazetteer.with_places(opened.places)
        found = {name: _spot(resolver.explain(name, known, theatre=opened.theatre)) for name in names}
    places = tuple(place for place in found.values() if place)
    unknown = [name for name, place in found.items() if place is None]
    if unknown:
        message = f"No town or site is known by the name {unknown[0]!r}."
        raise UnknownName(message, hint="Add it to the case's places.geojson.")
    answers = membership.of_case(places, opened.zones)
    distances = list(_distances(places, opened))
    if as_json:
        plainly = {"memberships": [plain(each) for each in answers], "distances": [plain(each) for each in distances]}
        sys.stdout.write(json.dumps(plainly, ensure_ascii=False, indent=1) + "\n")
        return
    if not answers:
        say("This case has no zones that a place could lie in.")
    named = {place.id: place.name for place in places}
    zones = {zone.id: zone.name for zone in opened.zones}
    for each in answers:
        say(f"{named[each.place]}: {each.verdict} ({each.words}) · {zones[each.zone]}")
        say(f"  given this reconstruction, read as: {each.reading}")
        for zone, reading, words in each.other:
            say(f"  other reading ({reading or zones.get(zone, zone)}): {words}")
    for apart in distances:
        say(f"{named[apart.place]}: {apart.distance} from {apart.to}")
    if opened.note:
        say(f"\n{opened.note}")


@dataclass(frozen=True, slots=True)
class _Apart:
    """How far a place lies from a line or a border."""

    place: str
    to: str
    distance: Distance


def _distances(places: Iterable[Place], case: Case) -> Iterator[_Apart]:
    """Yield how far each place lies from the case's lines and from the borders of the theatre's other countries."""
    from geo.gazetteer import boundaries
    from geo.zones import figures as measured

    box = case.theatre.bbox_deg
    countries = boundaries.countries_in(box) if box else case.theatre.countries
    lines = [zone for zone in case.zones if zone.kind in _MEASURED_LINES and zone.geometry is not None]
    for place in places:
        for line in lines:
            yield _Apart(place.id, line.name, measured.distance_to_line(place, line))
        for code in countries:
            if code != place.country:
                names = dict(boundaries.names(f"country:{code}"))
                border = f"the border of {names.get('en') or names.get('und') or code}"
                yield _Apart(place.id, border, measured.distance_to_border(place, code, boundaries))


@app.command()
def figures(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case's name or folder.")],
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure a case's zones: area, length, shares of provinces, the case's places within."""
    from geo import case as cases
    from geo.gazetteer import boundaries
    from geo.records import plain
    from geo.zones import figures as measured

    opened = cases.open_case(case)
    codes = [code for country in opened.theatre.countries for code in boundaries.admin1_codes(country)]
    found = [measured.figures(each, opened.places, boundaries=boundaries, admin1=codes) for each in opened.zones]
    known = [each for each in found if each.area_km2 is not None or each.length_km is not None]
    if as_json:
        sys.stdout.write(json.dumps([plain(each) for each in known], ensure_ascii=False, indent=1) + "\n")
        return
    names = {place.id: place.name for place in opened.places}
    with open_gazetteer() as gazetteer:
        provinces = {code: hits[0].place.name for code in codes if (hits := gazetteer.unit(code))}
    for each in known:
        say(f"{each.zone}: {_measured(each, provinces)}")
        if each.places_within:
            say(f"  the case's places within: {', '.join(names[place] for place in each.places_within)}")
    if opened.note:
        say(f"\n{opened.note}")


def _measured(figures: ZoneFigures, provinces: Mapping[str, str]) -> str:
    if figures.area_km2 is None:
        return f"{figures.length_km:,.0f} km long"
    parts = ", ".join(f"{name} {area:,.0f}" for name, area in figures.parts_km2)
    shares = [(provinces.get(code, code), share) for code, share in figures.share_by_admin1 if share >= _NOTED_SHARE]
    told = ", ".join(f"{name} {share:.0%}" for name, share in shares)
    return f"{figures.area_km2:,.0f} km²" + (f" ({parts})" if parts else "") + (f" · {told}" if told else "")


@app.command()
def bake(
    folder: Annotated[str, typer.Argument(metavar="CASE", help="A case's folder.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of into the case.")] = None,
) -> None:
    """Write the geometry that the recipes derive into zones.geojson; the recipes stay beside it."""
    from geo import case as cases
    from geo import zones as files
    from geo.gazetteer import boundaries

    path = cases.case_folder(folder) / "zones.geojson"
    loaded = files.load(path)
    target = output or path
    files.save(loaded.updated(files.bake(files.derived(loaded, boundaries)), bake=True), target)
    say(str(target))


@app.command("diff")
def difference(
    old: Path,
    new: Path,
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show what changed between two zone files: moved vertices in metres, areas in km², properties."""
    from geo import zones as files
    from geo.gazetteer import boundaries
    from geo.zones.diff import ZoneDiff, diff_zones

    before, after = files.load(old), files.load(new)
    derived = [files.derived(each, boundaries) for each in (before, after)]
    found = ZoneDiff(str(old), str(new), diff_zones(*derived))
    sys.stdout.write(json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n" if as_json else found.text())


def _spot(answer: Resolution) -> Place | None:
    """Return the best candidate that is a town or a site: a province is in a zone only in part."""
    from geo.zones.membership import is_point

    candidates = (answer.place, *(each.place for each in answer.alternatives))
    return next((place for place in candidates if place and is_point(place)), None)


def _mode(path: Path) -> Literal["geojson", "places", "zones"]:
    """Inside a case a file holds zones or places; any other file need only be sound GeoJSON."""
    if not (path.parent / "case.toml").is_file():
        return "geojson"
    return "places" if path.name == "places.geojson" else "zones"


def _expanded(files: list[Path]) -> list[Path]:
    """Return the files named, a case's folder as its GeoJSON files."""
    from geo.case import case_folder
    from geo.errors import InputError

    named = []
    for path in files:
        folder = path if path.is_dir() else None if path.exists() or path.suffix else case_folder(path)
        found = sorted(folder.glob("*.geojson")) if folder else [path]
        if not found:
            raise InputError(f"{path} holds no .geojson file.", hint="Name the files, or a case's folder.")
        named += found
    return named


def _theatre(case: str | None) -> Theatre | None:
    from geo import case as cases

    return cases.outline(case).theatre if case else None


def _theatre_beside(path: Path) -> Theatre | None:
    """Return the theatre of the case that a file lies in, if it lies in one."""
    return _theatre(str(path.parent)) if (path.parent / "case.toml").is_file() else None


def _tell(found: list[Problem]) -> None:
    for each in found:
        say(f"{each}" + (f"\n    {each.hint}" if each.hint else ""))
    errors = sum(each.severity == "error" for each in found)
    say(f"{errors} error(s), {len(found) - errors} warning(s)" if found else "No findings.")
