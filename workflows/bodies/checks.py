"""What is asked when a body is founded or changed, and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.mail import MailAddressError, checked_address
from engine.persistence.unit_of_work import UnitOfWork
from engine.recurrence import TimerRuleError, parse_duration
from workflows.bodies import repository
from workflows.bodies.model import BodyKind, Member, RequiredPoint
from workflows.errors import InvalidDataError, UnknownError
from workflows.people import repository as people

_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_PREFIX = re.compile(r"[A-Z]{2,5}")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,300}")
_MOST_PER_YEAR = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBody:
    """What is asked when a body is founded; see ``bodies.model.Body``."""

    key: str
    kind: BodyKind
    name: str
    prefix: str
    starts_on: date
    parent_key: str | None = None
    rhythm: str | None = None
    wanted_per_year: int | None = None
    legal_minimum: int | None = None
    chair: str | None = None
    secretary: str | None = None
    ends_on: date | None = None
    source: str = ""
    verified: bool = False
    points: tuple[RequiredPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Who comes to sit in a body, from *starts_on* (default: today) on.

    With a *user_name*, name and address come from the account when not given.
    *mandate_uri* names the mandate among the linked data of local decisions
    (LBLOD); only who is mandated has one.
    """

    name: str = ""
    email: str | None = None
    user_name: str | None = None
    organisation_id: UUID | None = None
    capacity: str = ""
    mandated: bool = False
    mandate_uri: str | None = None
    must_attend: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Who leads a body, and how often it meets; a body is changed as a whole."""

    chair: str | None
    secretary: str | None
    rhythm: str | None
    wanted_per_year: int | None = None


def body_problems(work: UnitOfWork, new: NewBody) -> dict[str, str]:
    """Tell per field what is wrong with a new body."""
    others = repository.bodies(work.session)
    problems = unknown_users(work, chair=new.chair, secretary=new.secretary)
    problems |= misfits(new.rhythm, new.wanted_per_year)
    if _KEY.fullmatch(new.key) is None:
        problems["key"] = "Gebruik kleine letters, cijfers en lage streepjes."
    elif new.key in {each.key for each in others}:
        problems["key"] = f"Het overlegorgaan {new.key} bestaat al."
    if _PREFIX.fullmatch(new.prefix) is None:
        problems["prefix"] = "Gebruik twee tot vijf hoofdletters."
    elif new.prefix in {each.prefix for each in others}:
        problems["prefix"] = f"Een ander overlegorgaan nummert al met {new.prefix}."
    if not new.name.strip():
        problems["name"] = "Vul de naam van het overlegorgaan in."
    if new.parent_key and new.parent_key not in {each.key for each in others}:
        problems["parent_key"] = f"Het overlegorgaan {new.parent_key} bestaat niet."
    return problems


def unknown_users(work: UnitOfWork, **names: str | None) -> dict[str, str]:
    """Tell per field which user name has no account."""
    problems = {}
    for field_name, user_name in names.items():
        if user_name is None:
            continue
        try:
            people.user(work.session, user_name)
        except UnknownError as error:
            problems[field_name] = str(error)
    return problems


def misfits(rhythm: str | None, per_year: int | None) -> dict[str, str]:
    """Tell whether rhythm and yearly number make sense."""
    problems = {}
    if rhythm is not None and not _is_rhythm(rhythm):
        sentence = "Vul een ritme in zoals P1W (elke week), P3M (elke drie maanden)."
        problems["rhythm"] = sentence
    if per_year is not None and not 0 < per_year <= _MOST_PER_YEAR:
        problems["wanted_per_year"] = "Vul een getal van 1 tot 100 in."
    return problems


def _is_rhythm(text: str) -> bool:
    try:
        period = parse_duration(text)
    except TimerRuleError:
        return False
    return period.is_positive and not period.exact


def who_is(work: UnitOfWork, new: NewMember) -> tuple[str, str | None]:
    """Return name and address, taken from the account where they are not given.

    Raise ``InvalidDataError`` for an account that doesn't exist.
    """
    name, email = new.name.strip(), (new.email or "").strip()
    if new.user_name:
        problems = unknown_users(work, user_name=new.user_name)
        if problems:
            raise InvalidDataError(problems)
        user = people.user(work.session, new.user_name)
        name, email = name or user.full_name, email or user.email
    return name, email or None


def member_problems(
    work: UnitOfWork, new: NewMember, name: str, email: str | None, starts_on: date
) -> dict[str, str]:
    """Tell per field what is wrong with a new member, called *name*."""
    problems = _unknown_organisation(work, new.organisation_id)
    if not name:
        problems["name"] = "Vul een naam in, of kies een gebruiker."
    if not new.capacity.strip():
        problems["capacity"] = "Vul in in welke hoedanigheid dit lid zetelt."
    if new.ends_on is not None and new.ends_on < starts_on:
        problems["ends_on"] = "De laatste dag ligt vóór de eerste."
    problems |= _bad_mandate(new)
    if email is not None:
        try:
            checked_address(email)
        except MailAddressError as error:
            problems["email"] = str(error)
    return problems


def _bad_mandate(new: NewMember) -> dict[str, str]:
    if not new.mandate_uri:
        return {}
    if not new.mandated:
        return {"mandate_uri": "Alleen een mandataris heeft een mandaat; vink dat aan."}
    if _WEB_ADDRESS.fullmatch(new.mandate_uri) is None:
        sentence = (
            "Vul het volledige webadres van het mandaat in (http:// of https://)."
        )
        return {"mandate_uri": sentence}
    return {}


def _unknown_organisation(work: UnitOfWork, key: UUID | None) -> dict[str, str]:
    if key is None:
        return {}
    try:
        people.organisation(work.session, key)
    except UnknownError:
        return {"organisation_id": "Kies een organisatie uit de lijst."}
    return {}


def is_same(member: Member, new: NewMember, name: str) -> bool:
    """Tell whether somebody new, called *name*, is who this member is."""
    if new.user_name and member.user_name:
        return member.user_name == new.user_name
    same_name = member.name.casefold() == name.casefold()
    return same_name and member.organisation_id == new.organisation_id
