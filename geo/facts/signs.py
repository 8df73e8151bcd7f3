"""The marks that a clause bears: what a word makes of it, and the helping verbs that several questions ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.facts.lexicon import verb_keys
from geo.facts.syntax import VERBAL, has_to, own_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.facts.lexicon import Lexicon
    from geo.language import Token
    from geo.types import Certainty

WEAKER: tuple[Certainty, ...] = ("established", "planned", "hypothetical", "alleged")


MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Sign:
    """What one word makes of a clause."""

    certainty: Certainty
    flips: bool
    word: str


def auxiliaries(token: Token) -> Iterator[Token]:
    """Yield the helping verbs of a verb, and those that it shares with the one that it is joined to."""
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"} and child.tag_ != "TO":
            yield child
    if token.dep_ == "conj" and token.head.pos_ in VERBAL and not own_subject(token) and token.tag_ == token.head.tag_:
        yield from auxiliaries(token.head)


def is_going_to(token: Token) -> bool:
    """Tell whether a verb looks ahead: *is going to*, *are to*, *have to*."""
    going = token.lemma_ == "go" and token.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in token.children)
    due = token.lemma_ == "be" and any(
        c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in token.children
    )
    have = (
        token.lemma_ == "have"
        and not is_yet_to(token)
        and any(c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in token.children)
    )
    return going or due or have


def is_yet_to(token: Token) -> bool:
    """*Has yet to free them*, *is still to be signed*: it has not happened."""
    yet = {"have": {"yet"}, "be": {"yet", "still"}, "remain": {"yet", "still", "remain"}}.get(token.lemma_, set())
    later = any(c.dep_ == "xcomp" and has_to(c) for c in token.children)
    return later and any(c.lower_ in yet for child in token.children for c in (child, *child.children))


def is_expected(token: Token, lexicon: Lexicon) -> bool:
    """*Expect to meet* or *expect a meeting*."""
    if token.dep_ in {"dobj", "nsubjpass"}:
        return lexicon.noun_event(token) is not None and lexicon.is_cue(token.head, "awaiting")
    if token.dep_ == "acomp":
        ready = token.lemma_.lower() in lexicon.words("resolved")
        dated = token.lemma_ == "due" and any(
            c.dep_ in {"prep", "npadvmod"} and c.lower_ != "to" for c in token.children
        )
        return ready and (dated or any(c.dep_ == "xcomp" for c in token.children))
    return token.dep_ == "xcomp" and any(c.tag_ == "TO" for c in token.children)


def typed_certainty(value: str | None) -> Certainty:
    """Return a certainty as named in the word lists; `established` for any other word."""
    return next((c for c in WEAKER if c == value), "established")


def negating(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb denies what hangs on it."""
    return listed(token, lexicon.raw["cues"]["negates"]["verbs"])


def listed(token: Token, words: object) -> bool:
    """Tell whether a verb, with its particle or without, is in a word list."""
    return isinstance(words, list | tuple) and any(key in words for key in verb_keys(token))
