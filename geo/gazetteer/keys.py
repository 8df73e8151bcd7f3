"""The keys that lead to an entry, made by a second process while the first one reads and writes.

An index has a million and a half names, and to fold them is a third of the work. The second process is an
interpreter of its own (`python -P -m geo.gazetteer.keys`) that reads a batch as a line of JSON and answers with
another. No `multiprocessing`: that would run a user's script a second time where it forgot its `__main__` guard.
Where no second process can be had, or it dies, the first does the work itself.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self, TypeAlias

import orjson

from geo.gazetteer.folding import loose_of, skeleton_of, strict_key, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.gazetteer.sources import Entry

#: How a key leads to a place, best first; `PART` is a resolver's own, for one word of a longer name.
NAME, ALIAS, CODE, LOOSE, SKELETON, PART = range(6)
#: Countries whose names reach English through a romanisation: only there do looser keys lead to a place.
ROMANISED = word_set(
    "AE AF AM AZ BA BD BG BH BY CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KW KZ LB LK LY MA MD ME MK "
    "MM MN MR NP OM PK PS QA RS RU SA SD SO SS SY TD TJ TM TN TR UA UZ XK YE"
)
#: Spellings, the code of the unit or nothing, codes, whether looser keys are wanted.
Request: TypeAlias = "tuple[Sequence[str], str, Sequence[str], bool]"
Keys: TypeAlias = "list[tuple[str, int]]"
#: Without the memory that serves an article: hardly a name of an index comes twice.
_fold = strict_key.__wrapped__


def keyed(batches: Iterable[list[Entry]]) -> Iterator[tuple[list[Entry], list[Keys]]]:
    """Yield each batch with the keys of its entries; the next one is folded while this one is put to use."""
    with _Helper() as helper:
        before: list[Entry] = []
        for batch in batches:
            answer = helper.answer()
            helper.ask([_request(entry) for entry in batch])
            if before:
                yield before, answer
            before = batch
        if before:
            yield before, helper.answer()


def keys_of(entry: Entry) -> Keys:
    """Return the keys that lead to an entry, each once, with the best rank it has."""
    return _keys(_request(entry))


def _request(entry: Entry) -> Request:
    place = entry.place
    spellings = (place.name, *(name for _, name in place.names), *entry.names)
    is_unit = place.feature == "PCLI" or (place.feature == "ADM1" and place.area)
    unit = (place.area or "").partition(":")[2] if is_unit else ""
    return spellings, unit, entry.codes, place.country in ROMANISED or place.source != "GeoNames"


def _keys(request: Request) -> Keys:
    spellings, unit, codes, looser = request
    ranks: dict[str, int] = {}
    for rank, name in enumerate(dict.fromkeys(spellings)):
        ranks.setdefault(_fold(name), min(rank, ALIAS))
    named = tuple(ranks)
    if unit:
        ranks[f"@{unit}"] = NAME
    for code in codes:
        ranks.setdefault(_fold(code), CODE)
    for key in named if looser else ():
        loose = loose_of(key)
        ranks.setdefault("~" + loose, LOOSE)
        ranks.setdefault("#" + skeleton_of(loose), SKELETON)
    return [(key, rank) for key, rank in ranks.items() if key.strip("~#")]


class _Helper:
    """A second process that folds names; one question at a time."""

    def __init__(self) -> None:
        self._asked: list[Request] = []
        self._process: subprocess.Popen[bytes] | None = None
        # `-P`: a folder named `geo` where the user happens to stand is not ours.
        command = (sys.executable, "-P", "-m", __name__)
        with suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, requests: list[Request]) -> None:
        self._asked = requests
        if not requests:
            return None
        try:
            line = orjson.dumps(requests)
        except orjson.JSONEncodeError:  # a lone surrogate in somebody's dump
            return self._end()
        if self._process and self._process.stdin:
            with suppress(OSError):
                self._process.stdin.write(line + b"\n")
                self._process.stdin.flush()
        return None

    def answer(self) -> list[Keys]:
        """Return the keys of what was asked last, in its order."""
        if not self._asked:
            return []
        line = self._process.stdout.readline() if self._process and self._process.stdout else b""
        if not line.endswith(b"\n"):
            self._end()
        answer: list[Keys] = orjson.loads(line) if line.endswith(b"\n") else [_keys(each) for each in self._asked]
        self._asked = []
        return answer

    def _end(self) -> None:
        """Let the process go; from here on the work is done here."""
        if self._process:
            with suppress(OSError):
                self._process.communicate()
        self._process = None


def _serve() -> None:
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(orjson.dumps([_keys(each) for each in orjson.loads(line)]) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
