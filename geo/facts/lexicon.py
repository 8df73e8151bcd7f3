"""The words that the fact layer knows: events, cues of certainty, actors, figures, zones.

They stand in YAML files beside this module (`data/`, described by `data/lexicon.schema.json`); a case may lay files
of the same names over them (`lexicon/` in its folder): lists and tables are joined, single values replaced. Code asks
the `Lexicon` and holds no word lists of its own but grammatical ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from geo import wordlists
from geo.errors import InputError
from geo.facts.mirror import Word
from geo.types import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geo.language import Token

#: What opens a condition.
CONDITIONS = frozenset({"if", "unless", "provided", "providing", "lest"})
PARTS = ("events", "cues", "actors", "figures", "zones")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `events.yaml`."""

    event: str
    mode: str | None
    verbs: frozenset[str]
    words: frozenset[str]
    also: frozenset[str]
    subject: frozenset[str]
    lacks: frozenset[str]

    @property
    def weight(self) -> int:
        """Return how many conditions the rule makes."""
        return bool(self.words) + bool(self.also) + bool(self.subject)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The joined word lists; see the files in `data/`."""

    raw: Mapping[str, Mapping[str, Any]]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return the event rules, the most demanding first."""
        made = [
            Rule(
                event=str(r["event"]),
                mode=r.get("mode"),
                verbs=frozenset(map(str, r["verbs"])),
                words=frozenset(map(str, r.get("with", ()))),
                also=frozenset(map(str, r.get("also", ()))),
                subject=frozenset(map(str, r.get("subject", ()))),
                lacks=frozenset(map(str, r.get("lacks", ()))),
            )
            for r in self.raw["events"]["rules"]
        ]
        return tuple(sorted(made, key=lambda rule: -rule.weight))

    @cached_property
    def rules_of(self) -> Mapping[str, tuple[Rule, ...]]:
        """Return the rules by verb."""
        table: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for verb in rule.verbs:
                table.setdefault(verb, []).append(rule)
        return {verb: tuple(found) for verb, found in table.items()}

    @cached_property
    def nouns(self) -> Mapping[str, str]:
        """Return the event of each event noun."""
        return {str(noun): str(event) for event, words in self.raw["events"]["nouns"].items() for noun in words}

    @cached_property
    def light(self) -> frozenset[str]:
        """Return the verbs that leave the event to their object."""
        return frozenset(map(str, self.raw["events"]["light"]))

    def future(self, table: str, event: str | None) -> str | None:
        """Return what an event becomes by one of the tables `future`, `possible` and `refused`."""
        found = self.raw["events"][table].get(event, event)
        return None if found is None else str(found)

    @cached_property
    def adjectives(self) -> Mapping[str, str]:
        """Return the second halves of *rebel-held*, *Turkish-backed* with the event that they tell."""
        return {str(k): str(v) for k, v in self.raw["cues"]["states"]["adjectives"].items()}

    @cached_property
    def _sets(self) -> Mapping[str, frozenset[str]]:
        cues, figures = self.raw["cues"], self.raw["figures"]
        lists = {key: value for key, value in cues.items() if isinstance(value, list)}
        lists |= {
            "places": cues["states"]["place_participles"],
            "people": figures["people"],
            "things": figures["things"],
        }
        lists |= {"conflict": cues["states"]["conflict_nouns"]}
        return {key: frozenset(map(str, value)) for key, value in lists.items()}

    @cached_property
    def contexts(self) -> Mapping[str, frozenset[str]]:
        """Return the words that tell each context."""
        return {str(k): frozenset(map(str, words)) for k, words in self.raw["events"]["contexts"].items()}

    def words(self, name: str) -> frozenset[str]:
        """Return one of the plain word lists of `cues.yaml` or `figures.yaml`."""
        return self._sets[name]

    def is_cue(self, token: Token, name: str) -> bool:
        """Tell whether a verb (with its particle) is in one of the lists of `cues.yaml`."""
        return not self._sets[name].isdisjoint(verb_keys(token))

    def is_pure_report(self, token: Token) -> bool:
        """Tell whether a verb only says who says it."""
        if self.is_cue(token, "report_events"):
            return any(c.dep_ == "ccomp" and states(c) for c in token.children)
        if token.lemma_ == "be":
            return any(c.dep_ == "nsubj" and c.lemma_ in self._sets["copular_content"] for c in token.children) and any(
                c.dep_ == "ccomp" for c in token.children
            )
        return self.is_cue(token, "report")

    def noun_event(self, token: Token) -> str | None:
        """Return what event a noun stands for, or None; a weak noun needs a telling word beside it."""
        lemma = token.lemma_.lower()
        for key in (f"{token.nbor(-1).lemma_.lower()} {lemma}" if token.i else lemma, lemma):
            event = self.nouns.get(key)
            if event and self._strong(token, key):
                return event
        return None

    def _strong(self, token: Token, noun: str) -> bool:
        needed = self.raw["events"]["weak_nouns"].get(noun)
        tamed = self.raw["events"]["tamed_nouns"].get(noun, ())
        beside = lemmas(token.children)
        return (needed is None or bool(beside & set(needed))) and not beside & set(tamed)

    def has_event(self, token: Token) -> bool:
        """Tell whether a verb, or its object after a colourless verb, tells an event."""
        if any(key in self.rules_of for key in verb_keys(token)):
            return True
        light = any(key in self.light for key in verb_keys(token))
        return light and any(self.noun_event(c) for c in token.children if c.dep_ in {"dobj", "nsubjpass"})

    def has_count(self, token: Token) -> bool:
        """Tell whether a verb has counted people as its object."""
        return any(
            c.dep_ == "dobj" and c.lemma_.lower() in self._sets["people"] and any(g.like_num for g in c.subtree)
            for c in token.children
        )

    def is_place_state(self, token: Token) -> bool:
        """Tell whether a participle says where something lies."""
        return token.lemma_ in self._sets["places"]

    def is_relation(self, token: Token) -> bool:
        """Tell whether a noun says how two sides stand to one another (*backer of*)."""
        return token.lemma_.lower() in self.relation_nouns

    @cached_property
    def relation_nouns(self) -> Mapping[str, str]:
        """Return *backer*, *ally* … with the event that they tell."""
        return {str(k): str(v) for k, v in self.raw["cues"]["states"]["relation_nouns"].items()}

    def is_span_of_time(self, token: Token) -> bool:
        """Tell whether a noun counts the time that a conflict has lasted (*seven years of war*)."""
        if token.lemma_ not in self._sets["time_units"]:
            return False
        return any(
            g.lemma_.lower() in self._sets["conflict"] for c in token.children if c.lower_ == "of" for g in c.children
        )

    def is_time_word(self, token: Token) -> bool:
        """Tell whether a word belongs to a bare time (*last week*)."""
        return token.lower_ in self._sets["time_words"]


