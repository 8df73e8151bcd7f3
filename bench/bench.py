"""Measure what the project promises of its main job, and print it as JSON.

    make bench

The page is compared with stock folium doing the same work in the same run: the same zones and places, a popup
each, opened in the same Chromium. Times depend on the machine's load; the peer's do too.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.types import Case

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does, before NumPy is loaded
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
    found |= _article() | _peer() | _facts()
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
    """Return the time of one article in a warm process, alone and with a case's zones: read, build, render."""
    import geo
    import layers
    from geo import article

    case = geo.open_case("idlib-2018")
    text = SEED.read_text("utf-8") if SEED.is_file() else case.articles[0].text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(text, encoding="utf-8")

        def draw(case: Case | None) -> None:
            _ = layers.draw(geo.read((article.read_article(str(path)),), case)).html

        draw(None)
        draw(case)
        return {
            "article_warm_s": _median(lambda: draw(None)),
            "article_with_case_warm_s": _median(lambda: draw(case)),
            "article_characters": len(text),
        }


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
    ours = layers.draw(report).html
    return {
        "page_build_s": _median(lambda: layers.draw(report).html),
        "folium_build_s": _median(folium_page),
        "folium_bytes": len(folium_page().encode()),
        **_interactive({"page": ours, "folium": folium_page()}),
    }


def _interactive(pages: Mapping[str, str]) -> dict[str, Any]:
    """Return the seconds until each page answers (load, two frames, an idle moment); none without a Chromium."""
    from bench_page import open_page
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        return {"interactive_s": "no Chromium on the PATH"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            return {
                f"{name}_interactive_s": statistics.median(
                    round(open_page(browser, page)["interactive_ms"] / 1000, 3) for _ in range(RUNS)
                )
                for name, page in pages.items()
            }
        finally:
            browser.close()


def _facts() -> dict[str, Any]:
    """Return what `score.py facts` says of the seed article, where it lies beside the checkout."""
    gold = ROOT.parent / "shared/seed/facts_gold.jsonl"
    if not gold.is_file():
        return {"seed_facts": "no folder `shared` beside the checkout"}
    with tempfile.TemporaryDirectory() as folder:
        told = str(Path(folder) / "facts.jsonl")
        _run("facts", str(gold), "-o", told)
        score = [sys.executable, str(ROOT.parent / "shared/bench/score.py"), "facts", str(gold), told]
        answer = subprocess.run(score, check=True, capture_output=True, text=True)
        return {"seed_facts": json.loads(answer.stdout)}


if __name__ == "__main__":
    main()
