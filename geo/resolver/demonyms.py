"""Adjectives and peoples that stand for a place: *Syrian*, *the Dutch*, *Londoners*.

A language is none: *she speaks English*, *classes in French*.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.gazetteer.folding import word_set
from geo.resolver.words import NAMED_AFTER, demonyms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.types import Resolution

#: Demonyms that are the name of a language too.
_LANGUAGES = word_set(
    "English French Spanish Portuguese German Dutch Italian Greek Russian Ukrainian Belarusian Polish Czech Slovak "
    "Slovene Slovenian Hungarian Romanian Bulgarian Serbian Croatian Bosnian Macedonian Albanian Swedish Norwegian "
    "Danish Finnish Icelandic Estonian Latvian Lithuanian Turkish Kurdish Armenian Georgian Azerbaijani Azeri Kazakh "
    "Uzbek Tajik Turkmen Kyrgyz Persian Chinese Japanese Korean Thai Vietnamese Indonesian Malay Burmese Nepali "
    "Tibetan Mongolian Bengali Sindhi Kashmiri Somali Welsh Irish Scots Catalan Breton Flemish Maltese Chechen"
)
_VERBS = word_set(
    "speak speaks spoke spoken speaking learn learns learned learnt learning teach teaches taught teaching translate "
    "translates translated translating into fluent broken perfect"
)
_NOUNS = word_set(
    "language languages speaker speakers speaking lesson lessons class classes proficiency translation translations "
    "translator translators interpreter interpreters subtitles dictionary alphabet grammar"
)
_LISTED = frozenset({",", "and", "or", "nor", "&", "/"})


def find_demonyms(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the words of each demonym."""
    known, first_words, languages = demonyms(), _first_words(), _languages(words)
    i = 0
    while i < len(words):
        if words[i] in first_words and i + 1 < len(words) and f"{words[i]} {words[i + 1]}" in known:
            yield i, i + 1
            i += 1
        elif words[i] in known and i not in languages and words[i + 1 : i + 2] not in _NAMED_AFTER:
            yield i, i
        i += 1


def counted(named: Sequence[Resolution], *, demonyms: bool | None = None) -> tuple[Resolution, ...]:
    """Return the names of a text with all demonyms (true), with none (false) or with those that say something new.

    Something new is a country, a province or a town that no other name means; a continent or a region is too vague.
    """
    meant = {each.place.id for each in named if each.place and each.mention.kind != "demonym"}
    return tuple(
        each for each in named
        if each.mention.kind != "demonym" or (_is_news(each, meant) if demonyms is None else demonyms)
    )  # fmt: skip


def _is_news(each: Resolution, meant: set[str]) -> bool:
    place = each.place
    return place is not None and place.id not in meant and place.feature.startswith(("PCL", "TERR", "ADM1", "PPL"))


def _languages(words: Sequence[str]) -> set[int]:
    """Return where a language is named; what is listed beside one is another."""
    named = [i for i, word in enumerate(words) if word in _LANGUAGES]
    found: set[int] = set()
    for i in named:
        if _stands_as_language(words, i) or (i - 2 in found and words[i - 1] in _LISTED):
            found.add(i)
    for i in reversed(named):
        if i + 2 in found and words[i + 1] in _LISTED:
            found.add(i)
    return found


def _stands_as_language(words: Sequence[str], i: int) -> bool:
    before = words[i - 1].lower() if i else ""
    after = [word.lower() for word in words[i + 1 : i + 3]]
    if before in _VERBS or any(word in _NOUNS for word in ([*after[1:]] if after[:1] == ["-"] else after[:1])):
        return True
    return before == "in" and (not after or not after[0].isalpha() or after[0] in _LISTED) and after[:1] != ["-"]


_NAMED_AFTER = [[word] for word in NAMED_AFTER]


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in demonyms() if " " in name)
