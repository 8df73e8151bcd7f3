from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest
from folium.plugins import MarkerCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from layers import render

SAMPLE = json.loads((Path(__file__).parent / "documents/sample.json").read_text("utf-8"))
PAYLOADS = [
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "${window.hit=1}",
    "`+(window.hit=1)+`",
    "\\`)[0];window.hit=1;//",
    "Ma`arrat al-Nu`man",
    "{{ 7*7 }}{% raw %}",
    "\u2028window.hit=1\u2029",
    "]]><!--<script>window.hit=1",
    '" onmouseover="window.hit=1',
    "javascript:window.hit=1",
    "خان شيخون",
]


class Reader(HTMLParser):
    """Collects scripts, their kinds, and what the document element holds."""

    def __init__(self):
        super().__init__()
        self.scripts, self.styles, self.loads, self._open = [], [], [], None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._open = (tag, attributes)
        self.loads += [value for key, value in attrs if key in {"src", "href", "srcset"}]

    def handle_data(self, data):
        if self._open and self._open[0] == "script":
            self.scripts.append((self._open[1].get("type"), data))
        if self._open and self._open[0] == "style":
            self.styles.append(data)

    def handle_endtag(self, tag):
        self._open = None


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def with_text(text):
    document = copy.deepcopy(SAMPLE)
    document["title"] = document["subtitle"] = document["credit"] = text
    document["articles"][0]["blocks"][0]["sentences"][0]["text"] = text
    for section in ("places", "facts", "zones"):
        document[section][0]["name" if section != "facts" else "quote"] = text
    document["zones"][0]["id"] = text
    document["notes"] = [text]
    document["credits"] = [{"text": text, "url": text}]
    return document


def test_page_loads_nothing():
    reader = read(render.html(SAMPLE))
    assert reader.loads == []


def test_policy_names_every_script_and_style_and_no_other():
    page = render.html(SAMPLE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#x27;", "'")
    reader = read(page)
    code = [text for kind, text in reader.scripts if kind is None]
    assert len(code) == 4
    from layers.assets import csp_hash

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'none'"
    assert directives["img-src"] == "data: blob:"
    assert set(directives["script-src"].split()) == {csp_hash(text) for text in code}
    assert set(directives["style-src"].split()) == {csp_hash(text) for text in reader.styles}
    assert "unsafe" not in policy


def test_same_document_gives_the_same_bytes():
    assert render.html(SAMPLE) == render.html(copy.deepcopy(SAMPLE))
    first, second = render.host(SAMPLE), render.host(SAMPLE)
    assert first.get_name() != second.get_name()
    assert first.get_root().render() == second.get_root().render()
    assert first.get_root().render() == first.get_root().render()


def test_nothing_of_the_machine_is_in_the_page():
    page = render.html(SAMPLE)
    assert str(Path.home()) not in page or str(Path.home()) == "/"
    assert str(Path(__file__).parents[2]) not in page


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_arrives_whole_and_makes_no_markup(text):
    page = render.html(with_text(text))
    reader = read(page)
    (document,) = [json.loads(data) for kind, data in reader.scripts if kind == "application/json"]
    assert document["title"] == text
    assert document["articles"][0]["blocks"][0]["sentences"][0]["text"] == text
    assert len([1 for kind, _ in reader.scripts if kind is None]) == 4
    assert reader.loads == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_json_in_a_script_element_reads_back(text):
    safe = render.safe_json({"t": text.encode("utf-8", "replace").decode()})
    assert not set("<>&\u2028\u2029") & set(safe)
    assert json.loads(safe)["t"] == text.encode("utf-8", "replace").decode()


def test_tiles_open_the_policy_for_their_host_only():
    document = {**SAMPLE, "tiles": {"url": "https://{s}.tiles.example/{z}/{x}/{y}.png", "attribution": "x"}}
    assert "img-src data: blob: https://*.tiles.example;" in render.html(document)
    with pytest.raises(UsageError, match="tile"):
        render.html({**SAMPLE, "tiles": {"url": "https://x; script-src *", "attribution": ""}})


def test_layers_of_the_user_are_drawn_and_their_ids_are_numbers():
    host = render.host(SAMPLE)
    folium.CircleMarker([36.0, 36.0], popup="a popup").add_to(host)
    page = render.html(SAMPLE, host=host)
    assert "L.circleMarker" in page
    assert not re.search(r"(?:map|circle_marker|popup)_[0-9a-f]{32}", page)
    assert "style-src-attr" in page


@pytest.mark.parametrize(
    ("layer", "named"),
    [
        (MarkerCluster(), "markercluster"),
        (folium.Marker([36.0, 36.0], icon=folium.Icon(color="red")), "folium.Icon"),
        (folium.TileLayer("OpenStreetMap"), "tile"),
    ],
)
def test_layers_that_need_the_network_are_refused_by_name(layer, named):
    host = render.host(SAMPLE)
    layer.add_to(host)
    with pytest.raises(UsageError, match=named):
        render.html(SAMPLE, host=host)


def test_refusing_a_layer_leaves_other_maps_alone():
    host = render.host(SAMPLE)
    host.add_js_link("mine", "https://example.org/mine.js")
    with pytest.raises(UsageError, match="mine"):
        render.html(SAMPLE, host=host)
    assert render.html(SAMPLE)


def test_without_script_there_are_article_tables_and_picture():
    page = render.html(SAMPLE)
    twin = page[page.index('<div id="contactline-static">') : page.index('id="contactline-document"')]
    assert SAMPLE["articles"][0]["blocks"][-1]["sentences"][0]["text"][:20] in twin
    assert twin.count("<table>") == 3
    assert "<svg" in twin
    assert 'class="s-zone' in twin


def test_language_and_direction_are_the_documents():
    rtl = json.loads((Path(__file__).parent / "documents/rtl.json").read_text("utf-8"))
    assert f'<html lang="{rtl["language"]}" dir="rtl">' in render.html(rtl)


@pytest.mark.parametrize("name", ["antimeridian", "no-facts", "no-geometry", "old-days", "one-point", "quotes"])
def test_odd_documents_make_a_page(name):
    document = json.loads((Path(__file__).parent / f"documents/{name}.json").read_text("utf-8"))
    assert render.html(document).endswith("</html>\n")


def test_linked_data_says_what_the_page_is():
    reader = read(render.html(SAMPLE))
    (data,) = [json.loads(text) for kind, text in reader.scripts if kind == "application/ld+json"]
    assert data["@type"] == "Map"
    assert data["name"] == SAMPLE["title"]
    assert data["isBasedOn"][0]["headline"] == SAMPLE["articles"][0]["title"]


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_page_opens_without_network_or_complaint(browser, tmp_path, script):
    path = tmp_path / "page.html"
    path.write_text(render.html(with_text("<img src=x onerror=window.hit=1>")), encoding="utf-8")
    context = browser.new_context(java_script_enabled=script, offline=True)
    page = context.new_page()
    heard, asked = [], []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    assert heard == []
    assert asked == [path.as_uri()]
    if script:
        assert page.evaluate("window.hit ?? null") is None
        assert not page.locator("#contactline-static").is_visible()
    else:
        assert page.locator("#contactline-static svg").is_visible()
    context.close()


def test_a_lone_surrogate_becomes_the_replacement_character():
    from layers.render import writable

    given = {"title": "a \ud800 b", "places": [{"name": "𝕏 إدلب"}], "count": 3}
    assert writable(given) == {"title": "a \ufffd b", "places": [{"name": "𝕏 إدلب"}], "count": 3}
