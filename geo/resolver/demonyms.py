"""Adjectives and peoples that stand for a place: *Syrian*, *the Dutch*, *Londoners*.

A language is none: *she speaks English*, *classes in French*.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.gazetteer.folding import word_set
from geo.resolver.words import NAMED_AFTER, demonyms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.types import Resolution

#: A region of a longer reach is too vague to count: *African*, *Scandinavian*, but *Kashmiri* and *Gazan* do.
MOST_KM = 500.0
#: Demonyms that are the name of a language too.
_LANGUAGES = word_set(
    "English French Spanish Portuguese German Dutch Italian Greek Russian Ukrainian Belarusian Polish Czech Slovak "
    "Slovene Slovenian Hungarian Romanian Bulgarian Serbian Croatian Bosnian Macedonian Albanian Swedish Norwegian "
    "Danish Finnish Icelandic Estonian Latvian Lithuanian Turkish Kurdish Armenian Georgian Azerbaijani Azeri Kazakh "
    "Uzbek Tajik Turkmen Kyrgyz Chinese Japanese Korean Thai Vietnamese Indonesian Burmese Nepali Tibetan Mongolian "
    "Sindhi Kashmiri Somali Welsh Irish Scots Catalan Breton Flemish Maltese Chechen"
)
#: What only a language is the object of.
_SPEAKING = word_set("speak speaks spoke spoken speaking")
#: What a language may follow, where no noun comes behind it: *taught French*, but *taught French children*.
_LEADING = word_set(
    "learn learns learned learnt learning teach teaches taught teaching translate translates translated translating "
    "write writes wrote written in into fluent broken perfect"
)
_NOUNS = word_set(
    "language languages speaker speakers speaking lesson lessons class classes proficiency translation translations "
    "translator translators interpreter interpreters subtitles dictionary alphabet grammar"
)
_LISTED = frozenset({",", "and", "or", "nor", "&", "/"})
#: What begins something else than a noun.
_FUNCTION = word_set(
    "and or but nor with to on at by that for from as in of when while because if before after is was are were has had "
    "than then so too well only instead"
)
_PARTS = re.compile(r"[^\s-]+|-")


def find_demonyms(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the words of each demonym, the longest that begins there."""
    found = list(_listed(words))
    languages = _languages(words, found)
    for first, last in found:
        named_after = last + 1 < len(words) and words[last + 1] in NAMED_AFTER
        if first not in languages and not named_after:
            yield first, last


def choose_demonyms(named: Sequence[Resolution], *, wanted: bool | None = None) -> tuple[Resolution, ...]:
    """Return the names of a text with all demonyms (true), with none (false) or with those that say something new.

    Something new is a place that no other name means, and that is no wide region.
    """
    meant = {each.place.id for each in named if each.place and each.mention.kind != "demonym"}
    return tuple(
        each for each in named
        if each.mention.kind != "demonym" or (_is_news(each, meant) if wanted is None else wanted)
    )  # fmt: skip


def _is_news(each: Resolution, meant: set[str]) -> bool:
    place = each.place
    if place is None or place.id in meant:
        return False
    return place.radius_km <= MOST_KM or place.feature.startswith(("PCL", "TERR", "ADM1", "PPL"))


def _listed(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words are listed as demonyms: *Papua New Guinean* before *Guinean*."""
    forms, i = _forms(), 0
    while i < len(words):
        sizes = (len(form) for form in forms.get(words[i], ()) if tuple(words[i : i + len(form)]) == form)
        size = max(sizes, default=0)
        if size:
            yield i, i + size - 1
        i += size or 1


@cache
def _forms() -> dict[str, list[tuple[str, ...]]]:
    """Return the demonyms as words, by their first; a hyphen is a word, as it is to the parser."""
    forms: dict[str, list[tuple[str, ...]]] = {}
    for name in demonyms():
        for form in {tuple(_PARTS.findall(name)), tuple(name.split())}:
            forms.setdefault(form[0], []).append(form)
    return forms


def _languages(words: Sequence[str], found: Sequence[tuple[int, int]]) -> set[int]:
    """Return where a language is named. A list is judged as a whole, by what stands before it and behind it."""
    languages: set[int] = set()
    for run in _runs(words, found):
        if _are_languages(words, run[0][0], run[-1][1]):
            languages.update(first for first, last in run if first == last and words[first] in _LANGUAGES)
    return languages


def _runs(words: Sequence[str], found: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the demonyms in their lists."""
    run: list[tuple[int, int]] = []
    for each in found:
        if run and not (each[0] - run[-1][1] == 2 and words[each[0] - 1] in _LISTED):  # noqa: PLR2004  one word between
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _are_languages(words: Sequence[str], first: int, last: int) -> bool:
    before = words[first - 1].lower() if first else ""
    after = [word.lower() for word in words[last + 1 : last + 3]]
    if before in _SPEAKING or not _NOUNS.isdisjoint(after[1:] if after[:1] == ["-"] else after[:1]):
        return True
    ends = not after or after[0] in _FUNCTION or (after[0] != "-" and not after[0].isalpha())
    return before in _LEADING and ends
