"""Who is asking: the session cookie, the actor, and what a signed-out post keeps.

A session is a row that its owner can end; the browser holds a random token,
we hold its hash. There is nothing to guess and nothing to forge.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from flask import Flask, current_app, g, request
from werkzeug import Response

from engine.persistence.unit_of_work import UnitOfWork
from web.errors import SignInNeededError
from web.security import bearer_token
from web.services import on_the_wall, reading, services, writing
from workflows.city import service as city
from workflows.people import service, sessions, tokens
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, require

COOKIE = "woonflow_session"

_View = TypeVar("_View", bound=Callable[..., object])


def public(view: _View) -> _View:
    """Mark *view* as open to anybody; all others need somebody signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def know_the_actor(app: Flask) -> None:
    """Find out before each request who asks, and refuse strangers."""

    @app.before_request
    def refuse_strangers() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if request.endpoint == "static" or view is None:
            return
        # Public pages must answer also when the database is away.
        if getattr(view, "is_public", False):
            return
        if actor_or_none() is None:
            raise SignInNeededError
        _note_use()


def actor_or_none() -> Actor | None:
    """Return who is signed in, if anybody; asked once per request."""
    if "actor" not in g:
        g.actor = _recognise()
    found: Actor | None = g.actor
    return found


def actor() -> Actor:
    """Return who is signed in."""
    found = actor_or_none()
    if found is None:
        raise SignInNeededError
    return found


def know(user_name: str) -> None:
    """Know who signed in by this very request, so that its page shows his menu."""
    with reading() as work:
        g.actor = _seen(work, user_name)


def allow(action: Action, subject: Subject | None = None) -> Actor:
    """Return the actor when he may do *action*; raise ``ForbiddenError`` otherwise."""
    found = actor()
    require(found, action, subject)
    return found


def set_cookie(response: Response, token: str, *, lasts: timedelta) -> None:
    """Hand the browser its *token*."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=lasts,
        httponly=True,
        samesite="Lax",
        secure=services().settings.is_https,
        path="/",
    )


def forget_cookie(response: Response) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax", httponly=True)


def _note_use() -> None:
    """Note that a session or token is used: before the work, so it can't undo any."""
    if g.pop("touch_session", False):
        with writing() as work:
            sessions.touch(on_the_wall(work), request.cookies[COOKIE])
    if g.pop("touch_token", False):
        with writing() as work:
            tokens.note_use(on_the_wall(work), bearer_token(request) or "")


def _recognise() -> Actor | None:
    """Find the actor: signed in by real time, with the roles of case time."""
    brought = bearer_token(request)
    if brought is not None:
        return _recognise_token(brought)
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with reading() as work:
        found = sessions.holder(on_the_wall(work), token)
        if found is None:
            return None
        g.touch_session = found.needs_touch
        return _seen(work, found.user_name)


def _seen(work: UnitOfWork, user_name: str) -> Actor:
    """Return who has a session, and note what each page tells him of his city."""
    g.city_name = city.city(work).name
    return service.actor(work, user_name)


def _recognise_token(token: str) -> Actor | None:
    """Find the owner of an API token, limited to its scopes."""
    with reading() as work:
        wall = on_the_wall(work)
        found = tokens.token_actor(wall, token)
        if found is None:
            return None
        g.touch_token = tokens.needs_note(wall, token)
        owner, scopes = found
        return replace(service.actor(work, owner.name), scopes=scopes)
