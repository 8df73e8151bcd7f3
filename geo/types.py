"""The values that flow between the modules: small, frozen, typed.

Vocabulary. A *toponym* is a name of a place as it stands in a text; a *mention* is one occurrence of it;
a *place* is an entry of the gazetteer; a *resolution* joins a mention to a place, or abstains. A *fact* is
what one clause of a report says; its *evidence* is the span that says it. A *zone* is a line or an area
that a person can edit, with the *basis* that it rests on.

Conventions. Offsets are Unicode code points into `Article.text`, end exclusive. Coordinates are WGS 84
degrees, longitude before latitude. A unit stands in the field's name. Dates are ISO 8601 or EDTF strings
(`2018-10-15`, `../2018-10-15`, `2018-09-17/..`), because half of the dates in a report are not days.
This module needs the standard library and shapely only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

SegmentRole = Literal["headline", "subheadline", "byline", "body", "caption", "related_link", "boilerplate"]
DateBasis = Literal["given", "metadata", "dateline", "inferred", "unknown"]
MentionKind = Literal["toponym", "demonym", "metonym", "direction", "relative", "coordinate"]
Certainty = Literal["established", "planned", "hypothetical", "alleged"]
Basis = Literal["article", "agreement", "reconstruction", "assumption"]
ZoneStatus = Literal["announced", "agreed", "implemented", "lapsed", "disputed"]
Severity = Literal["error", "warning"]

#: Roles whose text may carry facts and mapped places.
READ_ROLES: frozenset[SegmentRole] = frozenset({"headline", "subheadline", "body", "caption"})


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one article's text: code points, end exclusive."""

    article: str
    """`Article.id`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One line or paragraph of an article, and what part it plays."""

    span: Span
    role: SegmentRole
    duplicate_of: Span | None = None
    """The earlier segment that this one repeats (a caption printed twice)."""


@dataclass(frozen=True, slots=True)
class Published:
    """The day a report came out, and how we know."""

    date: str | None
    """ISO day, or None if nothing tells."""
    basis: DateBasis
    evidence: tuple[str, ...] = ()
    """A sentence each, fit to be shown to a reader; conflicting evidence is listed too."""


