"""What every page says of itself: the interface texts of its language, and the credits that are always visible."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from layers.document import Credit

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})
_CREDITS = (
    ("Places: GeoNames (CC BY 4.0)", "https://www.geonames.org/"),
    ("Base map: Natural Earth (public domain)", "https://www.naturalearthdata.com/"),
)


def credit_lines() -> list[Credit]:
    """Return the credits of places and base map."""
    return [{"text": words, "url": url} for words, url in _CREDITS]


def strings(language: str) -> dict[str, str]:
    """Return the interface texts of a language, English where it has none."""
    folder = files("layers") / "strings"
    texts: dict[str, str] = json.loads((folder / "en.json").read_text("utf-8"))
    own = folder / f"{language.split('-', maxsplit=1)[0]}.json"
    if own.is_file():
        texts |= json.loads(own.read_text("utf-8"))
    return texts


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the way in which a language (BCP 47) is written."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"
