"""What an outlet's host name says of where it is read.

A short list of well-known papers (`lexicon/outlets.tsv`) gives a province or a country; else the ending gives a country
(`independent.ie`). The words of a name give a town: `gainesvilletimes.com` says *Gainesville*, and which of them
the text must tell.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.gazetteer.index import ALIAS
from geo.gazetteer.sources import lexicon
from geo.resolver.naming import candidates_named, prune
from geo.types import Mention, Span

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer
    from geo.resolver.naming import Named

_PRESS_WORDS = (
    "newspapers", "newspaper", "localnews", "news", "times", "herald", "tribune",
    "gazette", "journal", "chronicle", "dispatch", "observer", "telegraph", "telegram", "register", "sentinel",
    "courier", "mercury", "beacon", "bulletin", "advocate", "examiner", "enquirer", "inquirer", "citizen", "leader",
    "monitor", "reporter", "record", "recorder", "review", "standard", "statesman", "state", "mirror", "express",
    "press", "post", "globe", "world", "star", "sun", "mail", "echo", "voice", "today", "online", "live", "local",
    "daily", "weekly", "morning", "evening", "sunday", "the", "thisis", "inside", "my", "and", "radio", "tv", "media",
)  # fmt: skip
_NOT_COUNTRIES = {"com", "org", "net", "info", "tv", "co", "io", "ai", "me", "fm", "eu", "int", "edu", "gov", "mil"}
_MIN_TOWN = 4


def outlet_of(domain: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the countries and units of an outlet, as far as its ending tells."""
    host = domain.lower().rstrip(".").removeprefix("www.")
    known = _known_outlets().get(host)
    if known is not None:
        return frozenset({known.partition(".")[0]}), frozenset({known} if "." in known else ())
    ending = host.rpartition(".")[2]
    if len(ending) != 2 or ending in _NOT_COUNTRIES:  # noqa: PLR2004  two letters are a country
        return frozenset(), frozenset()
    return frozenset({"GB" if ending == "uk" else ending.upper()}), frozenset()


@cache
def _known_outlets() -> dict[str, str]:
    return {host: code for host, code in lexicon("outlets.tsv", 2) if code}


def outlet_names(domain: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Return the town that a host name holds, as one more name beside those of the text; its span is empty."""
    asked = ("outlet", domain)
    found: tuple[Named, ...] | None = gazetteer.memo.get(asked)
    if found is None:
        found = gazetteer.memo[asked] = _outlet_names(domain, gazetteer)
    return found


def _outlet_names(domain: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    for word in town_words(domain):
        hits = tuple(hit for hit in gazetteer.find(word, loosest=ALIAS) if hit.place.population or hit.rank == 0)
        if hits:
            return (candidates_named(Mention(Span("", -1, -1), word), f"outlet {word}", prune(hits)),)
    return ()


def town_words(domain: str) -> tuple[str, ...]:
    """Return what is left of a host name's labels without endings and the words that newspapers are called."""
    labels = domain.lower().split(".")[:-1]
    found: list[str] = []
    for label in labels:
        found.extend(_without_press_words(part) for part in re.split(r"[-_\d]+", label))
    return tuple(word for word in found if len(word) >= _MIN_TOWN)


def _without_press_words(label: str) -> str:
    changed = True
    while changed and label:
        changed = False
        for word in _PRESS_WORDS:
            if label.endswith(word):
                label, changed = label[: -len(word)], True
            elif label.startswith(word) and len(label) - len(word) >= _MIN_TOWN:
                label, changed = label[len(word) :], True
    return label
