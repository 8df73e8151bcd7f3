"""A case: a folder that the user owns, readable without us.

    idlib-2018/
        case.toml         title, theatre (countries, bounding box), dates, options
        article*.md       the reports: Markdown with front matter, plain text or HTML
        zones.geojson     lines and polygons; recipes are derived on load
        places.geojson    places that the gazetteer lacks or gets wrong
        facts.yaml        the reader's corrections

Bundled cases live in `geo/cases/`. A name is looked for there when no such folder exists.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, UnknownName
from geo.types import Case, Theatre, Where

if TYPE_CHECKING:
    from geo.types import Article, Place, Report, Zone

BUNDLED = Path(__file__).parent / "cases"
_ARTICLE_SUFFIXES = (".md", ".txt", ".html", ".htm")
_BBOX_LENGTH = 4
#: What the settings of a case must be, where they are given, and what to write instead.
_KINDS: dict[str, tuple[type, str]] = {
    "title": (str, 'Write text in quotes: title = "…"'),
    "theatre": (dict, 'Write a table: [theatre], and below it countries = ["SY"].'),
    "dates": (str, 'Write text in quotes: dates = "2018-09-17/.."'),
    "language": (str, 'Write text in quotes: language = "en"'),
    "credit": (str, 'Write text in quotes: credit = "…"'),
    "note": (str, 'Write text in quotes: note = "…"'),
    "articles": (list, 'Write a list of file names: articles = ["article.md"]'),
}


def bundled_cases() -> tuple[str, ...]:
    """Return the names of the cases that come with the package."""
    return tuple(sorted(folder.parent.name for folder in BUNDLED.glob("*/case.toml")))


def case_folder(name: str | Path) -> Path:
    """Return the folder of a case: a path, or the name of a bundled case.

    Raises:
        UnknownName: no such folder and no such bundled case; the near names are listed.
    """
    folder = Path(name)
    if (folder / "case.toml").is_file():
        return folder
    if str(name) in bundled_cases():
        return BUNDLED / str(name)
    if folder.is_dir():
        message = f"{folder} is not a case: it has no case.toml."
        raise UnknownName(message, hint="Make one with a title and a [theatre], or name a bundled case.")
    near = difflib.get_close_matches(str(name), bundled_cases(), n=3, cutoff=0.4) or bundled_cases()
    message = f"There is no case named {str(name)!r}."
    raise UnknownName(message, hint=f"Bundled cases: {', '.join(near)}. A case is a folder with a case.toml.")


def open_case(name: str | Path) -> Case:
    """Return a case with its reports read, its zones derived and its places loaded.

    Raises:
        UnknownName: there is no such case.
        InputError: one of its files can't be read (`file:line:col`).
    """
    folder = case_folder(name)
    settings = _settings(folder / "case.toml")
    case = _outline(folder, settings)
    return replace(
        case, articles=_articles(folder, settings), zones=_zones(folder, case.theatre), places=case_places(folder)
    )


def outline(name: str | Path) -> Case:
    """Return a case without its reports, zones and places: cheap, for lists and matching."""
    folder = case_folder(name)
    return _outline(folder, _settings(folder / "case.toml"))


def case_places(folder: Path) -> tuple[Place, ...]:
    """Return the places of a case's `places.geojson`, or none. Raises InputError (`file:line:col`)."""
    path = folder / "places.geojson"
    if not path.is_file():
        return ()
    from geo.gazetteer.places import read_places
    from geo.zones import check_places

    check_places(path)

    return tuple(read_places(path))


def matching_cases(report: Report) -> tuple[str, ...]:
    """Return the bundled cases whose countries a report names and whose time it falls into (give or take a year)."""
    countries = {each.place.country for each in report.resolutions if each.place and each.place.country}
    years = {int(each.published.date[:4]) for each in report.articles if each.published.date}
    outlines = [outline(name) for name in bundled_cases()]
    return tuple(each.id for each in outlines if countries & {*each.theatre.countries} and _near(each.dates, years))


def _near(dates: str | None, years: set[int]) -> bool:
    found = [int(part[:4]) for part in (dates or "").split("/") if part[:4].isdigit()]
    if not found or not years:
        return True
    first, last = min(found) - 1, (max(found) if not (dates or "").endswith("..") else 9999) + 1
    return any(first <= year <= last for year in years)


def _outline(folder: Path, settings: dict[str, Any]) -> Case:
    return Case(
        id=folder.resolve().name,
        title=str(settings["title"]),
        theatre=_theatre(folder / "case.toml", settings.get("theatre", {})),
        dates=settings.get("dates"),
        language=settings.get("language", "en"),
        credit=settings.get("credit"),
        note=settings.get("note"),
        folder=str(folder),
        options=settings,
    )


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text.", where=Where(str(path)), hint="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        where = Where(str(path), int(at[1]), int(at[2])) if at else Where(str(path))
        raise InputError(f"is not valid TOML: {error}.", where=where, hint="Mend that line.") from error
    if not str(settings.get("title", "")).strip():
        raise InputError("has no title.", where=Where(str(path)), hint='Add a line: title = "…"')
    for key, (kind, hint) in _KINDS.items():
        if key in settings and not isinstance(settings[key], kind):
            raise InputError(f"{key} is {settings[key]!r}.", where=Where(str(path)), hint=hint)
    return settings


def _theatre(path: Path, table: dict[str, Any]) -> Theatre:
    box = table.get("bbox", table.get("bbox_deg"))
    if box is not None and not _is_box(box):
        message = "theatre.bbox must be four numbers, the lesser first of each axis."
        raise InputError(message, where=Where(str(path)), hint="West, south, east, north, in degrees.")
    countries = table.get("countries", [])
    if not isinstance(countries, list) or not all(isinstance(code, str) for code in countries):
        message = f"theatre.countries is {countries!r}."
        raise InputError(message, where=Where(str(path)), hint='Write a list of two-letter codes: ["SY"].')
    west_south_east_north = None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    return Theatre(countries=tuple(countries), bbox_deg=west_south_east_north)


def _is_box(box: object) -> bool:
    if not isinstance(box, list) or len(box) != _BBOX_LENGTH or not all(isinstance(edge, int | float) for edge in box):
        return False
    west, south, east, north = box
    return bool(-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90)  # noqa: PLR2004  degrees


def _articles(folder: Path, settings: dict[str, Any]) -> tuple[Article, ...]:
    from geo.article import read_article

    named = [folder / str(name) for name in settings.get("articles", ())]
    for path in named:
        if not path.is_file():
            raise InputError(f"names {path.name}, which is not there.", where=Where(str(folder / "case.toml")))
    found = sorted(path for path in folder.glob("article*") if path.suffix.lower() in _ARTICLE_SUFFIXES)
    return tuple(read_article(path) for path in named or found)


def _zones(folder: Path, theatre: Theatre) -> tuple[Zone, ...]:
    path = folder / "zones.geojson"
    if not path.is_file():
        return ()
    from geo import zones
    from geo.gazetteer import boundaries

    return zones.open_zones(path, boundaries, theatre=theatre)
