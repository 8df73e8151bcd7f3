"""Reports in, `Article` out: text, Markdown, HTML and URLs; segments with roles."""
