"""Sphinx settings: Markdown pages, the furo theme, every warning an error."""

project = "Woonflow"
author = "The Woonflow authors"
copyright = "2026, the Woonflow authors (EUPL-1.2)"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Woonflow"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
