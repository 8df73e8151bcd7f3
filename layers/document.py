"""The map as plain data: what to draw, in JSON, with no Leaflet or folium type in it.

A `MapDocument` is all that the page knows. `layers.build` makes one from a report; anybody may make one by
hand, so long as it is valid against `map-document.schema.json` beside this module (version in `VERSION`).
The page renders every valid document of its own major version and of earlier ones (`docs/map-document.md`
has the history).

Vocabulary. A *sentence* is the unit of reading; its id is `s` and a number in document order. A *mark* is
anything drawn that a sentence leads to: a place (`p1`), a fact (`f1`) or a zone (its own id). Offsets are
Unicode code points into the sentence's `text`, end exclusive. Coordinates are WGS 84 longitude, latitude
in degrees. Dates are ISO days; an interval's open or unknown end is null, and `open`/`unknown` says which.
All strings are plain text: the page writes them with `textContent`, never as HTML.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

VERSION = "1.0"

Certainty = Literal["established", "planned", "hypothetical", "alleged"]
Basis = Literal["article", "agreement", "reconstruction", "assumption"]
TextMode = Literal["full", "quotes", "none"]


class Interval(TypedDict):
    """A stretch of days; a deadline closes on its last day."""

    start: str | None
    end: str | None
    start_kind: Literal["day", "open", "unknown"]
    end_kind: Literal["day", "open", "unknown"]
    edtf: NotRequired[str]
    text: NotRequired[str]
    """As written: `by Oct. 15`."""
    role: NotRequired[Literal["event", "deadline", "validity", "statement"]]


class Run(TypedDict):
    """A stretch of a sentence that leads to marks."""

    start: int
    end: int
    kind: Literal["place", "fact", "time", "zone"]
    marks: list[str]


class Sentence(TypedDict):
    """One sentence of an article, and all marks that it is about."""

    id: str
    text: str
    runs: list[Run]
    marks: list[str]


class Block(TypedDict):
    """A paragraph or line of the article with its role; `gap` stands for text left out (quotes mode)."""

    role: Literal["headline", "subheadline", "byline", "body", "caption", "related_link", "gap"]
    sentences: list[Sentence]


class PublishedOn(TypedDict):
    """The day of publication, and how it is known."""

    date: str | None
    basis: str
    evidence: list[str]


class ArticleDoc(TypedDict):
    """One report."""

    id: str
    title: str
    source: str | None
    url: str | None
    language: str
    dir: Literal["ltr", "rtl"]
    published: PublishedOn
    text_mode: TextMode
    blocks: list[Block]
    notes: list[str]


class Alternative(TypedDict):
    """A place that a name might have meant instead."""

    name: str
    where: str
    """`Idlib, Syria · town`: what tells it from its namesakes."""
    lon: float
    lat: float
    score: float
    reasons: list[str]


class MembershipDoc(TypedDict):
    """Whether a place lies in a zone, given the reconstruction."""

    zone: str
    verdict: Literal["inside", "outside", "in doubt"]
    words: str
    """`> 99 %`, `about 30 %`, `< 1 %`."""
    reading: str
    other: NotRequired[str]
    """The other reading's answer, in words."""


class PlaceDoc(TypedDict):
    """A place named by an article, or supplied by the case."""

    id: str
    name: str
    names: dict[str, str]
    lon: float
    lat: float
    feature: str
    kind: Literal["country", "province", "district", "town", "site", "region", "spot"]
    where: str
    radius_km: float
    area: str | None
    """Key into `areas` where the place is drawn as the area it names."""
    origin: Literal["article", "case"]
    doubt: bool
    """Scored below the threshold: drawn hollow with a question mark."""
    score: float | None
    reasons: list[str]
    alternatives: list[Alternative]
    source: str
    sentences: list[str]
    facts: list[str]
    membership: list[MembershipDoc]


class VoiceDoc(TypedDict):
    """One link of the reporting chain."""

    name: str


