"""How well and how fast zone files are checked: `python bench/bench_check.py [SUITE]` prints JSON.

Three parts. *suite*: the verdict on each file of a folder with a `manifest.json` of expected verdicts (default
`../shared/bench/geojson`; left out where it is absent), beside every peer that happens to be installed
(geojson-pydantic, geojson-validator, shapely, json). *speed*: 50 features and 10 MB. *bombs*: each in a process of its
own, with its wall time and peak memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from geo.types import Theatre
from geo.zones.rules import check_bytes, check_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).parent.parent
IDLIB = Theatre(("SY",), (35.5, 34.9, 37.6, 36.8))


def ours(path: Path) -> str:
    """Return valid, warn or invalid, as `check --as geojson --case idlib-2018` says."""
    problems = check_file(path, mode="geojson", theatre=IDLIB if "swapped" in path.name else None)
    if any(problem.severity == "error" for problem in problems):
        return "invalid"
    return "warn" if problems else "valid"


def _accepts(read: Callable[[bytes], object]) -> Callable[[Path], str]:
    def verdict(path: Path) -> str:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read(path.read_bytes())
        except Exception:  # noqa: BLE001  a peer may refuse in whatever way it likes
            return "invalid"
        return "valid"

    return verdict


def peers() -> dict[str, Callable[[Path], str]]:
    """Return the validators that are installed here, by name."""
    found: dict[str, Callable[[Path], str]] = {"json": _accepts(json.loads)}
    try:
        import shapely

        found["shapely"] = _accepts(shapely.from_geojson)
    except ImportError:
        pass
    try:
        from geojson_pydantic import (
            Feature,
            FeatureCollection,
            GeometryCollection,
            LineString,
            MultiLineString,
            MultiPoint,
            MultiPolygon,
            Point,
            Polygon,
        )
        from pydantic import RootModel

        geometry = Point | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon | GeometryCollection
        found["geojson-pydantic"] = _accepts(RootModel[FeatureCollection | Feature | geometry].model_validate_json)
    except ImportError:
        pass
    try:
        import geojson_validator

        found["geojson-validator"] = lambda path: _judged_by(geojson_validator, path)
    except ImportError:
        pass
    return found


def _judged_by(validator: ModuleType, path: Path) -> str:
    """Return what geojson-validator says, its problems of structure and of geometry together."""
    try:
        document = json.loads(path.read_bytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if validator.validate_structure(document):
                return "invalid"
            found = validator.validate_geometries(document)
    except Exception:  # noqa: BLE001  a peer may refuse in whatever way it likes
        return "invalid"
    return "invalid" if found.get("invalid") else "warn" if found.get("problematic") else "valid"


def suite(folder: Path) -> dict[str, object]:
    """Return for each checker how many files of each expected verdict it answers as expected."""
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))
    table: dict[str, object] = {}
    for name, check in {"contactline": ours, **peers()}.items():
        right: dict[str, int] = dict.fromkeys(("valid", "invalid", "warn"), 0)
        for entry in entries:
            right[entry["expected"]] += check(folder / entry["file"]) == entry["expected"]
        table[name] = right
    totals = {verdict: sum(e["expected"] == verdict for e in entries) for verdict in ("valid", "invalid", "warn")}
    return {"files": totals, "as expected": table}


def collection(features: int, vertices: int) -> bytes:
    """Return a sound FeatureCollection of star-like polygons, indented as an editor would."""
    draw = random.Random(7)  # noqa: S311  not a secret
    import math

    listed = []
    for k in range(features):
        turns = [2 * math.pi * i / vertices for i in range(vertices)]
        ring = [
            [round(36 + k % 7 + (0.3 + draw.random() / 50) * math.cos(t), 6), round(35 + 0.3 * math.sin(t), 6)]
            for t in turns
        ]
        properties = {"name": f"Zone {k}", "kind": "area", "basis": "assumption"}
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        listed.append({"type": "Feature", "id": f"z{k}", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": listed}, indent=1).encode()


def speed() -> dict[str, float]:
    """Return the median time of a 50-feature check and the time of a 10 MB check, wall and processor.

    `json` is the standard library reading the same file in the same run: what this machine could do just then.
    """
    result: dict[str, float] = {}
    for name, data, rounds in (("50 features", collection(50, 30), 41), ("10 MB", collection(40, 4900), 3)):
        result[f"{name}, MB"] = round(len(data) / 1e6, 2)
        for what, work in (
            ("check", lambda data=data: check_bytes(data, mode="zones")),
            ("json", lambda data=data: json.loads(data)),
        ):
            wall, processor = zip(*(_timed(work) for _ in range(rounds)), strict=True)
            result[f"{name}, {what}, median ms"] = round(1e3 * statistics.median(wall), 2)
            result[f"{name}, {what}, median processor ms"] = round(1e3 * statistics.median(processor), 2)
    return result


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def bombs() -> dict[str, bytes]:
    """Return files that break readers, by name."""
    polygon = b'{"type":"Polygon","coordinates":[[%s]]}'
    point = b'{"type":"Point","coordinates":[%s,35]}'
    collections = b'{"type":"GeometryCollection","geometries":['
    return {
        "a million brackets": b"[" * 1_000_000,
        "a million brackets, closed": b"[" * 1_000_000 + b"]" * 1_000_000,
        "50,000 nested collections": collections * 50_000 + b"]}" * 50_000,
        "2 M vertices, 12 MB": polygon % b",".join([b"[1,2]"] * 2_000_000),
        "2 M vertices, 70 MB": polygon % b",".join([b"[36.1234567890,35.1234567890]"] * 2_000_000),
        "NaN": point % b"NaN",
        "1e308": point % b"1e308",
        "1e999": point % b"1e999",
        "5000 digits": point % (b"9" * 5000),
        "UTF-16": (point % b"36").decode().encode("utf-16"),
        "byte-order mark": b"\xef\xbb\xbf" + point % b"36",
        "two documents": point % b"36" + b"\n" + point % b"37",
        "10 MB of backslashes": b'{"type":"Point","coordinates":[1,2],"x":"' + b"\\\\" * 5_000_000 + b'"}',
        "10 MB, an open string": b'{"type":"' + b"a" * 10_000_000,
        "duplicate keys, 5 MB": b'{"type":"Point","coordinates":[1,2],"x":['
        + b",".join([b'{"a":1,"a":2}'] * 350_000)
        + b"]}",
        "bow ties, 5 MB": polygon % b",".join([b"[36,35],[37,36],[37,35],[36,36]"] * 120_000 + [b"[36,35]"]),
    }


def bomb(name: str) -> dict[str, object]:
    """Return what a fresh process says of one bomb, with its time (without imports) and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bomb.geojson"
        path.write_bytes(bombs()[name])
        run = subprocess.run(
            [sys.executable, __file__, "--one", str(path)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=ROOT,
        )
    if run.returncode:
        return {"crashed": run.returncode, "stderr": run.stderr[-300:]}
    said: dict[str, object] = json.loads(run.stdout)
    return said


def peak_mib() -> int:
    """Return the peak memory of this process; `ru_maxrss` would count what its parent had when it forked."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one(path: str) -> None:
    """Check one file and print what was said, the seconds and the peak memory of this process."""
    check_bytes(collection(1, 5))
    start = time.perf_counter()
    problems = check_file(path, mode="geojson")
    seconds = time.perf_counter() - start
    peak = peak_mib()
    first = problems[0] if problems else None
    said = f"{first.where.line}:{first.where.column}: {first.code} {first.message}" if first else "no problem"
    print(json.dumps({"said": said, "s": round(seconds, 2), "peak_mib": peak, "problems": len(problems)}))


def main() -> None:
    """Print all three parts as one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("suite", nargs="?", type=Path, default=ROOT.parent / "shared" / "bench" / "geojson")
    arguments.add_argument("--one", help="check one file and print a line (used for the bombs)")
    given = arguments.parse_args()
    if given.one:
        one(given.one)
        return
    result: dict[str, object] = {"suite": suite(given.suite)} if given.suite.is_dir() else {}
    result |= {"speed": speed(), "bombs": {name: bomb(name) for name in bombs()}}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
