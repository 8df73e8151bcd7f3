"""Measure the geoparser on two sets of sixty texts of our own: world news, local papers and reports of war.

    python bench/bench_world_texts.py [--errors]

Their marks are of authors who did not know the program, and no model was trained on them: so the figures tell more of a
text that nobody has seen than those of the development corpora. In `world_texts.txt` adjectives (*Syrian*) and names
inside those of bodies do not count; in `wide_texts.txt` all do (*Concord* Police Department), and the program is left
to choose which demonyms count. `map` is what a page would show: the share of its places that lie within 161 km of the
marked ones, and of those that are elsewhere. `bench/floors/world_texts.json` holds the floors.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import language, resolver
from geo.article import from_text
from geo.crs import distance_km
from geo.gazetteer import Gazetteer
from geo.records import geoparse_record

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS, WIDE_TEXTS = (Path(__file__).parent / name for name in ("world_texts.txt", "wide_texts.txt"))
#: So many of the texts were looked at when rules were mended; of the others only the answers with low scores. Of the
#: wide texts every second one was.
READ = 30
NEAR_KM = 161.0
_MARK = re.compile(r"\[([^|\]]+)\|([A-Z0-9]+)\|([^\]]+)\]")
_GENRES = ("world", "local", "national", "war")
Record = dict[str, Any]


class Marked(NamedTuple):
    """A place name of a text, with its point where it is known: longitude, latitude."""

    start: int
    end: int
    point: tuple[float, float] | None


class Text(NamedTuple):
    """A text without its marks, and the marks."""

    record: Record
    marks: tuple[Marked, ...]


def texts(path: Path = TEXTS) -> Iterator[Text]:
    """Yield the texts of a file in their order."""
    wide = path == WIDE_TEXTS
    for block in re.split(r"^= ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.rstrip().partition("\n")
        key, genre, outlet = head.split()
        plain, marks, at = "", [], 0
        for match in _MARK.finditer(body):
            plain += body[at : match.start()]
            at = match.end()
            if wide or match[2] != "DEM":
                lat, lon = (None, None) if match[3] == "?" else map(float, match[3].split(","))
                point = None if lat is None or lon is None else (lon, lat)
                marks.append(Marked(len(plain), len(plain) + len(match[1]), point))
            plain += match[1]
        record = {"id": key, "genre": genre, "text": plain + body[at:]} | ({} if wide else {"demonyms": False})
        yield Text(record if outlet == "-" else {**record, "domain": outlet}, tuple(marks))


def is_near(mark: Marked, lon: float | None, lat: float | None) -> bool:
    """Return whether an answer lies within 161 km of a mark that has a point."""
    return None not in {lon, lat, mark.point} and distance_km(*mark.point, lon, lat) < NEAR_KM  # type: ignore[misc]


def measure(chosen: list[Text], gazetteer: Gazetteer) -> dict[str, float]:
    """Return recognition and end-to-end F1, the accuracy with spans given, and what a page would show."""
    tally: dict[str, int] = {}
    for text in chosen:
        for name, count in _counts(text, gazetteer).items():
            tally[name] = tally.get(name, 0) + count
    both = tally["gold"] + tally["found"]
    return {
        "recognition_f1": round(2 * tally["exact"] / both, 3),
        "e2e161_f1": round(2 * tally["near"] / both, 3),
        "given_spans_acc161": round(tally["given"] / tally["pointed"], 3),
        "map_right": round(tally["shown_right"] / tally["shown"], 3),
        "map_elsewhere": round(tally["shown_far"] / tally["shown"], 3),
    }


def _counts(text: Text, gazetteer: Gazetteer) -> dict[str, int]:
    marks = {(mark.start, mark.end): mark for mark in text.marks}
    found = {(t["start"], t["end"]): t for t in geoparse_record(text.record, gazetteer)["toponyms"]}
    both = [(marks[key], found[key]) for key in marks.keys() & found.keys()]
    spans = {**text.record, "toponyms": [{"start": mark.start, "end": mark.end} for mark in text.marks]}
    given = geoparse_record(spans, gazetteer, given_spans=True)["toponyms"]
    shown = shown_places(text, gazetteer)
    pointed = [(marks[key], place) for key, place in shown.items() if key in marks and marks[key].point]
    right = sum(is_near(mark, place.lon_deg, place.lat_deg) for mark, place in pointed)
    return {
        "gold": len(marks),
        "found": len(found),
        "exact": len(both),
        "near": sum(is_near(mark, answer["lon"], answer["lat"]) or not mark.point for mark, answer in both),
        "pointed": sum(mark.point is not None for mark in text.marks),
        "given": sum(is_near(mark, t["lon"], t["lat"]) for mark, t in zip(text.marks, given, strict=True)),
        "shown": len(shown),
        "shown_right": right,
        "shown_far": len(pointed) - right,
    }


def shown_places(text: Text, gazetteer: Gazetteer) -> dict[tuple[int, int], Any]:
    """Return the places that a page would draw, by their spans."""
    parsed = language.parse(from_text(text.record["text"], id=text.record["id"]), full=False)
    found = resolver.resolve(parsed, gazetteer, domain=text.record.get("domain"), readings=False)
    named = (each for each in found if each.place and each.mention.kind != "demonym")
    return {(each.mention.span.start, each.mention.span.end): each.place for each in named}


def errors(chosen: list[Text], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what was missed and what was put elsewhere."""
    for text in chosen:
        found = {(t["start"], t["end"]): t for t in geoparse_record(text.record, gazetteer)["toponyms"]}
        for mark in text.marks:
            answer, name = found.get((mark.start, mark.end)), text.record["text"][mark.start : mark.end]
            if answer is None:
                yield f"{text.record['id']}: {name} missed"
            elif mark.point and not is_near(mark, answer["lon"], answer["lat"]):
                yield f"{text.record['id']}: {name} {mark.point} put at {answer['lon']}, {answer['lat']}"


def main() -> None:
    """Print the figures; with `--errors` what went wrong in the texts that were read."""
    gazetteer, every = Gazetteer.open(), list(texts())
    parts = {"read": every[:READ], "unread": every[READ:], "all": every}
    genres = dict.fromkeys(text.record["genre"] for text in every)
    parts |= {genre: [text for text in every if text.record["genre"] == genre] for genre in genres}
    wide = list(texts(WIDE_TEXTS))
    parts |= {"wide read": wide[::2], "wide unread": wide[1::2], "wide all": wide}
    parts |= {f"wide {genre}": [text for text in wide if text.record["genre"] == genre] for genre in _GENRES}
    print(json.dumps({name: measure(chosen, gazetteer) for name, chosen in parts.items()}, indent=1))
    if "--errors" in sys.argv:
        print("\n".join(errors([*every[:READ], *wide[::2]], gazetteer)))


if __name__ == "__main__":
    main()
