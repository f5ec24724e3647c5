"""Ending a valid certificate before its time.

It lapses by law, which the service records, or the mayor withdraws it.
"""

from collections.abc import Mapping
from enum import StrEnum

from engine.errors import MessageNotExpectedError
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Variables
from workflows.cases import repository as cases
from workflows.cases.service import CaseEngine
from workflows.certificates import repository
from workflows.certificates.model import Certificate, CertificateStatus
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.people.model import Actor
from workflows.people.rights import Action, may, require

LONGEST_MOTIVATION = 4000
WAYS = (Action.LAPSE_CERTIFICATE, Action.WITHDRAW_CERTIFICATE)
"""What ends a certificate; nobody's office is both."""


class LapseGround(StrEnum):
    """By what a certificate lapses by law."""

    DECLARED_UNFIT = "declared_unfit"
    DECLARED_UNINHABITABLE = "declared_uninhabitable"
    DECLARED_OVERCROWDED = "declared_overcrowded"
    INSPECTORATE_REPORT = "inspectorate_report"
    MAJOR_RENOVATION = "major_renovation"


GROUND_NAMES: Mapping[LapseGround, str] = {
    LapseGround.DECLARED_UNFIT: "de woning is ongeschikt verklaard",
    LapseGround.DECLARED_UNINHABITABLE: "de woning is onbewoonbaar verklaard",
    LapseGround.DECLARED_OVERCROWDED: "de woning is overbewoond verklaard",
    LapseGround.INSPECTORATE_REPORT: (
        "de Vlaamse Wooninspectie maakte een proces-verbaal op"
    ),
    LapseGround.MAJOR_RENOVATION: "de woning is ingrijpend verbouwd",
}


def endable(
    work: UnitOfWork, number: str, *, by: Actor, way: Action | None = None
) -> Certificate:
    """Return the certificate when *by* may end it now in this *way*, or in any.

    Raise ``ForbiddenError``, or ``NotAllowedNowError`` when it isn't valid.
    """
    row = repository.row_by_number(work.session, number)
    case = cases.case(work.session, row.case_number)
    mine = (each for each in WAYS if may(by, each, case.subject))
    require(by, way or next(mine, Action.LAPSE_CERTIFICATE), case.subject)
    found = repository.to_certificate(row)
    if found.status is not CertificateStatus.VALID:
        sentence = f"Attest {number} is niet geldig (meer): het kan niet eindigen."
        raise NotAllowedNowError(number, found.status, sentence)
    return found


def lapse(
    work: UnitOfWork, engine: CaseEngine, number: str, *, by: Actor, ground: str
) -> None:
    """Let a valid certificate lapse on one of the grounds of the law.

    *ground* is a value of ``LapseGround``.
    """
    endable(work, number, by=by, way=Action.LAPSE_CERTIFICATE)
    if ground not in list(LapseGround):
        raise InvalidDataError({"ground": "Kies de grond waarop het attest vervalt."})
    words = GROUND_NAMES[LapseGround(ground)]
    _tell(
        work, engine, number, "certificate_lapses", variables={"ground": words}, by=by
    )


def withdraw(
    work: UnitOfWork, engine: CaseEngine, number: str, *, by: Actor, motivation: str
) -> None:
    """Withdraw a valid certificate as mayor, with the motivation of the decision."""
    endable(work, number, by=by, way=Action.WITHDRAW_CERTIFICATE)
    why = motivation.strip()
    if not why or len(why) > LONGEST_MOTIVATION:
        sentence = f"Motiveer de intrekking in hoogstens {LONGEST_MOTIVATION} tekens."
        raise InvalidDataError({"motivation": sentence})
    _tell(
        work,
        engine,
        number,
        "certificate_withdrawn",
        variables={"motivation": why},
        by=by,
    )


def _tell(  # noqa: PLR0913 - all of one message
    work: UnitOfWork,
    engine: CaseEngine,
    number: str,
    name: str,
    *,
    variables: Variables,
    by: Actor,
) -> None:
    try:
        engine.messages.correlate(
            work, name=name, correlation_key=number, variables=variables, by=by.name
        )
    except MessageNotExpectedError as error:
        sentence = (
            f"Geen enkel proces bewaakt attest {number}, dus het kan hier niet"
            " eindigen. Verwittig de systeembeheerder."
        )
        raise NotAllowedNowError(number, name, sentence) from error
