"""Where a task comes from when it is no step of a case: a meeting, an action point."""

from dataclasses import dataclass

from engine.model import HumanTask
from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import ActionPoint
from workflows.meetings import repository as meetings
from workflows.meetings.model import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOrigin:
    """The meeting of a task, and the action point that it is about."""

    meeting: Meeting | None
    action: ActionPoint | None

    @property
    def words(self) -> str:
        """What the head of the task says."""
        if self.action is not None:
            return f"Actiepunt {self.action.number}"
        return f"Vergadering {self.meeting.number}" if self.meeting else ""


def origin_of(work: UnitOfWork, task: HumanTask) -> TaskOrigin | None:
    """Return where *task* comes from; None for something else again."""
    action = actions.action_of_instance(work.session, task.instance_id)
    number = task.business_key if action is None else action.meeting_number
    known = number is not None and meetings.is_meeting(work.session, number)
    meeting = meetings.meeting(work.session, number) if known and number else None
    if action is None and meeting is None:
        return None
    return TaskOrigin(meeting=meeting, action=action)
