"""The names of one document side by side: their candidates, and which names the text sets beside one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geo.resolver.candidates import CODES
from geo.resolver.words import KIND_WORDS, STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.resolver.candidates import Block
    from geo.resolver.naming import Named
    from geo.types import Place

_SMALL_COUNTRY_KM = 200.0
_BESIDE_CHARACTERS = 40
_CONTAINED = re.compile(r"(?:['’]s)?(?:,|\s+in|\s+\(|,\s+in)\s*\(?(?:the\s+)?\Z")
_WORD_AFTER = re.compile(r"\s+([A-Za-z]+)")
_WORD_BEFORE = re.compile(r"\b([A-Za-z]+)\s+of\s+(?:the\s+)?\Z")


@dataclass(slots=True)
class Group:
    """The mentions of one name in a document."""

    key: str
    block: Block
    members: list[Named] = field(default_factory=list)
    rows: slice = field(default_factory=lambda: slice(0, 0))
    kind_codes: frozenset[str] = frozenset()
    """GeoNames codes that the words beside the name call for."""
    own_codes: frozenset[str] = frozenset()
    """Those that a word of the name itself calls for (*Red River*)."""
    containers: list[int] = field(default_factory=list)
    """Groups named as what contains this one (*X, Y*)."""
    beside: dict[int, None] = field(default_factory=dict)
    """Groups named next to this one."""
    filed: bool = False
    """A dateline has this name."""


Partners = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A code of each candidate (its country, or its unit), and the pairs of a name and a code that occur."""

    code: np.ndarray
    """A small number; 0 for none."""
    key: np.ndarray
    """Of each row, the number of its pair."""
    beside: Partners
    """Rows, and the pairs with their code that the names beside theirs have."""
    filed: Partners
    """Rows, and the pairs with their code that the names of the dateline have."""

    def own(self, belief: np.ndarray) -> np.ndarray:
        """Return, by pair, what is believed of the code for that name."""
        return np.bincount(self.key, weights=belief)

    def gathered(self, own: np.ndarray, where: Partners) -> np.ndarray:
        """Return, by row, the sum of what other names give to its code."""
        rows, keys = where
        return np.bincount(rows, weights=own[keys], minlength=len(self.code))


@dataclass(frozen=True, slots=True)
class Table:
    """The names of a document and one row for each candidate."""

    groups: list[Group]
    places: list[Place]
    figures: np.ndarray
    owner: np.ndarray
    starts: np.ndarray
    alone: np.ndarray
    unit_vector: np.ndarray
    level: np.ndarray
    reach_km: np.ndarray
    small: np.ndarray
    """Small enough to say where others may be."""
    prior: np.ndarray
    country: Pairs
    unit: Pairs


def tabulate(text: str, names: Sequence[Named], filed: Iterable[tuple[int, int]] = ()) -> Table:
    """Return the table of the names that have candidates; there must be one.

    Args:
        text: What the names stand in.
        names: With their candidates.
        filed: Where the names of datelines begin and end.
    """
    groups = _groups(names)
    _read_words(text, names, groups)
    _mark_filed(groups, filed)
    listed = list(groups.values())
    sizes = np.array([len(group.block.places) for group in listed])
    starts = np.cumsum(sizes) - sizes
    for group, start, size in zip(listed, starts.tolist(), sizes.tolist(), strict=True):
        group.rows = slice(start, start + size)
    owner = np.repeat(np.arange(len(listed)), sizes)
    in_dateline = {number: None for number, group in enumerate(listed) if group.filed}
    beside = _partners(listed, [group.beside for group in listed])
    datelines = _partners(listed, [in_dateline] * len(listed)) if in_dateline else _NONE
    blocks = [group.block for group in listed]
    places = [place for block in blocks for place in block.places]
    level = np.concatenate([block.level for block in blocks])
    reach_km = np.concatenate([block.reach_km for block in blocks])
    return Table(
        groups=listed,
        places=places,
        figures=np.concatenate([block.figures for block in blocks]),
        owner=owner,
        starts=starts,
        alone=(sizes == 1)[owner],
        unit_vector=np.concatenate([block.unit_vector for block in blocks]),
        level=level,
        reach_km=reach_km,
        small=(level >= 1) | (reach_km < _SMALL_COUNTRY_KM),
        prior=np.concatenate([block.prior for block in blocks]),
        country=_pairs(np.concatenate([block.country for block in blocks]), owner, beside, datelines),
        unit=_pairs(np.concatenate([block.unit for block in blocks]), owner, beside, datelines),
    )