class ZoneRelation(TypedDict):
    """What a fact says of a zone."""

    zone: str
    relation: str


class FactDoc(TypedDict):
    """What one clause says. `places` empty: it stays in the panel and on the timeline, without a point."""

    id: str
    event: str | None
    label: str
    """The event type in plain words: `Agreement`, `Withdrawal promised`."""
    theme: str
    """commitments, talks, military, humanitarian, control, background: the layer that it belongs to."""
    statement: str
    quote: str
    certainty: Certainty
    negated: bool
    word: str
    """reported as fact · promised · planned · alleged by X · if … · will not · denied by X · ruled out."""
    article: str
    sentences: list[str]
    voices: list[VoiceDoc]
    when: Interval | None
    places: list[str]
    zones: list[ZoneRelation]
    figure: str | None
    actors: list[str]
    origin: Literal["article", "editor"]
    related: bool
    """From a related-link headline: its layer is off at first."""
    notes: list[str]


class SourceDoc(TypedDict):
    """Something that a zone rests on."""

    title: str
    url: str | None
    says: str | None
    contradicts: str | None


class PartDoc(TypedDict):
    """A part of a zone: sure core, doubtful margin, band."""

    role: str
    label: str
    geometry: dict[str, Any]


class ZoneDoc(TypedDict):
    """A line, point or area of the case."""

    id: str
    name: str
    names: dict[str, str]
    kind: str
    theme: str
    """zone, patrols, line, posts, roads, area: the layer that it belongs to."""
    status: str
    basis: Basis
    valid: Interval | None
    parties: list[str]
    applies_to: list[str]
    uncertainty_km: float | None
    sources: list[SourceDoc]
    note: str | None
    geometry: dict[str, Any] | None
    """GeoJSON; null for what is counted but not located: listed, not drawn."""
    parts: list[PartDoc]
    band: dict[str, Any] | None
    """For a line: the polygon as wide as its uncertainty."""
    derived: bool
    variant_of: str | None
    in_article: bool
    """An article of the page speaks of it; else the card says *not in this article*."""
    shown: bool
    """Drawn when the page opens."""
    figures: list[list[str]]
    """[label, value] pairs in honest precision: area, length, towns within."""
    sentences: list[str]
    facts: list[str]


class LayerDoc(TypedDict):
    """A switchable layer of the themed control, in drawing order (first is lowest)."""

    id: str
    title: str
    group: Literal["zones", "article", "case", "basemap"]
    marks: list[str]
    shown: bool


class Credit(TypedDict):
    """A credit that is always visible, in print too."""

    text: str
    url: str | None


class TimeDoc(TypedDict):
    """The span of the story and what happens on it."""

    start: str
    end: str
    now: str | None
    """The day that the page opens on: the day of publication."""


class View(TypedDict):
    """What the page shows first: west, south, east, north in degrees."""

    bbox: list[float]


class Tiles(TypedDict):
    """A tile server that the user asked for; the page says that it is used."""

    url: str
    attribution: str


class MapDocument(TypedDict):
    """Everything that one page shows."""

    version: str
    id: str
    title: str
    subtitle: str
    language: str
    dir: Literal["ltr", "rtl"]
    credit: str | None
    disclaimer: str | None
    """`Reconstruction, not an official delimitation`, wherever it is true."""
    notes: list[str]
    view: View
    time: TimeDoc | None
    tiles: Tiles | None
    articles: list[ArticleDoc]
    places: list[PlaceDoc]
    facts: list[FactDoc]
    zones: list[ZoneDoc]
    areas: dict[str, dict[str, Any]]
    """GeoJSON of the areas that places name, by `PlaceDoc.area`."""
    basemap: dict[str, Any]
    """Coded as `layers.basemap` describes."""
    layers: list[LayerDoc]
    credits: list[Credit]
    strings: dict[str, str]
    """Interface texts of the page's language."""
    generator: dict[str, str]
    marks: NotRequired[dict[str, Any]]
    """Columnar many-marks payload (`layers.marks`)."""
