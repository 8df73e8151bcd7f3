"""How the event types of the PLOVER records would hold if no record had been seen: each is read without its own words.

    python bench/left_out.py [--lost]

The word lists were written with these records in sight, so their accuracy flatters. A word of the lists that served no
other text (another record, a dispatch, the seed article) in a right answer may be there for one record alone: it is
taken out for that record, which counts as right only if another rule still tells its event. That is pessimistic, as
words also come in from what the author knows of English. `--lost` lists the records that are lost so.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import dispatches
from bench_facts import EVENTS, PLOVER_2, SEED
from language_corpora import FOLDER, records

from geo.article import from_text
from geo.facts import as_record, events, lexicon, read_facts
from geo.language import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon
    from geo.language import Parsed

#: A slot of the word lists, an event and a word.
Word = tuple[str, str, str]


class Text(NamedTuple):
    """A parsed text, the day it is of, and what is right: the stretch of each fact (None: the first) and its events."""

    parsed: Parsed
    date: str | None
    gold: Mapping[str, Any]


class Without(lexicon.Lexicon):
    """The bundled word lists without some words."""

    def without(self, words: frozenset[Word]) -> Without:
        """Take words out; what is left of a rule without a verb, or without one of its conditions, goes."""
        rules = [kept for rule in lexicon.bundled().rules if (kept := _reduced(rule, words))]
        nouns = {n: e for n, e in lexicon.bundled().nouns.items() if ("noun", e, n) not in words}
        self.__dict__.update(rules=tuple(rules), nouns=nouns)
        return self


def _reduced(rule: lexicon.Rule, words: frozenset[Word]) -> lexicon.Rule | None:
    def left(slot: str, given: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in given if (slot, rule.event, word) not in words)

    verbs, with_, subject = left("verb", rule.verbs), left("with", rule.words), left("subject", rule.subject)
    also = left("also", rule.also)
    if not verbs or any(
        had and not has for had, has in ((rule.words, with_), (rule.also, also), (rule.subject, subject))
    ):
        return None
    return replace(rule, verbs=verbs, words=with_, also=also, subject=subject)


def reading(text: Text, words: Lexicon) -> list[tuple[dict[str, Any], frozenset[Word]]]:
    """Return the facts of a text in the machine's shape, each with the words of the lists that told its event."""
    used: dict[tuple[int, int], frozenset[Word]] = {}
    genuine = events.typed

    def noted(unit: Unit, given: Lexicon) -> events.Typed:
        found = genuine(unit, given)
        span = unit.parsed.span(unit.tokens[0], unit.tokens[-1])
        used[span.start, span.end] = frozenset(_used(unit, found, given))
        return found

    events.typed = noted
    try:
        facts = as_record(read_facts(text.parsed, published=text.date, lexicon=words))["facts"]
    finally:
        events.typed = genuine
    return [(fact, used.get((fact["start"], fact["end"]), frozenset())) for fact in facts]


def _used(unit: Unit, found: events.Typed, words: Lexicon) -> Iterator[Word]:
    if found.event is None or found.trigger is None:
        return
    if found.rule is None:
        keys = (
            found.trigger.lemma_.lower(),
            *(f"{c.lemma_.lower()} {found.trigger.lemma_.lower()}" for c in unit.tokens),
        )
        yield from (("noun", found.event, key) for key in keys if words.nouns.get(key) == found.event)
        return
    rule, inside = found.rule, lexicon.lemmas(unit.parsed.doc)
    inside |= {f"@{event}" for t in unit.parsed.doc if (event := words.noun_event(t))}
    yield from (("verb", rule.event, key) for key in lexicon.verb_keys(found.trigger) if key in rule.verbs)
    yield from (("with", rule.event, word) for word in rule.words & inside)
    yield from (("also", rule.event, word) for word in rule.also & inside)
    yield from (("subject", rule.event, word) for word in rule.subject & inside)


def texts() -> Iterator[Text]:
    """Yield records, dispatches and the seed article, parsed."""
    for record in records(EVENTS):
        event = PLOVER_2.get(record["event"], record["event"])
        yield Text(parse(from_text(record["text"], id=record["id"], published=None)), None, {"event": event})
    given = [dispatches.gold(path) for path in dispatches.paths()]
    given += list(map(json.loads, SEED.read_text(encoding="utf-8").splitlines()))
    for record in given:
        yield Text(parse(from_text(record["text"], id=record["id"], published=record["date"])), record["date"], record)


def served(text: Text, words: Lexicon) -> frozenset[Word] | None:
    """Return the words that told the events which are right; None for a record that is read wrong."""
    facts = reading(text, words)
    if "event" in text.gold:
        return facts[0][1] if facts and facts[0][0]["event"] == text.gold["event"] else None
    spans = {(fact["start"], fact["end"]): used for fact, used in facts}
    pairs = dispatches.pairs(text.gold["facts"], [fact for fact, _ in facts])
    right = [spans[p["start"], p["end"]] for g, p in pairs if p["event"] in (g["event"] or ())]
    return frozenset[Word]().union(*right)


def holds(text: Text, own: frozenset[Word]) -> bool:
    """Tell whether a record is read right without some words."""
    return not own or served(text, Without(lexicon.bundled().raw).without(own)) is not None


def main() -> int:
    """Print the two accuracies; return the exit status."""
    if not SEED.exists():
        print(json.dumps({"skipped": f"no corpora in {FOLDER}"}))
        return 0
    known = list(texts())
    used = [served(text, lexicon.bundled()) for text in known]
    count = Counter(word for each in used if each for word in each)
    given = [(text, mine) for text, mine in zip(known, used, strict=True) if "event" in text.gold]
    right = [(text, frozenset(word for word in mine if count[word] == 1)) for text, mine in given if mine is not None]
    lost = [(text, own) for text, own in right if not holds(text, own)]
    if "--lost" in sys.argv:
        for text, own in lost:
            print(text.gold["event"], sorted(own), text.parsed.article.text[:120])
    shares = {"right": len(right), "right_without_own_words": len(right) - len(lost)}
    print(json.dumps({"records": len(given)} | {key: round(n / len(given), 4) for key, n in shares.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
