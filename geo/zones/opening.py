"""A zone file opened for a map: checked, every recipe followed, and refused with `file:line:col` where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.zones.io import load
from geo.zones.recipes import derive
from geo.zones.rules.checking import check_bytes

if TYPE_CHECKING:
    from os import PathLike

    from geo.types import Problem, Theatre, Zone
    from geo.zones.io import ZoneFile
    from geo.zones.recipes import Boundaries

#: What the author has yet to say makes a map poorer, not wrong: a file fresh from a drawing program is drawn.
_BEARABLE = frozenset({"missing-id", "missing-name", "missing-kind", "missing-basis", "bad-id", "bad-source"})


def open_zones(
    path: str | PathLike[str], boundaries: Boundaries, *, theatre: Theatre | None = None
) -> tuple[Zone, ...]:
    """Return the zones of a file with their recipes followed.

    Args:
        path: the file.
        boundaries: the polygons of countries and provinces.
        theatre: where it should lie; tells why nothing comes of a recipe whose line has its axes swapped.

    Raises:
        InputError: it can't be read, or it says what can't be meant (`file:line:col`): the first error of
            `contactline check`, but for words that are only missing.
    """
    loaded = load(path)
    _refuse(check_bytes(loaded.data, loaded.name))
    return derived(loaded, boundaries, theatre=theatre)


def derived(loaded: ZoneFile, boundaries: Boundaries, *, theatre: Theatre | None = None) -> tuple[Zone, ...]:
    """Return the zones of a file with their recipes followed. Raises InputError (`file:line:col`)."""
    try:
        return derive(loaded.zones, boundaries)
    except InputError:
        _refuse(check_bytes(loaded.data, loaded.name, theatre=theatre, boundaries=boundaries))
        raise


def check_places(path: str | PathLike[str]) -> None:
    """Refuse a case's file of places that can't be meant. Raises InputError (`file:line:col`)."""
    loaded = load(path)
    _refuse(check_bytes(loaded.data, loaded.name, mode="places"), bearable=frozenset())


def _refuse(problems: tuple[Problem, ...], *, bearable: frozenset[str] = _BEARABLE) -> None:
    errors = [each for each in problems if each.severity == "error" and each.code not in bearable]
    if errors:
        swapped = [each for each in problems if each.code == "swapped-axes"]  # then the recipes fail for that
        first, more = (swapped or errors)[0], len(errors) - 1
        counted = f" ({more} more: contactline check)" if more else ""
        raise InputError(f"{first.code} {first.message}{counted}.", where=first.where, hint=first.hint)
