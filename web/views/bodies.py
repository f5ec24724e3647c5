"""Organen: who sits in which body, who leads it, and what it owes."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.body_view import body_lines, body_page
from web.forms import (
    Problems,
    day_in,
    key_in,
    number_in,
    posted,
    posted_day,
    problems_of,
)
from web.services import reading, services
from workflows.bodies import repository, service
from workflows.bodies.checks import Leading, NewMember
from workflows.bodies.model import Member
from workflows.calendar import local_day
from workflows.errors import InvalidDataError
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action

blueprint = Blueprint("bodies", __name__, url_prefix="/overleg/organen")

_MEMBER_FIELDS = (
    "user_name",
    "name",
    "email",
    "organisation_id",
    "capacity",
    "mandated",
    "mandate_uri",
    "must_attend",
    "starts_on",
)
_LEADING_FIELDS = ("chair", "secretary", "rhythm", "wanted_per_year")


@blueprint.get("")
def body_list() -> str:
    """List the bodies; somebody from outside sees his own."""
    who = allow(Action.READ_BODY)
    with reading() as work:
        lines = body_lines(work, who)
    return render_template("pages/bodies.html", lines=lines)


@blueprint.get("/<key>")
def show(key: str) -> str:
    """Show a body with its members, points, rights and meetings."""
    with reading() as work:
        who = allow(Action.READ_BODY, service.subject_of(work, key))
        page = body_page(work, key, who)
    return render_template("pages/body.html", page=page)


@blueprint.get("/<key>/leiding")
def ask_leading(key: str) -> str:
    """Ask who leads a body, and how often it meets."""
    with reading() as work:
        body = repository.body(work.session, key)
    given = {name: getattr(body, name) or "" for name in _LEADING_FIELDS}
    return _leading_page(key, {}, given)


@blueprint.post("/<key>/leiding")
def lead(key: str) -> ResponseReturnValue:
    """Name chair and secretary, and set the rhythm."""
    who = allow(Action.MANAGE_BODIES)
    given = {name: posted(name) for name in _LEADING_FIELDS}
    try:
        leading = _leading(given)
    except InvalidDataError as error:
        return _leading_page(key, error.problems, given), 422
    problems = problems_of(lambda work: service.lead(work, key, leading, by=who))
    if problems:
        return _leading_page(key, problems, given), 422
    flash("De leiding en het ritme zijn bewaard.", "good")
    return _back(key)


@blueprint.get("/<key>/leden/nieuw")
def ask_member(key: str) -> str:
    """Ask who comes to sit in a body."""
    return _new_member_page(key, {}, {"starts_on": _today().isoformat()})


@blueprint.post("/<key>/leden/nieuw")
def add_member(key: str) -> ResponseReturnValue:
    """Let somebody sit in a body."""
    who = allow(Action.MANAGE_BODIES)
    given = {name: posted(name) for name in _MEMBER_FIELDS}
    try:
        new = _new_member(given)
    except InvalidDataError as error:
        return _new_member_page(key, error.problems, given), 422
    problems = problems_of(lambda work: service.add_member(work, key, new, by=who))
    if problems:
        return _new_member_page(key, problems, given), 422
    flash("Het lid is toegevoegd.", "good")
    return _back(key)


@blueprint.get("/<key>/leden/<uuid:member_id>")
def ask_change(key: str, member_id: UUID) -> str:
    """Ask who replaces a member, or when a membership ends."""
    return _member_page(key, member_id, {}, {})


@blueprint.post("/<key>/leden/<uuid:member_id>/einde")
def end_member(key: str, member_id: UUID) -> ResponseReturnValue:
    """End a membership."""
    who = _manages(key, member_id)
    last_day = posted_day("last_day")
    given = {"last_day": posted("last_day")}
    if last_day is None:
        problems: Problems = {"last_day": "Kies de laatste dag als lid."}
        return _member_page(key, member_id, problems, given), 422

    def use_case(work: UnitOfWork) -> None:
        service.end_member(work, member_id, last_day=last_day, by=who)

    return _changed(key, member_id, use_case, given, "Het lidmaatschap eindigt.")


@blueprint.post("/<key>/leden/<uuid:member_id>/vervanger")
def set_deputy(key: str, member_id: UUID) -> ResponseReturnValue:
    """Name who replaces a member."""
    who = _manages(key, member_id)
    given = {"deputy_id": posted("deputy_id")}

    def use_case(work: UnitOfWork) -> None:
        deputy = _key("deputy_id", given)
        service.set_deputy(work, member_id, deputy, by=who)

    return _changed(key, member_id, use_case, given, "De vervanger is bewaard.")


def _manages(key: str, member_id: UUID) -> Actor:
    """Return who may change this member of this body."""
    who = allow(Action.MANAGE_BODIES)
    with reading() as work:
        _member(work, key, member_id)
    return who


def _changed(
    key: str,
    member_id: UUID,
    use_case: Callable[[UnitOfWork], object],
    given: Mapping[str, str],
    done: str,
) -> ResponseReturnValue:
    problems = problems_of(use_case)
    if problems:
        return _member_page(key, member_id, problems, given), 422
    flash(done, "good")
    return _back(key)


def _leading(given: Mapping[str, str]) -> Leading:
    text = given["wanted_per_year"]
    per_year = number_in(text)
    if text and per_year is None:
        raise InvalidDataError({"wanted_per_year": "Vul een getal van 1 tot 100 in."})
    return Leading(
        chair=given["chair"] or None,
        secretary=given["secretary"] or None,
        rhythm=given["rhythm"] or None,
        wanted_per_year=per_year,
    )


def _new_member(given: Mapping[str, str]) -> NewMember:
    starts_on = day_in(given["starts_on"])
    if given["starts_on"] and starts_on is None:
        raise InvalidDataError(
            {"starts_on": "Kies een dag, of laat leeg voor vandaag."}
        )
    return NewMember(
        name=given["name"],
        email=given["email"] or None,
        user_name=given["user_name"] or None,
        organisation_id=_key("organisation_id", given),
        capacity=given["capacity"],
        mandated=bool(given["mandated"]),
        mandate_uri=given["mandate_uri"].strip() or None,
        must_attend=bool(given["must_attend"]),
        starts_on=starts_on,
    )


def _key(name: str, given: Mapping[str, str]) -> UUID | None:
    """Read the id that a list gives; nothing chosen is None."""
    if not given[name]:
        return None
    found = key_in(given[name])
    if found is None:
        raise InvalidDataError({name: "Kies iets uit de lijst."})
    return found


def _leading_page(key: str, problems: Problems, given: Mapping[str, object]) -> str:
    allow(Action.MANAGE_BODIES)
    with reading() as work:
        body = repository.body(work.session, key)
        users = _choices_of_users(work)
    return render_template(
        "pages/body_leading.html",
        body=body,
        users=users,
        problems=problems,
        given=given,
    )


def _new_member_page(key: str, problems: Problems, given: Mapping[str, str]) -> str:
    allow(Action.MANAGE_BODIES)
    with reading() as work:
        body = repository.body(work.session, key)
        users = _choices_of_users(work)
        organisations = [
            (str(each.id), each.name) for each in people.organisations(work.session)
        ]
    return render_template(
        "pages/body_member_new.html",
        body=body,
        users=[("", "Zonder account"), *users],
        organisations=[("", "Geen organisatie"), *organisations],
        problems=problems,
        given=given,
    )


def _member_page(
    key: str, member_id: UUID, problems: Problems, given: Mapping[str, str]
) -> str:
    allow(Action.MANAGE_BODIES)
    with reading() as work:
        body = repository.body(work.session, key)
        member = _member(work, key, member_id)
        fellows = repository.members_on(work.session, key, local_day(work.now))
    others = [(str(each.id), each.name) for each in fellows if each.id != member.id]
    return render_template(
        "pages/body_member.html",
        body=body,
        member=member,
        fellows=[("", "Niemand"), *others],
        problems=problems,
        given={
            "last_day": _today().isoformat(),
            "deputy_id": str(member.deputy_id or ""),
            **given,
        },
    )


def _member(work: UnitOfWork, key: str, member_id: UUID) -> Member:
    """Return a member of this body; the address of another body leads nowhere."""
    found = repository.member(work.session, member_id)
    if found.body_key != key:
        abort(404)
    return found


def _choices_of_users(work: UnitOfWork) -> list[tuple[str, str]]:
    return [
        (each.name, each.full_name)
        for each in people.users(work.session)
        if each.active
    ]


def _today() -> date:
    return local_day(services().clock.now())


def _back(key: str) -> ResponseReturnValue:
    return redirect(url_for("bodies.show", key=key))
