"""`contactline zones figures` and `where`: what can be measured of a case's zones and places."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from layers.cli import app


def run(*arguments, command="figures"):
    answer = CliRunner().invoke(app, ["zones", command, *arguments])
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


def test_where_tells_how_far_a_place_lies_from_the_line_and_the_border():
    told = run("Saraqib", command="where")
    assert "Saraqib: in doubt (about 35 %) · Demilitarized zone" in told
    assert "Saraqib: about 20 km (± 3.6 km) from Line of contact, September 2018" in told
    assert "from the border of Turkey" in told
    assert "from the border of Syria" not in told


def test_where_as_json():
    found = json.loads(run("Saraqib", "--json", command="where"))
    assert {each["zone"] for each in found["memberships"]} >= {"demilitarized-zone"}
    border = next(each for each in found["distances"] if each["to"] == "the border of Turkey")
    assert 30 < border["distance"]["km"] < 60
    assert border["distance"]["accuracy_km"] >= 3
