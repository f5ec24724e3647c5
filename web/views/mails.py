"""The mails that went out, or still have to."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.auth import allow
from web.services import reading, services, writing
from workflows.people.rights import Action

blueprint = Blueprint("mails", __name__, url_prefix="/beheer/berichten")


@blueprint.get("")
def mail_list() -> str:
    """List the newest mails."""
    allow(Action.READ_MAILS)
    with reading() as work:
        mails = services().engine.outbox.newest(work, limit=200)
    return render_template("pages/mails.html", mails=mails)


@blueprint.get("/<uuid:mail_id>")
def show(mail_id: UUID) -> str:
    """Show one mail as it was sent."""
    allow(Action.READ_MAILS)
    with reading() as work:
        found = services().engine.outbox.get(work, mail_id)
    return render_template("pages/mail.html", outgoing=found)


@blueprint.post("/<uuid:mail_id>/opnieuw")
def retry(mail_id: UUID) -> ResponseReturnValue:
    """Send a mail that failed once more."""
    allow(Action.RETRY_INCIDENT)
    with writing() as work:
        services().engine.outbox.retry(work, mail_id)
    flash("Het bericht wordt opnieuw verstuurd.", "good")
    return redirect(url_for("mails.show", mail_id=mail_id))