#: Forms whose lemma the model gets wrong.
_MISREAD = {
    "hopes": "hope",
    "hoped": "hope",
    "hoping": "hope",
    "forgave": "forgive",
    "forbade": "forbid",
    "swore": "swear",
    "withdrew": "withdraw",
    "withheld": "withhold",
    "upheld": "uphold",
    "overran": "overrun",
    "overthrew": "overthrow",
    "retook": "retake",
    "undertook": "undertake",
    "vetoes": "veto",
    "vetoed": "veto",
    "fled": "flee",
    "slew": "slay",
    "strode": "stride",
}


def verb_keys(token: Token) -> tuple[str, ...]:
    """Return the ways in which a verb may stand in a list: with particle, with preposition, alone."""
    word: object = token
    if not isinstance(word, Word):
        return _verb_keys(token)
    if word.keys is None:
        word.keys = _verb_keys(token)
    return word.keys


def _verb_keys(token: Token) -> tuple[str, ...]:
    lemma = _MISREAD.get(token.lower_, token.lemma_.lower())
    behind = next((c.i for c in token.children if c.dep_ == "dobj" and c.i > token.i), len(token.doc))
    joined = [
        f"{lemma} {c.lower_}"  # *gave refuge in its embassy* is not *give in*
        for c in token.children
        if c.dep_ in {"prt", "advmod", "dobj", "acomp"}
        or (c.dep_ == "prep" and (c.i < behind or c.lower_ in _PARTICLES))
        if c.i > token.i
    ]
    nested = [
        f"{lemma} {c.lower_} {g.lower_}" for c in token.children if c.dep_ in {"prep", "advmod"} for g in c.children
    ]
    particles = [c.lower_ for c in token.children if c.dep_ in {"prt", "advmod"} and c.i > token.i]
    preps = [c.lower_ for c in token.children if c.dep_ == "prep" and c.i > token.i]
    nested += [f"{lemma} {particle} {prep}" for particle in particles for prep in preps]
    called = any(
        g.dep_ == "mark" and g.lower_ == "for" for c in token.children if c.dep_ == "advcl" for g in c.children
    )
    return (*nested, *([f"{lemma} for"] if called else ()), *joined, lemma)  # *called for the ban to be lifted*


