"""The training clock: move time forward and watch the terms pass."""

from datetime import datetime, timedelta

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from engine.training import ClockMoveError, Jump, JumpUnderWayError
from engine.zone import BRUSSELS
from web.auth import allow
from web.clock_ledger import LONGEST, passed_since
from web.dutch import count, moment
from web.forms import posted
from web.problems import status_of
from web.services import reading, services
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
    """Show where the clock stands, how to move it, and what the last move did."""
    allow(Action.MOVE_CLOCK)
    return _page("")


@blueprint.post("")
def move() -> ResponseReturnValue:
    """Move the clock forward; everything due on the way happens in its order."""
    actor = allow(Action.MOVE_CLOCK)
    target, training = _target(), services().training
    if training is None:
        abort(404)
    if target is None:
        return _page("Kies een stap, of vul een dag en een uur in."), 422
    before = services().clock.now()
    try:
        jump = training.advance_to(target, by=actor.name)
    except (ClockMoveError, JumpUnderWayError) as error:
        return _page(str(error)), status_of(error)
    _tell(jump, target)
    return redirect(url_for("clock.show", sinds=before.isoformat()))


def _page(error: str) -> str:
    since = _since()
    with reading() as work:
        passed = passed_since(work, since) if since and not error else []
    return render_template(
        "pages/clock.html",
        jumps=JUMPS,
        error=error,
        moment=posted("moment"),
        since=since,
        passed=passed,
        longest=LONGEST,
    )


def _tell(jump: Jump, target: datetime) -> None:
    fired = count(len(jump.fired), "termijn liep af", "termijnen liepen af")
    sent = count(jump.sent, "bericht vertrok", "berichten vertrokken")
    flash(f"De klok staat nu op {moment(target)}: {fired}, {sent}.", "good")
    if not jump.complete:
        flash("Niet alles lukte: kijk bij de incidenten.", "warning")


def _since() -> datetime | None:
    """Return the moment from which the last move is told; nonsense tells nothing."""
    try:
        found = datetime.fromisoformat(request.args.get("sinds", ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _target() -> datetime | None:
    days = posted("days")
    if days in {value for value, _ in JUMPS}:
        return services().clock.now() + timedelta(days=int(days))
    try:
        return datetime.fromisoformat(posted("moment")).replace(tzinfo=BRUSSELS)
    except ValueError:
        return None
