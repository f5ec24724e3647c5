"""What guards each request and each answer: origin, headers, cookies."""

from itertools import chain
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

from web.errors import CrossSiteError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {what}" for name, what in _POLICY.items())
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(self)",
}
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}


def guard(app: Flask, *, https: bool) -> None:
    """Check each request of *app* and dress each answer."""
    headers = HEADERS | (HTTPS_HEADERS if https else {})

    @app.before_request
    def refuse_other_sites() -> None:
        if bearer_token(request) is None and not is_same_site(request):
            raise CrossSiteError

    @app.before_request
    def refuse_nul() -> None:
        if has_nul(request):
            abort(400)

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            # Pages hold personal data: no shared machine keeps them.
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_same_site(incoming: Request) -> bool:
    """Tell whether an unsafe request comes from our own pages.

    Browsers say so in ``Sec-Fetch-Site``; over plain http to another machine
    they leave it out, then ``Origin`` must be our host. A caller with neither
    header and without our cookie is a program, which brings its own token.
    """
    if incoming.method in SAFE_METHODS:
        return True
    fetched_from = incoming.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from in _OURS
    origin = incoming.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == incoming.host
    return not incoming.cookies


def has_nul(incoming: Request) -> bool:
    """Tell whether an address or form holds the sign NUL.

    Nobody can type it, and PostgreSQL can't store it.
    """
    given = (incoming.args, incoming.form)
    pairs = [pair for each in given for pair in each.items(multi=True)]
    return any("\0" in text for text in (incoming.path, *chain(*pairs)))


def bearer_token(incoming: Request) -> str | None:
    """Return the token that a program brought to the REST interface.

    No browser adds it by itself, so no other site can borrow it; whoever
    brings one is known by it alone, whatever cookies come along.
    """
    given = incoming.headers.get("Authorization", "")
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not incoming.path.startswith("/api/"):
        return None
    return token.strip()


def is_local_path(path: str) -> bool:
    """Tell whether *path* stays on this site, so that it may be redirected to."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    return all(sign >= " " and sign != "\\" for sign in path)
