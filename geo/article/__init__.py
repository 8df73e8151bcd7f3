"""Reports in, `Article` out: text, Markdown, HTML and URLs; segments with roles.

A *segment* is a line or paragraph with a role; only those of `geo.types.READ_ROLES` carry facts. Offsets are code
points into the text as given.
"""

from geo.article.reader import from_text, read_article

__all__ = ["from_text", "read_article"]
