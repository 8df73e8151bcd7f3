"""Keys of entries, by a second process or by this one: the same."""

from __future__ import annotations

import sys

import pytest

from geo.gazetteer import keys
from geo.gazetteer.sources import Entry
from geo.types import Place


def entry(name: str, *names: str, country: str = "SY", feature: str = "PPL", area: str | None = None) -> Entry:
    place = Place(f"test:{name}", name, 36.0, 35.0, feature, country, area=area)
    return Entry(place, names, ("IDL",) if feature == "ADM1" else ())


ENTRIES = [
    entry("Khān Shaykhūn", "خان شيخون", "Khan Sheikhoun"),
    entry("Idlib", "Edleb", feature="ADM1", area="admin1:SY.12"),
    entry("Springfield", country="US"),
    entry("№ 7", country="US"),
]


def folded(batches: list[list[Entry]]) -> list[keys.Keys]:
    return [found for _, answers in keys.keyed(batches) for found in answers]


def test_ranks_tell_how_a_key_leads_to_its_place():
    ranks = dict(keys.keys_of(ENTRIES[1]))
    assert ranks["idlib"] == keys.NAME
    assert ranks["@SY.12"] == keys.NAME
    assert ranks["edleb"] == keys.ALIAS
    assert ranks["idl"] == keys.CODE
    assert {rank for key, rank in ranks.items() if key[0] == "~"} == {keys.LOOSE}
    assert {rank for key, rank in ranks.items() if key[0] == "#"} == {keys.SKELETON}
    assert dict(keys.keys_of(ENTRIES[2])) == {"springfield": keys.NAME}


def test_a_second_process_answers_batch_by_batch_what_this_one_would():
    batches = [ENTRIES[:1], [], ENTRIES[1:]]
    assert [batch for batch, _ in keys.keyed(batches)] == [ENTRIES[:1], ENTRIES[1:]]
    assert [sorted(map(tuple, found)) for found in folded(batches)] == [sorted(keys.keys_of(each)) for each in ENTRIES]


@pytest.mark.parametrize("command", ["/no/such/interpreter", "false"])
def test_without_a_second_process_the_work_is_done_here(command, monkeypatch):
    monkeypatch.setattr(sys, "executable", command)
    assert [sorted(found) for found in folded([ENTRIES, ENTRIES])] == [sorted(keys.keys_of(e)) for e in ENTRIES] * 2


def test_a_lone_surrogate_in_a_dump_stops_nothing():
    broken = entry("Saraqib\ud800")
    assert folded([[broken], ENTRIES[:1]]) == [keys.keys_of(broken), keys.keys_of(ENTRIES[0])]
