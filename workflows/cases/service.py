"""Use cases of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypedDict
from uuid import UUID

from engine.errors import MessageNotExpectedError
from engine.model import Instance
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Variables
from workflows.calendar import local_day
from workflows.cases import repository
from workflows.cases.model import (
    BUNDLE_KEY,
    OFFER_FIELDS,
    PROCESSES,
    REQUEST_FIELDS,
    WITHDRAWALS,
    Case,
    CaseKind,
    CaseStatus,
    VlokReferences,
    case_number,
)
from workflows.cases.standing import not_now
from workflows.cases.tables import CaseNoteRow, CaseRow
from workflows.certificates.service import stop as stop_certificates
from workflows.city import service as city_service
from workflows.dwellings import repository as dwellings
from workflows.dwellings.model import Unit
from workflows.dwellings.service import take_in_offer
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.numbering.repository import next_number
from workflows.people import repository as people
from workflows.people.model import Actor, OrganisationKind
from workflows.people.rights import Action, Subject, require
from workflows.works.proofs import NewProof
from workflows.works.proofs import add as add_proofs

_AGENCIES = (OrganisationKind.RENTAL_AGENCY, OrganisationKind.HOUSING_COMPANY)
_LONGEST_NOTE = 4000


class Instances(Protocol):
    """Starts process instances; ``engine.instances`` is one."""

    def start(  # noqa: PLR0913 - the engine's signature
        self,
        work: UnitOfWork,
        *,
        bundle_key: str,
        process_id: str,
        variables: Variables,
        business_key: str,
        label: str,
        by: str,
    ) -> Instance:
        """Start the newest version of a process."""


class Messages(Protocol):
    """Brings messages to waiting processes; ``engine.messages`` is one."""

    def correlate(  # noqa: PLR0913 - the engine's signature
        self,
        work: UnitOfWork,
        *,
        name: str,
        correlation_key: str,
        variables: Variables,
        by: str,
        time_to_live: timedelta | None = None,
    ) -> object:
        """Bring a message to who waits for it under this key."""


class Beginning(TypedDict):
    """With what a process starts, by the engine or from within a service task."""

    bundle_key: str
    process_id: str
    variables: Variables
    business_key: str
    label: str


class CaseEngine(Protocol):
    """What a case needs of the engine."""

    @property
    def instances(self) -> Instances:
        """Where instances are started."""

    @property
    def messages(self) -> Messages:
        """Where messages are brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case is opened with; *data* holds what the form gives.

    The fields of the dwelling are in *data* itself or below ``offer``, those
    of a request for a certificate below ``request``. *organisation_id* is the
    rental agency for which the city opens a case; somebody of an agency opens
    cases of his own.
    """

    kind: CaseKind
    data: Mapping[str, object]
    organisation_id: UUID | None = None

    @property
    def offer(self) -> Mapping[str, object]:
        """The fields of the dwelling and its owner."""
        nested = self.data.get("offer")
        return nested if isinstance(nested, Mapping) else self.data

    @property
    def request(self) -> Mapping[str, object] | None:
        """The fields of a request for a certificate; an intake has none."""
        nested = self.data.get("request")
        return nested if isinstance(nested, Mapping) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksDone:
    """When the works were finished, what must be said of them, and what shows it."""

    on: date
    remarks: str = ""
    proofs: Sequence[NewProof] = ()


def open_case(work: UnitOfWork, engine: CaseEngine, new: NewCase, *, by: Actor) -> Case:
    """Open a case: rows, number and process instance in one unit of work.

    Raise ``ForbiddenError`` when *by* may not, ``InvalidDataError`` when the
    address or the owner is missing.
    """
    organisation_id = _applicant(work, new, by)
    require(by, Action.OPEN_CASE, Subject(organisation_id=organisation_id))
    if not str(new.offer.get("owner_name") or "").strip():
        raise InvalidDataError({"owner_name": "Vul de naam van de eigenaar in."})
    unit = take_in_offer(work, new.offer)
    row = _add_row(work, new, unit, by)
    row.organisation_id = organisation_id
    work.session.flush()
    refresh_search(work, row)
    instance = engine.instances.start(
        work,
        bundle_key=BUNDLE_KEY,
        process_id=PROCESSES[new.kind],
        variables=_variables(work, row, unit, new),
        business_key=row.number,
        label=row.address,
        by=by.name,
    )
    row.instance_id = instance.id
    work.session.flush()
    return repository.case(work.session, row.number)


def withdraw(
    work: UnitOfWork, engine: CaseEngine, number: str, *, by: Actor, reason: str
) -> None:
    """Withdraw a running case, as its applicant or for him."""
    case = _open_case_for(work, number, by, Action.WITHDRAW_CASE)
    if not reason.strip():
        raise InvalidDataError({"reason": "Vul in waarom het dossier stopt."})
    add_line(work, number, by=by.name, text=f"Ingetrokken: {reason.strip()}")
    stop_certificates(work, number)
    telling = _Telling(
        name=WITHDRAWALS[case.kind],
        variables={"reason": reason.strip()},
        refusal="Dit dossier kan nu niet worden ingetrokken.",
    )
    _tell(work, engine, number, telling, by=by)


def report_works_done(
    work: UnitOfWork, engine: CaseEngine, number: str, *, by: Actor, done: WorksDone
) -> None:
    """Tell the city that the works are finished; a re-inspection is planned."""
    _open_case_for(work, number, by, Action.REPORT_WORKS_DONE)
    if done.on > local_day(work.now):
        problems = {"works_done_on": "De werken kunnen niet in de toekomst klaar zijn."}
        raise InvalidDataError(problems)
    add_proofs(work, number, done.proofs, by=by)
    remarks = done.remarks.strip()
    variables = {"works_done_on": done.on, "works_done_remarks": remarks}
    telling = _Telling(
        name="works_done",
        variables=variables,
        refusal="In dit dossier worden nu geen werken verwacht.",
    )
    _tell(work, engine, number, telling, by=by)


def note(work: UnitOfWork, number: str, *, by: Actor, text: str) -> None:
    """Add a note of a person to a case."""
    case = repository.case(work.session, number)
    require(by, Action.NOTE_CASE, case.subject)
    if not text.strip() or len(text) > _LONGEST_NOTE:
        sentence = f"Schrijf een notitie van hoogstens {_LONGEST_NOTE} tekens."
        raise InvalidDataError({"text": sentence})
    add_line(work, number, by=by.name, text=text.strip())


def set_vlok_references(
    work: UnitOfWork, number: str, references: VlokReferences, *, by: Actor
) -> None:
    """Note the numbers of a case in VLOK."""
    case = repository.case(work.session, number)
    require(by, Action.NOTE_CASE, case.subject)
    row = repository.case_row(work.session, number)
    row.vlok_case = references.case
    row.vlok_inspection = references.inspection
    row.vlok_entity = references.entity
    work.session.flush()


def add_line(work: UnitOfWork, number: str, *, by: str, text: str) -> None:
    """Add a line to a case, without asking who may."""
    row = CaseNoteRow(
        id=new_id(work.now), case_number=number, at=work.now, by=by, text=text
    )
    work.session.add(row)
    work.session.flush()


def link_unit(
    work: UnitOfWork, number: str, unit: Unit, offer: Mapping[str, object]
) -> None:
    """Point a case at the unit and people of a completed offer."""
    row = repository.case_row(work.session, number)
    row.unit_id = unit.id
    row.address = str(unit.address)
    row.owner_name = _text(offer, "owner_name") or row.owner_name
    row.owner_email = _text(offer, "owner_email") or row.owner_email
    row.occupant_name = _text(offer, "occupant_name") or row.occupant_name
    refresh_search(work, row)


def refresh_search(work: UnitOfWork, row: CaseRow) -> None:
    """Write what the search of the list looks in."""
    unit = dwellings.unit(work.session, row.unit_id)
    applicant = (
        people.organisation(work.session, row.organisation_id).name
        if row.organisation_id
        else ""
    )
    parts = (row.number, row.address, row.owner_name, applicant, str(unit.type))
    row.search = " ".join(parts).casefold()
    work.session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """A message to a case; *refusal* is said when its process doesn't wait for it."""

    name: str
    variables: Variables
    refusal: str


