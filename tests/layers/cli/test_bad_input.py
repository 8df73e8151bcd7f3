"""Every mistake of a user: one line that says what, where and what to do; exit code 2; nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def contactline(*arguments, stdin=b"", cwd=None):
    run = "import sys; from layers.cli import main; sys.argv = ['contactline', *sys.argv[1:]]; main()"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", run, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        timeout=120,
    )


def refused(result):
    """Return the one line on standard error of a run that ended as misuse."""
    assert result.returncode == 2, result.stderr.decode()
    (line,) = result.stderr.decode().strip().splitlines()
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b"  \n\n ", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "text"),
        ("huge.txt", b"The town of Idlib. " * 2_800_000, "MiB"),
    ],
    ids=["empty", "blank", "binary", "50 MB"],
)
def test_a_file_that_is_no_article(tmp_path, name, content, words):
    source = tmp_path / name
    source.write_bytes(content)
    line = refused(contactline("map", source, "-o", tmp_path / "page.html"))
    assert str(source) in line
    assert words in line
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unknown_case_names_the_near_ones(tmp_path):
    line = refused(contactline("map", "idlib-2019", cwd=tmp_path))
    assert "idlib-2018" in line
    assert not list(tmp_path.iterdir())


def test_an_output_that_can_not_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    line = refused(contactline("map", "idlib-2018", "-o", tmp_path / "file" / "page.html"))
    assert "page.html" in line
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_zone_file_with_a_syntax_error_names_line_and_column(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "case.toml").write_text('title = "Mine"')
    (folder / "article.md").write_text("# A title\n\nSoldiers left Idlib on Monday.")
    (folder / "zones.geojson").write_text('{"type": "FeatureCollection",\n "features": [,]}')
    line = refused(contactline("map", folder))
    assert f"{folder / 'zones.geojson'}:2:15" in line
    assert not (folder / "output").exists()


def test_no_tile_address(tmp_path):
    assert "{z}" in refused(contactline("map", "idlib-2018", "--tiles", "https://example.org", cwd=tmp_path))


def test_a_text_with_no_place_in_it_still_draws(tmp_path):
    source = tmp_path / "quiet.txt"
    source.write_text("Nothing of note\n\nIt was a quiet day and nobody went anywhere.")
    result = contactline("map", source, cwd=tmp_path)
    assert result.returncode == 0, result.stderr.decode()
    assert b"0 places named in the text" in result.stdout
    assert (tmp_path / "quiet.html").stat().st_size > 100_000


def test_records_that_fail_are_answered_and_the_run_goes_on(tmp_path):
    lines = b'{"id": "a", "text": "Fighting near Aleppo."}\nnot json\n{"id": "b"}\n{"id": "c", "text": ""}\n'
    result = contactline("geoparse", "-", stdin=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [answer["id"] for answer in answers] == ["a", "line 2", "b", "c"]
    assert answers[0]["toponyms"][0]["name"] == "Aleppo"
    assert answers[1]["error"].startswith("-:2:1: is not JSON")
    assert answers[2]["error"].startswith("-:3:1:")
    assert all("error" in answer for answer in answers[1:])
