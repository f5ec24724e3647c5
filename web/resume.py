"""What somebody typed survives the end of his session.

A post without a session is answered with the sign-in page, which carries the
typed values as hidden fields; after signing in they are offered for sending
again. Nothing is stored on the server, and passwords are never carried.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.errors import SignInNeededError
from web.problems import answer, wants_json
from web.security import SAFE_METHODS, is_local_path

PREFIX = "keep:"
POSTED = "keep-post"
HAD_FILES = "keep-files"

Pairs = list[tuple[str, str]]


def ask_to_sign_in(app: Flask) -> None:
    """Let *app* answer strangers with the sign-in page."""
    app.register_error_handler(SignInNeededError, _answer_stranger)


def pack(form: MultiDict[str, str], file_names: Iterable[str]) -> Pairs:
    """Return the hidden fields that carry *form* through the sign-in page."""
    kept = [
        (f"{PREFIX}{name}", value)
        for name, value in form.items(multi=True)
        if not name.startswith("_password")
    ]
    kept.append((POSTED, "1"))
    if any(file_names):
        kept.append((HAD_FILES, "1"))
    return kept


def carried(form: MultiDict[str, str]) -> Pairs:
    """Return the hidden fields of a sign-in form, to show them once more."""
    return [
        (name, value)
        for name, value in form.items(multi=True)
        if name.startswith(PREFIX) or name in {POSTED, HAD_FILES}
    ]


def unpack(form: MultiDict[str, str]) -> Pairs | None:
    """Return the values that were typed before, or None when nothing was posted."""
    if POSTED not in form:
        return None
    return [
        (name.removeprefix(PREFIX), value)
        for name, value in form.items(multi=True)
        if name.startswith(PREFIX)
    ]


def safe_next(path: str) -> str:
    """Return *path* when it stays on this site, and the front door otherwise."""
    return path if is_local_path(path) else url_for("site.home")


def _answer_stranger(error: SignInNeededError) -> ResponseReturnValue:
    if wants_json():
        return answer(401, str(error), code=error.code)
    if request.headers.get("HX-Request"):
        return _answer_htmx()
    if request.method in SAFE_METHODS:
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    uploads = (file.filename or "" for file in request.files.values())
    page = render_template(
        "pages/sign_in.html", next_path=request.path, kept=pack(request.form, uploads)
    )
    return page, 401


def _answer_htmx() -> ResponseReturnValue:
    """Let htmx leave for the sign-in page, and come back to the page it is on."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    path = f"{shown.path}?{shown.query}" if shown.query else shown.path
    target = url_for("account.sign_in", next=path or "/")
    return Response(status=401, headers={"HX-Redirect": target})
