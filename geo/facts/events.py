"""What a clause tells: PLOVER event type, mode and contexts, by lexicon over the parse.

The verb decides, together with its object and its subject (`events.yaml`); a colourless verb (*launch*, *hold*)
leaves it to its object. What is announced or refused is another event than what is done: see `geo.facts.future`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.facts.lexicon import lemmas, verb_keys
from geo.facts.syntax import RELATIVE_TAGS, SUBJECTS, VERBAL, is_in_return, is_misread, is_predicate, own_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.facts.extent import Unit
    from geo.facts.lexicon import Lexicon, Rule
    from geo.language import Token

#: Events that consist in saying something: whoever does them is the one who says it.
SPOKEN = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
_MAX_CONTEXTS = 3
_GOING_ON = frozenset({"continue", "keep"})
_HOLDING = frozenset({"be", "have", "stand", "remain", "seem", "appear"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A clause's event: PLOVER type (or DEADLINE, STATE, FIGURE), mode, contexts; the word and rule that told it."""

    event: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Token | None = None
    rule: Rule | None = None


def typed(unit: Unit, lexicon: Lexicon) -> Typed:
    """Return what event a unit tells; `event` is None where the lexicon knows none."""
    readers = (_relation, _by_verb, _by_noun, _by_neighbours)
    found = next((told for read in readers if (told := read(unit, lexicon))), Typed(None))
    return replace(found, contexts=tuple(_contexts(unit, lexicon))[:_MAX_CONTEXTS])


def is_condition(unit: Unit) -> bool:
    """Return whether a clause tells how things are: *the town has been without water*, *families sleep in the open*."""
    head, subject = unit.head, own_subject(unit.head) or unit.subject
    if unit.kind not in {"finite", "relative"} or head.pos_ not in VERBAL or subject is None:
        return False
    told = any(child.dep_ in {"acomp", "prep", "advmod", "attr", "dobj"} for child in head.children)
    return told and head.lemma_ in _LASTING and subject.lower_ not in _EMPTY


_LASTING = frozenset(
    [
        "be",
        "remain",
        "stay",
        "lie",
        "stand",
        "lack",
        "hold",
        "last",
        "continue",
        "live",
        "house",
        "host",
        "sleep",
        "shelter",
        "own",
        "keep",
    ]
)
_EMPTY = frozenset(["it", "that", "this", "there", "what", "we", "i"])


def _relation(unit: Unit, lexicon: Lexicon) -> Typed | None:
    if unit.kind != "relation":
        return None
    word = unit.head.lower_
    event = lexicon.adjectives.get(word) or lexicon.relation_nouns.get(unit.head.lemma_.lower())
    return Typed(event, trigger=unit.head) if event else None


def _by_verb(unit: Unit, lexicon: Lexicon) -> Typed | None:
    for verb in _verbs(unit):
        found = _first(unit, verb, lexicon)
        if found:
            return found
    return None


def _verbs(unit: Unit) -> Iterator[Token]:
    """Yield the clause's verb, then those that it leaves the matter to (`would have to pull out`)."""
    verb: Token | None = unit.head if unit.head.pos_ in VERBAL or unit.head.tag_.startswith("VB") else None
    if verb is not None and verb.lemma_ in _HOLDING:
        verb = _infinitive(verb) or verb
    elif verb is not None and verb.lemma_ in _GOING_ON:
        verb = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ in VERBAL), verb)
    elif verb is None and is_predicate(unit.head):
        verb = _infinitive(unit.head)
    while verb is not None:
        yield verb
        below = (c for child in verb.children for c in (child, *(child.children if child.lower_ in _INTO else ())))
        verb = next((c for c in below if c.dep_ in {"xcomp", "pcomp"} and c.pos_ in VERBAL), None)


#: *Resorted to throwing stones*, *succeeded in taking the hill*.
_INTO = frozenset({"to", "in", "into"})


def _infinitive(verb: Token) -> Token | None:
    """*Are to guard*, *would have to pull out*, *is due to meet*: the infinitive tells."""
    holders = (verb, *(c for c in verb.children if c.dep_ == "acomp"))
    found = (c for holder in holders for c in holder.children if c.dep_ == "xcomp")
    return next((c for c in found if any(g.tag_ == "TO" for g in c.children)), None)


