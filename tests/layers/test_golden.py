"""What the page of each bundled case says, as text; `make golden` writes it anew, and the diff is reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

import geo
from geo.case import bundled_cases
from layers.build import document

FOLDER = Path(__file__).parent / "golden"


def told(page):
    """Return title, zones, places and facts of a document, a line each."""
    yield f"{page['title']} · {page['disclaimer'] or 'no disclaimer'} · {page['time']}"
    for zone in page["zones"]:
        drawn = "drawn" if zone["shown"] else "not drawn"
        yield f"zone {zone['id']} · {zone['basis']} · {(zone['valid'] or {}).get('edtf')} · {drawn} · {zone['figures']}"
    for place in page["places"]:
        if place["origin"] == "article":
            sure = "in doubt" if place["doubt"] else "sure"
            yield f"place {place['name']} · {place['where']} · {sure} · {place['sentences']}"
    for fact in page["facts"]:
        when = fact["when"] and f"{fact['when']['start']}/{fact['when']['end']}"
        zones = [f"{each['relation']} {each['zone']}" for each in fact["zones"]]
        yield f"fact {fact['label']} · {fact['word']} · {when} · {fact['places']} · {zones} · {fact['quote']}"


@pytest.mark.parametrize("name", bundled_cases())
def test_a_case_says_what_it_said(name, gazetteer, golden):
    case = geo.open_case(name)
    found = "\n".join(told(document(geo.read(case.articles, case, gazetteer=gazetteer)))) + "\n"
    stored = FOLDER / f"{name}.txt"
    if golden:
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(found, encoding="utf-8")
    assert found == stored.read_text("utf-8"), f"if this is meant: make golden, and review {stored.name}"
