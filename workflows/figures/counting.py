"""Counting the figures of housing quality from the cases, a few queries in all."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.calendar import local_day, local_moment
from workflows.cases.tables import CaseRow
from workflows.certificates.model import CertificateStatus
from workflows.certificates.tables import CertificateRow
from workflows.deadlines.tables import DeadlineRow
from workflows.figures.model import Figure, Period, count, middle, share
from workflows.inspections.model import InspectionKind
from workflows.inspections.tables import InspectionRow
from workflows.reports.tables import ReportRow
from workflows.works.tables import WorksListRow

_SOON = timedelta(days=183)
_GUARANTEE = "report_guarantee"


def quality(session: Session, period: Period, *, now: datetime) -> list[Figure]:
    """Return the figures of *period*; what is open or expires is that of *now*.

    The queries are as many for one case as for a hundred thousand.
    """
    return [
        *_inspections(session, period),
        *_lead_times(session, period),
        _guarantee(session, period),
        *_standing(session, period, local_day(now)),
    ]


def _inspections(session: Session, period: Period) -> list[Figure]:
    """Recorded inspections, and how many were conform at the first visit."""
    query = (
        select(
            InspectionRow.kind,
            func.count(),
            func.sum(_one_if(InspectionRow.conform.is_(True))),
        )
        .where(_on_day(InspectionRow.inspected_on, period))
        .where(InspectionRow.conform.is_not(None))
        .group_by(InspectionRow.kind)
    )
    found = {kind: (total, conform) for kind, total, conform in session.execute(query)}
    first, conform = found.get(InspectionKind.FIRST, (0, 0))
    total = sum(number for number, _ in found.values())
    return [
        count("inspections", "Onderzoeken", total),
        share("conform_first", "Conform bij het eerste bezoek", conform, first),
    ]


def _lead_times(session: Session, period: Period) -> list[Figure]:
    visits = (
        select(CaseRow.opened_at, InspectionRow.inspected_on)
        .join(InspectionRow, InspectionRow.case_number == CaseRow.number)
        .where(InspectionRow.kind == InspectionKind.FIRST)
        .where(_on_day(InspectionRow.inspected_on, period))
    )
    reports = (
        select(InspectionRow.inspected_on, ReportRow.sent_at)
        .join(ReportRow, ReportRow.inspection_id == InspectionRow.id)
        .where(_at_moment(ReportRow.sent_at, period))
    )
    until_visit = [
        (visited - local_day(opened)).days
        for opened, visited in session.execute(visits)
        if visited
    ]
    until_report = [
        (local_day(sent) - visited).days
        for visited, sent in session.execute(reports)
        if visited and sent
    ]
    return [
        middle("days_to_visit", "Van aanbod tot bezoek", until_visit),
        middle("days_to_report", "Van bezoek tot verslag", until_report),
    ]


def _guarantee(session: Session, period: Period) -> Figure:
    """How often the report went out within its guarantee, of those that fell due."""
    query = select(
        func.count(), func.sum(_one_if(DeadlineRow.breached_at.is_(None)))
    ).where(DeadlineRow.kind == _GUARANTEE, _at_moment(DeadlineRow.due_at, period))
    ended = query.where(
        DeadlineRow.met_at.is_not(None) | DeadlineRow.breached_at.is_not(None)
    )
    total, kept = session.execute(ended).one()
    return share("guarantee_kept", "Verslaggarantie gehaald", kept or 0, total)


def _standing(session: Session, period: Period, today: date) -> list[Figure]:
    """What is open today, and the certificates of the period."""
    works = select(func.count()).where(WorksListRow.done_on.is_(None))
    issued = select(func.count()).where(_at_moment(CertificateRow.notified_at, period))
    expiring = select(func.count()).where(
        CertificateRow.status == CertificateStatus.VALID,
        CertificateRow.valid_until.between(today, today + _SOON),
    )
    return [
        count("works_open", "Werken lopend", session.scalars(works).one()),
        count("certificates", "Attesten afgeleverd", session.scalars(issued).one()),
        count(
            "certificates_expiring",
            "Attesten die binnen zes maanden verlopen",
            session.scalars(expiring).one(),
        ),
    ]


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _on_day(
    column: InstrumentedAttribute[date | None], period: Period
) -> ColumnElement[bool]:
    return column.between(period.first, period.last)


def _at_moment(
    column: InstrumentedAttribute[datetime | None] | InstrumentedAttribute[datetime],
    period: Period,
) -> ColumnElement[bool]:
    start = local_moment(period.first, time())
    end = local_moment(period.last + timedelta(days=1), time())
    return (column >= start) & (column < end)
