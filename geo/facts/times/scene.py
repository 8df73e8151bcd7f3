"""Where and when an expression stands: the publication day, the tense around it, the date last spoken of."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from geo.facts.times import calendar

if TYPE_CHECKING:
    from datetime import date

    from geo.language import Doc, Token

FUTURE_AUXILIARIES = frozenset({"will", "shall", "ll", "'ll", "’ll", "wo", "would", "may", "might", "must", "should"})
#: Participles and adjectives whose complement lies ahead: *is scheduled for Friday*, *due on Monday*.
AHEAD = frozenset(
    {
        "schedule",
        "expect",
        "plan",
        "set",
        "slate",
        "due",
        "aim",
        "intend",
        "propose",
        "hope",
        "go",
        "await",
        "likely",
        "suppose",
    }
)
#: Verbs whose present tense with a day is a timetable: *the pause ends on Tuesday*.
SCHEDULED = frozenset({"end", "expire", "begin", "start", "open", "resume", "lapse"})
#: *A dividend payable Dec. 15*.
AHEAD_OF_IT = frozenset({"payable", "effective"})
COMMITTING = frozenset(
    {"agree", "promise", "vow", "pledge", "decide", "order", "want", "urge", "call", "ask", "demand", "tell", "prepare"}
    | {
        "refuse",
        "allow",
        "ready",
        "poised",
        "instruct",
        "require",
        "request",
        "offer",
        "threaten",
        "seek",
        "need",
        "have",
    }
    | {"plan", "agreement", "decision", "proposal", "deadline", "effort", "promise", "pledge", "deal"}
)
ARRANGING = (AHEAD - {"go", "hope", "aim"}) | {
    "cancel",
    "ban",
    "order",
    "invite",
    "summon",
    "convene",
    "arrange",
    "organize",
}
#: What is spoken of before it happens: *will stay away from Sunday's vote*.
TO_COME = frozenset(
    {"vote", "election", "referendum", "ballot", "poll", "runoff", "primary", "deadline", "meeting", "summit", "talk"}
    | {"hearing", "session", "trial", "debate", "match", "game", "race", "final", "ceremony", "conference", "rally"}
    | {"march", "strike", "protest", "visit", "trip", "launch", "opening", "expiration", "exercise"}
)
ASKING = frozenset({"call", "ask", "press", "push"})
MERGED = frozenset({"amod", "pcomp", "acl", "advcl", "xcomp", "compound"})
#: How far up the parse a verb is looked for: deeper trees are lists that the parser took for a sentence.
MOST_STEPS = 12
LIMITS = frozenset({"until", "till"})
#: What is put off until a day is put off to a day to come, whatever the tense.
DEFERRING = frozenset(["extend", "postpone", "delay", "give", "defer", "adjourn", "suspend", "remand", "put", "recess"])
CLOCK = frozenset(
    ["a.m.", "p.m.", "am", "pm", "noon", "midnight", "est", "edt", "gmt", "utc", "local", "time", "at", "on", "late"]
)
UNTIL = frozenset({"by", "until", "till", "through", "within", "before", "pending"})


class Reading(NamedTuple):
    """What a rule takes an expression to mean."""

    kind: str
    value: str
    mod: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass
class Scene:
    """A text under reading. It remembers the dates that it has come by, because later words point back to them."""

    doc: Doc
    published: date | None
    spoken_of: list[str] = field(default_factory=list)
    """Values of dates read so far in the article, in the order of the text."""
    here: int = 0
    """How many of them stood before this segment."""

    @cached_property
    def text(self) -> str:
        """Return the text that is read: the parse joins it anew from its tokens each time that it is asked."""
        return self.doc.text

    @cached_property
    def starts(self) -> list[int]:
        """Return where each token begins."""
        return [token.idx for token in self.doc]

    def token(self, index: int) -> Token:
        """Return the token that holds a character."""
        return self.doc[max(0, bisect_right(self.starts, index) - 1)]

    def direction(self, index: int) -> int:
        """Return -1 where the clause around a character is about the past, 1 about what is ahead, else 0."""
        token = self.token(index)
        if _is_label(token) and token.head.lemma_ not in TO_COME:
            return -1 if token.dep_ == "poss" else 0
        if _is_asked_for(token):
            return 1
        before = self._preposition(token)
        tense = -1 if before == "since" else _tense(token)
        deferred = before in LIMITS and any(node.lemma_ in DEFERRING for node in islice(token.ancestors, MOST_STEPS))
        if before == "for" and token.dep_ == "pobj" and token.lower_.endswith("day"):
            return 1
        return 1 if deferred or before == "as soon as" or (before in UNTIL and tense >= 0) else tense

    def is_timetabled(self, index: int) -> bool:
        """Tell whether a day belongs to a plain present: *the slalom is Sunday*, *the envoys meet on Friday*."""
        token = self.token(index)
        head = token.head.head if token.head.pos_ == "ADP" else token.head
        helped = any(child.dep_ in {"aux", "auxpass"} for child in head.children)
        return head.tag_ in {"VBZ", "VBP"} and head.pos_ in {"VERB", "AUX"} and not helped

    def is_arranged(self, index: int) -> bool:
        """Tell whether the clause settles what is to come: *has scheduled a hearing Thursday*."""
        token = self.token(index)
        verb = next((node for node in islice(token.ancestors, MOST_STEPS) if node.pos_ == "VERB"), token)
        return verb.lemma_ in ARRANGING

    def _preposition(self, token: Token) -> str:
        """Return the word before a date and the clock time that belongs to it: *until 9 a.m. Tuesday*."""
        at = token.i - 1
        while at > 0 and token.i - at <= MOST_STEPS and (self.doc[at].lower_ in CLOCK or self.doc[at].like_num):
            at -= 1
        words = [self.doc[i].lower_ for i in range(max(0, at - 2), at + 1)]
        if words in (["as", "soon", "as"], ["as", "early", "as"]):
            return "as soon as"
        return words[-1] if words else ""

    def last(self, length: int | None = None, *, near: bool = False) -> str | None:
        """Return the date last spoken of, of a given precision (length of its value), or None."""
        known = self.spoken_of[self.here :] if near else self.spoken_of
        return next((value for value in reversed(known) if length is None or len(value) >= length), None)


def _is_label(token: Token) -> bool:
    """*Will discuss Wednesday's ruling*, *the June accord*: the day or month tells which one is meant."""
    labels = token.dep_ == "compound" and token.head.pos_ == "NOUN" and token.head.ent_type_ not in {"DATE", "TIME"}
    return token.dep_ == "poss" or labels


