"""Two hundred texts that try to become code, and documents that carry them in every place that holds text."""

from __future__ import annotations

import copy
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What each payload does if it runs; the page is asked for it afterwards.
RUN = "window.pwned=(window.pwned||0)+1"

_TAGS = [
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe src='javascript:{}'></iframe>",
    "<body onload={}>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}></video>",
    "<math><mtext><style><img src onerror={}></style></mtext></math>",
    "<a href='javascript:{}'>go</a>",
    "<style>@import 'javascript:{}';</style>",
    "<template><script>{}</script></template>",
    "<form><button formaction='javascript:{}'>go</button></form>",
    "<object data='javascript:{}'></object>",
    "<base href='javascript:{}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<marquee onstart={}>x</marquee>",
    "<p style='animation-name:x' onanimationstart={}>",
]
_BREAKS = ["{}", '\\"><b>{}', "</script>{}", "</style>{}", "-->{}<!--", "]]>{}", '"{}', "'>{}"]
_CODE = [
    "${{{}}}",
    "`+{}+`",
    "\\`;{}//",
    "'+{}+'",
    '"+{}+"',
    "\\';{}//",
    '\\";{}//',
    "`);{}//",
    "}});{}//",
    "\u2028{}\u2028",
    "\u2029{}",
    "*/{}/*",
    "{{{{{}}}}}",
    "{{% raw %}}{}{{% endraw %}}",
    "<%= {} %>",
    "#{{{}}}",
    "\\x3cscript\\x3e{}\\x3c/script\\x3e",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;img src=x onerror={}&#62;",
    "__proto__[{}]",
    "constructor.constructor('{}')()",
]
_ADDRESSES = [
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\nscript:{}",
    "javascript\t:{}",
    "\x01javascript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    "vbscript:{}",
    "https://example.org/' onmouseover='{}",
    'https://example.org/" onfocus="{}',
    "//example.org/%22%3E%3Cscript%3E{}",
    "file:///etc/passwd#{}",
    "blob:null/{}",
    "https://example.org/\u202e{}",
    "view-source:javascript:{}",
    "feed:javascript:{}",
]
_ODD = [
    "Ma`arrat al-Nu`man",
    "a\\",
    "\u202eevil\u202c",
    "\ufffe",
    "lone \ud800 surrogate",
    "\x00",
    "ﷺ" * 3,
    "𝕏",
    "%s%n%d",
    "../../../etc/passwd",
]


def payloads() -> list[str]:
    """Return the 200 payloads."""
    tags = [around.format(tag.format(RUN)) for around, tag in product(_BREAKS, _TAGS)]
    rest = [form.format(RUN) for form in (*_CODE, *_ADDRESSES)] + _ODD
    return [*rest, *tags][:200]


#: Members that are ids, codes or geometry: the page does not show them, and the contract fixes them.
_STRUCTURE = {
    "version", "id", "dir", "basis", "certainty", "role", "kind", "start", "end", "start_kind", "end_kind", "date",
    "marks", "sentences", "facts", "places", "article", "zone", "type", "coordinates", "text_mode", "area", "theme",
    "group", "origin", "now", "variant_of", "verdict", "status", "language", "strings", "basemap",
}  # fmt: skip


def poisoned(value: Any, payload: Iterator[str], *, key: str = "") -> Any:
    """Return a copy of a document in which every text that a page may show is a payload."""
    if isinstance(value, dict):
        return {name: _member(name, inner, payload) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, payload, key=key) for inner in value]
    return next(payload) if isinstance(value, str) else value


def _member(name: str, inner: Any, payload: Iterator[str]) -> Any:
    container = isinstance(inner, dict) or (isinstance(inner, list) and any(isinstance(one, dict) for one in inner))
    if name in _STRUCTURE and not container:
        return copy.deepcopy(inner)
    if (
        name in {"published", "articles", "blocks", "sentences", "runs", "zones", "facts", "places", "when", "valid"}
        and container
    ):
        return poisoned(inner, payload, key=name)
    return (
        copy.deepcopy(inner)
        if name in {"geometry", "band", "areas", "strings", "basemap"}
        else poisoned(inner, payload, key=name)
    )


def whole(document: dict[str, Any], payload: str) -> dict[str, Any]:
    """Return the document with this one payload in every text, runs cut to fit."""
    copied = poisoned(document, _always(payload))
    for article in copied["articles"]:
        for block in article["blocks"]:
            for sentence in block["sentences"]:
                for run in sentence["runs"]:
                    run["start"], run["end"] = 0, max(1, len(sentence["text"]) // 2)
    copied["generator"] = {payload: payload}
    copied["view"]["bbox"] = document["view"]["bbox"]
    for place in copied["places"]:
        place["names"] = {"ar": payload, payload: payload}
    return copied


def _always(payload: str) -> Iterator[str]:
    while True:
        yield payload
