"""How busy a step of a process is: counted in SQL, at a bounded cost.

Only tasks of people and timers take time. Of both the rows are looked at that
closed last, over all processes: ``LOOKED_AT`` of them at most, so the cost does
not grow with the history of the city.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, case, cast, extract, func, select
from sqlalchemy import union as union_of
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.model import InstanceStatus, TaskState
from engine.persistence.tables.definitions import BundleVersionRow
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.messages import SubscriptionRow
from engine.persistence.tables.tasks import TaskRow
from engine.persistence.tables.timers import TimerRow
from workflows.remarks.model import Step, StepLoad

LOOKED_AT = 10_000

_LIVE = (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED)
_FIRED, _ARMED = "fired", ("armed", "paused")


def load_of(session: Session, step: Step) -> StepLoad:
    """Measure a step in all versions of its bundle.

    *live*: cases that stand there now. The durations are those of closed tasks,
    or of fired timers for a step that is one: from when it began to its end, in
    whole seconds; the median and the ninth decile by nearest rank.
    """
    measured, median, p90 = _durations(session, step)
    return StepLoad(
        live=_live(session, step), measured=measured, median=median, p90=p90
    )


def _live(session: Session, step: Step) -> int:
    """Count the running cases that hold a task, timer or message at the step."""
    places = union_of(*_waiting(step)).subquery()
    query = (
        select(func.count())
        .select_from(InstanceRow)
        .join(places, places.c.instance_id == InstanceRow.id)
        .where(InstanceRow.status.in_(_LIVE), _of_bundle(step))
    )
    return session.scalars(query).one()


def _waiting(step: Step) -> Iterator[Select[UUID] | Select[UUID | None]]:
    """Tell which instances wait at the step.

    Timers and messages bear no process: an element of the same id in another
    process of the bundle counts with it.
    """
    yield select(TaskRow.instance_id.label("instance_id")).where(
        TaskRow.state == TaskState.OPEN,
        TaskRow.process_id == step.process_id,
        TaskRow.element_id == step.element_id,
    )
    yield select(TimerRow.instance_id).where(
        TimerRow.state.in_(_ARMED), TimerRow.element_id == step.element_id
    )
    yield select(SubscriptionRow.instance_id).where(
        SubscriptionRow.element_id == step.element_id
    )


def _durations(session: Session, step: Step) -> tuple[int, int | None, int | None]:
    for taken in (_task_seconds(step), _timer_seconds(step)):
        found = session.execute(_ranked(taken)).one()
        if found.measured:
            return found.measured, found.median, found.p90
    return 0, None, None


def _task_seconds(step: Step) -> Select[int]:
    last = (
        select(
            TaskRow.process_id,
            TaskRow.element_id,
            TaskRow.instance_id,
            _seconds(TaskRow.created_at, TaskRow.completed_at).label("seconds"),
        )
        .where(TaskRow.completed_at.is_not(None), TaskRow.state == TaskState.COMPLETED)
        .order_by(TaskRow.completed_at.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    return (
        select(last.c.seconds)
        .join(InstanceRow, InstanceRow.id == last.c.instance_id)
        .where(last.c.process_id == step.process_id)
        .where(last.c.element_id == step.element_id, _of_bundle(step))
    )


def _timer_seconds(step: Step) -> Select[int]:
    last = (
        select(
            TimerRow.element_id,
            TimerRow.instance_id,
            TimerRow.state,
            _seconds(TimerRow.armed_at, TimerRow.fired_at).label("seconds"),
        )
        .order_by(TimerRow.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    return (
        select(last.c.seconds)
        .join(InstanceRow, InstanceRow.id == last.c.instance_id)
        .where(last.c.state == _FIRED, last.c.element_id == step.element_id)
        .where(_of_bundle(step))
    )


def _ranked(taken: Select[int]) -> Select[int, int | None, int | None]:
    """Take the median and the ninth decile of a column, in one statement.

    SQLite has no percentiles: of the values in their order that one is taken at
    which so large a share is reached.
    """
    seconds = taken.subquery().c.seconds
    ranked = select(
        seconds.label("seconds"),
        func.row_number().over(order_by=seconds).label("place"),
        func.count().over().label("total"),
    ).subquery()

    def reached(tenths: int) -> ColumnElement[int | None]:
        far_enough = ranked.c.place * 10 >= ranked.c.total * tenths
        return func.min(case((far_enough, ranked.c.seconds)))

    return select(
        func.count().label("measured"),
        reached(5).label("median"),
        reached(9).label("p90"),
    ).select_from(ranked)


def _seconds(
    begun: InstrumentedAttribute[datetime],
    ended: InstrumentedAttribute[datetime | None],
) -> ColumnElement[int]:
    return cast(extract("epoch", ended) - extract("epoch", begun), Integer)


def _of_bundle(step: Step) -> ColumnElement[bool]:
    """Any version that was ever deployed; a case may call the process as well."""
    hashes = select(BundleVersionRow.bundle_hash).where(
        BundleVersionRow.key == step.bundle_key
    )
    return InstanceRow.bundle_hash.in_(hashes)
