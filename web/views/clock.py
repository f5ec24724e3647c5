"""The training clock: move time forward and watch the terms pass."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.auth import allow
from web.dutch import BRUSSELS, count, moment
from web.forms import posted
from web.services import services
from workflows.people.rights import Action

blueprint = Blueprint("clock", __name__, url_prefix="/beheer/klok")

JUMPS = (
    ("1", "1 dag"),
    ("2", "2 dagen"),
    ("7", "1 week"),
    ("14", "2 weken"),
    ("30", "30 dagen"),
    ("90", "90 dagen"),
)


@blueprint.before_request
def exists_in_training_only() -> None:
    """Outside the training mode these pages don't exist."""
    if services().training is None:
        abort(404)


@blueprint.get("")
def show() -> str:
    """Show where the clock stands, and how to move it."""
    allow(Action.MOVE_CLOCK)
    return render_template("pages/clock.html", jumps=JUMPS, error="")


@blueprint.post("")
def move() -> ResponseReturnValue:
    """Move the clock forward; everything due on the way happens in its order."""
    actor = allow(Action.MOVE_CLOCK)
    target = _target()
    if target is None:
        error = "Kies een stap, of vul een dag en een uur in."
        return render_template("pages/clock.html", jumps=JUMPS, error=error), 422
    training = services().training
    if training is None:
        abort(404)
    jump = training.advance_to(target, by=actor.name)
    fired = count(len(jump.fired), "termijn liep af", "termijnen liepen af")
    sent = count(jump.sent, "bericht vertrok", "berichten vertrokken")
    flash(f"De klok staat nu op {moment(target)}: {fired}, {sent}.", "good")
    if not jump.complete:
        flash("Niet alles lukte: kijk bij de incidenten.", "warning")
    return redirect(url_for("clock.show"))


def _target() -> datetime | None:
    days = posted("days")
    if days in {value for value, _ in JUMPS}:
        return services().clock.now() + timedelta(days=int(days))
    try:
        return datetime.fromisoformat(posted("moment")).replace(tzinfo=BRUSSELS)
    except ValueError:
        return None
