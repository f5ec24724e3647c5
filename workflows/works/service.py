"""Use cases of required works."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words, local_day
from workflows.city.service import terms
from workflows.deadlines.model import add_period
from workflows.documents import service as documents
from workflows.documents.model import Document, DocumentKind
from workflows.inspections import repository as inspections
from workflows.inspections.model import Inspection
from workflows.works import repository
from workflows.works.model import Work
from workflows.works.tables import WorkRow, WorksListRow


def record(
    work: UnitOfWork, inspection_id: UUID, works: Sequence[Work], *, by: str
) -> None:
    """Keep the list of works and make the notice that tells of it."""
    inspection = inspections.inspection(work.session, inspection_id)
    row = WorksListRow(
        id=new_id(work.now),
        case_number=inspection.case_number,
        inspection_id=inspection_id,
        recorded_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for position, line in enumerate(works, start=1):
        work.session.add(_to_row(row.id, position, line))
    row.document_id = _make_notice(work, inspection, works, by=by).id
    work.session.flush()


def note_done(work: UnitOfWork, case_number: str, *, on: date, remarks: str) -> None:
    """Note that the works were reported as finished."""
    row = repository.newest_row(work.session, case_number)
    if row is not None:
        row.done_on = on
        row.remarks = remarks or None
        work.session.flush()


def _make_notice(
    work: UnitOfWork, inspection: Inspection, works: Sequence[Work], *, by: str
) -> Document:
    lines = [
        {
            "number": position,
            "rubric": line.rubric,
            "room": line.room,
            "category": line.category.value,
            "goal": line.goal,
            "proof": line.proof,
            "must": line.must,
        }
        for position, line in enumerate(works, start=1)
    ]
    evaluation = inspection.evaluation
    target = add_period(local_day(work.now), str(terms(work)["works"]))
    inspected_on = inspection.inspected_on or local_day(inspection.planned_at)
    data: dict[str, object] = {
        "inspected_on": day_in_words(inspected_on),
        "result": evaluation.in_words if evaluation else "nog niet beoordeeld",
        "must": [line for line in lines if line["must"]],
        "advised": [line for line in lines if not line["must"]],
        "target": day_in_words(target),
    }
    draft = documents.Draft(
        case_number=inspection.case_number,
        kind=DocumentKind.WORKS_NOTICE,
        title=f"Uit te voeren werken na onderzoek van {day_in_words(inspected_on)}",
        file_name=f"werken-{inspection.case_number}-{inspected_on}.pdf",
        data=data,
    )
    return documents.make(work, draft, by=by)


def _to_row(list_id: UUID, position: int, line: Work) -> WorkRow:
    return WorkRow(
        list_id=list_id,
        position=position,
        rubric=line.rubric,
        category=line.category,
        room=line.room,
        goal=line.goal,
        proof=line.proof,
        must=line.must,
    )
