"""Commands about zones and the files that a person edits: check, where, bake, diff."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layers.cli.console import open_gazetteer, say

if TYPE_CHECKING:
    from geo.types import Place, Problem, Resolution, Theatre

app = typer.Typer(help="Zones: who is inside, what changed, writing out what a recipe derives.", no_args_is_help=True)


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoJSON files, or a case's folder.")],
    *,
    rules: Annotated[str | None, typer.Option("--as", help="geojson or zones. Default: zones inside a case.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="The case whose theatre the file belongs to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the proposed fixes; the diff is shown.")] = False,
) -> None:
    """Check hand-edited files: `file:line:col: code message`, each with a hint how to mend it."""
    from geo.zones import rules as checks

    _known_rules(rules)
    theatre = _theatre(case)
    found = []
    for path in _expanded(files):
        mode = rules or ("zones" if case or (path.parent / "case.toml").is_file() else "geojson")
        if fix:
            say(checks.apply_fixes(path, mode=mode, theatre=theatre or _theatre_beside(path)))
        found += checks.check_file(path, mode=mode, theatre=theatre or _theatre_beside(path))
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
    if as_json:
        sys.stdout.write(json.dumps([plain(each) for each in answers], ensure_ascii=False, indent=1) + "\n")
        return
    named = {place.id: place.name for place in places}
    zones = {zone.id: zone.name for zone in opened.zones}
    for each in answers:
        say(f"{named[each.place]}: {each.verdict} ({each.words}) · {zones[each.zone]}")
        say(f"  given this reconstruction, read as: {each.reading}")
        for zone, reading, words in each.other:
            say(f"  other reading ({reading or zones.get(zone, zone)}): {words}")
    if opened.note:
        say(f"\n{opened.note}")


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
    files.save(loaded.updated(files.bake(files.derive(loaded.zones, boundaries)), bake=True), target)
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
    from geo.zones import diff

    found = diff.diff(files.load(old), files.load(new))
    sys.stdout.write(json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n" if as_json else found.text())


def _spot(answer: Resolution) -> Place | None:
    """Return the best candidate that is a town or a site: a province is in a zone only in part."""
    from geo.zones.membership import is_point

    candidates = (answer.place, *(each.place for each in answer.alternatives))
    return next((place for place in candidates if place and is_point(place)), None)


def _known_rules(rules: str | None) -> None:
    from geo.errors import UsageError

    if rules not in {None, "geojson", "zones"}:
        message = f"--as {rules} is no set of rules."
        raise UsageError(message, hint="Say --as geojson or --as zones.")


def _expanded(files: list[Path]) -> list[Path]:
    """Return the files named, a case's folder as its GeoJSON files."""
    from geo.case import case_folder

    named = []
    for path in files:
        folder = path if path.is_dir() else None if path.exists() or path.suffix else case_folder(path)
        named += sorted(folder.glob("*.geojson")) if folder else [path]
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
