"""Lines of whole numbers written as text, in the coding that `layers.basemap` describes; many at once, for speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
UNITS_PER_DEG = 10_000
"""Coordinates are whole ten-thousandths of a degree (11 m)."""
_BITS, _MORE = 5, 32
_LETTERS = np.frombuffer(DIGITS.encode("ascii"), dtype=np.uint8)
_VALUES = np.zeros(128, dtype=np.int64)
_VALUES[_LETTERS] = np.arange(len(DIGITS))
_LINE, _AREA = 1, 3
"""GEOS' numbers of the types that can be drawn."""


def encoded(numbers: Iterable[int]) -> str:
    """Return whole numbers as text."""
    given = np.fromiter(numbers, dtype=np.int64)
    return _texts(given, np.array([len(given)]))[0]


def decoded(text: str) -> list[int]:
    """Return the whole numbers of a text that `encoded` made."""
    found: list[int] = numbers(text).tolist()
    return found


def numbers(text: str) -> np.ndarray:
    """Return the whole numbers of a text that `encoded` made, as an array."""
    digits = _VALUES[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    if not len(digits):
        return digits
    starts = np.flatnonzero(np.append(True, digits[:-1] < _MORE))
    place = np.arange(len(digits)) - np.repeat(starts, np.diff(starts, append=len(digits)))
    rest = np.add.reduceat((digits % _MORE) << (_BITS * place), starts)
    return np.where(rest % 2, -(rest + 1) // 2, rest // 2)


def corners(coded: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of many coded paths, in degrees and in one row, and how many each path has."""
    found = numbers("".join(coded)).reshape(-1, 2)
    lengths = np.fromiter(map(len, coded), dtype=np.int64, count=len(coded))
    ends = np.cumsum(_VALUES[np.frombuffer("".join(coded).encode("ascii"), dtype=np.uint8)] < _MORE)
    counts = np.diff(ends[np.cumsum(lengths) - 1] // 2, prepend=0)
    units = np.cumsum(found, axis=0)
    starts = np.cumsum(counts) - counts
    before = np.where(starts[:, None] > 0, units[starts - 1], 0)
    return (units - np.repeat(before, counts, axis=0)) / UNITS_PER_DEG, counts


def paths(shapes: Iterable[BaseGeometry]) -> list[str]:
    """Return the lines, and the rings of the areas, of some geometries, coded, in their order.

    A ring's last corner is not repeated; what has no extent at this precision is left out.
    """
    lines, are_rings = _outlines(shapely.get_parts(np.array(list(shapes), dtype=object)))
    degrees, of = shapely.get_coordinates(lines, return_index=True)
    units = np.rint(degrees * UNITS_PER_DEG).astype(np.int64)
    first = np.append(True, of[1:] != of[:-1])[: len(of)]
    kept = first | np.append(False, (np.diff(units, axis=0) != 0).any(axis=1))[: len(of)]
    units, of = units[kept], of[kept]
    last = np.append(of[1:] != of[:-1], True)[: len(of)]
    open_ended = ~(last & are_rings[of])
    units, of = units[open_ended], of[open_ended]
    counts = np.bincount(of, minlength=len(lines))
    large = counts >= np.where(are_rings, 3, 2)
    units = units[large[of]]
    return _coded(units, counts[large])


def _outlines(parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lines and rings of parts, in their order, and which of them are rings."""
    types = shapely.get_type_id(parts)
    areas, plain = np.flatnonzero(types == _AREA), np.flatnonzero(types == _LINE)
    rings, of = shapely.get_rings(parts[areas], return_index=True)
    order = np.argsort(np.concatenate([areas[of], plain]), kind="stable")
    are_rings = np.append(np.ones(len(rings), dtype=bool), np.zeros(len(plain), dtype=bool))
    return np.concatenate([rings, parts[plain]])[order], are_rings[order]


def _coded(corners: np.ndarray, counts: np.ndarray) -> list[str]:
    """Return rows of corners, so many a line, each line as text: the first corner whole, the others as differences."""
    if not len(corners):
        return []
    steps = np.diff(corners, axis=0, prepend=0)
    starts = np.cumsum(counts) - counts
    steps[starts] = corners[starts]
    return _texts(steps.reshape(-1), 2 * counts)


def _texts(given: np.ndarray, counts: np.ndarray) -> list[str]:
    """Return one text for each of so many numbers in a row."""
    rest = np.where(given >= 0, 2 * given, -2 * given - 1)
    groups = max(1, -(-int(rest.max(initial=0)).bit_length() // _BITS))
    left = rest[:, None] >> (_BITS * np.arange(groups))
    more = np.append(left[:, 1:] > 0, np.zeros((len(rest), 1), dtype=bool), axis=1)
    letters = _LETTERS[left % _MORE + _MORE * more]
    left[:, 0] = 1  # a number has one letter at least
    used = left > 0
    text = letters[used].tobytes().decode("ascii")
    ends = np.append(0, np.cumsum(used.sum(axis=1)))[np.cumsum(counts)]
    return [text[start:end] for start, end in _pairs(ends.tolist())]


def _pairs(ends: Sequence[int]) -> Iterable[tuple[int, int]]:
    return zip([0, *ends[:-1]], ends, strict=True)
