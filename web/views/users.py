"""Users: accounts, roles, passwords and who stands in for whom."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, posted, problems_of
from web.services import on_the_wall, reading
from workflows.people import access, repository, service, sessions
from workflows.people.model import ROLE_NAMES, Role
from workflows.people.rights import Action

blueprint = Blueprint("users", __name__, url_prefix="/beheer/gebruikers")


@blueprint.get("")
def user_list() -> str:
    """List all users with their roles, and the form for a new one."""
    allow(Action.MANAGE_USERS)
    return _list_page({}, {})


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Make an account."""
    allow(Action.MANAGE_USERS)
    given = {name: posted(name) for name in ("name", "full_name", "email")}
    problems = problems_of(
        lambda work: service.add_user(work, service.NewUser(**given))
    )
    if problems:
        return _list_page(problems, given), 422
    flash("De gebruiker is toegevoegd. Geef nu een rol en een wachtwoord.", "good")
    return redirect(url_for("users.show", name=given["name"].casefold()))


@blueprint.get("/<name>")
def show(name: str) -> str:
    """Show an account with its roles and the forms to change it."""
    allow(Action.MANAGE_USERS)
    return _page(name, {})


@blueprint.post("/<name>/rollen")
def add_role(name: str) -> ResponseReturnValue:
    """Give a role in an organisation."""
    allow(Action.MANAGE_USERS)
    try:
        role, organisation_id = Role(posted("role")), UUID(posted("organisation_id"))
    except ValueError:
        return _answer(name, {"role": "Kies een rol en een organisatie."}, "")

    def use_case(work: UnitOfWork) -> None:
        service.add_membership(work, name, role=role, organisation_id=organisation_id)

    return _answer(name, problems_of(use_case), "De rol is toegevoegd.")


@blueprint.post("/<name>/rollen/<uuid:membership_id>/einde")
def end_role(name: str, membership_id: UUID) -> ResponseReturnValue:
    """End a role."""
    by = allow(Action.MANAGE_USERS).name
    problems = problems_of(
        lambda work: service.end_membership(work, membership_id, by=by)
    )
    return _answer(name, problems, "De rol is beëindigd.")


@blueprint.post("/<name>/wachtwoord")
def set_password(name: str) -> ResponseReturnValue:
    """Set a password; the user's sessions end."""
    allow(Action.MANAGE_USERS)
    problems = problems_of(
        lambda work: access.set_password(on_the_wall(work), name, posted("password"))
    )
    return _answer(name, problems, "Het wachtwoord is gewijzigd.")


@blueprint.post("/<name>/vervanger")
def set_deputy(name: str) -> ResponseReturnValue:
    """Name who takes over the tasks of a user."""
    allow(Action.MANAGE_USERS)
    deputy = posted("deputy") or None
    problems = problems_of(lambda work: service.set_deputy(work, name, deputy))
    return _answer(name, problems, "De vervanger is bewaard.")


@blueprint.post("/<name>/toegang")
def set_active(name: str) -> ResponseReturnValue:
    """Shut a user out, or let him in again."""
    by = allow(Action.MANAGE_USERS).name
    active = posted("active") == "ja"

    def use_case(work: UnitOfWork) -> None:
        service.set_active(work, name, active=active, by=by)
        sessions.revoke_sessions(on_the_wall(work), name)

    return _answer(name, problems_of(use_case), "De toegang is gewijzigd.")


def _answer(name: str, problems: Problems, done: str) -> ResponseReturnValue:
    if problems:
        return _page(name, problems), 422
    flash(done, "good")
    return redirect(url_for("users.show", name=name))


def _list_page(problems: Problems, given: dict[str, str]) -> str:
    with reading() as work:
        users = [
            (each, service.actor(work, each.name))
            for each in repository.users(work.session)
        ]
    return render_template(
        "pages/users.html", users=users, problems=problems, given=given
    )


def _page(name: str, problems: Problems) -> str:
    with reading() as work:
        user = repository.user(work.session, name)
        users = repository.users(work.session)
        organisations = repository.organisations(work.session)
        memberships = repository.memberships(work.session, name)
    return render_template(
        "pages/user.html",
        user=user,
        memberships=memberships,
        organisation_names={each.id: each.name for each in organisations},
        organisations=[(each.id, each.name) for each in organisations],
        others=[(each.name, each.full_name) for each in users if each.name != name],
        roles=[(role.value, words) for role, words in ROLE_NAMES.items()],
        problems=problems,
    )