def _is_asked_for(token: Token) -> bool:
    """*Called for a march on Saturday*: the march is to come; a truce may have been called for on that day."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if verb.dep_ == "pobj":  # the parser may give the day to the march
        verb = verb.head.head
    asked = (noun for prep in verb.children if prep.lower_ == "for" and prep.i < token.i for noun in prep.children)
    return verb.lemma_ in ASKING and any(noun.lemma_ in TO_COME for noun in asked)


def _tense(token: Token) -> int:
    for node in (token, *islice(token.ancestors, MOST_STEPS)):
        if node.lower_ in AHEAD_OF_IT:
            return 1
        if node.pos_ in {"VERB", "AUX"}:
            verdict = _verb_tense(node)
            if verdict is not None:
                return verdict
    return 0


def _verb_tense(verb: Token) -> int | None:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in helpers}
    if words & FUTURE_AUXILIARIES and "have" not in words:
        return 1
    if "to" in words:
        return 1 if _looks_ahead(verb.head) else None
    tags = {child.tag_ for child in helpers} | {verb.tag_}
    if "VBD" in tags or (verb.tag_ == "VBG" and words & {"have", "has"}):
        return -1
    present = bool(tags & {"VBZ", "VBP"})
    timetable = verb.lemma_ in SCHEDULED and present and not helpers
    if timetable or (verb.lemma_ in AHEAD and (present or not helpers)) or (verb.tag_ == "VBG" and present):
        return 1
    if verb.tag_ == "VBN":
        return -1
    return None if verb.dep_ in MERGED else 0


def _looks_ahead(head: Token) -> bool:
    """Tell whether an infinitive below this word lies ahead: *agreed to meet*, unlike *met to mark*."""
    past_perfect = any(child.lower_ == "had" for child in (*head.children, *head.head.children))
    return (head.lemma_ == "be" or head.lemma_ in (AHEAD | COMMITTING)) and not past_perfect


def day_of(value: str | None) -> date | None:
    """Return the first day of what a value covers."""
    from datetime import date

    first = calendar.interval(value)[0] if value else None
    return date.fromisoformat(first) if first else None