def _tell(
    work: UnitOfWork, engine: CaseEngine, number: str, telling: _Telling, *, by: Actor
) -> None:
    try:
        engine.messages.correlate(
            work,
            name=telling.name,
            correlation_key=number,
            variables=telling.variables,
            by=by.name,
        )
    except MessageNotExpectedError as error:
        raise NotAllowedNowError(number, telling.name, telling.refusal) from error


def _applicant(work: UnitOfWork, new: NewCase, by: Actor) -> UUID | None:
    """Return the agency of a case: the actor's own, or the one that was chosen."""
    if not by.is_city:
        return min(by.organisation_ids, default=None, key=str)
    if new.organisation_id is None:
        if new.kind is CaseKind.SVK_INTAKE:
            sentence = "Kies het sociaal verhuurkantoor dat de woning aanbiedt."
            raise InvalidDataError({"organisation_id": sentence})
        return None
    kind = people.organisation(work.session, new.organisation_id).kind
    if kind not in _AGENCIES:
        sentence = "Deze organisatie is geen sociaal verhuurkantoor."
        raise InvalidDataError({"organisation_id": sentence})
    return new.organisation_id


def _add_row(work: UnitOfWork, new: NewCase, unit: Unit, by: Actor) -> CaseRow:
    today = local_day(work.now)
    sequence = next_number(work.session, "case", today.year)
    row = CaseRow(
        number=case_number(today.year, sequence),
        year=today.year,
        sequence=sequence,
        kind=new.kind,
        unit_id=unit.id,
        address=str(unit.address),
        owner_name=_text(new.offer, "owner_name"),
        owner_email=_text(new.offer, "owner_email") or None,
        occupant_name=_text(new.offer, "occupant_name") or None,
        received_on=today,
        search="",
        opened_at=work.now,
        opened_by=by.name,
    )
    work.session.add(row)
    return row


