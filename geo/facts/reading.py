"""From a parsed article to its facts: the fact layer's one pass, put together.

Facts are read from headline, line under it, body and captions; those of related links are kept apart with the note
`related`. A text that is not English gives times and figures of no clause: it is said in `notes`, not guessed at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from geo.facts import (
    actors,
    attribution,
    certainty,
    clauses,
    coreference,
    doubts,
    events,
    figures,
    future,
    link,
    parties,
    selectors,
    speakers,
    times,
    voices,
)
from geo.facts import lexicon as lex
from geo.facts.merge import Told, merge_roles
from geo.facts.mirror import mirrored
from geo.types import READ_ROLES, Fact, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geo.facts.actors import Named
    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Parsed, ParsedSegment
    from geo.types import Attribution, DateRange, Resolution, Voice, Zone

T = TypeVar("T")
RELATED = "related"
"""Note of a fact that stands only in the headline of another article."""


@dataclass(frozen=True, slots=True)
class FactReading:
    """What one article says."""

    facts: tuple[Fact, ...]
    timexes: tuple[DateRange, ...]
    attributions: tuple[Attribution, ...]
    notes: tuple[str, ...] = ()
    """What was not understood, in words."""


@dataclass(frozen=True, slots=True)
class _Scene:
    parsed: Parsed
    timexes: tuple[DateRange, ...]
    attributions: tuple[Attribution, ...]
    resolutions: tuple[Resolution, ...]
    zones: tuple[Zone, ...]
    lexicon: Lexicon
    memory: link.ZoneMemory
    doubts: tuple[Span, ...]
    turns: speakers.Turns
    published: str | None


def read_facts(
    parsed: Parsed,
    *,
    published: str | None,
    resolutions: Sequence[Resolution] = (),
    zones: Sequence[Zone] = (),
    lexicon: Lexicon | None = None,
) -> FactReading:
    """Return the facts, times and attributions of an article.

    Args:
        parsed: the article with its parse.
        published: ISO day that relative times are counted from; None leaves them vague.
        resolutions: what the place names mean.
        zones: the case's zones, which facts are linked to.
        lexicon: other word lists than the bundled ones (`geo.facts.lexicon.load`).
    """
    parsed = mirrored(parsed)
    found = times.tag(parsed, published)
    if parsed.language not in {"en", "und"}:
        note = f"The text is not in English ({parsed.language}): places, times and numbers only, no facts."
        return FactReading((), found, (), (note,))
    said = attribution.find(parsed)
    words = lexicon or lex.bundled()
    turns = speakers.turns(parsed, words)
    open_to_doubt = doubts.doubted(parsed.segments)
    scene = _Scene(
        parsed, found, said, tuple(resolutions), tuple(zones), words, link.ZoneMemory(), open_to_doubt, turns, published
    )
    index = _indexed(scene)
    told = [t for i, segment in enumerate(parsed.segments) for t in _told(segment, index.near(scene, i))]
    notes = () if published else ("No day of publication is known: relative times are left open.",)
    return FactReading(merge_roles(told), found, said, notes)


@dataclass(frozen=True, slots=True)
class _Index:
    """What stands in each segment, by the number of the segment: a long text has thousands of everything."""

    timexes: Mapping[int, Sequence[DateRange]]
    attributions: Mapping[int, Sequence[Attribution]]
    resolutions: Mapping[int, Sequence[Resolution]]

    def near(self, scene: _Scene, number: int) -> _Scene:
        """Return the scene with no more times, voices and places than touch a segment."""
        return replace(
            scene,
            timexes=tuple(self.timexes.get(number, ())),
            attributions=tuple(self.attributions.get(number, ())),
            resolutions=tuple(self.resolutions.get(number, ())),
        )


def _indexed(scene: _Scene) -> _Index:
    starts = [part.segment.span.start for part in scene.parsed.segments]

    def by_segment(items: Sequence[T], spans: Callable[[T], Iterable[Span]]) -> Mapping[int, Sequence[T]]:
        table: dict[int, list[T]] = {}
        for item in items:
            for place in _touched(starts, spans(item)):
                table.setdefault(place, []).append(item)
        return table

    return _Index(
        by_segment(scene.timexes, lambda timex: (timex.span,)),
        by_segment(scene.attributions, lambda said: said.content),
        by_segment(scene.resolutions, lambda found: (found.mention.span,)),
    )


def _touched(starts: Sequence[int], spans: Iterable[Span]) -> list[int]:
    """Return the numbers of the segments that some spans lie in; a long one may be parsed in several pieces."""
    places: dict[int, None] = {}
    for span in spans:
        first = bisect_left(starts, starts[max(0, bisect_right(starts, span.start) - 1)])
        places |= dict.fromkeys(range(first, bisect_left(starts, span.end)))
    return list(places)


def _told(segment: ParsedSegment, scene: _Scene) -> Iterator[Told]:
    role = segment.segment.role
    if segment.segment.duplicate_of or (role not in READ_ROLES and role != "related_link"):
        return
    known = actors.named(segment, scene.lexicon)
    for unit in clauses.units(segment, scene.lexicon):
        fact = parties.claimed(doubts.weighed(_fact(unit, known, scene), scene.doubts), unit, scene.lexicon)
        if role == "body" or fact.event:
            yield Told(replace(fact, notes=(*fact.notes, RELATED)) if role == "related_link" else fact, role)


def _fact(unit: Unit, known: Sequence[Named], scene: _Scene) -> Fact:
    article = scene.parsed.article
    evidence = unit.parsed.span(unit.tokens[0], unit.tokens[-1])
    subject = unit.subject
    if subject is not None and subject.pos_ == "PRON":
        unit = replace(unit, referent=speakers.referent(subject, unit.parsed, scene.parsed))
    judged = certainty.judged(unit, scene.lexicon)
    found = events.typed(unit, scene.lexicon)
    when = _when(evidence, scene.timexes) or _when(_with_setting(unit, evidence), scene.timexes)
    judged = future.offered(unit, found, judged)
    judged = future.timetabled(
        unit, judged, days=(scene.published, when.start if when else None), lexicon=scene.lexicon
    )
    event = future.announced(unit, found, judged, lexicon=scene.lexicon)
    figure = figures.figure(unit, scene.lexicon)
    if event is None and figure is not None and figure.hxl:
        event = "FIGURE"
    condition = event is None and events.is_condition(unit)
    zones = link.zone_links(unit, event, zones=scene.zones, memory=scene.memory, lexicon=scene.lexicon)
    return Fact(
        id=f"f-{selectors.select(article, evidence).key}",
        event="STATE" if condition else event,
        mode="condition" if condition else found.mode,
        context=found.contexts,
        statement=statement(article.slice(evidence)),
        evidence=evidence,
        certainty=judged.certainty,
        negated=judged.negated,
        when=when,
        attribution=_voices(unit, known, scene, speaks=found.event in events.SPOKEN),
        actors=actors.actors(unit, known),
        figure=figure,
        places=link.places(unit, scene.resolutions, scene.lexicon),
        zones=zones,
    )


def _voices(unit: Unit, known: Sequence[Named], scene: _Scene, *, speaks: bool) -> tuple[Voice, ...]:
    """Return who says it; the place of a dateline, which a parser may take for a speaker, says nothing."""
    article, parsed = scene.parsed.article, unit.parsed
    found = voices.voices(unit, article, known=known, attributions=scene.attributions, lexicon=scene.lexicon)
    if not found and speaks:
        found = voices.speaker(unit, known=known)
    begins = parsed.offset + parsed.doc[clauses.after_dateline(parsed)].idx
    before = range(parsed.segment.span.start, begins)
    clipped = (_behind(voice, before) for voice in found)
    told = [speakers.named(voice, scene.parsed, scene.lexicon) for voice in clipped if voice is not None]
    if len(told) > 1 and (told[0].name == told[1].name or told[0].name.lower() in coreference.PERSONAL):
        told = told[1:]  # *Japan said that it regretted this*: the pronoun is Japan again
    return scene.turns.voiced(parsed, told)


def _behind(voice: Voice, dateline: range) -> Voice | None:
    """Leave the place of a dateline out of a voice; None where nothing is left."""
    source = voice.source
    if source is None or source.start not in dateline:
        return voice
    return replace(voice, source=replace(source, start=dateline.stop)) if source.end > dateline.stop else None


def statement(quote: str) -> str:
    """Return a quote as one line that begins with a capital."""
    line = " ".join(quote.split())
    return line[:1].upper() + line[1:]


def _when(evidence: Span, timexes: Sequence[DateRange]) -> DateRange | None:
    """Return the time that a stretch names: a day before a length, the first before the later ones."""
    inside = [
        t for t in timexes if t.span.article == evidence.article and evidence.start <= t.span.start < evidence.end
    ]
    return min(inside, key=lambda t: (_vagueness(t), t.span.start), default=None)


def _with_setting(unit: Unit, evidence: Span) -> Span:
    """*Was killed | in fighting on Friday*: what it happened in is a fact of its own, with the same time."""
    nouns = (g for c in unit.head.children if c.lower_ in {"in", "during"} for g in c.children if g.dep_ == "pobj")
    last = next((noun.right_edge for noun in nouns if noun.right_edge.i > unit.last), None)
    end = unit.parsed.span(last, last).end if last is not None and unit.kind == "finite" else evidence.end
    return replace(evidence, end=max(end, evidence.end))


def _vagueness(timex: DateRange) -> int:
    if timex.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}:
        return 3
    return {"DATE": 0, "TIME": 0, "DURATION": 1, "SET": 2}[timex.kind]


def as_record(reading: FactReading) -> dict[str, Any]:
    """Return a reading in the shape of the machine interface: offsets into the article's text, plain JSON values."""
    return {
        "timexes": [
            {"start": t.span.start, "end": t.span.end, "type": t.kind, "value": t.value} for t in reading.timexes
        ],
        "attributions": [
            {"source": _pairs(a.source), "cue": _pairs(a.cue), "content": _pairs(a.content)}
            for a in reading.attributions
        ],
        "facts": [_record(f) for f in reading.facts if RELATED not in f.notes],
    }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _record(fact: Fact) -> dict[str, Any]:
    first = next((v.source for v in fact.attribution if v.source), None)
    return {
        "start": fact.evidence.start,
        "end": fact.evidence.end,
        "event": fact.event,
        "mode": fact.mode,
        "certainty": fact.certainty,
        "negated": fact.negated,
        "time": fact.when.value if fact.when else None,
        "source": _pairs([first]) if first else [],
    }