@cache
def bundled() -> Lexicon:
    """Return the lexicon that comes with the package."""
    return Lexicon({part: wordlists.read("geo.facts", "data", f"{part}.yaml") for part in PARTS})


def load(folder: Path) -> Lexicon:
    """Return the bundled lexicon with a folder's `events.yaml`, `cues.yaml`, `actors.yaml` … laid over it.

    Raises:
        InputError: if one of them is not YAML of that form.
    """
    return Lexicon({part: _joined(bundled().raw[part], _read(folder / f"{part}.yaml")) for part in PARTS})


def states(token: Token) -> bool:
    """Tell whether a content clause says that a thing is so: *insisted that she was alive*, unlike *that he resign*."""
    auxiliaries = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ == "MD" for c in auxiliaries):
        return any(c.lower_ in {"will", "would", "wo", "'ll"} for c in auxiliaries)
    if not auxiliaries and is_bare(token):
        return False
    return any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in (token, *auxiliaries))


#: Prepositions to the parser that belong to their verb also behind its object: *pulled its men out of*.
_PARTICLES = frozenset({"out", "off", "up", "down", "back", "away", "over", "aside"})


def is_bare(token: Token) -> bool:
    """*Insists that the city remain*, *proposed that both sides meet*: a form that no present tense would have."""
    if token.tag_ not in {"VB", "VBP"} or token.dep_ != "ccomp":
        return False
    subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
    singular = subject is not None and subject.tag_ in {"NN", "NNP"} and not any(True for _ in subject.conjuncts)
    return subject is not None and (token.head.lemma_ in _PROPOSING or (singular and token.head.lemma_ in _INSISTING))


_PROPOSING = frozenset({"propose", "demand", "recommend", "request", "urge", "ask"})
_INSISTING = frozenset({"insist", "suggest", "stipulate", "require"})


def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    if not path.is_file():
        return {}
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "this is not YAML.", where=Where(str(path), mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        ) from error
    if not isinstance(raw, dict):
        raise InputError("a lexicon file holds a table.", where=Where(str(path)))
    return raw


def _joined(base: Any, extra: Any) -> Any:  # noqa: ANN401  YAML values
    if isinstance(base, dict) and isinstance(extra, dict):
        return base | {key: _joined(base[key], value) if key in base else value for key, value in extra.items()}
    if isinstance(base, list) and isinstance(extra, list):
        return [*extra, *base]
    return extra


def lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the lemmas and forms of some tokens in lower case; a capital hides a plural from the model."""
    found = [(t.lemma_.lower(), t.lower_, t.pos_) for t in tokens]
    plain = {word for lemma, form, _ in found for word in (lemma, form)}
    return frozenset(plain | {form.removesuffix("s") for _, form, pos in found if pos == "PROPN"})