def _variables(
    work: UnitOfWork, row: CaseRow, unit: Unit, new: NewCase
) -> dict[str, object]:
    """Return the variables with which a process starts (see bpmn/svk)."""
    city = city_service.city(work)
    offer = {
        **dict.fromkeys(OFFER_FIELDS),
        **{name: value for name, value in new.offer.items() if name in OFFER_FIELDS},
        "municipality": unit.building.municipality,
        "unit_type": unit.type.value,
    }
    variables: dict[str, object] = {
        "case_number": row.number,
        "case_kind": row.kind.value,
        "city": {
            "name": city.name,
            "sender": city.sender,
            "closing_days": sorted(city_service.working_calendar(work).closing_days),
        },
        "terms": city_service.terms(work),
        "offer": offer,
        "dwelling_id": str(unit.id),
    }
    if new.kind is CaseKind.CERTIFICATE:
        variables["request"] = _request(work, new)
    return variables


def _request(work: UnitOfWork, new: NewCase) -> dict[str, object]:
    """Return the request; without a day of receipt it came in today."""
    given = new.request or {}
    return {
        **dict.fromkeys(REQUEST_FIELDS),
        **{name: value for name, value in given.items() if name in REQUEST_FIELDS},
        "received_on": given.get("received_on") or local_day(work.now),
    }


def _open_case_for(work: UnitOfWork, number: str, by: Actor, action: Action) -> Case:
    case = repository.case(work.session, number)
    require(by, action, case.subject)
    if case.status is not CaseStatus.OPEN:
        raise not_now(work, case, "Dit dossier loopt niet meer.")
    return case


def _text(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name) or "").strip()
