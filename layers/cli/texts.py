"""Commands that read texts: one article for a person, JSON lines for a machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from layers.cli.console import open_gazetteer, out, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.types import Report

Source = Annotated[str, typer.Argument(help="An article's file, an address, or - for standard input.")]
Lines = Annotated[str, typer.Argument(metavar="IN.jsonl", help="JSON lines, or - for standard input.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")]
Day = Annotated[str | None, typer.Option("--date", help="The day of publication, YYYY-MM-DD, if you know it better.")]
CaseName = Annotated[str | None, typer.Option("--case", help="A case whose places and zones join the reading.")]


def read(
    source: Source, *, date: Day = None, case: CaseName = None, as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Read one article: segments, date, places and facts."""
    report = _report(source, date, case)
    if as_json:
        from geo.records import report_record

        sys.stdout.write(json.dumps(report_record(report), ensure_ascii=False, indent=1) + "\n")
        return
    _tell(report)


def place(
    name: Annotated[str, typer.Argument(help="A name in any script and spelling.")], *, case: CaseName = None
) -> None:
    """Show the places that a name may mean, and why."""
    from rich.table import Table

    from geo import case as cases
    from geo import resolver
    from geo.errors import UnknownName
    from geo.types import Candidate
    from layers.build.places import where

    opened = cases.open_case(case) if case else None
    with open_gazetteer() as gazetteer:
        names = gazetteer.with_places(opened.places if opened else ())
        answer = resolver.explain(name, names, theatre=opened.theatre if opened else None)
        near = () if answer.place else names.suggest(name)
    if answer.place is None:
        hint = f"Did you mean {', '.join(near)}?" if near else "Add it to a case's places.geojson, or a GeoNames dump."
        message = f"No place is known by the name {name!r}."
        raise UnknownName(message, hint=hint)
    table = Table(box=None, pad_edge=False)
    for heading in ("score", "place", "what and where", "lon, lat", "why"):
        table.add_column(heading, overflow="fold")
    for each in (Candidate(answer.place, answer.score, answer.reasons), *answer.alternatives):
        spot = f"{each.place.lon_deg:.4f}, {each.place.lat_deg:.4f}"
        table.add_row(f"{each.score:.2f}", each.place.name, where(each.place), spot, "; ".join(each.reasons))
    out().print(table)


def geoparse(
    source: Lines,
    output: Output = "-",
    *,
    given_spans: Annotated[bool, typer.Option("--given-spans", help="Resolve the spans that come with it.")] = False,
    case: CaseName = None,
) -> None:
    """Find and resolve the places of many texts: JSON lines in, JSON lines out."""
    from geo import case as cases
    from geo.records import geoparse_record

    opened = cases.open_case(case) if case else None
    with open_gazetteer() as gazetteer:
        names = gazetteer.with_places(opened.places if opened else ())
        theatre = opened.theatre if opened else None
        _each_record(
            source, output, lambda record: geoparse_record(record, names, given_spans=given_spans, theatre=theatre)
        )


def facts(
    source: Annotated[str, typer.Argument(help="JSON lines, an article, or a case (with --edit-template).")],
    output: Output = "-",
    *,
    edit_template: Annotated[bool, typer.Option("--edit-template", help="Write a facts.yaml to start from.")] = False,
    date: Day = None,
) -> None:
    """Read the facts of many texts (JSON lines), or those of one article or case."""
    if edit_template:
        _write(output, _template(source))
        return
    if source != "-" and not source.endswith((".jsonl", ".ndjson")):
        _tell(_report(source, date, None))
        return
    from geo.records import facts_record

    with open_gazetteer() as gazetteer:
        _each_record(source, output, lambda record: facts_record(record, gazetteer))


def _template(source: str) -> str:
    from geo import case as cases
    from geo import facts as reading

    opened = cases.open_case(source)
    from geo import pipeline

    with open_gazetteer() as gazetteer:
        report = pipeline.read(opened.articles, opened, gazetteer=gazetteer)
    return reading.template(report.facts, report.articles)


def _report(source: str, date: str | None, case: str | None) -> Report:
    from geo import article, pipeline
    from geo import case as cases

    opened = cases.open_case(case) if case else None
    if case is None and source != "-" and not Path(source).is_file() and "://" not in source:
        opened = cases.open_case(source)
        articles = opened.articles
    else:
        articles = (article.read_article(source, published=date),)
    with open_gazetteer() as gazetteer:
        return pipeline.read(articles, opened, gazetteer=gazetteer)


def _tell(report: Report) -> None:
    from geo.types import READ_ROLES
    from layers.build.words import certainty_word, label

    for each in report.articles:
        say(f"{each.title or each.id}  ·  {each.source or 'source not named'}")
        say(f"  published {each.published.date or 'on an unknown day'} ({each.published.basis})")
        for note in (*each.published.evidence, *each.notes):
            say(f"  {note}")
    placed = {r.place.id: r for r in report.resolutions if r.place and r.mention.role in READ_ROLES}
    say(f"\nPlaces ({len(placed)})")
    for found in placed.values():
        spot = found.place
        why = "; ".join(found.reasons[:2])
        say(f"  {found.score:.2f}  {found.mention.text} → {spot.name if spot else '?'}  ({why})")
    say(f"\nFacts ({len(report.facts)})")
    for fact in report.facts:
        when = f"  [{fact.when.text} → {fact.when.value}]" if fact.when else ""
        say(f"  {label(fact)} · {certainty_word(fact)}{when}\n    {fact.statement}")


def _each_record(source: str, output: str, work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer every line; one that fails yields `{"id", "error"}`, the run goes on and the exit code tells."""
    failed = 0
    with _writer(output) as sink:
        for number, line in _lines(source):
            answer = _answer(number, line, source, work)
            failed += "error" in answer
            sink.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    if failed:
        sys.stderr.write(f'contactline: {failed} record(s) failed; each has an "error" in the output.\n')
        raise typer.Exit(1)


def _answer(number: int, line: str, source: str, work: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    key: object = f"line {number}"
    try:
        record = json.loads(line)
        key = record.get("id", key) if isinstance(record, dict) else key
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            return {"id": key, "error": f'{source}:{number}:1: a record is an object with "id" and "text".'}
        return work({**record, "id": str(key)}) | {"id": key}
    except json.JSONDecodeError as error:
        return {"id": key, "error": f"{source}:{number}:{error.colno}: is not JSON: {error.msg}."}
    except Exception as error:  # noqa: BLE001  one bad record must not end a run of a million
        return {"id": key, "error": f"{source}:{number}:1: {type(error).__name__}: {error}"}


def _lines(source: str) -> Iterator[tuple[int, str]]:
    from geo.errors import InputError

    if source == "-":
        yield from _numbered(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8", errors="surrogateescape") as stream:
            yield from _numbered(stream)
    except OSError as error:
        raise InputError(f"{source}: can't be read: {error.strerror}.", hint="Check the path.") from error


def _numbered(stream: TextIO) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(stream, start=1) if line.strip())


def _writer(output: str) -> Any:  # noqa: ANN401  a context manager of a text stream
    from contextlib import nullcontext

    if output == "-":
        return nullcontext(sys.stdout)
    from layers.cli.files import whole_file

    return whole_file(Path(output))


def _write(output: str, text: str) -> None:
    with _writer(output) as sink:
        sink.write(text)
