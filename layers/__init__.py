"""How a report is drawn: from `geo.Report` to one offline HTML page.

page = layers.draw(geo.read(case.articles, case))
page.save("map.html")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.types import Report

if TYPE_CHECKING:
    from layers.page import Page

__all__ = ["draw"]


def draw(report: Any, *, title: str | None = None, **options: Any) -> Page:  # noqa: ANN401  frames have no type here
    """Return a report, or a GeoDataFrame of marks, as a page.

    Args:
        report: a `geo.types.Report`, or a GeoDataFrame with points and, where there are any, the columns `name`,
            `quote`, `date` and `kind`.
        title: of the page; by default the report's own.
        options: those of `layers.build.document` (`text`, `tiles`, `language`); of a frame the last two.
    """
    from layers.page import Page

    if isinstance(report, Report):
        from layers.build import document

        shown = document(report, **options)
        return Page({**shown, "title": title} if title else shown)
    from layers.marks import marks_document

    return Page(marks_document(report, title=title or "Marks", **options))
