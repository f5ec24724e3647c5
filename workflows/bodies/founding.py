"""Founding the bodies of a city from a file, through the use cases."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Required, TypedDict
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import partner_rights, service
from workflows.bodies.checks import NewBody, NewMember
from workflows.bodies.model import BodyKind, CaseView, RequiredPoint
from workflows.people.model import Actor

_SINCE = date(2020, 1, 1)


class _Person(TypedDict, total=False):
    user: str
    name: str
    email: str
    organisation: Required[str]
    capacity: Required[str]
    mandated: bool
    must_attend: bool
    since: date
    until: date


class _Right(TypedDict):
    organisation: str
    view: str
    shared_only: bool
    legal_ground: str
    verified: bool


class _Body(TypedDict, total=False):
    key: Required[str]
    kind: Required[str]
    name: Required[str]
    prefix: Required[str]
    starts_on: Required[date]
    source: Required[str]
    verified: Required[bool]
    members: Required[list[str]]
    points: Required[list[list[str | int]]]
    parent: str
    rhythm: str
    wanted_per_year: int
    legal_minimum: int
    chair: str
    secretary: str
    deputies: dict[str, str]
    right: list[_Right]


class _File(TypedDict):
    people: dict[str, _Person]
    body: list[_Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The bodies of a city as its file gives them."""

    people: Mapping[str, _Person]
    bodies: Sequence[_Body]


def mechelen() -> Council:
    """Read the bodies of Mechelen."""
    text = files("workflows.bodies").joinpath("mechelen.toml").read_text("utf-8")
    return read(text)


def read(text: str) -> Council:
    """Read a file of bodies."""
    given: _File = tomllib.loads(text)  # type: ignore[assignment]
    return Council(people=given["people"], bodies=given["body"])


def found_all(
    work: UnitOfWork, council: Council, *, organisations: Mapping[str, UUID], by: Actor
) -> None:
    """Found every body with its members, deputies and partner rights.

    *organisations* maps the names of the file to organisations that exist; the
    accounts that it names exist as well. Raise ``KeyError`` for another name.
    """
    for body in council.bodies:
        service.found_body(work, _new_body(body), by=by)
        seats = {
            name: _seat(work, council.people[name], body, organisations, by)
            for name in body["members"]
        }
        for member, deputy in body.get("deputies", {}).items():
            service.set_deputy(work, seats[member], seats[deputy], by=by)
        for right in body.get("right", []):
            partner_rights.give_right(
                work, body["key"], _new_right(right, organisations), by=by
            )


def _seat(
    work: UnitOfWork,
    person: _Person,
    body: _Body,
    organisations: Mapping[str, UUID],
    by: Actor,
) -> UUID:
    new = NewMember(
        name=person.get("name", ""),
        email=person.get("email"),
        user_name=person.get("user"),
        organisation_id=organisations[person["organisation"]],
        capacity=person["capacity"],
        mandated=person.get("mandated", False),
        must_attend=person.get("must_attend", False),
        starts_on=max(person.get("since", _SINCE), body["starts_on"]),
        ends_on=person.get("until"),
    )
    return service.add_member(work, body["key"], new, by=by).id


def _new_body(body: _Body) -> NewBody:
    return NewBody(
        key=body["key"],
        kind=BodyKind(body["kind"]),
        name=body["name"],
        prefix=body["prefix"],
        starts_on=body["starts_on"],
        parent_key=body.get("parent"),
        rhythm=body.get("rhythm"),
        wanted_per_year=body.get("wanted_per_year"),
        legal_minimum=body.get("legal_minimum"),
        chair=body.get("chair"),
        secretary=body.get("secretary"),
        source=body["source"],
        verified=body["verified"],
        points=tuple(
            _point(position, given) for position, given in enumerate(body["points"], 1)
        ),
    )


def _point(position: int, given: list[str | int]) -> RequiredPoint:
    code, title, *minimum = given
    return RequiredPoint(
        code=str(code),
        title=str(title),
        position=position,
        yearly_minimum=int(minimum[0]) if minimum else 0,
    )


def _new_right(
    right: _Right, organisations: Mapping[str, UUID]
) -> partner_rights.NewRight:
    return partner_rights.NewRight(
        organisation_id=organisations[right["organisation"]],
        view=CaseView(right["view"]),
        legal_ground=right["legal_ground"],
        shared_only=right["shared_only"],
        verified=right["verified"],
    )
