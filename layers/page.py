"""A drawn page: to save, to show in a notebook, to go on with in folium."""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import folium

    from layers.document import MapDocument

_FRAME_HEIGHT_PX = 640


class Page:
    """One map. `document` is what it shows; `html` is the whole file."""

    def __init__(self, document: MapDocument) -> None:
        """Take what is to be shown."""
        self.document = document

    @cached_property
    def folium(self) -> folium.Map:
        """The `folium.Map` that hosts the page, to add layers of your own to; `html` then has them."""
        from layers.render import host

        return host(self.document)

    @property
    def html(self) -> str:
        """The page as one self-contained file; same document, same bytes."""
        from layers.render import html as whole_page

        return whole_page(self.document, host=self.folium)

    def save(self, path: str | Path) -> Path:
        """Write the page atomically and return its path.

        Raises:
            OutputError: the path can't be written.
        """
        from geo.zones.saving import write_atomic

        write_atomic(path, self.html.encode())
        return Path(path)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  IPython's protocol
        """Return the page in a sandboxed frame, and a line of text for where frames are not shown."""
        title, page = html.escape(self.document["title"]), html.escape(self.html)
        size = f"width:100%;height:{_FRAME_HEIGHT_PX}px;border:0"
        frame = f'<iframe title="{title}" sandbox="allow-scripts allow-popups" style="{size}" srcdoc="{page}"></iframe>'
        return {"text/html": frame, "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Return title and counts."""
        shown = self.document
        return (
            f"<Page {shown['title']!r}: {len(shown['places'])} places, {len(shown['facts'])} facts, "
            f"{len(shown['zones'])} zones>"
        )
