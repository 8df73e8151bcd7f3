"""Files made to break readers: each gets one clear line, soon, and nothing of it reaches GEOS."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.zones import check_bytes, parse

ROOT = Path(__file__).parents[3]
POINT = b'{"type":"Point","coordinates":[%s,35]}'
POLYGON = b'{"type":"Polygon","coordinates":[[%s]]}'
COLLECTION = b'{"type":"GeometryCollection","geometries":['
BOMBS = {
    "a million brackets": (b"[" * 1_000_000, "too-deep"),
    "nested objects": (b'{"a":' * 200_000, "too-deep"),
    "50,000 nested collections": (COLLECTION * 50_000 + b"]}" * 50_000, "too-deep"),
    "30 nested collections": (COLLECTION * 30 + b"]}" * 30, "too-deep"),
    "two million vertices": (POLYGON % b",".join([b"[1,2]"] * 2_000_000), "too-many-positions"),
    "21 MiB": (b" " * (21 * 1024**2), "too-big"),
    "NaN": (POINT % b"NaN", "not-a-number"),
    "1e308": (POINT % b"1e308", "longitude-out-of-range"),
    "1e999": (POINT % b"1e999", "not-finite"),
    "5000 digits": (POINT % (b"9" * 5000), "number-too-long"),
    "400 digits": (POINT % (b"9" * 400), "not-finite"),
    "UTF-16": ((POINT % b"36").decode().encode("utf-16"), "not-utf-8"),
    "two documents": (POINT % b"36" + b"\n" + POINT % b"37", "json-syntax"),
    "backslashes": (b'{"a":"' + b"\\" * 1_000_001 + b'"}', "json-syntax"),
    "a star of 60,000 vertices": (
        POLYGON % b",".join([b"[0,0],[50,80],[9,1],[70,7],[1,60],[80,80]"] * 10_000 + [b"[0,0]"]),
        "self-crossing",
    ),
}
LIMITED = """
import resource, sys
from geo.zones import check_bytes
check_bytes(b'{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}')
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
print([problem.code for problem in check_bytes(data, mode="geojson")])
status = Path("/proc/self/status").read_text()  # ru_maxrss would count what the parent had when it forked
peak = next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before, int(peak) // 1024)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_clear_line(name):
    data, code = BOMBS[name]
    found = [problem.code for problem in check_bytes(data, mode="geojson")]
    assert code in found
    assert len(found) <= 31


@pytest.mark.parametrize(
    "name", [name for name, (_, code) in BOMBS.items() if code not in {"self-crossing", "too-big"}]
)
def test_a_bomb_is_not_loaded_either(name):
    with pytest.raises(InputError, match=BOMBS[name][1]):
        parse(BOMBS[name][0])


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("name", ["two million vertices", "a million brackets", "backslashes"])
def test_a_bomb_takes_little_time_and_memory(name, tmp_path):
    path = tmp_path / "bomb.geojson"
    path.write_bytes(BOMBS[name][0])
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    codes, usage = run.stdout.splitlines()
    seconds, mebibytes = map(float, usage.split())
    assert BOMBS[name][1] in codes
    assert (seconds < 1.5, mebibytes < 512) == (True, True), usage
    assert json.loads(codes.replace("'", '"'))
