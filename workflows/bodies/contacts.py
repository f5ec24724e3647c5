"""Who gets mail: of a body its secretary, chair and members, somebody by name."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.model import Body, Contact, Member
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, UnknownError
from workflows.people import repository as people
from workflows.people.model import Role, User


def people_of(
    work: UnitOfWork, body_key: str, who: str | Iterable[str]
) -> list[Contact]:
    """Return who is meant by ``secretary chair alderman head_of_service members``.

    Each person is there once, and only who has an address. Without a secretary
    the administration is meant, without a chair the head of service.
    """
    wanted = [who] if isinstance(who, str) else who
    body = repository.body(work.session, body_key)
    return meant(
        wanted, {name: partial(find, work, body) for name, find in _RESOLVERS.items()}
    )


def meant(
    wanted: Iterable[str], known: Mapping[str, Callable[[], list[Contact]]]
) -> list[Contact]:
    """Return the people behind the names in *wanted*, each address once.

    Raise ``InvalidDataError`` for a name that is not *known*.
    """
    found: dict[str, Contact] = {}
    for name in wanted:
        if name not in known:
            sentence = f"‘{name}’ is geen bestemmeling; kies uit {', '.join(known)}."
            raise InvalidDataError({"to": sentence})
        for contact in known[name]():
            found.setdefault(contact.email.casefold(), contact)
    return list(found.values())


def account(work: UnitOfWork, user_name: str | None) -> list[Contact]:
    """Return somebody with an open account, or nobody."""
    try:
        user = people.user(work.session, user_name or "")
    except UnknownError:
        return []
    return [contact_of(user)] if user.active else []


def holders(work: UnitOfWork, role: Role) -> list[Contact]:
    """Return who holds a role of the city today."""
    found = people.holders_of(work.session, role, on=local_day(work.now))
    return [contact_of(user) for user in found]


def of_member(work: UnitOfWork, member: Member) -> list[Contact]:
    """Return where a member reads mail: at his account, or at his own address."""
    found = account(work, member.user_name)
    if found or not member.email:
        return found
    return [Contact(name=member.name, email=member.email)]


def contact_of(user: User) -> Contact:
    """Return an account as somebody who gets mail."""
    return Contact(name=user.full_name, email=user.email, user_name=user.name)


def _secretary(work: UnitOfWork, body: Body) -> list[Contact]:
    return account(work, body.secretary) or holders(work, Role.ADMIN)


def _chair(work: UnitOfWork, body: Body) -> list[Contact]:
    return account(work, body.chair) or holders(work, Role.HEAD_OF_SERVICE)


def _members(work: UnitOfWork, body: Body) -> list[Contact]:
    today = local_day(work.now)
    members = repository.members_on(work.session, body.key, today)
    return [contact for member in members for contact in of_member(work, member)]


_RESOLVERS: Mapping[str, Callable[[UnitOfWork, Body], list[Contact]]] = {
    "secretary": _secretary,
    "chair": _chair,
    "alderman": lambda work, _body: holders(work, Role.ALDERMAN),
    "head_of_service": lambda work, _body: holders(work, Role.HEAD_OF_SERVICE),
    "members": _members,
}
