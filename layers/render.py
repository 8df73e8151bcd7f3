"""A map document as one HTML file: the only module that knows folium.

folium is the host: its template makes the Leaflet map, and whoever wants more puts folium layers of their own
on `host(document)`. What it loads from the network is inlined or refused, and no text of a report passes
through its templates, which do not escape: the document goes to the page as JSON, and the page's own script
writes it with `textContent`. A content security policy lets the scripts of this file run, by hash, and nothing
else; so a text that became markup by mistake still could do nothing.

The same document gives the same bytes: folium's random element ids become numbers in order of appearance.
"""

from __future__ import annotations

import html as escaping
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import orjson

from geo.errors import UsageError
from layers import assets, static_page
from layers.interface import strings
from layers.postponed import postponed

# folium imports pandas to see whether what it is given is a frame, and requests to fetch what no page of ours
# fetches: together a tenth of the time of a whole command.
with postponed("pandas"), postponed("requests"):
    import folium
    from branca.element import CssLink, Figure, JavascriptLink

if TYPE_CHECKING:
    from collections.abc import Iterator

_JSON = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
_BUNDLED = frozenset({"leaflet", "leaflet_css"})
_LARGEST_ZOOM = 12
_TILE_PX = 256
_VIEW_PX = 900
_RANDOM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
# Anything of Leaflet but the map itself: then somebody added layers.
_ADDED = re.compile(r"\bL\.(?!map\(|CRS\b)")
_ELEMENT = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

_HIDE_TWIN = 'document.documentElement.classList.add("has-script")'
# Our own map is made by the page once it has painted the article.
_LATER = """contactline.host = () => {
%s
return window["%s"] = %s;
};"""
# folium's popups are made with one jQuery call; this is all of jQuery that they need.
_JQUERY = (
    "window.$??=(it)=>typeof it==='string'"
    "?[Object.assign(document.createElement('template'),{innerHTML:it.trim()}).content.firstElementChild]"
    ":{ready:(then)=>then()};"
)
_PIN = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='25' height='41'%3E%3Cpath "
    "d='M12.5 40 2 18a11.5 11.5 0 1 1 21 0z' fill='%231f3a5f' stroke='%23fff'/%3E%3C/svg%3E"
)
# Leaflet looks for its pin beside its style sheet, where there is none.
_ICON = (
    'L.Icon.Default.imagePath = "";'
    f'L.Icon.Default.mergeOptions({{iconUrl: "{_PIN}", iconRetinaUrl: "{_PIN}", shadowUrl: ""}});'
)
_MOUNT = """(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  try {
    contactline.mount(contactline.host ?? window["%s"] ?? null, read("contactline-document"));
  } catch (error) {
    document.documentElement.classList.remove("has-script");
    console.error(error);
  }
})();"""


class OfflineFigure(Figure):
    """The frame of a page that asks the network for nothing."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Keep the document that the page will show."""
        super().__init__()
        self.document: Mapping[str, Any] = writable(document)

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401  branca's signature
        """Return the whole page."""
        for child in self._children.values():
            child.render(**kwargs)
        (host,) = (child for child in self._children.values() if isinstance(child, folium.Map))
        parts = [
            "\n".join(self._header(host.get_name(), **kwargs)),
            self.html.render(**kwargs),
            self.script.render(**kwargs),
            host.get_name(),
        ]
        return _page(self.document, *_numbered(parts))

    def _header(self, host: str, **kwargs: Any) -> Iterator[str]:  # noqa: ANN401  branca's signature
        """Yield what layers put into the head, but for folium's own viewport, styles and links."""
        for name, child in self.header._children.items():  # noqa: SLF001  branca has no public list
            if isinstance(child, JavascriptLink | CssLink):
                if name not in _BUNDLED:
                    _refuse(f"{name} would be fetched from {child.url}")
            elif name not in {"meta_http", host}:
                yield child.render(**kwargs)


class HostMap(folium.Map):
    """A `folium.Map` whose Leaflet is part of the page."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  folium's own options
        """Take folium's options; the lists are this map's own, as folium's are shared between all maps."""
        super().__init__(**options)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []


def host(document: Mapping[str, Any]) -> folium.Map:
    """Return the `folium.Map` that hosts a document: add layers of your own, then `host.get_root().render()`.

    Layers that need a script from the network can't be used: rendering raises `UsageError` and names it.
    """
    figure = OfflineFigure(document)
    centre, zoom = _opening(document["view"]["bbox"])
    # An array is the one kind of place that folium takes without a look at pandas.
    page = HostMap(location=np.array(centre), zoom_start=zoom, tiles=None, zoom_control=False, attribution_control=True)
    page.add_to(figure)
    return page


def html(document: Mapping[str, Any], *, host: folium.Map | None = None) -> str:
    """Return a document as one self-contained HTML page; the same document gives the same bytes.

    Args:
        document: a `layers.document.MapDocument`.
        host: what `host` returned for it, with more layers.

    Raises:
        MissingPart: the page's script has not been built.
        UsageError: a layer of the host needs something from the network.
    """
    page = host if host is not None else globals()["host"](document)
    rendered: str = page.get_root().render()
    return rendered


