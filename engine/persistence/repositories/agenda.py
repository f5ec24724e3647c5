"""What is to be done next, over all tables that hold work for a worker."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from engine.persistence.tables.jobs import JobRow, OutboxRow
from engine.persistence.tables.timers import TimerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The moments at which a timer, a job or a mail is to be looked at next."""

    timer: datetime | None
    job: datetime | None
    mail: datetime | None

    @property
    def effect(self) -> datetime | None:
        """The moment of the next job or mail."""
        return _earliest(self.job, self.mail)

    @property
    def earliest(self) -> datetime | None:
        """The moment of whatever comes first."""
        return _earliest(self.timer, self.effect)


def read_agenda(session: Session) -> Agenda:
    """Read the agenda: one statement over partial indexes, whatever waits."""
    timer, retried, job, mail = session.execute(_AGENDA).one()
    return Agenda(timer=_earliest(timer, retried), job=job, mail=mail)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


_AGENDA = select(
    select(func.min(TimerRow.due_at))
    .where(text("timer.state = 'armed'"), TimerRow.retry_at.is_(None))
    .scalar_subquery(),
    select(func.min(TimerRow.retry_at))
    .where(text("timer.state = 'armed'"), TimerRow.retry_at.is_not(None))
    .scalar_subquery(),
    select(func.min(JobRow.due_at))
    .where(text("job.state = 'ready'"))
    .scalar_subquery(),
    select(func.min(OutboxRow.due_at))
    .where(text("outbox.state = 'pending'"))
    .scalar_subquery(),
)
