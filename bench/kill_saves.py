"""Kill a process that saves a zone file, again and again: `python bench/kill_saves.py [ROUNDS]` prints JSON.

Each round starts a process that loads the Idlib zones, moves a vertex and saves, over and over, and kills it with
SIGKILL at a random moment. A file is torn if it can't be parsed, or holds anything but one of the saved states.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geo.errors import ContactlineError
from geo.zones import load
from geo.zones.saving import sweep

ROOT = Path(__file__).parent.parent
CASE = ROOT / "geo" / "cases" / "idlib-2018" / "zones.geojson"
WRITER = """
import sys, dataclasses, shapely
from geo.zones import load, save
path = sys.argv[1]
turn = 0
while True:
    file = load(path)
    line = next(zone for zone in file.zones if zone.id == "contact-line")
    points = shapely.get_coordinates(line.geometry)
    points[5, 0] = round(36.27 + turn % 100 / 10_000, 6)
    save(file.with_geometry(line.id, shapely.LineString(points)), path)
    turn += 1
    print(turn, flush=True)
"""


def round_(path: Path, pause_s: float) -> int:
    """Return how many saves a writer finished before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(pause_s)
        writer.send_signal(signal.SIGKILL)
        return 1 + len(writer.stdout.readlines())


def main() -> None:
    """Print rounds, saves, torn files and strays."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(3)  # noqa: S311  not a secret
    saves = torn = strays = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zones.geojson"
        path.write_bytes(CASE.read_bytes())
        length = len(path.read_bytes())
        for _ in range(rounds):
            saves += round_(path, draw.uniform(0, 0.2))
            strays += len(sweep(path))
            try:
                torn += abs(len(load(path).data) - length) > 8  # noqa: PLR2004  the digits of one number
            except ContactlineError:
                torn += 1
    print(json.dumps({"kills": rounds, "saves": saves, "torn": torn, "strays swept": strays}))


if __name__ == "__main__":
    main()
