"""Signing in and out, and the sessions of somebody."""

from uuid import UUID

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug import Response

from web import resume
from web.auth import (
    COOKIE,
    actor,
    actor_or_none,
    forget_cookie,
    know,
    public,
    set_cookie,
)
from web.dutch import local
from web.services import on_the_wall, reading, writing
from workflows.people import access, sessions

blueprint = Blueprint("account", __name__)


@blueprint.get("/aanmelden")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    next_path = request.args.get("next", "")
    if actor_or_none() is not None:
        return redirect(resume.safe_next(next_path))
    return render_template("pages/sign_in.html", next_path=next_path, kept=[])


@blueprint.post("/aanmelden")
@public
def check_sign_in() -> ResponseReturnValue:
    """Check the password, open a session, and go on where somebody was."""
    attempt = access.Attempt(
        user_name=request.form.get("_name", "").strip(),
        password=request.form.get("_password", ""),
        address=request.remote_addr or "",
        device=_device(request.headers.get("User-Agent", "")),
    )
    outcome = _weigh(attempt)
    if outcome.token is None or outcome.actor is None:
        return _refuse(outcome, attempt.user_name)
    response = _go_on(outcome.actor.name)
    set_cookie(response, outcome.token, lasts=sessions.LENGTH)
    return response


@blueprint.post("/afmelden")
@public
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with writing() as work:
        sessions.end_session(on_the_wall(work), request.cookies.get(COOKIE, ""))
    flash("U bent afgemeld.", "good")
    response = redirect(url_for("account.sign_in"))
    forget_cookie(response)
    return response


@blueprint.get("/sessies")
def session_list() -> str:
    """List where somebody is signed in."""
    with reading() as work:
        found = sessions.sessions_of(on_the_wall(work), actor().name)
    return render_template("pages/sessions.html", sessions=found)


@blueprint.post("/sessies/<uuid:session_id>/einde")
def revoke_session(session_id: UUID) -> ResponseReturnValue:
    """End one of somebody's own sessions."""
    with writing() as work:
        sessions.revoke_session(on_the_wall(work), actor().name, session_id)
    flash("De sessie is beëindigd.", "good")
    return redirect(url_for("account.session_list"))


def _weigh(attempt: access.Attempt) -> access.SignIn:
    """Answer an attempt; hashing a password is slow, and holds up no writer."""
    with reading() as work:
        known = access.recall(on_the_wall(work), attempt)
    if known.refused is not None:
        return known.refused
    proven = access.verify(known.stored, attempt.password)
    with writing() as work:
        return access.sign_in(on_the_wall(work), attempt, proven=proven)


def _refuse(outcome: access.SignIn, name: str) -> ResponseReturnValue:
    error = outcome.refusal or ""
    if outcome.retry_at is not None:
        error += f" Dat kan weer om {local(outcome.retry_at):%H:%M}."
    page = render_template(
        "pages/sign_in.html",
        error=error,
        name=name,
        next_path=request.form.get("next", ""),
        kept=resume.carried(request.form),
    )
    return page, 429 if outcome.retry_at else 401


def _go_on(user_name: str) -> Response:
    target = resume.safe_next(request.form.get("next", ""))
    kept = resume.unpack(request.form)
    if kept is None:
        return redirect(target)
    know(user_name)
    had_files = resume.HAD_FILES in request.form
    page = render_template(
        "pages/resume.html", target=target, kept=kept, had_files=had_files
    )
    return make_response(page)


_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def _device(user_agent: str) -> str:
    """Name a device so that its owner recognises it: ``Firefox op Windows``."""
    browser = next((name for name in _BROWSERS if name in user_agent), "Browser")
    browser = browser.replace("Edg", "Edge")
    system = next((name for key, name in _SYSTEMS.items() if key in user_agent), None)
    return f"{browser} op {system}" if system else browser
