"""How far a case is, read from its rows."""

from collections.abc import Iterable
from datetime import date, datetime

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.cases.model import Case, CaseStatus
from workflows.cases.phases import Milestones, Phase, phases
from workflows.certificates import repository as certificates
from workflows.certificates.model import Certificate, CertificateStatus
from workflows.inspections import repository as inspections
from workflows.reports import repository as reports

OFFERED = ("Aanbod", "Aanbod aan te vullen")
"""The milestones at which nobody has planned a visit yet."""


def progress(work: UnitOfWork, case: Case) -> tuple[Phase, ...]:
    """Return the phases of a case with their days."""
    seen = inspections.inspections_of(work.session, case.number)
    sent = [
        each
        for each in reports.reports_of(work.session, case.number)
        if each.sent_at is not None
    ]
    works_needed = any(not each.conform for each in sent)
    conform = [each.sent_at for each in sent if each.conform and each.sent_at]
    return phases(
        Milestones(
            kind=case.kind,
            opened_on=local_day(case.opened_at),
            is_open=case.status is not CaseStatus.CLOSED,
            is_checking_offer=_is_checking_offer(case),
            inspected_on=_first(each.inspected_on for each in seen),
            reported_on=_first_day(each.sent_at for each in sent),
            works_needed=works_needed,
            repaired_on=_first_day(conform) if works_needed else None,
            decided_on=_decided(
                certificates.certificates_of(work.session, case.number)
            ),
            closed_on=local_day(case.closed_at) if case.closed_at else None,
        )
    )


def _is_checking_offer(case: Case) -> bool:
    """Tell whether a running case still stands where it was offered."""
    return case.status is not CaseStatus.CLOSED and case.milestone in OFFERED


def _decided(found: Iterable[Certificate]) -> date | None:
    """Return the day of the first notification or refusal."""
    return _first_day(
        each.ended_at if each.status is CertificateStatus.REFUSED else each.notified_at
        for each in found
    )


def _first_day(moments: Iterable[datetime | None]) -> date | None:
    return _first(local_day(moment) if moment else None for moment in moments)


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
