"""Saves: whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.errors import OutputError
from geo.zones.saving import sweep, write_atomic

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from geo.zones.saving import write_atomic
turn = 0
while True:
    write_atomic(sys.argv[1], bytes([65 + turn % 26]) * 400_000 + b"\\n")
    turn += 1
"""


def test_a_save_replaces_the_file_and_keeps_its_mode(tmp_path):
    path = tmp_path / "zones.geojson"
    path.write_text("old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.geojson", tmp_path / "link.geojson"
    real.write_text("old")
    link.symlink_to(real)
    write_atomic(link, b"new")
    assert (link.is_symlink(), real.read_bytes()) == (True, b"new")


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(OutputError, match=r"can't be written: No such file or directory\. Make the folder first"):
        write_atomic(tmp_path / "none" / "zones.geojson", b"new")


def test_a_full_disk_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "zones.geojson"
    path.write_text("old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomic(path, b"new")
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_only_the_strays_of_dead_processes_are_swept(tmp_path):
    path = tmp_path / "zones.geojson"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    stray = tmp_path / f".zones.geojson.{dead.pid}-0123abcd.part"
    alive = tmp_path / f".zones.geojson.{os.getpid()}-0123abcd.part"
    other = tmp_path / f".other.geojson.{dead.pid}-0123abcd.part"
    for each in (stray, alive, other):
        each.write_text("half")
    assert sweep(path) == (stray,)
    assert (alive.exists(), other.exists()) == (True, True)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")
def test_a_kill_during_saves_leaves_no_torn_file(tmp_path):
    path = tmp_path / "zones.geojson"
    for round_ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT)
        _wait_for(path, newer_than=round_)
        time.sleep(0.01 * round_)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        data = path.read_bytes()
        assert (len(data), len(set(data[:-1]))) == (400_001, 1)
    write_atomic(path, b"end")
    assert list(tmp_path.iterdir()) == [path]


def _wait_for(path: Path, *, newer_than: int) -> None:
    """Wait until this round's writer has saved at least once."""
    before = path.stat().st_mtime_ns if path.exists() else newer_than
    deadline = time.monotonic() + 20
    while (not path.exists() or path.stat().st_mtime_ns == before) and time.monotonic() < deadline:
        time.sleep(0.005)
