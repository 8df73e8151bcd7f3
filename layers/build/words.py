"""The wording of marks: short, plain, neutral, and never surer than the report.

PLOVER event types are those of the PLOVER 2.0 manual (4 February 2024), with this project's DEADLINE, STATE and
FIGURE. A reader sees the label, never the code alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from layers.interface import english

if TYPE_CHECKING:
    from geo.types import Fact, Place
    from layers.interface import Say

#: As `PlaceDoc.kind`.
PlaceKind = Literal["country", "province", "district", "town", "site", "region", "spot"]

_LABELS = {
    "AGREE": "Agreement",
    "CONSULT": "Talks",
    "SUPPORT": "Support",
    "CONCEDE": "Concession",
    "COOPERATE": "Cooperation",
    "AID": "Aid",
    "RETREAT": "Withdrawal",
    "REQUEST": "Demand",
    "ACCUSE": "Accusation",
    "REJECT": "Refusal",
    "THREATEN": "Threat",
    "PROTEST": "Protest",
    "SANCTION": "Sanction",
    "MOBILIZE": "Mobilization",
    "COERCE": "Coercion",
    "ASSAULT": "Use of force",
    "DEADLINE": "Deadline",
    "STATE": "Situation",
    "FIGURE": "Figure",
}
_MODES = {
    ("CONCEDE", "withdraw"): "Withdrawal promised",
    ("RETREAT", "withdraw"): "Withdrawal",
    ("RETREAT", "ceasefire"): "Ceasefire",
    ("CONCEDE", "ceasefire"): "Ceasefire promised",
    ("RETREAT", "disarm"): "Disarmament",
    ("RETREAT", "access"): "Access granted",
}
_THEMES = {
    "AGREE": "commitments",
    "CONCEDE": "commitments",
    "RETREAT": "commitments",
    "DEADLINE": "commitments",
    "COOPERATE": "commitments",
    "CONSULT": "talks",
    "REQUEST": "talks",
    "REJECT": "talks",
    "ACCUSE": "talks",
    "THREATEN": "talks",
    "SUPPORT": "talks",
    "PROTEST": "talks",
    "SANCTION": "talks",
    "MOBILIZE": "military",
    "COERCE": "military",
    "ASSAULT": "military",
    "AID": "humanitarian",
    "FIGURE": "humanitarian",
    "STATE": "control",
}
#: In the order of the layer control.
THEMES = ("commitments", "military", "humanitarian", "talks", "control", "background")
THEME_TITLES = {
    "commitments": "Commitments and deadlines",
    "military": "Military",
    "humanitarian": "Humanitarian",
    "talks": "Statements and talks",
    "control": "Control",
    "background": "Background",
}
#: Acts of force: a promise not to do them rules them out.
#: What is ruled out when it is not to be; to give up force is told as a concession (PLOVER).
_RULED_OUT = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "THREATEN", "CONCEDE"})
_FEATURES: tuple[tuple[str, PlaceKind], ...] = (
    ("PCL", "country"),
    ("TERR", "country"),
    ("ADM1", "province"),
    ("ADM", "district"),
    ("PPL", "town"),
    ("CONT", "region"),
    ("RGN", "region"),
    ("SEA", "region"),
    ("OCN", "region"),
    ("GULF", "region"),
    ("SPOT", "spot"),
)


def label(fact: Fact, say: Say = english) -> str:
    """Return the event type in plain words."""
    if fact.event is None:
        return say("Background")
    if fact.mode and (fact.event, fact.mode) in _MODES:
        return say(_MODES[fact.event, fact.mode])
    return say(_LABELS.get(fact.event, fact.event.capitalize()))


def theme(fact: Fact) -> str:
    """Return the layer that a fact belongs to."""
    condition = fact.event == "STATE" and fact.mode == "condition"
    return "background" if condition else _THEMES.get(fact.event or "", "background")


def certainty_word(fact: Fact, say: Say = english) -> str:
    """Return the words that always stand beside a fact's symbol."""
    who = _within(fact.attribution[0].name) if fact.attribution else ""
    plain, by = _negated_words(fact) if fact.negated else _WORDS[fact.certainty]
    return say(by, who=who) if who and by else say(plain)


#: What is said of a fact whose source is not named, and of one whose source is.
_WORDS = {
    "established": ("reported as fact", "reported by {who}"),
    "planned": ("planned", "promised by {who}"),
    "alleged": ("alleged", "alleged by {who}"),
    "hypothetical": ("if …", ""),
}


def _negated_words(fact: Fact) -> tuple[str, str]:
    if fact.certainty == "alleged":
        return "denied", "denied by {who}"
    if fact.certainty == "planned":
        ruled_out = fact.event in _RULED_OUT
        return ("ruled out", "ruled out by {who}") if ruled_out else ("will not", "will not, said by {who}")
    return ("ruled out", "") if fact.certainty == "hypothetical" else ("said not to be so", "")


def _within(voice: str) -> str:
    """Return a voice as it stands within a line: *the leaders of both*, but still *The Guardian*."""
    article, _, rest = voice.partition(" ")
    return f"the {rest}" if article == "The" and rest[:1].islower() else voice


def place_kind(place: Place) -> PlaceKind:
    """Return country, province, district, town, region, spot or site for a GeoNames feature code."""
    return next((kind for prefix, kind in _FEATURES if place.feature.startswith(prefix)), "site")


def about_km(value_km: float, say: Say = english) -> str:
    """Return a distance in honest precision: `about 19 km`, `about 0.9 km`, `about 240 km`."""
    if value_km < 10:  # noqa: PLR2004  below ten one decimal still means something
        return say("about {n} km", n=f"{value_km:.1f}")
    return say("about {n} km", n=f"{value_km if value_km < 100 else round(value_km, -1):.0f}")  # noqa: PLR2004


def about_km2(value_km2: float, say: Say = english) -> str:
    """Return an area to two or three figures: `about 3,100 km²`."""
    digits = max(0, len(str(int(value_km2))) - 2)
    return say("about {n} km²", n=f"{round(value_km2, -digits):,.0f}")
