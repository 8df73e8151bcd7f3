from __future__ import annotations

import json

import pytest
import shapely

from geo.types import Theatre
from layers import basemap, ground_cache, world

VIEW = (Theatre(("SY",)), (36.0, 35.0, 37.0, 36.0))


@pytest.fixture
def coded(tmp_path, monkeypatch):
    """Count how often the ground is coded, into a cache of its own."""
    calls = []
    monkeypatch.setenv("CONTACTLINE_CACHE", str(tmp_path))
    monkeypatch.setattr(basemap, "basemap", lambda *view: calls.append(view) or {"n": len(calls), "name": "إدلب"})
    return calls


def test_a_view_is_coded_once_and_read_back_the_same(coded):
    assert ground_cache.ground(*VIEW) == ground_cache.ground(*VIEW) == {"n": 1, "name": "إدلب"}
    assert len(coded) == 1


def test_another_view_is_another_file(coded, tmp_path):
    ground_cache.ground(*VIEW)
    ground_cache.ground(VIEW[0], (30.0, 35.0, 37.0, 36.0))
    assert len(list((tmp_path / "ground").glob("*.json"))) == 2


def test_views_that_differ_little_share_their_ground(coded):
    ground_cache.ground(*VIEW)
    assert ground_cache.ground(VIEW[0], (36.21, 35.04, 36.9, 35.73))["n"] == 1
    ((_, seen),) = coded
    assert seen == (36.0, 35.0, 37.0, 36.0), "it is grown, never cut"


def test_a_torn_file_is_coded_anew(coded, tmp_path):
    ground_cache.ground(*VIEW)
    (file,) = (tmp_path / "ground").glob("*.json")
    file.write_text('{"n": 1, "na')
    assert ground_cache.ground(*VIEW)["n"] == 2
    assert json.loads(file.read_text("utf-8"))["n"] == 2


def test_old_views_go(coded, monkeypatch, tmp_path):
    monkeypatch.setattr(ground_cache, "_MOST_FILES", 3)
    for west in range(8):
        ground_cache.ground(VIEW[0], (float(west), 35.0, 37.0, 36.0))
    assert len(list((tmp_path / "ground").glob("*.json"))) <= 4


def test_a_folder_that_can_not_be_written_does_no_harm(coded, tmp_path):
    (tmp_path / "ground").write_text("in the way")
    assert ground_cache.ground(*VIEW)["n"] == 1


def test_the_world_is_generalised_once(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTACTLINE_CACHE", str(tmp_path))
    calls = []
    make = world._made
    monkeypatch.setattr(world, "_made", lambda: calls.append(1) or make())
    for _ in range(2):
        world.world.cache_clear()
        clear, reaching, rest = world.areas((30.0, 30.0, 42.0, 40.0))
    world.world.cache_clear()
    assert len(calls) == 1
    assert {"SY", "TR"} <= {piece.country for piece in reaching}
    assert not {"SY", "TR"} & {piece.country for piece in clear}
    assert sum(piece.shape.area for piece in rest) < sum(piece.shape.area for piece in reaching)


def test_the_worlds_borders_are_told_by_where_a_box_is(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTACTLINE_CACHE", str(tmp_path))
    world.world.cache_clear()
    box = shapely.box(30.0, 30.0, 42.0, 40.0)
    clear, reaching, rest = world.borders(box.bounds)
    world.world.cache_clear()
    assert not any(line.intersects(box) for line in clear)
    assert all(line.intersects(box) for line in reaching)
    assert sum(line.intersection(box).length for line in rest) < 1e-9
    assert len(clear) > 100
