"""Who stands behind an addressee: the people of a case and of the city."""

from collections.abc import Callable, Iterable, Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.cases.model import CaseFile
from workflows.notices.model import Addressee, Recipient
from workflows.people import repository as people
from workflows.people.model import OrganisationKind, Role


def recipients(
    work: UnitOfWork, case: CaseFile, addressees: Iterable[Addressee]
) -> list[Recipient]:
    """Return who gets a notice; somebody in two roles gets it once."""
    found: dict[tuple[str, str], Recipient] = {}
    for addressee in addressees:
        for recipient in _RESOLVERS[addressee](work, case, addressee):
            key = (recipient.email or "", "" if recipient.email else recipient.name)
            found.setdefault(key, recipient)
    return list(found.values())


def _svk(work: UnitOfWork, case: CaseFile, addressee: Addressee) -> list[Recipient]:
    """The people of the rental agency, or else its own address."""
    if case.organisation_id is None:
        return []
    organisation = people.organisation(work.session, case.organisation_id)
    members = people.holders_of(
        work.session,
        Role.RENTAL_AGENCY,
        on=local_day(work.now),
        organisation_id=organisation.id,
    )
    if members:
        return [
            Recipient(addressee=addressee, name=user.full_name, email=user.email)
            for user in members
        ]
    return [
        Recipient(addressee=addressee, name=organisation.name, email=organisation.email)
    ]


def _owner(work: UnitOfWork, case: CaseFile, addressee: Addressee) -> list[Recipient]:
    return [
        Recipient(addressee=addressee, name=case.owner_name, email=case.owner_email)
    ]


def _occupant(
    work: UnitOfWork, case: CaseFile, addressee: Addressee
) -> list[Recipient]:
    """An occupant gets a letter; an empty dwelling has none."""
    if not case.occupant_name:
        return []
    return [Recipient(addressee=addressee, name=case.occupant_name, email=None)]


def _applicant(
    work: UnitOfWork, case: CaseFile, addressee: Addressee
) -> list[Recipient]:
    return _svk(work, case, addressee) or _owner(work, case, addressee)


def _inspector(
    work: UnitOfWork, case: CaseFile, addressee: Addressee
) -> list[Recipient]:
    if case.inspector is None:
        return []
    user = people.user(work.session, case.inspector)
    return [Recipient(addressee=addressee, name=user.full_name, email=user.email)]


def _holders(work: UnitOfWork, case: CaseFile, addressee: Addressee) -> list[Recipient]:
    """Everybody who holds the role of that name today."""
    holders = people.holders_of(
        work.session, Role(addressee.value), on=local_day(work.now)
    )
    return [
        Recipient(addressee=addressee, name=user.full_name, email=user.email)
        for user in holders
    ]


def _housing_agency(
    work: UnitOfWork, case: CaseFile, addressee: Addressee
) -> list[Recipient]:
    found = people.organisations(work.session, kinds=[OrganisationKind.HOUSING_AGENCY])
    return [
        Recipient(addressee=addressee, name=each.name, email=each.email)
        for each in found
    ]


_Resolver = Callable[[UnitOfWork, CaseFile, Addressee], list[Recipient]]
_RESOLVERS: Mapping[Addressee, _Resolver] = {
    Addressee.SVK: _svk,
    Addressee.OWNER: _owner,
    Addressee.OCCUPANT: _occupant,
    Addressee.APPLICANT: _applicant,
    Addressee.INSPECTOR: _inspector,
    Addressee.ADMIN: _holders,
    Addressee.HEAD_OF_SERVICE: _holders,
    Addressee.MAYOR: _holders,
    Addressee.GENERAL_DIRECTOR: _holders,
    Addressee.HOUSING_AGENCY: _housing_agency,
}
