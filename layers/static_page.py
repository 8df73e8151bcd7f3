"""What a reader sees without JavaScript: the article, the tables, and a plain picture of the map.

The same document as the page's script shows, written as HTML with every text escaped. With a script this part
is hidden before it is painted. `STYLES` is its style sheet; no `style` attribute is used, so that the page's
content security policy can name all styles by hash.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.static_picture import picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STYLES = """
.has-script #contactline-static { display: none; }
#contactline-static { max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff; }
#contactline-static { font: 1rem/1.5 system-ui, sans-serif; }
#contactline-static svg { width: 100%; height: auto; border: 1px solid #999; }
#contactline-static table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .875rem; }
#contactline-static th, #contactline-static td { border: 1px solid #999; padding: .25rem .5rem; }
#contactline-static th, #contactline-static td { text-align: start; vertical-align: top; }
#contactline-static caption { font-weight: 600; text-align: start; padding: .25rem 0; }
.s-sea, .s-lake { fill: #d5e2ea; } .s-land { fill: #ecebe6; } .s-theatre { fill: #f7f6f2; }
.s-contested { fill: #e2ddd0; } .s-river { fill: none; stroke: #9db9c9; }
.s-border { fill: none; stroke: #77716a; stroke-width: 1.4; }
.s-admin { fill: none; stroke: #a9a49b; stroke-dasharray: 2 3; }
.s-disputed { fill: none; stroke: #77716a; stroke-dasharray: 6 4; }
.s-zone { fill: #b0477a; fill-opacity: .22; stroke: #7d2450; stroke-width: 1.5; }
.s-line { fill: none; stroke: #7d2450; stroke-width: 2.5; }
.s-assumption, .s-reconstruction { stroke-dasharray: 5 3; }
.s-place { fill: #1f3a5f; stroke: #fff; } .s-town { fill: #fff; stroke: #555; }
.s-name { font: 13px system-ui, sans-serif; fill: #222; stroke: #fff; stroke-width: 3; paint-order: stroke; }
"""

_MOST_MARKS = 100
_TAGS = {"headline": "h2", "subheadline": "h3"}


def twin(document: Mapping[str, Any]) -> str:
    """Return the article, the picture and the tables as one HTML element."""
    parts = [
        f"<h1>{_text(document['title'])}</h1>",
        _lines([document["subtitle"], document["disclaimer"], document["credit"], *document["notes"]]),
        picture(document),
        *(_article(article) for article in document["articles"]),
        _facts(document),
        _places(document),
        _zones(document),
        _marks(document),
        _credits(document["credits"]),
    ]
    return '<div id="contactline-static">\n' + "\n".join(part for part in parts if part) + "\n</div>"


def linked_data(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page is, in schema.org's words."""
    articles = [
        {
            "@type": "NewsArticle",
            "headline": article["title"],
            **({"url": article["url"]} if article["url"] else {}),
            **({"datePublished": article["published"]["date"]} if article["published"]["date"] else {}),
            **({"publisher": {"@type": "Organization", "name": article["source"]}} if article["source"] else {}),
        }
        for article in document["articles"]
    ]
    box = document["view"]["bbox"]
    place = {"@type": "Place", "geo": {"@type": "GeoShape", "box": " ".join(f"{box[i]:.4f}" for i in (1, 0, 3, 2))}}
    return {
        "@context": "https://schema.org",
        "@type": "Map",
        "name": document["title"],
        "inLanguage": document["language"],
        **({"creditText": document["credit"]} if document["credit"] else {}),
        **({"isBasedOn": articles} if articles else {}),
        **({"spatialCoverage": place} if len(box) == 4 else {}),  # noqa: PLR2004  west, south, east, north
    }


def _article(article: Mapping[str, Any]) -> str:
    published = article["published"]["date"]
    about = " · ".join(escape(word) for word in (article["source"], published) if word)
    blocks = [_block(block) for block in article["blocks"]]
    attributes = f'lang="{escape(article["language"])}" dir="{escape(article["dir"])}"'
    return "\n".join([f"<article {attributes}>", f"<p>{about}</p>" if about else "", *blocks, "</article>"])


def _block(block: Mapping[str, Any]) -> str:
    if block["role"] == "gap":
        return "<p>[…]</p>"
    tag = _TAGS.get(block["role"], "p")
    return f"<{tag}>{_text(' '.join(sentence['text'] for sentence in block['sentences']))}</{tag}>"


def _facts(document: Mapping[str, Any]) -> str:
    places = {place["id"]: place["name"] for place in document["places"]}
    zones = {zone["id"]: zone["name"] for zone in document["zones"]}
    rows = (
        [
            fact["statement"],
            fact["word"],
            ", ".join(voice["name"] for voice in fact["voices"]),
            _when(fact["when"]),
            ", ".join(
                [places.get(key, key) for key in fact["places"]]
                + [zones.get(link["zone"], link["zone"]) for link in fact["zones"]]
            ),
            fact["quote"],
        ]
        for fact in document["facts"]
    )
    return _table("Facts", ["What", "How certain", "According to", "When", "Where", "In the report's words"], rows)


def _places(document: Mapping[str, Any]) -> str:
    rows = (
        [
            place["name"] + (" (in doubt)" if place["doubt"] else ""),
            place["where"],
            f"{place['lat']:.3f}, {place['lon']:.3f}",
            "named by the article" if place["origin"] == "article" else "supplied by the case",
            "; ".join(f"{found['zone']}: {found['verdict']} ({found['words']})" for found in place["membership"]),
        ]
        for place in document["places"]
    )
    return _table("Places", ["Name", "Where", "Latitude, longitude", "Origin", "In a zone?"], rows)


def _zones(document: Mapping[str, Any]) -> str:
    rows = (
        [
            zone["name"],
            zone["status"],
            zone["basis"],
            _when(zone["valid"]),
            "" if zone["uncertainty_km"] is None else f"± {zone['uncertainty_km']:g} km",
            zone["note"] or "",
        ]
        for zone in document["zones"]
    )
    return _table("Zones, lines and posts", ["Name", "Status", "Rests on", "In force", "How sure", "Note"], rows)


def _marks(document: Mapping[str, Any]) -> str:
    """Return the first of many marks as a table, and how many there are."""
    payload = document.get("marks") or {}
    count = payload.get("count", 0)
    named = [name for name in ("name", "quote") if name in payload]
    if not count or not named:
        return ""
    separator = payload["separator"]
    columns = [payload[name].split(separator, _MOST_MARKS)[:_MOST_MARKS] for name in named]
    heads = [{"name": "Name", "quote": "Text"}[name] for name in named]
    shown = min(count, _MOST_MARKS)
    caption = f"Marks ({shown:,} of {count:,}; all of them with JavaScript)" if shown < count else f"Marks ({count:,})"
    return _table(caption, heads, zip(*columns, strict=True))


def _when(when: Mapping[str, Any] | None) -> str:
    if not when:
        return ""
    if when.get("text"):
        return str(when["text"])
    words = {"open": "open", "unknown": "unknown"}
    ends = [when["start"] or words.get(when["start_kind"], ""), when["end"] or words.get(when["end_kind"], "")]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _credits(credits_: Sequence[Mapping[str, Any]]) -> str:
    return _lines([credit["text"] for credit in credits_])


def _lines(lines: Iterable[str | None]) -> str:
    return "\n".join(f"<p>{_text(line)}</p>" for line in lines if line)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = [f"<tr>{''.join(_cells(row))}</tr>" for row in rows]
    if not body:
        return ""
    head = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n"
        + "\n".join(body)
        + "\n</tbody></table>"
    )


def _cells(row: Sequence[str]) -> Iterator[str]:
    return (f'<td dir="auto">{_text(cell)}</td>' for cell in row)


def _text(text: object) -> str:
    return escape(str(text))
