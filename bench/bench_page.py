"""Measure the page beside stock folium and geopandas, in one headless Chromium, and print the figures as JSON.

    make bench-page            10,000 and 100,000 marks, medians of three
    python bench/bench_page.py --marks 10000 --runs 1

The stock pages load their scripts from five hosts. Here Leaflet, jQuery and the cluster plug-in are answered from
the npm tree and the rest with an empty file, so that they measure faster than a reader's browser would: that
favours them. *Interactive* is the time from the start of navigation to the second frame after the map has its
layers and the browser is idle; *pan* is the time of one frame after the view is moved by 60 by 40 pixels.
Only the machine's own load is not ours to control: compare figures of one run, and with `empty_…`, the same for a
page of one word. `first_build_cpu_s` is our build of a frame whose region has never been drawn before; what is the same
on every map of the world is remembered, as it is after any map.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Route

ROOT = Path(__file__).parents[1]
NODE_MODULES = ROOT / "layers/web/node_modules"
SERVED = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery": "jquery/dist/jquery.min.js",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
BARS = {
    "shell_bytes": 250_000,
    "shell_gzip_bytes": 85_000,
    "build_cpu_s_10000": 0.5,
    "interactive_ms_10000": 500,
    "bytes_a_mark_100000": 105,
    "interactive_ms_100000": 1500,
    "heap_mb_100000": 40,
    "pan_ms_100000": 33,
    "case_first_paint_ms": 300,
    "case_interactive_ms": 600,
}
_IDLE = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  requestIdleCallback(() => done(performance.now()), { timeout: 60000 }))))"""
_FIND = "Object.values(window).find((it) => it && it.getContainer && it.panBy && it.getZoom)"
_PAN = f"""() => new Promise((done, fail) => {{
  const map = {_FIND};
  if (!map) fail(new Error("no map on the page"));
  requestAnimationFrame(() => {{
    const start = performance.now();
    map.panBy([60, 40], {{ animate: false }});
    requestAnimationFrame(() => {{ done(performance.now() - start); }});
  }});
}})"""