def _first(unit: Unit, verb: Token, lexicon: Lexicon) -> Typed | None:
    keys = verb_keys(verb)
    rules = [rule for key in keys for rule in lexicon.rules_of.get(key, ())]
    if not rules and lexicon.light.isdisjoint(keys):
        return None
    subject = _subject_words(unit, verb, lexicon)
    words = _other_words(unit, verb, lexicon)
    best = max((r for r in rules if _fits(r, words, subject)), key=lambda r: _rank(r, keys), default=None)
    noun = _object_event(verb, lexicon) if any(key in lexicon.light for key in keys) else None
    if noun and (best is None or not best.weight):
        return noun
    if best and best.event == "AGREE" and _is_menace(unit, verb, lexicon):
        return Typed("THREATEN", trigger=verb, rule=best)
    return Typed(best.event, best.mode, trigger=verb, rule=best) if best else noun


def _is_menace(unit: Unit, verb: Token, lexicon: Lexicon) -> bool:
    """*Vowed to kill him*, *decided to expel them*: the promise of a harm is a threat."""
    content = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i and c.pos_ in VERBAL), None)
    if content is None or any(c.dep_ == "neg" for c in content.children) or verb.lemma_ not in _PROMISING:
        return False
    inner = _first(unit, content, lexicon)
    return inner is not None and lexicon.future("future", inner.event) == "THREATEN"


_PROMISING = frozenset({"vow", "swear", "pledge", "promise", "agree", "decide", "approve"})


def _rank(rule: Rule, keys: tuple[str, ...]) -> tuple[bool, int]:
    """A rule for the verb with its particle (*rule out*) comes before any for the verb alone (*rule*)."""
    return (any(key in rule.verbs for key in keys[:-1]), rule.weight)


def _fits(rule: Rule, words: frozenset[str], subject: frozenset[str]) -> bool:
    if (rule.words and not rule.words & words) or (rule.also and not rule.also & words):
        return False
    if rule.subject and not rule.subject & subject:
        return False
    return not rule.lacks & (words | subject)


def _subject_words(unit: Unit, verb: Token, lexicon: Lexicon) -> frozenset[str]:
    subject = _subject(unit, verb)
    if subject is None:
        return frozenset()
    if _is_passive(verb, subject):
        return frozenset({"@passive"})
    words = unit.referent if subject.pos_ == "PRON" and unit.referent else tuple(_noun_phrase(subject))
    joined = {"@joined"} if any(True for _ in subject.conjuncts) else set()
    return lemmas(words) | _classes(words, lexicon) | joined


def _classes(words: Iterable[Token], lexicon: Lexicon) -> frozenset[str]:
    """Return the events of the nouns among some words as `@ASSAULT`, which a rule may ask for like a word."""
    nouns = (word for word in words if word.pos_ in {"NOUN", "PROPN"})
    return frozenset(f"@{event}" for noun in nouns if (event := lexicon.noun_event(noun)))


def _subject(unit: Unit, verb: Token) -> Token | None:
    """Return the verb's subject, for a relative word what it stands for."""
    subject = own_subject(verb)
    return unit.subject if subject is None or subject.tag_ in RELATIVE_TAGS else subject


def _is_passive(verb: Token, subject: Token) -> bool:
    """Tell whether a subject suffers: *the arms are to be melted* has it hang on another verb than the passive."""
    below = any(c.dep_ == "auxpass" for c in verb.children)
    below = below or (verb.dep_ == "acl" and verb.tag_ == "VBN" and not is_misread(verb))
    return below or (subject.dep_ == "nsubjpass" and subject.head == verb)


def _noun_phrase(token: Token) -> Iterator[Token]:
    """Yield a noun with its compounds, modifiers and conjuncts, but not the clauses that hang on it."""
    yield token
    for child in token.children:
        if child.dep_ in {"compound", "amod", "poss", "conj", "nmod", "appos", "nummod"}:
            yield from _noun_phrase(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                yield from _noun_phrase(inner)


def _other_words(unit: Unit, verb: Token, lexicon: Lexicon) -> frozenset[str]:
    """Return the words of the verb's own phrase without its active subject."""
    active = {t.i for c in verb.children if c.dep_ in SUBJECTS - {"nsubjpass"} for t in c.subtree}
    subject = _subject(unit, verb)
    passive = [subject] if subject is not None and _is_passive(verb, subject) else []
    inside = [t for t in verb.subtree if t.i not in active and unit.first <= t.i <= unit.last and t != verb]
    suffering = [t for s in passive for t in (unit.referent if s.pos_ == "PRON" else _noun_phrase(s))]
    objects = [t for o in _objects(verb) for t in (o, *_of(o))]
    found = lemmas([*inside, *suffering]) | _classes([*objects, *suffering], lexicon)
    counted = any(t.like_num for o in (*objects, *passive) for t in o.subtree)
    denied = any(c.dep_ == "neg" for v in (verb, unit.head) for c in v.children)
    marks = {"@other": _wants_another(verb), "@counted": counted, "@means": _has_means(verb, lexicon), "@not": denied}
    return found | {mark for mark, told in marks.items() if told}


def _has_means(verb: Token, lexicon: Lexicon) -> bool:
    """*Killed in a bombing*, *by shelling*."""
    nouns = (g for c in verb.children if c.dep_ in {"prep", "agent"} for g in c.children if g.dep_ == "pobj")
    return any(lexicon.noun_event(noun) == "ASSAULT" for noun in nouns)


def _wants_another(verb: Token) -> bool:
    """*Wants them to leave*, unlike *wants to leave*: the infinitive has a subject of its own."""
    contents = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.tag_ in {"VB", "VBN"})
    contents = (c for c in contents if c.tag_ == "VB" or not any(g.dep_ in {"aux", "auxpass"} for g in c.children))
    return any(own_subject(content) is not None for content in contents)


