"""`contactline zones figures`: what can be measured of a case's zones."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from layers.cli import app


def run(*arguments):
    answer = CliRunner().invoke(app, ["zones", "figures", *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_areas_lengths_shares_and_places_are_told():
    told = run("idlib-2018")
    assert "demilitarized-zone: 3,966 km² (core 3,100, margin 866) · Idlib 57%" in told
    assert "contact-line: 238 km long" in told
    assert "not an official delimitation" in told


def test_the_same_as_json():
    found = {each["zone"]: each for each in json.loads(run("undof-1974", "--json"))}
    assert found["area-of-separation"]["area_km2"] > 0
    assert found["line-a"]["length_km"] > 0
