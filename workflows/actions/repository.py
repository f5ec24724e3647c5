"""Queries on action points and decisions, giving model values."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.actions.model import (
    ActionPage,
    ActionPoint,
    ActionQuery,
    ActionState,
    Decision,
    DecisionPage,
    DecisionQuery,
    ListedAction,
    ListedDecision,
)
from workflows.actions.tables import ActionRow, DecisionRow
from workflows.bodies.tables import BodyRow
from workflows.errors import UnknownError


def action(session: Session, action_id: UUID) -> ActionPoint:
    """Return an action point; raise ``UnknownError`` without."""
    return to_action(action_row(session, action_id))


def action_row(session: Session, action_id: UUID) -> ActionRow:
    """Return the row of an action point; raise ``UnknownError`` without."""
    row = session.get(ActionRow, action_id)
    if row is None:
        raise UnknownError(action_id, "Het actiepunt")
    return row


def locked_row(session: Session, action_id: UUID) -> ActionRow:
    """Return the row of an action point as it is now, locked until the commit."""
    query = (
        select(ActionRow)
        .where(ActionRow.id == action_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    if row is None:
        raise UnknownError(action_id, "Het actiepunt")
    return row


def action_of_instance(session: Session, instance_id: UUID) -> ActionPoint | None:
    """Return the action point that a process instance follows."""
    row = session.scalar(select(ActionRow).where(ActionRow.instance_id == instance_id))
    return None if row is None else to_action(row)


def actions_of_case(session: Session, case_number: str) -> list[ListedAction]:
    """Return the action points on a case: the open ones first, then by day."""
    query = _actions().where(ActionRow.case_number == case_number)
    return _listed(session, query)


def actions_of_meeting(session: Session, number: str) -> list[ListedAction]:
    """Return the action points that a meeting made."""
    return _listed(session, _actions().where(ActionRow.meeting_number == number))


def open_of_body(session: Session, body_key: str) -> list[ActionPoint]:
    """Return what a body still has to see done, the earliest first."""
    query = _actions().where(
        ActionRow.body_key == body_key, ActionRow.state == ActionState.OPEN
    )
    return [each.action for each in _listed(session, query)]


def find(session: Session, query: ActionQuery) -> ActionPage:
    """Return one page of the action points that *query* asks for."""
    conditions = _action_conditions(query)
    page = _ordered(_actions().where(*conditions))
    total = session.scalar(select(func.count(ActionRow.id)).where(*conditions))
    found = session.execute(page.offset(query.offset).limit(query.limit))
    return ActionPage(
        actions=tuple(_to_listed(row, name) for row, name in found),
        total=total or 0,
        offset=query.offset,
        limit=query.limit,
    )


def decisions(session: Session, query: DecisionQuery) -> DecisionPage:
    """Return one page of the decisions that *query* asks for, the newest first."""
    conditions = _decision_conditions(query)
    page = (
        select(DecisionRow, BodyRow.name)
        .join(BodyRow, BodyRow.key == DecisionRow.body_key)
        .where(*conditions)
        .order_by(DecisionRow.decided_on.desc(), DecisionRow.id.desc())
        .offset(query.offset)
        .limit(query.limit)
    )
    total = session.scalar(select(func.count(DecisionRow.id)).where(*conditions))
    return DecisionPage(
        decisions=tuple(
            ListedDecision(decision=to_decision(row), body_name=name)
            for row, name in session.execute(page)
        ),
        total=total or 0,
        offset=query.offset,
        limit=query.limit,
    )


def decisions_of_meeting(session: Session, number: str) -> list[Decision]:
    """Return what a meeting decided, in the order in which it was recorded."""
    query = (
        select(DecisionRow)
        .where(DecisionRow.meeting_number == number)
        .order_by(DecisionRow.id)
    )
    return [to_decision(row) for row in session.scalars(query)]


def to_action(row: ActionRow) -> ActionPoint:
    """Return an action point as a value."""
    return ActionPoint(
        id=row.id,
        number=row.number,
        body_key=row.body_key,
        meeting_number=row.meeting_number,
        point_id=row.point_id,
        case_number=row.case_number,
        text=row.text,
        owner=row.owner,
        owner_name=row.owner_name,
        due_on=row.due_on,
        state=row.state,
        result=row.result,
        done_at=row.done_at,
        done_by=row.done_by,
        instance_id=row.instance_id,
        created_at=row.created_at,
        created_by=row.created_by,
    )


def to_decision(row: DecisionRow) -> Decision:
    """Return a decision as a value."""
    return Decision(
        id=row.id,
        number=row.number,
        body_key=row.body_key,
        meeting_number=row.meeting_number,
        point_id=row.point_id,
        case_number=row.case_number,
        title=row.title,
        text=row.text,
        decided_on=row.decided_on,
        recorded_by=row.recorded_by,
    )


def _actions() -> Select[ActionRow, str]:
    return select(ActionRow, BodyRow.name).join(
        BodyRow, BodyRow.key == ActionRow.body_key
    )


def _ordered(query: Select[ActionRow, str]) -> Select[ActionRow, str]:
    """Put what must be done first, then by day."""
    done = ActionRow.state != ActionState.OPEN
    return query.order_by(done, ActionRow.due_on, ActionRow.id)


def _listed(session: Session, query: Select[ActionRow, str]) -> list[ListedAction]:
    return [_to_listed(row, name) for row, name in session.execute(_ordered(query))]


def _to_listed(row: ActionRow, body_name: str) -> ListedAction:
    return ListedAction(action=to_action(row), body_name=body_name)


def _action_conditions(query: ActionQuery) -> list[ColumnElement[bool]]:
    pairs: tuple[tuple[InstrumentedAttribute[Any], object], ...] = (
        (ActionRow.body_key, query.body_key),
        (ActionRow.state, query.state),
        (ActionRow.owner, query.owner),
        (ActionRow.case_number, query.case_number),
        (ActionRow.meeting_number, query.meeting_number),
    )
    conditions = [column == value for column, value in pairs if value]
    if query.overdue_on is not None:
        conditions.append(ActionRow.state == ActionState.OPEN)
        conditions.append(ActionRow.due_on < query.overdue_on)
    if not query.with_cases:
        own = ActionRow.owner == query.also_of
        conditions.append(ActionRow.case_number.is_(None) | own)
    return [*conditions, *_words(ActionRow.search, query.text)]


def _decision_conditions(query: DecisionQuery) -> list[ColumnElement[bool]]:
    pairs: tuple[tuple[InstrumentedAttribute[Any], object], ...] = (
        (DecisionRow.body_key, query.body_key),
        (DecisionRow.case_number, query.case_number),
        (DecisionRow.meeting_number, query.meeting_number),
    )
    conditions = [column == value for column, value in pairs if value]
    if query.decided_from is not None:
        conditions.append(DecisionRow.decided_on >= query.decided_from)
    if query.decided_until is not None:
        conditions.append(DecisionRow.decided_on <= query.decided_until)
    if not query.with_cases:
        conditions.append(DecisionRow.case_number.is_(None))
    return [*conditions, *_words(DecisionRow.search, query.text)]


def _words(column: InstrumentedAttribute[str], text: str) -> list[ColumnElement[bool]]:
    """Each word must occur; signs with a meaning in LIKE are taken literally."""
    words = text.casefold().split()
    return [column.contains(word, autoescape=True) for word in words]