def _pairs(code: np.ndarray, owner: np.ndarray, beside: Partners, filed: Partners) -> Pairs:
    known, key = np.unique(owner * CODES + code, return_inverse=True)
    return Pairs(code, key, _agreeing(beside, code, known), _agreeing(filed, code, known))


_NONE = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))


def _partners(groups: list[Group], others: Sequence[Iterable[int]]) -> Partners:
    """Return pairs of a row and another name that its own name has to do with."""
    found = [(group.rows, other) for i, group in enumerate(groups) for other in others[i] if other != i]
    if not found:
        return _NONE
    rows = np.concatenate([np.arange(each.start, each.stop) for each, _ in found])
    return rows, np.repeat([number for _, number in found], [each.stop - each.start for each, _ in found])


def _agreeing(partners: Partners, code: np.ndarray, known: np.ndarray) -> Partners:
    """Return pairs of a row and a key: the code of the row with each partner that also has that code."""
    rows, other = partners
    if not len(rows):
        return _NONE
    wanted = other * CODES + code[rows]
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    fit = (known[at] == wanted) & (code[rows] > 0)
    return rows[fit], at[fit]


def _groups(names: Sequence[Named]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for each in names:
        if each.block is not None:
            group = groups.get(each.key)
            if group is None:
                group = groups[each.key] = Group(each.key, each.block)
                group.own_codes = KIND_WORDS.get(_last_word(each), frozenset())
            group.members.append(each)
    return groups


def _mark_filed(groups: dict[str, Group], filed: Iterable[tuple[int, int]]) -> None:
    for start, end in filed:
        for group in groups.values():
            group.filed |= any(
                each.mention.span.start < end and start < each.mention.span.end for each in group.members
            )


def _read_words(text: str, names: Sequence[Named], groups: dict[str, Group]) -> None:
    order = {key: i for i, key in enumerate(groups)}
    known = sorted((each for each in names if each.hits), key=lambda each: each.mention.span.start)
    for each in known:
        groups[each.key].kind_codes |= _kind_words(text, each)
    for group in groups.values():
        if all(_is_called_the(text, each) for each in group.members):
            group.kind_codes |= STREAMS
    for left, right in pairwise(known):
        begin, end = left.mention.span.end, right.mention.span.start
        if left.key == right.key or end - begin > _BESIDE_CHARACTERS or "\n" in (gap := text[begin:end]):
            continue
        if _CONTAINED.match(gap):
            groups[left.key].containers.append(order[right.key])
        groups[left.key].beside[order[right.key]] = None
        groups[right.key].beside[order[left.key]] = None


def _is_called_the(text: str, each: Named) -> bool:
    """Return whether a single word has an article: *the Dnipro* is the river, *Dnipro* the city."""
    start = each.mention.span.start
    return text[max(0, start - 4) : start].lower() == "the " and " " not in each.mention.text


def _last_word(each: Named) -> str:
    return each.mention.text.rsplit(None, 1)[-1].lower() if " " in each.mention.text else ""


def _kind_words(text: str, each: Named) -> frozenset[str]:
    start, end = each.mention.span.start, each.mention.span.end
    after = _WORD_AFTER.match(text, end, end + 20)
    left = text[max(0, start - 24) : start]
    before = _WORD_BEFORE.search(left) if " of " in left else None
    words = (_last_word(each), after[1].lower() if after else "", before[1].lower() if before else "")
    found = [KIND_WORDS[word] for word in words if word in KIND_WORDS]
    return frozenset[str]().union(*found) if found else frozenset()
