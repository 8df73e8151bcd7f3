"""Many marks: coded small, undone whole, read from three kinds of file."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from layers import render
from layers.mark_files import read
from layers.marks import NO_DAY, SCALE, MarkTable, _box, marks, marks_document

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(max_size=30)
ROWS = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-85, 85), TEXT, TEXT, st.sampled_from(["a", "b", ""])),
    min_size=1,
    max_size=60,
)


@given(ROWS)
def test_every_mark_comes_out_as_it_went_in(rows: list[tuple[float, float, str, str, str]]) -> None:
    lon, lat, names, quotes, kinds = (list(column) for column in zip(*rows, strict=True))
    coded = json.loads(json.dumps(marks(MarkTable(lon, lat, {"name": names, "quote": quotes, "kind": kinds}))))
    corners = np.cumsum(np.array(coded["xy"]).reshape(-1, 2), axis=0)
    out = zip(
        corners.tolist(),
        coded["name"].split(coded["separator"]),
        coded["quote"].split(coded["separator"]),
        [coded["kinds"][kind] for kind in coded["kind"]],
        strict=True,
    )
    units = [[round(x * SCALE), round(y * SCALE)] for x, y in zip(lon, lat, strict=True)]
    assert sorted((x, y, *rest) for (x, y), *rest in out) == sorted(
        (x, y, *rest) for (x, y), *rest in zip(units, names, quotes, kinds, strict=True)
    )


def test_a_mark_with_name_and_quote_takes_at_most_105_bytes() -> None:
    random = np.random.default_rng(1)
    count = 5000
    table = MarkTable(
        random.normal(36.7, 0.5, count),
        random.normal(35.8, 0.4, count),
        {"name": [f"Place {i:05d}" for i in range(count)], "quote": [f"{i:05d}" + "q" * 65 for i in range(count)]},
    )
    assert len(json.dumps(marks(table), separators=(",", ":"))) / count <= 105


def test_days_kinds_and_rows_without_a_position() -> None:
    table = MarkTable(
        [36.0, math.nan, 36.1],
        [35.0, 35.0, 35.1],
        {"date": ["1953-07-27", "2018-01-01", "soon"], "kind": ["x", "y", None]},
    )
    coded = marks(table)
    assert coded["count"] == 2
    assert sorted(coded["days"]) == [NO_DAY, -6002]
    assert set(coded["kinds"]) == {"x", ""}
    assert "name" not in coded


def test_more_kinds_than_a_legend_shows_share_one() -> None:
    coded = marks(MarkTable([36.0] * 40, [35.0] * 40, {"kind": [f"k{i}" for i in range(40)]}))
    assert len(coded["kinds"]) == 12
    assert coded["kinds"][-1] == "other"


def test_the_same_marks_are_read_from_each_kind_of_file(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import shapely

    csv = tmp_path / "marks.csv"
    csv.write_text('Name,Latitude,Longitude,description\n"Morek, north",35.37,36.68,said\n')
    geojson = tmp_path / "marks.geojson"
    point = {"type": "Point", "coordinates": [36.68, 35.37]}
    feature = {"type": "Feature", "properties": {"name": "Morek, north", "quote": "said"}, "geometry": point}
    geojson.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    parquet = tmp_path / "marks.parquet"
    columns = {"name": ["Morek, north"], "text": ["said"], "geometry": [shapely.to_wkb(shapely.Point(36.68, 35.37))]}
    pq.write_table(pa.table(columns), parquet)
    coded = [marks(read(path)) for path in (csv, geojson, parquet)]
    assert coded[0] == coded[1] == coded[2]
    assert coded[0]["name"] == "Morek, north"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name\nMorek\n"),
        ("a.csv", "lon,lat\n"),
        ("a.geojson", "{"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}'),
        ("a.parquet", "no parquet"),
    ],
)
def test_what_is_no_table_of_marks_is_told_in_one_line(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError) as raised:
        read(path)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_no_position_at_all() -> None:
    with pytest.raises(InputError, match="position"):
        marks(MarkTable([math.nan], [35.0]))


@given(st.lists(st.floats(-180, 179.99), min_size=1, max_size=20), st.floats(-180, 180))
def test_the_view_holds_all_marks_whichever_way_round(lons, turn):
    turned = [(lon + turn + 180) % 360 - 180 for lon in lons]
    west, _, east, _ = _box(marks(MarkTable(turned, [0.0] * len(turned))))
    width = (east - west) % 360 or 360
    assert all((lon - west) % 360 <= width + 1e-3 or (lon - west) % 360 > 359.9 for lon in turned)
    near = _box(marks(MarkTable(lons, [0.0] * len(lons))))
    assert width == pytest.approx((near[2] - near[0]) % 360 or 360, abs=1e-3), "turning the globe changes nothing"


def test_without_a_script_many_marks_have_a_table_and_a_picture():
    table = MarkTable([36 + i / 1000 for i in range(500)], [35.5] * 500, {"name": [f"<b>{i}" for i in range(500)]})
    page = render.html(marks_document(table, title="Many"))
    twin = page[page.index('id="contactline-static"') : page.index('id="contactline-document"')]
    assert "Marks (100 of 500; all of them with JavaScript)" in twin
    assert twin.count("<td") == 100
    assert "&lt;b&gt;" in twin
    assert "<b>" not in twin
    assert 10 < twin.count('class="s-place"') < 80, "gathered"


def test_language_and_tiles_of_a_page_of_marks():
    tiles = {"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "them"}
    made = marks_document(MarkTable([36.0], [35.0]), title="One", language="ar", tiles=tiles)
    assert (made["dir"], made["tiles"]) == ("rtl", tiles)
    assert made["strings"]["map"] != "Map"


def test_rows_that_are_not_on_the_map_are_named(tmp_path: Path) -> None:
    csv = tmp_path / "marks.csv"
    csv.write_text("name,lat,lon\nA,35,36\nB,95,36\nC,34.9,36.6\nD,,\nE,35\n")
    table = read(csv)
    assert table.lost == ("line 3", "line 5", "line 6")
    (note,) = marks_document(table, title="marks")["notes"]
    assert note == "3 rows without a usable position are not on the map: line 3, line 5, line 6."


def test_a_shape_is_marked_inside_and_nothing_without_a_shape(tmp_path: Path) -> None:
    file = tmp_path / "marks.geojson"
    square = {"type": "Polygon", "coordinates": [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]}
    broken = {"type": "Polygon", "coordinates": "x"}
    features = [{"type": "Feature", "properties": {}, "geometry": each} for each in (square, None, broken)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    table = read(file)
    assert (36 < table.lon[0] < 37, 35 < table.lat[0] < 36) == (True, True)
    assert table.lost == ("feature 2", "feature 3")
