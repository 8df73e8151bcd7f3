"""The wording of marks: short, plain, neutral, and never surer than the report.

PLOVER event types are those of the PLOVER 2.0 manual (4 February 2024), with this project's DEADLINE, STATE and
FIGURE. A reader sees the label, never the code alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geo.types import Fact, Place

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


def label(fact: Fact) -> str:
    """Return the event type in plain words."""
    if fact.event is None:
        return "Background"
    if fact.mode and (fact.event, fact.mode) in _MODES:
        return _MODES[fact.event, fact.mode]
    return _LABELS.get(fact.event, fact.event.capitalize())


def theme(fact: Fact) -> str:
    """Return the layer that a fact belongs to."""
    condition = fact.event == "STATE" and fact.mode == "condition"
    return "background" if condition else _THEMES.get(fact.event or "", "background")


def certainty_word(fact: Fact) -> str:
    """Return the words that always stand beside a fact's symbol."""
    by = f" by {fact.attribution[0].name}" if fact.attribution else ""
    if fact.negated:
        return _negated_word(fact, by)
    if fact.certainty == "planned":
        return f"promised{by}" if by else "planned"
    if fact.certainty == "alleged":
        return f"alleged{by}"
    if fact.certainty == "hypothetical":
        return "if …"
    return f"reported{by}" if by else "reported as fact"


def _negated_word(fact: Fact, by: str) -> str:
    if fact.certainty == "alleged":
        return f"denied{by}"
    if fact.certainty == "planned":
        return f"ruled out{by}" if fact.event in _RULED_OUT else f"will not{by and f', said{by}'}"
    return "ruled out" if fact.certainty == "hypothetical" else "said not to be so"


def place_kind(place: Place) -> PlaceKind:
    """Return country, province, district, town, region, spot or site for a GeoNames feature code."""
    return next((kind for prefix, kind in _FEATURES if place.feature.startswith(prefix)), "site")


def about_km(value_km: float) -> str:
    """Return a distance in honest precision: `about 19 km`, `about 0.9 km`, `about 240 km`."""
    if value_km < 10:  # noqa: PLR2004  below ten one decimal still means something
        return f"about {value_km:.1f} km"
    return f"about {value_km:.0f} km" if value_km < 100 else f"about {round(value_km, -1):.0f} km"  # noqa: PLR2004


def about_km2(value_km2: float) -> str:
    """Return an area to two or three figures: `about 3,100 km²`."""
    digits = max(0, len(str(int(value_km2))) - 2)
    return f"about {round(value_km2, -digits):,.0f} km²"