def main() -> None:
    """Print the figures, and which bars they miss."""
    options = argparse.ArgumentParser()
    options.add_argument("--marks", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("bench-page needs Chromium on the PATH (Debian: apt-get install chromium)")
    flags = ["--disable-gpu", "--no-sandbox", "--disable-quic", "--disable-background-networking"]
    flags += ["--js-flags=--expose-gc", "--enable-precise-memory-info"]
    found: dict[str, Any] = {"cores": os.cpu_count(), "load": os.getloadavg()[0], **shell()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        found |= empty_page(browser, chosen.runs)
        found |= case_page(browser, chosen.runs)
        _frame(1)  # what it imports is not measured
        found["first_build_cpu_s"] = first_build(min(chosen.marks, default=10_000))
        for count in chosen.marks:
            found[f"marks_{count}"] = {
                name: measure(browser, make, count, chosen.runs) for name, make in MAKERS.items()
            }
        browser.close()
    found |= _flat(found, chosen.marks)
    found["missed"] = {key: [found[key], bar] for key, bar in BARS.items() if key in found and found[key] > bar}
    json.dump(found, sys.stdout, indent=1)
    print()


def _flat(found: dict[str, Any], counts: list[int]) -> dict[str, Any]:
    own = {count: found[f"marks_{count}"]["contactline"] for count in counts}
    return {f"{key}_{count}": value for count, row in own.items() for key, value in row.items()}


def shell() -> dict[str, int]:
    """Return the size of a page that shows nothing."""
    from layers import assets

    text = (assets.script() + assets.styles()).encode()
    return {"shell_bytes": len(text), "shell_gzip_bytes": len(gzip.compress(text, 9))}


def empty_page(browser: Browser, runs: int) -> dict[str, Any]:
    """Return the figures of a page with one word: what the machine takes for any page, in its present state."""
    rows = [open_page(browser, "<!DOCTYPE html><title>x</title><p>word") for _ in range(runs)]
    return {f"empty_{key}": _median(rows, key) for key in ("first_paint_ms", "interactive_ms")}


def first_build(count: int) -> float:
    """Return the CPU seconds of our page of marks where no ground is remembered, though the index is there."""
    from geo.gazetteer.store import cache_folder

    known, before = cache_folder(), os.environ.get("CONTACTLINE_CACHE")
    with tempfile.TemporaryDirectory() as folder:
        for file in known.iterdir():
            if file.name != "ground":
                (Path(folder) / file.name).symlink_to(file)
        os.environ["CONTACTLINE_CACHE"] = folder
        frame = _frame(count)
        start = time.process_time()
        _ours(frame)
        spent = time.process_time() - start
    os.environ.pop("CONTACTLINE_CACHE")
    if before is not None:
        os.environ["CONTACTLINE_CACHE"] = before
    return round(spent, 3)


def case_page(browser: Browser, runs: int) -> dict[str, Any]:
    """Return the figures of the Idlib page."""
    import geo
    import layers

    case = geo.open_case("idlib-2018")
    page = layers.draw(geo.read(case.articles, case)).html
    rows = [open_page(browser, page) for _ in range(runs)]
    return {
        "case_bytes": len(page.encode()),
        "case_first_paint_ms": _median(rows, "first_paint_ms"),
        "case_interactive_ms": _median(rows, "interactive_ms"),
        "case_requests": rows[0]["requests"],
        "case_console": rows[0]["console"],
    }


def measure(browser: Browser, make: Callable[[int], str], count: int, runs: int) -> dict[str, Any]:
    """Return build time, size, and the browser's figures of one way to draw `count` marks."""
    make(100)  # imports, and the ground of the same view: what is measured is the marks
    start = time.process_time()
    page = make(count)
    cpu = time.process_time() - start
    rows = [open_page(browser, page, pan=True) for _ in range(runs)]
    keys = ("interactive_ms", "heap_mb", "pan_ms")
    size = len(page.encode())
    return {
        "build_cpu_s": round(cpu, 3),
        "bytes": size,
        "bytes_a_mark": round(size / count, 1),
        **{key: _median(rows, key) for key in keys},
    }


def _median(rows: list[dict[str, Any]], key: str) -> float | None:
    values = [row[key] for row in rows if row.get(key) is not None]
    return round(statistics.median(values), 1) if values else None


def open_page(browser: Browser, page: str, *, pan: bool = False) -> dict[str, Any]:
    """Open a page once and return what was measured; a page that never comes to rest has no figure."""
    from playwright.sync_api import Error

    context = browser.new_context(viewport={"width": 1200, "height": 800})
    tab = context.new_page()
    tab.set_default_timeout(120_000)
    asked, heard = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: heard.append(message.text))
    tab.route(lambda url: not url.startswith("file:"), _answer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        try:
            tab.goto(path.as_uri(), wait_until="load", timeout=120_000)
            row = {"interactive_ms": tab.evaluate(_IDLE), "requests": len(asked) - 1, "console": len(heard)}
            row["first_paint_ms"] = tab.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            )
            row["heap_mb"] = tab.evaluate("() => (window.gc?.(), performance.memory.usedJSHeapSize / 1e6)")
            row["pan_ms"] = statistics.median(tab.evaluate(_PAN) for _ in range(5)) if pan else None
        except Error as error:
            print(f"# {str(error).splitlines()[0]}", file=sys.stderr)
            row = {}
    context.close()
    return row


def _answer(route: Route) -> None:
    """Answer a stock page's request from the npm tree, or with nothing."""
    name = route.request.url.rsplit("/", 1)[-1]
    file = next((path for key, path in SERVED.items() if name.startswith(key)), None)
    body = (NODE_MODULES / file).read_text("utf-8") if file else ""
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    route.fulfill(body=body, content_type=kind)


def points(count: int) -> list[tuple[float, float, str, str]]:
    """Return points over Idlib with a name and a quote, the same each time."""
    dice = random.Random(17)  # noqa: S311  not for secrets
    words = ("convoy", "observers", "withdrew", "shelling", "truce", "patrol", "checkpoint", "villagers", "returned")
    return [
        (
            round(dice.uniform(35.8, 37.4), 5),
            round(dice.uniform(35.1, 36.6), 5),
            f"Place {number}",
            " ".join(dice.choices(words, k=8))[:70],
        )
        for number in range(count)
    ]


def _frame(count: int) -> Any:  # noqa: ANN401  a GeoDataFrame
    import geopandas

    lon, lat, name, quote = zip(*points(count), strict=True)
    where = geopandas.points_from_xy(lon, lat)
    return geopandas.GeoDataFrame({"name": name, "quote": quote}, geometry=where, crs="EPSG:4326")


def ours(count: int) -> str:
    """Return our page of a GeoDataFrame."""
    return _ours(_frame(count))


def _ours(frame: Any) -> str:  # noqa: ANN401  a GeoDataFrame
    import layers

    return layers.draw(frame, title="Marks").html


def folium_geojson(count: int) -> str:
    """Return folium's GeoJson with popups, on a canvas."""
    import folium

    shown = folium.Map([35.9, 36.6], zoom_start=9, tiles=None, prefer_canvas=True)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"name": name, "quote": quote},
        }
        for lon, lat, name, quote in points(count)
    ]
    popup = folium.GeoJsonPopup(["name", "quote"])
    marker = folium.CircleMarker(radius=4)
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=marker, popup=popup).add_to(shown)
    return str(shown.get_root().render())


def fast_cluster(count: int) -> str:
    """Return folium's FastMarkerCluster, whose markers it makes in the browser."""
    import folium
    from folium.plugins import FastMarkerCluster

    shown = folium.Map([35.9, 36.6], zoom_start=9, tiles=None, maxZoom=18)
    callback = (
        "function (row) {const m = L.circleMarker([row[0], row[1]], {radius: 4});"
        "m.bindPopup(() => {const d = document.createElement('div'); d.textContent = row[2] + row[3]; return d;});"
        "return m;}"
    )
    rows = [[lat, lon, name, quote] for lon, lat, name, quote in points(count)]
    FastMarkerCluster(rows, callback=callback).add_to(shown)
    return str(shown.get_root().render())


def explore(count: int) -> str:
    """Return what `GeoDataFrame.explore` makes."""
    return str(_frame(count).explore(tiles=None).get_root().render())


MAKERS: dict[str, Callable[[int], str]] = {
    "contactline": ours,
    "folium.GeoJson": folium_geojson,
    "folium.FastMarkerCluster": fast_cluster,
    "geopandas.explore": explore,
}

if __name__ == "__main__":
    main()
