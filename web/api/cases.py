"""Cases: find them, open them, and read what happened in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.model import JournalEntry
from engine.persistence.unit_of_work import UnitOfWork
from web.api import cursors
from web.api.access import allowed, own_subject, see_case
from web.api.answer import Answer, require_match
from web.api.once import changed
from web.api.resource import PREFIX, Resource
from web.api.schemas import cases as schemas
from web.api.task_forms import opening_values
from web.auth import actor
from web.case_opening import form_of
from web.services import reading, services
from workflows.cases import repository, service
from workflows.cases.model import Case, CaseKind, CaseQuery, CaseSort, CaseStatus
from workflows.people.model import Actor
from workflows.people.rights import Action, require

resource = Resource("cases", "Dossiers: wat de stad behandelt.")

_CASE = schemas.Case()
_LINE = schemas.JournalLine()


@resource.find("", schemas.CasePage, query=schemas.CaseQuery, refusals=(400,))
def find_cases(asked: Mapping[str, Any]) -> Answer:
    """Find cases, page by page; an agency finds its own."""
    who = allowed(Action.READ_CASE)
    with reading() as work:
        query = _query(who, asked, now=work.now)
        page = repository.find(work.session, query)
    shown = page.cases[: asked["limit"]]
    more = len(page.cases) > len(shown)
    return Answer(
        body={
            "items": _CASE.all(shown),
            "total": page.total,
            "next_cursor": _cursor(query, shown[-1]) if more else None,
        }
    )


@resource.post(
    "",
    schemas.Case,
    body=schemas.NewCase,
    status=201,
    refusals=(404, 409),
)
def open_case(asked: Mapping[str, Any]) -> Answer:
    """Open a case with the values of its form, and start its process.

    The city names the agency for which it opens one (*organisation_id*);
    somebody of an agency opens cases of his own.
    """
    who = actor()
    require(who, Action.OPEN_CASE, own_subject(who))
    kind = CaseKind(asked["kind"])

    def opened(work: UnitOfWork) -> Answer:
        new = service.NewCase(
            kind=kind,
            data=opening_values(form_of(work, kind), asked["data"]),
            organisation_id=asked.get("organisation_id"),
        )
        case = service.open_case(work, services().engine, new, by=who)
        place = {"Location": f"{PREFIX}/cases/{case.number}"}
        return Answer(body=_CASE.one(case), status=201, headers=place, version=True)

    return changed(opened)


@resource.get("/<number>", schemas.Case, versioned=True)
def get_case(number: str) -> Answer:
    """Get a case."""
    with reading() as work:
        return _answer(see_case(work, number))


@resource.find(
    "/<number>/journal",
    schemas.JournalPage,
    query=schemas.JournalQuery,
    refusals=(400, 404),
)
def read_journal(asked: Mapping[str, Any], number: str) -> Answer:
    """Read what happened in a case, oldest first; for the city only."""
    with reading() as work:
        case = see_case(work, number, Action.READ_JOURNAL)
        entries = services().engine.journal.of(work, case.instance_id)
    cursor = asked.get("cursor")
    start = cursors.read_number(cursor, number) if cursor else 0
    shown = entries[start : start + asked["limit"]]
    end = start + len(shown)
    more = end < len(entries)
    return Answer(
        body={
            "items": [_line(each) for each in shown],
            "next_cursor": cursors.write_number(number, end) if more else None,
        }
    )


@resource.post(
    "/<number>/notes", schemas.Case, body=schemas.NewNote, status=201, versioned=True
)
def add_note(asked: Mapping[str, Any], number: str) -> Answer:
    """Add a note to a case."""

    def noted(work: UnitOfWork) -> Answer:
        _see_to_change(work, number, Action.NOTE_CASE)
        service.note(work, number, by=actor(), text=asked["text"])
        return _answer(repository.case(work.session, number), status=201)

    return changed(noted)


@resource.post(
    "/<number>/withdrawal", schemas.Case, body=schemas.Withdrawal, versioned=True
)
def withdraw_case(asked: Mapping[str, Any], number: str) -> Answer:
    """Withdraw a running case, as its applicant or for him."""

    def withdrawn(work: UnitOfWork) -> Answer:
        _see_to_change(work, number, Action.WITHDRAW_CASE)
        service.withdraw(
            work, services().engine, number, by=actor(), reason=asked["reason"]
        )
        return _answer(repository.case(work.session, number))

    return changed(withdrawn)


def _see_to_change(work: UnitOfWork, number: str, action: Action) -> None:
    """Refuse a caller who may not *action*, or who saw another version."""
    case = see_case(work, number, action)
    require_match(lambda: _CASE.one(case))


def _answer(case: Case, *, status: int = 200) -> Answer:
    return Answer(body=_CASE.one(case), status=status, version=True)


def _cursor(query: CaseQuery, last: Case) -> str:
    return cursors.write_place(query.sort, last.opened_at, last.number)


def _line(entry: JournalEntry) -> Mapping[str, object]:
    return _LINE.one(entry, sentence=services().engine.journal.sentence(entry))


def _query(who: Actor, asked: Mapping[str, Any], *, now: datetime) -> CaseQuery:
    sort = CaseSort(asked["sort"])
    cursor = asked.get("cursor")
    return CaseQuery(
        organisation_ids=None if who.is_city else who.organisation_ids,
        text=asked["q"],
        kind=CaseKind(asked["kind"]) if "kind" in asked else None,
        status=CaseStatus(asked["status"]) if "status" in asked else None,
        milestone=asked.get("milestone"),
        outcome=asked.get("outcome"),
        inspector=asked.get("inspector"),
        opened_from=asked.get("opened_from"),
        opened_until=asked.get("opened_until"),
        overdue_at=now if asked["overdue"] else None,
        sort=sort,
        after=cursors.read_pair(cursor, sort) if cursor else None,
        limit=asked["limit"] + 1,
    )