def _page(document: Mapping[str, Any], header: str, body: str, script: str, name: str) -> str:
    """Return the page of its parts; only code that stands here, or that folium made, is let run."""
    if "L.AwesomeMarkers" in script:
        _refuse("folium.Icon draws with a web font (use folium.DivIcon or folium.CircleMarker)")
    if "L.tileLayer" in script:
        _refuse("a tile layer is fetched from a server (give the document `tiles` instead)")
    needs_popup = "$(" in script
    full = bool(_ADDED.search(script + header) or document.get("tiles"))
    made = "\n".join(line for line in (needs_popup and _JQUERY, full and _ICON, script.strip()) if line)
    scripts = {
        "first": _HIDE_TWIN,
        "bundle": assets.script(full=full),
        "layers": made if full else _LATER % (made, name, name),
        "mount": _MOUNT % name,
    }
    scripts = {key: _newlines(code) for key, code in scripts.items()}
    styles = [_newlines(assets.styles(full=full)), _newlines(static_page.STYLES)]
    own = [(kind.lower(), _newlines(code)) for kind, _, code in _ELEMENT.findall(header)]
    policy = _policy(
        [*scripts.values(), *(code for kind, code in own if kind == "script")],
        [*styles, *(code for kind, code in own if kind == "style")],
        document.get("tiles"),
        style_attributes=needs_popup,
    )
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escaping.escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escaping.escape(str(document['title']))}</title>",
        f'<script type="application/ld+json">{safe_json(static_page.linked_data(document))}</script>',
        f"<script>{scripts['first']}</script>",
        *(f"<style>{style}</style>" for style in styles),
        _newlines(header),
    ]
    content = [
        static_page.twin(document),
        body.strip(),
        # The script first: it is read while the data come in.
        f"<script>{scripts['bundle']}</script>",
        f'<script type="application/json" id="contactline-document">{safe_json(_worded(document))}</script>',
        f"<script>{scripts['layers']}</script>",
        f"<script>{scripts['mount']}</script>",
    ]
    language = escaping.escape(str(document["language"]))
    direction = "rtl" if document["dir"] == "rtl" else "ltr"
    return _newlines(
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n'
        + "\n".join(part for part in head if part)
        + "\n</head>\n<body>\n"
        + "\n".join(content)
        + "\n</body>\n</html>\n"
    )


def _worded(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document with the interface texts of its language; its own come first."""
    return {**document, "strings": {**strings(str(document["language"])), **document.get("strings", {})}}


def _policy(scripts: list[str], styles: list[str], tiles: Mapping[str, Any] | None, *, style_attributes: bool) -> str:
    """Return the content security policy: these scripts and styles by hash, images of this file, no network.

    folium's popups have `style` attributes: they are let be only where somebody added such a popup.
    """
    images = "data: blob:" + (f" {_origin(tiles['url'])}" if tiles else "")
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(assets.csp_hash, scripts)),
            "style-src " + " ".join(map(assets.csp_hash, styles)),
            *(["style-src-attr 'unsafe-inline'"] if style_attributes else []),
            f"img-src {images}",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _origin(url: str) -> str:
    """Return the origin of a tile address; `{s}` stands for any host below.

    Raises:
        UsageError: it has none.
    """
    parts = urlsplit(url.replace("{s}.", "*."))
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"(\*\.)?[A-Za-z0-9.-]+(:\d+)?", parts.netloc):
        raise UsageError(
            f"{url!r} is not the address of a tile server.", hint="It looks like https://HOST/{z}/{x}/{y}.png"
        )
    return f"{parts.scheme}://{parts.netloc}"


def writable(content: Any) -> Any:  # noqa: ANN401  anything that JSON has
    """Return content with each lone surrogate, which UTF-8 can't write, as the replacement character."""
    try:
        orjson.dumps(content, option=_JSON)
    except orjson.JSONEncodeError:
        return _without_surrogates(content)
    return content


def _without_surrogates(content: Any) -> Any:  # noqa: ANN401  anything that JSON has
    if isinstance(content, str):
        return content if content.isascii() else content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(content, Mapping):
        return {_without_surrogates(key): _without_surrogates(value) for key, value in content.items()}
    return [_without_surrogates(each) for each in content] if isinstance(content, list | tuple) else content


def safe_json(content: Any) -> str:  # noqa: ANN401  anything that JSON has
    """Return JSON that can stand inside a `<script>` element: no `<`, `>`, `&`, nor line separators."""
    text = orjson.dumps(content, option=_JSON).decode()
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    return text


def _newlines(text: str) -> str:
    """Return text with the line ends that a browser will see: the hashes of the policy are of those."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _numbered(parts: list[str]) -> list[str]:
    """Return parts of a page with folium's random ids replaced by numbers in order of appearance."""
    ids: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return ids.setdefault(match[0], str(len(ids) + 1))

    for part in (parts[-1], *parts[:-1]):
        _RANDOM_ID.sub(number, part)
    return [_RANDOM_ID.sub(number, part) for part in parts]


def _opening(bbox: list[float]) -> tuple[tuple[float, float], int]:
    """Return centre (latitude, longitude) and zoom at which a box is seen whole; the world without a box."""
    if len(bbox) != 4 or not all(math.isfinite(value) for value in bbox):  # noqa: PLR2004  west, south, east, north
        return (20.0, 0.0), 2
    west, south, east, north = bbox
    east += 360 if east < west else 0
    span = max(east - west, (north - south) * 1.3, 1e-6)
    zoom = math.floor(math.log2(360 * _VIEW_PX / _TILE_PX / span))
    return ((south + north) / 2, (west + east) / 2), max(1, min(_LARGEST_ZOOM, zoom))


def _refuse(what: str) -> None:
    raise UsageError(f"This layer can't be part of an offline page: {what}.", hint="Draw it with Leaflet's own layers.")