def _object_event(verb: Token, lexicon: Lexicon) -> Typed | None:
    for noun in (*_objects(verb), *_behind_prepositions(verb)):
        event = lexicon.noun_event(noun)
        if event:
            return Typed(event, trigger=noun)
    return None


def _objects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in _OBJECTS or (child.dep_ in SUBJECTS and verb.lemma_ in _SUBJECT_TELLS):
            yield from (child, *child.conjuncts, *_of(child))


def _behind_prepositions(verb: Token) -> Iterator[Token]:
    """*Take part in an operation*, *go on with the talks*."""
    if verb.lemma_ not in _PREPOSITION_TELLS:
        return
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in _TELLING_PREPOSITIONS:
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


_TELLING_PREPOSITIONS = frozenset({"with", "for", "of", "in", "to", "under"})
_PREPOSITION_TELLS = frozenset(
    [
        "go",
        "follow",
        "continue",
        "remain",
        "be",
        "begin",
        "start",
        "resume",
        "take",
        "participate",
        "join",
        "engage",
        "involve",
    ]
)
_SUBJECT_TELLS = frozenset(
    [
        "begin",
        "start",
        "continue",
        "resume",
        "occur",
        "happen",
        "take",
        "follow",
        "break",
        "go",
        "end",
        "erupt",
        "stop",
        "intensify",
        "come",
        "be",
        "escalate",
        "get",
        "remain",
    ]
)


def _of(token: Token) -> Iterator[Token]:
    """*A series of strikes*, *a round of talks*: the noun behind *of* tells."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "to"}:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _by_noun(unit: Unit, lexicon: Lexicon) -> Typed | None:
    if unit.kind == "nominal" and lexicon.is_span_of_time(unit.head):
        spent = next((noun for noun in _of(unit.head) if lexicon.noun_event(noun) in {"CONSULT", "ASSAULT"}), None)
        return Typed(lexicon.noun_event(spent), trigger=spent) if spent else None
    if is_in_return(unit.head.head):
        return Typed("RETREAT", trigger=unit.head) if _is_release(unit.head.head.head.head.head, lexicon) else None
    if unit.head.pos_ not in VERBAL:
        event = lexicon.noun_event(unit.head)
        return Typed(event, trigger=unit.head) if event else None
    return None


def _is_release(verb: Token, lexicon: Lexicon) -> bool:
    """*Freed them in return for 20 men*: men for men."""
    rules = (rule for key in verb_keys(verb) for rule in lexicon.rules_of.get(key, ()))
    return any(rule.event == "RETREAT" for rule in rules)


def _by_neighbours(unit: Unit, lexicon: Lexicon) -> Typed | None:
    """*Gunfire rang out*, *the truce frayed*: where no rule knows the verb, the event that it says something of."""
    if unit.head.pos_ not in VERBAL or lexicon.is_pure_report(unit.head):
        return None
    nouns = [noun for c in unit.head.children if c.dep_ in _TELLING for noun in (c, *c.conjuncts, *_of(c))]
    found = ((lexicon.noun_event(noun), noun) for noun in nouns)
    return next((Typed(event, trigger=noun) for event, noun in found if event), None)


_TELLING = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})


def _contexts(unit: Unit, lexicon: Lexicon) -> Iterator[str]:
    words = lemmas(unit.tokens)
    yield from (context for context, told in lexicon.contexts.items() if not words.isdisjoint(told))
