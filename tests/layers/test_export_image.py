from __future__ import annotations

import json
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from geo.errors import MissingPart, OutputError
from layers import export_image

SAMPLE = json.loads((Path(__file__).parent / "documents/sample.json").read_text("utf-8"))


@pytest.mark.browser
def test_svg_is_the_maps_picture_and_loads_nothing(chromium, tmp_path):
    path = export_image.save(SAMPLE, tmp_path / "map.svg", "svg")
    root = ET.fromstring(path.read_text("utf-8"))  # noqa: S314  our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    text = path.read_text("utf-8")
    assert SAMPLE["zones"][0]["name"] in text
    assert not [
        e
        for e in root.iter()
        if any(key.endswith("href") and not value.startswith(("#", "data:")) for key, value in e.attrib.items())
    ]


@pytest.mark.browser
def test_png_is_an_image_of_twice_the_screens_pixels(chromium, tmp_path):
    data = export_image.save(SAMPLE, tmp_path / "map.png", "png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width > 1600
    assert height > 900


@pytest.mark.browser
def test_unwritable_path_leaves_nothing_behind(chromium, tmp_path):
    with pytest.raises(OutputError, match=r"map\.svg"):
        export_image.save(SAMPLE, tmp_path / "none" / "map.svg", "svg")
    assert list(tmp_path.iterdir()) == []


def test_without_chromium_one_line_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingPart, match="apt-get install chromium"):
        export_image.save(SAMPLE, tmp_path / "map.png", "png")
    assert list(tmp_path.iterdir()) == []
