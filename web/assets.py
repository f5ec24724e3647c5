"""Addresses of style sheets, scripts and fonts, each with a hash of its content."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for

STATIC = Path(__file__).parent / "static"
STYLES = ("tokens", "base", "parts", "forms", "pages", "meetings", "consultation")
_FOREVER = "public, max-age=31536000, immutable"


def serve_assets(app: Flask) -> None:
    """Give templates ``asset`` and ``vendored``, and let browsers keep the files."""
    app.add_template_global(asset)
    app.add_template_global(vendored)
    app.add_template_global(STYLES, "styles")  # type: ignore[arg-type]

    @app.after_request
    def keep(response: Response) -> Response:
        has_hash = "v" in request.args or request.path.startswith("/static/vendor/")
        if request.path.startswith("/static/") and has_hash:
            response.headers["Cache-Control"] = _FOREVER
        return response


def asset(name: str) -> str:
    """Return the address of one of our own files, for instance ``css/base.css``."""
    return url_for("static", filename=name, v=_digest(name))


def vendored(name: str) -> str:
    """Return the address of a file that ``web/frontend`` built."""
    return url_for("static", filename=f"vendor/{_manifest()[name]}")


@cache
def _digest(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:10]


@cache
def _manifest() -> Mapping[str, str]:
    content: dict[str, str] = json.loads((STATIC / "vendor/manifest.json").read_bytes())
    return content
