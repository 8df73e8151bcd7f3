"""Measure what the project promises of its main job, and print it as JSON.

    make bench

The page is compared with stock folium doing the same work in the same run: the same zones and places, a popup
each. Time to interactive is `make bench-page`'s matter. Times depend on the machine's load; the peer's do too.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared/seed/article.txt"
BARS = {"help_s": 0.3, "map_again_s": 4.0, "article_warm_s": 0.4, "page_bytes": 700_000}
RUNS = 5


def main() -> None:
    """Print the figures, and which bars they miss."""
    found: dict[str, Any] = {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
    found["help_s"] = _median(lambda: _run("--help"))
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "map.html")
        _run("map", "idlib-2018", "-o", target)
        found["map_again_s"] = _median(lambda: _run("map", "idlib-2018", "-o", target), runs=3)
        found["page_bytes"] = Path(target).stat().st_size
    found |= _article() | _peer()
    found["missed"] = {key: [found[key], bar] for key, bar in BARS.items() if found.get(key, 0) > bar}
    json.dump(found, sys.stdout, indent=1)
    print()


def _run(*arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("contactline")), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def _median(act: Callable[[], object], *, runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return round(statistics.median(times), 3)


def _article() -> dict[str, float]:
    """Return the time of one article in a warm process: read, build, render."""
    import geo
    import layers
    from geo import article

    case = geo.open_case("idlib-2018")
    text = SEED.read_text("utf-8") if SEED.is_file() else case.articles[0].text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(text, encoding="utf-8")

        def once() -> None:
            _ = layers.draw(geo.read((article.read_article(str(path)),), case)).html

        once()
        return {"article_warm_s": _median(once), "article_characters": len(text)}


def _peer() -> dict[str, float]:
    """Return size and build time of our page and of folium's, for the same zones and places."""
    import geo
    import layers

    case = geo.open_case("idlib-2018")
    report = geo.read(case.articles, case)
    document = layers.draw(report).document

    def folium_page() -> str:
        import folium

        shown = folium.Map([35.9, 36.6], zoom_start=9, tiles=None)
        for zone in document["zones"]:
            if zone["geometry"]:
                folium.GeoJson(zone["geometry"], name=zone["id"], popup=folium.Popup(zone["id"])).add_to(shown)
        for place in document["places"]:
            folium.Marker([place["lat"], place["lon"]], popup=folium.Popup(place["id"])).add_to(shown)
        folium.LayerControl().add_to(shown)
        return str(shown.get_root().render())

    with contextlib.suppress(ValueError):
        folium_page()
    return {
        "page_build_s": _median(lambda: layers.draw(report).html),
        "folium_build_s": _median(folium_page),
        "folium_bytes": len(folium_page().encode()),
    }


if __name__ == "__main__":
    main()
