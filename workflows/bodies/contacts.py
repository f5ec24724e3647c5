"""Who of a body is meant: its secretary, its chair, its members."""

from collections.abc import Callable, Iterable, Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.model import Body, Contact
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
    wanted = [who] if isinstance(who, str) else list(who)
    body = repository.body(work.session, body_key)
    found: dict[str, Contact] = {}
    for each in wanted:
        for contact in _resolver(each)(work, body):
            found.setdefault(contact.email.casefold(), contact)
    return list(found.values())


def _secretary(work: UnitOfWork, body: Body) -> list[Contact]:
    return _named(work, body.secretary) or _holders(Role.ADMIN)(work, body)


def _chair(work: UnitOfWork, body: Body) -> list[Contact]:
    return _named(work, body.chair) or _holders(Role.HEAD_OF_SERVICE)(work, body)


def _members(work: UnitOfWork, body: Body) -> list[Contact]:
    """The members of today; who has an account is mailed at its address."""
    today = local_day(work.now)
    found = []
    for member in repository.members_on(work.session, body.key, today):
        account = _named(work, member.user_name)
        if account:
            found += account
        elif member.email:
            found.append(Contact(name=member.name, email=member.email))
    return found


def _named(work: UnitOfWork, user_name: str | None) -> list[Contact]:
    if user_name is None:
        return []
    try:
        user = people.user(work.session, user_name)
    except UnknownError:
        return []
    return [_contact(user)] if user.active else []


def _holders(role: Role) -> Callable[[UnitOfWork, Body], list[Contact]]:
    def holders(work: UnitOfWork, _body: Body) -> list[Contact]:
        found = people.holders_of(work.session, role, on=local_day(work.now))
        return [_contact(user) for user in found]

    return holders


def _contact(user: User) -> Contact:
    return Contact(name=user.full_name, email=user.email, user_name=user.name)


def _resolver(who: str) -> Callable[[UnitOfWork, Body], list[Contact]]:
    if who not in _RESOLVERS:
        known = ", ".join(_RESOLVERS)
        sentence = f"‘{who}’ is geen bestemmeling; kies uit {known}."
        raise InvalidDataError({"to": sentence})
    return _RESOLVERS[who]


_RESOLVERS: Mapping[str, Callable[[UnitOfWork, Body], list[Contact]]] = {
    "secretary": _secretary,
    "chair": _chair,
    "alderman": _holders(Role.ALDERMAN),
    "head_of_service": _holders(Role.HEAD_OF_SERVICE),
    "members": _members,
}
