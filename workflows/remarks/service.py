"""Use cases of remarks on the processes themselves."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from engine.errors import MessageNotExpectedError, NotFoundError
from engine.model import Bundle, Deployment
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import BUNDLE_KEY
from workflows.calendar import local_day
from workflows.cases import repository as cases
from workflows.cases.service import CaseEngine
from workflows.city.repository import values_on
from workflows.errors import InvalidDataError
from workflows.meetings.model import PointKind
from workflows.meetings.service import NewPoint
from workflows.numbering.repository import next_number
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.remarks import measuring, repository
from workflows.remarks.model import (
    PROCESS_ID,
    SERIES,
    Remark,
    RemarkStatus,
    Step,
)
from workflows.remarks.steps import find_step
from workflows.remarks.tables import RemarkRow
from workflows.work_groups import agenda

LONGEST_TEXT = 4000
_VERSION = "De versie"
_OWNER, _OTHER_OWNER = "process_owner_", "process_owner_other"


class Versions(Protocol):
    """Knows the versions of bundles; ``engine.definitions`` is one."""

    def get(self, work: UnitOfWork, content_hash: str) -> Bundle:
        """Return the files of a version."""

    def versions(self, work: UnitOfWork, key: str) -> Sequence[Deployment]:
        """Return all versions of a bundle, the newest first."""


class RemarkEngine(CaseEngine, Protocol):
    """What a remark needs of the engine."""

    @property
    def definitions(self) -> Versions:
        """Where the versions of processes are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRemark:
    """A remark on a step of a version, and the case in which it came up."""

    bundle_hash: str
    process_id: str
    element_id: str
    text: str
    case_number: str | None = None


def pin(work: UnitOfWork, engine: RemarkEngine, new: NewRemark, *, by: Actor) -> Remark:
    """Pin a remark to a step, with the load of that step as it is now.

    Raise ``UnknownError`` for a step that this version doesn't draw,
    ``InvalidDataError`` without a text.
    """
    require(by, Action.PIN_REMARK)
    step = step_of(work, engine, new.bundle_hash, new.process_id, new.element_id)
    text = new.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        sentence = f"Schrijf een opmerking van hoogstens {LONGEST_TEXT} tekens."
        raise InvalidDataError({"text": sentence})
    if new.case_number:
        case = cases.case_file(work.session, new.case_number)
        require(by, Action.READ_CASE, case.subject)
    row = _add_row(work, new, step, by)
    instance = engine.instances.start(
        work,
        bundle_key=BUNDLE_KEY,
        process_id=PROCESS_ID,
        variables={
            "remark_number": row.number,
            "remarked_bundle": step.bundle_key,
            "remarked_process": step.process_id,
            "remarked_element": step.element_id,
        },
        business_key=row.number,
        label=f"{step.process_name}: {step.element_name}",
        by=by.name,
    )
    row.instance_id = instance.id
    work.session.flush()
    return repository.remark(work.session, row.number)


def step_of(
    work: UnitOfWork,
    engine: RemarkEngine,
    bundle_hash: str,
    process_id: str,
    element_id: str,
) -> Step:
    """Return a step of a version; raise ``UnknownError`` or ``NotFoundError``."""
    bundle = engine.definitions.get(work, bundle_hash)
    versions = engine.definitions.versions(work, bundle.key)
    version = next((v for v in versions if v.content_hash == bundle_hash), None)
    if version is None:
        raise NotFoundError(_VERSION, bundle_hash)
    return find_step(bundle, version, process_id, element_id)


def decide(  # noqa: PLR0913 - all by keyword, all of one decision
    work: UnitOfWork,
    engine: CaseEngine,
    number: str,
    *,
    change: bool,
    text: str,
    by: Actor,
) -> Remark:
    """Note what the body decided about a remark, once.

    Raise ``NotAllowedNowError`` when that was done, with who and when.
    """
    row = repository.remark_row(work.session, number, locked=True)
    point, meeting = agenda.deciding_point(work, number, PointKind.REMARK, by=by)
    agenda.refuse_decided(work, number, by=row.decided_by, at=row.decided_at)
    told = text.strip()
    if not told or len(told) > LONGEST_TEXT:
        sentence = "Schrijf wat er moet veranderen, of waarom het zo blijft."
        raise InvalidDataError({"text": sentence})
    row.status = RemarkStatus.TO_CHANGE if change else RemarkStatus.KEPT
    row.decision_text = told
    row.decided_in = meeting.number
    row.decided_at = work.now
    row.decided_by = by.name
    work.session.flush()
    words = (
        "Het proces wordt aangepast." if change else "Het proces blijft zoals het is."
    )
    agenda.write_decision(work, point, f"{words} {told}", by=by)
    engine.messages.correlate(
        work,
        name="remark_decided",
        correlation_key=number,
        variables={"change": change, "decision_text": told},
        by=by.name,
    )
    return repository.remark(work.session, number)


def deployed(
    work: UnitOfWork, engine: CaseEngine, bundle_key: str, version: int, *, by: str
) -> list[str]:
    """Tell the authors whose remarks were to change this bundle; return the numbers.

    *version* must have come into use just now. A remark whose process somebody
    stopped is marked as changed, and nobody is written to.
    """
    found = repository.remarks(
        work.session, statuses=[RemarkStatus.TO_CHANGE], bundle_key=bundle_key
    )
    for remark in reversed(found):
        row = repository.remark_row(work.session, remark.number, locked=True)
        row.status = RemarkStatus.CHANGED
        row.deployed_version = version
        row.deployed_at = work.now
        work.session.flush()
        with suppress(MessageNotExpectedError):
            engine.messages.correlate(
                work,
                name="version_deployed",
                correlation_key=remark.number,
                variables={"version": version},
                by=by,
            )
    return [remark.number for remark in reversed(found)]


def owner_of(work: UnitOfWork, bundle_key: str) -> str:
    """Return the key of the body that decides about a bundle, after the settings."""
    values = values_on(work.session, local_day(work.now))
    setting = values.get(f"{_OWNER}{bundle_key}", values[_OTHER_OWNER])
    key = str(setting.value)
    if key not in {body.key for body in bodies.bodies(work.session)}:
        sentence = (
            f"De instelling ‘{setting.setting.label}’ noemt {key}, maar dat"
            " overlegorgaan bestaat niet. Vraag de beheerder om ze te verbeteren."
        )
        raise InvalidDataError({"text": sentence})
    return key


def agenda_point(remark: Remark) -> NewPoint:
    """Return the point with which a remark comes on an agenda."""
    return NewPoint(
        kind=PointKind.REMARK,
        title=f"Opmerking {remark.number} bij ‘{remark.step.element_name}’",
        explanation=remark.agenda_text,
        reference=remark.number,
    )


def _add_row(work: UnitOfWork, new: NewRemark, step: Step, by: Actor) -> RemarkRow:
    year = local_day(work.now).year
    load = measuring.load_of(work.session, step)
    row = RemarkRow(
        number=f"OPM-{year}-{next_number(work.session, SERIES, year)}",
        bundle_key=step.bundle_key,
        bundle_hash=step.bundle_hash,
        version=step.version,
        process_id=step.process_id,
        process_name=step.process_name,
        element_id=step.element_id,
        element_name=step.element_name,
        body_key=owner_of(work, step.bundle_key),
        case_number=new.case_number or None,
        text=new.text.strip(),
        author=by.name,
        pinned_at=work.now,
        live=load.live,
        measured=load.measured,
        median=load.median,
        p90=load.p90,
        status=RemarkStatus.PINNED,
        decision_text="",
        answer="",
    )
    work.session.add(row)
    work.session.flush()
    return row
