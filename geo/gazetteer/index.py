"""The index file: an SQLite database of places and the keys that lead to them.

It is written beside its final name and moved there when it is whole, so that a reader never meets half of one;
its size is recorded, so that a file cut short is noticed. Keys lead to places with a *rank*: 0 the name itself,
1 another name, 2 an abbreviation or code, 3 a romanisation joined by the loose key, 4 by the skeleton; 5 is for
a resolver that found only a part of the name (*Copenhagen* in *Copenhagen Airport*).
"""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from geo.gazetteer.keyfilter import make_filter
from geo.gazetteer.keys import ALIAS, CODE, LOOSE, NAME, PART, SKELETON, keyed, keys_of
from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from geo.gazetteer.sources import Entry

    Progress = Callable[[int, int], None]

__all__ = ["ALIAS", "CODE", "LOOSE", "NAME", "PART", "SKELETON", "keys_of", "place_of", "write_index"]

SCHEMA_VERSION = 10
_SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, pid TEXT NOT NULL, name TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
  feature TEXT NOT NULL, country TEXT, admin1 TEXT, population INTEGER NOT NULL, radius REAL NOT NULL,
  area TEXT, source TEXT NOT NULL, geonameid INTEGER, names TEXT NOT NULL);
CREATE TABLE key (key TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
"""
_INDEXES = (
    "CREATE INDEX key_key ON key (key, rank, place)",
    "CREATE UNIQUE INDEX place_pid ON place (pid)",
    "CREATE INDEX place_lat ON place (lat)",
)
COLUMNS = "pid, name, lon, lat, feature, country, admin1, population, radius, area, source, geonameid"
_SEPARATOR = "\x1f"
_BATCH = 10_000
#: About as many places as the packages hold: for a progress bar.
_EXPECTED = 275_000
_ADD_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


def write_index(path: Path, entries: Iterable[Entry], *, signature: str, progress: Progress | None = None) -> int:
    """Write the index of `entries` to `path` and return the number of places.

    Args:
        path: Replaced when the index is whole; a file of that name with `.part` added is used on the way.
        entries: Later entries with an id that was seen are left out.
        signature: Kept in the index; an index with another one is out of date.
        progress: Called with the number of places so far and a rough total.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as database, _no_collection():
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + _SCHEMA)
        count = _fill(database, entries, progress)
        for statement in _INDEXES:
            database.execute(statement)
        database.executemany("INSERT INTO meta VALUES (?, ?)", [("signature", signature), ("places", str(count))])
        plain = database.execute("SELECT DISTINCT key FROM key WHERE rank <= ?", (CODE,))
        database.execute("INSERT INTO meta VALUES ('filter', ?)", (make_filter(row[0] for row in plain),))
        database.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        database.commit()
    part.replace(path)
    return count


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do without the search for reference cycles: among millions of new records it takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fill(database: sqlite3.Connection, entries: Iterable[Entry], progress: Progress | None) -> int:
    count = 0
    for batch, keys in keyed(_batches(_unseen(entries))):
        database.executemany(_ADD_PLACE, (_row(count + i, entry) for i, entry in enumerate(batch, start=1)))
        rows = ((key, rank, count + i) for i, each in enumerate(keys, start=1) for key, rank in each)
        database.executemany("INSERT INTO key VALUES (?,?,?)", rows)
        count += len(batch)
        if progress:
            progress(count, max(count, _EXPECTED if len(batch) == _BATCH else count))
    return count


def _unseen(entries: Iterable[Entry]) -> Iterator[Entry]:
    seen: set[str] = set()
    for entry in entries:
        if entry.place.id not in seen:
            seen.add(entry.place.id)
            yield entry


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, _BATCH)):
        yield batch


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    p = entry.place
    names = _SEPARATOR.join(dict.fromkeys(entry.names))
    return (number, p.id, p.name, p.lon_deg, p.lat_deg, p.feature, p.country, p.admin1, p.population, p.radius_km,
            p.area, p.source, p.geonameid, names)  # fmt: skip


def place_of(row: Sequence[Any], names: str = "") -> Place:
    """Return the place of a row of `COLUMNS`, with its other names where they are given."""
    others = tuple(("und", name) for name in names.split(_SEPARATOR) if name) if names else ()
    pid, name, lon, lat, feature, country, admin1, population, radius, area, source, geonameid = row
    return Place(pid, name, lon, lat, feature, country, admin1, others, population, radius, area, source, geonameid)
