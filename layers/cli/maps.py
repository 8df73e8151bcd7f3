"""Commands that draw: the map, its exports, the list of cases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from layers.cli.console import open_gazetteer, out, say, size

if TYPE_CHECKING:
    from geo.types import Article, Case, Report
    from layers.document import MapDocument, Tiles

_PICTURES: dict[str, Literal["png", "svg"]] = {"png": "png", "svg": "svg"}
_MARKS = {".geojson", ".json", ".parquet", ".geoparquet", ".csv"}


class TextChoice(StrEnum):
    """How much of the article the page carries."""

    full = "full"
    quotes = "quotes"
    none = "none"


Source = Annotated[
    str, typer.Argument(help="A case's folder or name, an article's file, an address, marks, or - for standard input.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page.")]
CaseName = Annotated[
    str | None, typer.Option("--case", help="Borrow this case's zones and places for an article of your own.")
]
TextOption = Annotated[
    TextChoice | None,
    typer.Option("--text", help="How much of the article the page carries. Default: full; quotes for an address."),
]
TilesOption = Annotated[
    str | None,
    typer.Option(
        "--tiles", metavar="URL", help="A tile server ({z}/{x}/{y}). Without it no server is asked for anything."
    ),
]
Attribution = Annotated[str, typer.Option("--tiles-credit", help="The credit that the tile server asks for.")]
Day = Annotated[str | None, typer.Option("--date", help="The day of publication, YYYY-MM-DD, if you know it better.")]
Language = Annotated[str | None, typer.Option("--language", help="Interface language: en or ar.")]


def draw(
    source: Source,
    output: Output = None,
    *,
    case: CaseName = None,
    text: TextOption = None,
    tiles: TilesOption = None,
    tiles_credit: Attribution = "",
    date: Day = None,
    language: Language = None,
) -> None:
    """Draw one offline HTML map of a case or an article, and say what is in it."""
    if Path(source).suffix.lower() in _MARKS:
        _draw_marks(Path(source), output, tiles=_tiles(tiles, tiles_credit), language=language)
        return
    subject = _subject(source, case, date)
    report = _read(subject)
    page = _document(report, text=text, tiles=_tiles(tiles, tiles_credit), language=language)
    target = output or subject.default_output
    _save(page, target)
    _tell(page, target)
    if subject.case is None:
        _suggest_cases(report)


def export(
    source: Source,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")],
    *,
    to: Annotated[
        str | None, typer.Option("--to", help="geojson, kml, gpkg, csv, json, png or svg. Default: by suffix.")
    ] = None,
    case: CaseName = None,
    date: Day = None,
) -> None:
    """Write a case or an article as GeoJSON, KML, GeoPackage, CSV (HXL), JSON, PNG or SVG; marks as PNG or SVG."""
    form = (to or output.suffix.lstrip(".")).lower()
    written: tuple[Path, ...] = (output,)
    picture = _PICTURES.get(form)
    if picture:
        from layers.export_image import save

        of_marks = Path(source).suffix.lower() in _MARKS
        save(
            _marks_document(Path(source)) if of_marks else _document(_read(_subject(source, case, date))),
            output,
            picture,
        )
    else:
        report = _read(_subject(source, case, date))
        from layers.export import export as write

        written = write(report, output, form)
    for path in written:
        say(f"{path}  {size(path)}")


def cases() -> None:
    """List the bundled cases."""
    from rich.table import Table

    from geo import case as bundled

    table = Table(box=None, pad_edge=False)
    for heading in ("case", "title", "dates", "countries"):
        table.add_column(heading)
    for name in bundled.bundled_cases():
        outline = bundled.outline(name)
        table.add_row(name, outline.title, outline.dates or "", ", ".join(outline.theatre.countries))
    out().print(table)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is to be drawn."""

    articles: tuple[Article, ...]
    case: Case | None
    default_output: Path


def _subject(source: str, borrowed: str | None, date: str | None) -> _Subject:
    from geo import article
    from geo import case as opening

    if borrowed is None and _names_case(source):
        case = opening.open_case(source)
        own = case.folder is not None and Path(source).is_dir()
        folder = Path(source) / "output" if own else Path("output")
        return _Subject(case.articles, case, folder / f"{case.id}.html")
    read = article.read_article(source, published=date)
    stem = "report" if source == "-" or "://" in source else Path(source).stem
    return _Subject((read,), opening.open_case(borrowed) if borrowed else None, Path(f"{stem}.html"))


def _names_case(source: str) -> bool:
    return source != "-" and "://" not in source and not Path(source).is_file()


def _read(subject: _Subject) -> Report:
    from geo import pipeline

    with open_gazetteer() as gazetteer:
        return pipeline.read(subject.articles, subject.case, gazetteer=gazetteer)


def _document(
    report: Report, *, text: TextChoice | None = None, tiles: Tiles | None = None, language: str | None = None
) -> MapDocument:
    from layers.build import document

    return document(report, text=text.value if text else None, tiles=tiles, language=language)


def _tiles(url: str | None, credit: str) -> Tiles | None:
    from geo.errors import UsageError

    if url is None:
        return None
    if not url.startswith(("https://", "http://")) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        message = f"--tiles {url!r} is not a tile address."
        raise UsageError(message, hint="It looks like https://HOST/{z}/{x}/{y}.png")
    return {"url": url, "attribution": credit}


def _save(page: MapDocument, target: Path) -> None:
    from layers.cli.files import write_whole
    from layers.render import html

    write_whole(target, html(page).encode())


def _tell(page: MapDocument, target: Path) -> None:
    """Print the path, and what the page holds."""
    named = sum(place["origin"] == "article" for place in page["places"])
    doubtful = sum(place["doubt"] for place in page["places"])
    placed = sum(bool(fact["places"]) for fact in page["facts"])
    drawn = sum(zone["geometry"] is not None for zone in page["zones"])
    say(f"{target}  {size(target)}  opens without a network")
    published = ", ".join(each["published"]["date"] or "undated" for each in page["articles"])
    say(f"  {page['title']}  ({len(page['articles'])} article(s), {published})")
    say(f"  {named} places named in the text ({doubtful} in doubt), {len(page['places']) - named} more of the case")
    say(
        f"  {len(page['facts'])} facts, {placed} with a place of their own;"
        " the rest stay in the panel and on the timeline"
    )
    say(f"  {drawn} zones, lines and posts drawn, {len(page['zones']) - drawn} counted but not located")
    if page["disclaimer"]:
        say(f"  {page['disclaimer']}.")
    for each in page["articles"]:
        for note in each["notes"]:
            say(f"  Note: {note}")


def _suggest_cases(report: Report) -> None:
    """Name, in one line, the bundled cases that match an article in place and date."""
    from geo.case import matching_cases

    found = matching_cases(report)
    if found:
        say(
            "  No zones: an article has none of its own. "
            f"Bundled cases of this place and time: {', '.join(found)} (--case NAME)."
        )


def _draw_marks(source: Path, output: Path | None, *, tiles: Tiles | None, language: str | None) -> None:
    page = _marks_document(source, tiles=tiles, language=language)
    target = output or Path(f"{source.stem}.html")
    _save(page, target)
    asks = f"asks {tiles['url']} for its background" if tiles else "opens without a network"
    say(f"{target}  {size(target)}  {page['marks']['count']:,} marks, {asks}")
    for note in page["notes"]:
        say(f"  Note: {note}")


def _marks_document(source: Path, *, tiles: Tiles | None = None, language: str | None = None) -> MapDocument:
    from layers.mark_files import read
    from layers.marks import marks_document

    return marks_document(read(source), title=source.stem, tiles=tiles, language=language or "en")
