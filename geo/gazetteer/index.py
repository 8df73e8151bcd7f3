"""The index file: an SQLite database of places and the keys that lead to them.

It is written beside its final name and moved there when it is whole, so that a reader never meets half of one;
its size is recorded, so that a file cut short is noticed. Keys lead to places with a *rank*: 0 the name itself,
1 another name, 2 an abbreviation or code, 3 a romanisation joined by the loose key, 4 by the skeleton; 5 is for
a resolver that found only a part of the name (*Copenhagen* in *Copenhagen Airport*).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geo.gazetteer.folding import loose_key, skeleton_key, strict_key, word_set
from geo.gazetteer.keyfilter import make_filter
from geo.types import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from geo.gazetteer.sources import Entry

    Progress = Callable[[int, int], None]

SCHEMA_VERSION = 6
NAME, ALIAS, CODE, LOOSE, SKELETON, PART = range(6)
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
COLUMNS = "id, pid, name, lon, lat, feature, country, admin1, population, radius, area, source, geonameid"
#: Countries whose names reach English through a romanisation: only there do looser keys lead to a place.
ROMANISED = word_set(
    "AE AF AM AZ BA BD BG BH BY CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KW KZ LB LK LY MA MD ME MK "
    "MM MN MR NP OM PK PS QA RS RU SA SD SO SS SY TD TJ TM TN TR UA UZ XK YE"
)
_SEPARATOR = "\x1f"
_BATCH = 20_000


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
    with closing(sqlite3.connect(part)) as database:
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


def _fill(database: sqlite3.Connection, entries: Iterable[Entry], progress: Progress | None) -> int:
    seen: set[str] = set()
    places: list[tuple[object, ...]] = []
    keys: list[tuple[str, int, int]] = []
    for entry in entries:
        if entry.place.id in seen:
            continue
        seen.add(entry.place.id)
        number = len(seen)
        places.append(_row(number, entry))
        keys.extend((key, rank, number) for key, rank in keys_of(entry))
        if number % _BATCH == 0:
            _flush(database, places, keys)
            if progress:
                progress(number, 290_000)
    _flush(database, places, keys)
    if progress:
        progress(len(seen), len(seen))
    return len(seen)


def _flush(database: sqlite3.Connection, places: list[tuple[object, ...]], keys: list[tuple[str, int, int]]) -> None:
    database.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", places)
    database.executemany("INSERT INTO key VALUES (?,?,?)", keys)
    places.clear()
    keys.clear()


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    p = entry.place
    names = _SEPARATOR.join(dict.fromkeys(entry.names))
    return (number, p.id, p.name, p.lon_deg, p.lat_deg, p.feature, p.country, p.admin1, p.population, p.radius_km,
            p.area, p.source, p.geonameid, names)  # fmt: skip


def place_of(row: tuple[Any, ...], names: str = "") -> Place:
    """Return the place of a row of `COLUMNS`, with its other names where they are given."""
    others = tuple(("und", name) for name in names.split(_SEPARATOR) if name)
    _, pid, name, lon, lat, feature, country, admin1, population, radius, area, source, geonameid = row
    return Place(pid, name, lon, lat, feature, country, admin1, others, population, radius, area, source, geonameid)


def keys_of(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the keys that lead to an entry, each once, with the best rank it has."""
    ranks: dict[str, int] = {}
    spellings = (entry.place.name, *(name for _, name in entry.place.names), *entry.names)
    for rank, name in enumerate(spellings):
        ranks.setdefault(strict_key(name), min(rank, ALIAS))
    if entry.place.feature == "PCLI" or (entry.place.feature == "ADM1" and entry.place.area):
        ranks[f"@{(entry.place.area or '').partition(':')[2]}"] = NAME
    for code in entry.codes:
        ranks.setdefault(strict_key(code), CODE)
    if entry.place.country in ROMANISED or entry.place.source != "GeoNames":
        for name in spellings:
            ranks.setdefault("~" + loose_key(name), LOOSE)
            ranks.setdefault("#" + skeleton_key(name), SKELETON)
    return ((key, rank) for key, rank in ranks.items() if key.strip("~#@"))