@dataclass(frozen=True, slots=True)
class Article:
    """A report as given: `text` is never changed, so that every offset holds."""

    id: str
    text: str
    segments: tuple[Segment, ...]
    title: str | None
    source: str | None
    """Outlet, as named by the file or its metadata."""
    published: Published
    url: str | None = None
    language: str = "en"
    """BCP 47; `und` where it could not be told."""
    notes: tuple[str, ...] = ()
    """What was not understood, in words."""

    def slice(self, span: Span | Segment) -> str:
        """Return the text of a span or segment of this article."""
        where = span.span if isinstance(span, Segment) else span
        return self.text[where.start : where.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name (or description) of a place."""

    span: Span
    text: str
    kind: MentionKind = "toponym"
    role: SegmentRole = "body"
    """The role of the segment that it stands in."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer, of a case's `places.geojson`, or a spot computed from one."""

    id: str
    """`geonames:169387`, `case:al-eis`, `point:36.63,35.93` …; stable from run to run."""
    name: str
    lon_deg: float
    lat_deg: float
    """A representative point; for an area a point inside it."""
    feature: str
    """GeoNames feature code: PCLI country, ADM1, ADM2, PPL…, CONT, SEA, RGN …"""
    country: str | None
    """ISO 3166-1 alpha-2."""
    admin1: str | None = None
    """GeoNames code, `SY.12`."""
    names: tuple[tuple[str, str], ...] = ()
    """(BCP 47 language or `und`, name) pairs beside `name`."""
    population: int = 0
    """0 where unknown (common in GeoNames for Syria)."""
    radius_km: float = 1.0
    """How far the thing named may reach or lie from the point: its size and its doubt together."""
    area: str | None = None
    """Key of its polygon for `geo.gazetteer.boundaries` (`country:SY`, `admin1:SY.12`), where there is one."""
    source: str = "GeoNames"
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention might mean, with the ranker's score."""

    place: Place
    score: float
    """0 to 1, calibrated: of answers scored 0.9, nine in ten should be right."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was taken to mean; `place` is None where the resolver abstains."""

    mention: Mention
    place: Place | None
    score: float
    reasons: tuple[str, ...] = ()
    """Short phrases for a reader, strongest first."""
    alternatives: tuple[Candidate, ...] = ()
    """The other candidates, best first."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A time expression (TIMEX3) and what it resolves to."""

    span: Span
    text: str
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    """TIMEX3 value as the text has it: `2018-10-15`, `2018-W37`, `P7Y`, `PRESENT_REF`."""
    start: str | None = None
    """First ISO day of the interval; None where open or unknown."""
    end: str | None = None
    """Last ISO day, inclusive; None where open or unknown."""
    edtf: str | None = None
    """`2018-10-15`, `../2018-10-15` (a deadline), `2018-09-10/2018-09-16` …"""
    mod: str | None = None
    """TIMEX3 modifier: BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER, APPROX, START, MID, END …"""
    world_value: str | None = None
    """What really was, where a reader corrected the text."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say something: spans of source, cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: Literal["direct", "indirect", "mixed"] = "indirect"


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a reporting chain, nearest to the event first (Shoigu, then Interfax)."""

    name: str
    """The source as a reader knows it (`Sergei Shoigu`)."""
    source: Span | None = None
    cue: Span | None = None
    actor: str | None = None
    """Key in the actor lexicon, where it is known."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does, suffers or says something in a fact."""

    name: str
    role: Literal["actor", "recipient"]
    key: str | None = None
    """Key in the actor lexicon (`RUS`, `PUTIN`, `HTS`), where it is known."""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of people or things, as the text has it."""

    text: str
    low: float
    high: float
    unit: str
    """The counted noun: `civilians`, `people`, `tanks`."""
    modifier: str | None = None
    """`over`, `about`, `at least` …"""
    hxl: str | None = None
    """HXL tag, `#affected+displaced`."""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A fact's place. A fact without one gets no point on the map."""

    place: str
    """`Place.id`."""
    relation: Literal["at", "in", "from", "to", "about", "context"] = "at"
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class ZoneLink:
    """What a fact says of a zone."""

    zone: str
    """`Zone.id`."""
    relation: str
    """creates, in_force_by, patrolled_by, removed_from, excluded_from, purpose, context."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one clause of a report says, with the clause as proof."""

    id: str
    """Stable: a hash of the evidence's text-quote selector."""
    event: str | None
    """PLOVER 2.0 event type, or DEADLINE, STATE, FIGURE; None where none fits."""
    mode: str | None
    """PLOVER mode: withdraw, ceasefire, troops …"""
    context: tuple[str, ...]
    """PLOVER contexts: territory, peacekeeping …"""
    statement: str
    """One plain line for panel and table, made from the evidence's own words."""
    evidence: Span
    certainty: Certainty
    negated: bool
    """Said not to happen: will not, denied, ruled out."""
    when: DateRange | None = None
    attribution: tuple[Voice, ...] = ()
    """Nearest to the event first; empty where the article itself says it."""
    actors: tuple[Actor, ...] = ()
    figure: Figure | None = None
    places: tuple[PlaceLink, ...] = ()
    zones: tuple[ZoneLink, ...] = ()
    same_event_as: tuple[Span, ...] = ()
    """Other spans that tell the same (headline, second article)."""
    source: Literal["article", "editor"] = "article"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Something that a zone or a place rests on."""

    title: str
    url: str | None = None
    says: str | None = None
    contradicts: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A line or an area that a person can edit, and what it rests on."""

    id: str
    name: str
    kind: str
    """contact_line, buffer_zone, patrol_area, observation_post, corridor, withdrawal_line, exclusion,
    named_area, road, closure, deescalation_area …"""
    geometry: BaseGeometry | None
    """WGS 84; None where a recipe has yet to be derived."""
    basis: Basis
    status: ZoneStatus = "agreed"
    recipe: Mapping[str, Any] | None = None
    names: tuple[tuple[str, str], ...] = ()
    """(BCP 47 language, name) pairs beside `name`."""
    valid: str | None = None
    """EDTF interval."""
    parties: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    """Weapon classes or forces."""
    uncertainty_km: float | None = None
    sources: tuple[SourceRef, ...] = ()
    note: str | None = None
    derived: bool = False
    """The geometry was computed from `recipe`, not drawn."""
    parts: tuple[tuple[str, BaseGeometry], ...] = ()
    """Named parts of one zone: (`core`, …), (`margin`, …)."""
    vertex_uncertainty_km: tuple[float, ...] = ()
    """For a line: one figure a vertex, where the case gives them."""
    variant_of: str | None = None
    """The zone that this one is another reading of."""
    properties: Mapping[str, Any] = field(default_factory=dict)
    """Members that we do not know; kept and written back."""


@dataclass(frozen=True, slots=True)
class Where:
    """A position in a file: 1-based line and column, as editors count."""

    file: str
    line: int = 1
    column: int = 1
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a place lies in a zone, *given the reconstruction* and one reading of its text."""

    place: str
    """`Place.id`."""
    zone: str
    """`Zone.id`."""
    verdict: Literal["inside", "outside", "in doubt"]
    probability: float
    """0 to 1, from the uncertainty of the line, the range of the depth and the place's own uncertainty."""
    words: str
    """`< 1 %`, `> 99 %` or the probability rounded to 5 %."""
    reading: str
    """The reading that the figure assumes: `opposition side of the line`."""
    other: tuple[tuple[str, str, str], ...] = ()
    """(zone id, reading, words) of the other readings of the same text."""
    line_km: float | None = None
    """Distance to the zone's base line, geodesic."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of a check."""

    severity: Severity
    code: str
    """Short, stable, kebab-case: `ring-not-closed`."""
    where: Where
    message: str
    hint: str | None = None
    fix: Mapping[str, Any] | None = None
    """A proposed change, never applied unasked."""

    def __str__(self) -> str:
        """Return `file:line:col: code message`."""
        return f"{self.where.file}:{self.where.line}:{self.where.column}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class Theatre:
    """The part of the world that a case is about."""

    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2."""
    bbox_deg: tuple[float, float, float, float] | None = None
    """West, south, east, north."""


@dataclass(frozen=True, slots=True)
class Case:
    """A folder that the user owns: reports, zones, places, corrections."""

    id: str
    title: str
    theatre: Theatre
    articles: tuple[Article, ...] = ()
    zones: tuple[Zone, ...] = ()
    places: tuple[Place, ...] = ()
    dates: str | None = None
    """EDTF interval that the case is about."""
    language: str = "en"
    credit: str | None = None
    note: str | None = None
    """How far the case is a reconstruction, in words."""
    folder: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was read: the input of the map."""

    articles: tuple[Article, ...]
    resolutions: tuple[Resolution, ...]
    facts: tuple[Fact, ...]
    timexes: tuple[DateRange, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    zones: tuple[Zone, ...] = ()
    memberships: tuple[Membership, ...] = ()
    sentences: tuple[Span, ...] = ()
    """The sentences of all articles, in order: the unit of linked reading."""
    places: tuple[Place, ...] = ()
    """The case's own places, mapped whether an article names them or not."""
    case: Case | None = None
    borrowed_zones: bool = False
    """The zones come from a case that the article is not part of."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Versions of what made it; no path, no user name, no clock."""
