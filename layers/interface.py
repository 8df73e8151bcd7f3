"""What every page says of itself: the interface texts of its language, and the credits that are always visible."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.document import Credit

    Say = Callable[..., str]
    """Puts a wording (in English, parts of it in braces) into the page's language: `say("by {day}", day=…)`."""

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})
_CREDITS = (
    ("Places: GeoNames (CC BY 4.0)", "https://www.geonames.org/"),
    ("Base map: Natural Earth (public domain)", "https://www.naturalearthdata.com/"),
)


def english(wording: str, **parts: object) -> str:
    """Return a wording with its parts filled in."""
    return wording.format(**parts)


def speaker(language: str) -> Say:
    """Return what puts the wordings of marks into a language; those that it has no words for stay English."""
    file = files("layers") / "strings" / f"{_plain(language)}.marks.json"
    if not file.is_file():
        return english
    known: dict[str, str] = json.loads(file.read_text("utf-8"))
    return lambda wording, **parts: known.get(wording, wording).format(**parts)


def credit_lines(say: Say = english) -> list[Credit]:
    """Return the credits of places and base map."""
    return [{"text": say(words), "url": url} for words, url in _CREDITS]


def strings(language: str) -> dict[str, str]:
    """Return the interface texts of a language, English where it has none."""
    folder = files("layers") / "strings"
    texts: dict[str, str] = json.loads((folder / "en.json").read_text("utf-8"))
    own = folder / f"{_plain(language)}.json"
    if own.is_file():
        texts |= json.loads(own.read_text("utf-8"))
    return texts


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the way in which a language (BCP 47) is written."""
    return "rtl" if _plain(language) in _RIGHT_TO_LEFT else "ltr"


def _plain(language: str) -> str:
    return language.split("-", maxsplit=1)[0]
