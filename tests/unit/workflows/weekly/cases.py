"""Running cases for tests of the list."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from workflows.cases.model import CaseKind, CaseStatus
from workflows.weekly.model import OpenTask, Place, RunningCase, Section

MEETS_AT = datetime(2026, 3, 10, 8, tzinfo=UTC)


def in_days(days):
    """Return a moment so many days after the meeting."""
    return MEETS_AT + timedelta(days=days)


def a_task(due_at=None, *, is_ours=True, **facts):
    return OpenTask(
        **{
            "id": uuid4(),
            "name": "Verslag opstellen",
            "assignee": None,
            "candidate_groups": ("inspector",),
            "due_at": due_at,
            "is_ours": is_ours,
            **facts,
        }
    )


def a_case(number="2026-0001", *, due_at=None, is_ours=True, **facts):
    """Return a case with one open task, which is opened long ago."""
    return RunningCase(
        **{
            "number": number,
            "kind": CaseKind.SVK_INTAKE,
            "address": "Hoogstraat 12, 2800 Mechelen",
            "organisation_name": "SVK Mechelen",
            "owner_name": "Jan Janssens",
            "inspector": "els",
            "status": CaseStatus.OPEN,
            "phase": "Plaatsbezoek",
            "opened_at": in_days(-100),
            "tasks": (a_task(due_at, is_ours=is_ours),),
            **facts,
        }
    )


def a_place(number="2026-0001", kind=None):
    return Place(
        number=number,
        address="Hoogstraat 12",
        section=Section.REST,
        kind=kind,
        is_begun=kind is not None,
    )
