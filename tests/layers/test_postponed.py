"""A module that is loaded at its first use: nobody can tell, but by the time it takes."""

from __future__ import annotations

import subprocess
import sys

CASES = """
import sys
from layers.postponed import postponed
with postponed("colorsys"):
    import colorsys as seen
assert "colorsys" not in sys.modules
assert seen.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
assert "colorsys" in sys.modules
import colorsys
assert colorsys is not seen and colorsys.rgb_to_hsv is seen.rgb_to_hsv
with postponed("colorsys"):
    import colorsys as again
assert again is colorsys
"""

FOLIUM = """
import sys
from layers import render
page = render.host({"view": {"bbox": [30, 30, 40, 40]}, "title": ""})
assert not {"pandas", "requests"} & set(sys.modules)
import folium, pandas
line = folium.PolyLine(pandas.DataFrame({"lat": [35.0, 36.0], "lon": [36.0, 37.0]}))
assert line.locations == [[35.0, 36.0], [36.0, 37.0]]
"""


def run(code: str) -> None:
    """Run code in a process that has imported nothing yet."""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_module_is_loaded_at_its_first_use_and_is_the_real_one() -> None:
    run(CASES)


def test_the_host_does_without_pandas_and_still_takes_frames() -> None:
    run(FOLIUM)
