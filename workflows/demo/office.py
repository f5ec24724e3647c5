"""The office of the demo city: what people do around meetings, by the use cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from engine.bootstrap import Engine
from engine.calendar import WorkingCalendar
from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions.model import ActionPoint
from workflows.actions.repository import actions_of_meeting
from workflows.calendar import local_day, local_moment
from workflows.meetings import points, repository, service
from workflows.meetings.model import Presence
from workflows.meetings.points import Handed
from workflows.meetings.service import NewMeeting, PointText
from workflows.minutes import drafting
from workflows.minutes.drafting import NewDraftAction
from workflows.minutes.repository import comments_of
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.service import actor
from workflows.planning import repository as years
from workflows.planning.service import missing_by_law, plan_series, start_year

_CALENDAR = WorkingCalendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of a point: discussion, conclusion, decision, and who acts."""

    discussion: str
    conclusion: str = ""
    decision: str = ""
    actions: tuple[tuple[str, str, int], ...] = ()
    """Of each action point: what, who (an account or a name), after how many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The people of the city and their partners, at work on meetings."""

    engine: Engine
    until: datetime
    """The moment at which the demo stands when it is loaded."""

    @property
    def today(self) -> date:
        """The local day on the clock."""
        return local_day(self.engine.clock.now())

    def day(self, ahead: int) -> date:
        """Return the first working day from *ahead* days after the demo opens."""
        last = local_day(self.until)
        return _CALENDAR.on_or_after(date.fromordinal(last.toordinal() + ahead))

    def at(self, ahead: int, hour: int = 10, *, after: int = 0) -> datetime:
        """Return an hour on the first working day *after* so many days from there."""
        day = date.fromordinal(self.day(ahead).toordinal() + after)
        return local_moment(_CALENDAR.on_or_after(day), time(hour))

    def opens_year(self) -> None:
        """The secretary opens this year by hand, unless it is open already."""
        with self.engine.transaction() as work:
            if years.year(work.session, self.today.year) is None:
                an = actor(work, "an")
                start_year(work, self.engine, self.today.year, by=an)

    def plans(self, series: Iterable[NewMeeting]) -> list[str]:
        """The secretary plans meetings in one go; return their numbers."""
        with self.engine.transaction() as work:
            an = actor(work, "an")
            found = plan_series(work, self.engine, list(series), by=an)
            return [each.number for each in found]

    def finishes_plan(self, year: int) -> None:
        """The secretary finishes the plan of a year that holds what the law asks."""
        with self.engine.reading() as work:
            short = missing_by_law(work, year)
        if short is None and self.is_waiting_for("plan_year", str(year)):
            self.does("an", "plan_year", str(year))

    def does(self, who: str, element_id: str, about: str, **data: object) -> None:
        """*who* completes the open task of an element; *about* is a business key."""
        with self.engine.transaction() as work:
            task = self._task(work, element_id, about)
            self.engine.tasks.complete(work, task.id, data=data, by=who)

    def is_waiting_for(self, element_id: str, about: str) -> bool:
        """Tell whether the task of an element is open."""
        with self.engine.reading() as work:
            return element_id in {each.element_id for each in self._open(work, about)}

    def brings(self, who: str, number: str, point: Handed) -> None:
        """*who* hands in a point for an agenda."""
        with self.engine.transaction() as work:
            points.hand_in(work, number, point, by=actor(work, who))

    def meets(
        self, number: str, missing: Mapping[str, tuple[Presence, str]], *, by: str
    ) -> None:
        """Write down who was there; *missing* is by name, with who came instead."""
        with self.engine.transaction() as work:
            entries = {
                each.member_id: missing.get(each.member_name, (Presence.PRESENT, ""))
                for each in repository.attendance_of(work.session, number)
            }
            service.record_attendance(work, number, entries, by=by)

    def writes(self, number: str, told: Mapping[str, Told]) -> None:
        """The secretary writes minutes; *told* is by code, or by kind of point."""
        with self.engine.transaction() as work:
            an = actor(work, "an")
            for point in repository.points_of(work.session, number):
                said = told.get(point.code or "") or told[point.kind]
                text = PointText(
                    discussion=said.discussion,
                    conclusion=said.conclusion,
                    decision=point.decision or said.decision,
                )
                version = point.version
                service.write_point(work, point.id, text, version=version, by="an")
                self._hands_out(work, point.id, said, an)

    def comments(self, who: str, number: str, text: str) -> None:
        """A member comments on draft minutes."""
        with self.engine.transaction() as work:
            by = actor(work, who)
            drafting.comment(work, number, text, point_id=None, by=by)

    def answers_comments(self, number: str, answer: str) -> None:
        """The secretary says what was done with the comments."""
        with self.engine.transaction() as work:
            an = actor(work, "an")
            for each in comments_of(work.session, number):
                drafting.handle_comment(work, each.id, answer, by=an)

    def carries_out(self, number: str, *, who: str, result: str) -> None:
        """*who* does all that a meeting asked of him."""
        with self.engine.transaction() as work:
            for each in actions_of_meeting(work.session, number):
                if each.action.owner == who:
                    self._carry_out(work, each.action, result)

    def who(self, name: str) -> Actor:
        """Return somebody as he acts today."""
        with self.engine.reading() as work:
            return actor(work, name)

    def _hands_out(
        self, work: UnitOfWork, point_id: UUID, said: Told, an: Actor
    ) -> None:
        accounts = {user.name for user in people.users(work.session)}
        for text, owner, days in said.actions:
            new = NewDraftAction(
                text=text,
                due_on=date.fromordinal(self.today.toordinal() + days),
                owner=owner if owner in accounts else None,
                owner_name="" if owner in accounts else owner,
            )
            drafting.add_action(work, point_id, new, by=an)

    def _carry_out(self, work: UnitOfWork, action: ActionPoint, result: str) -> None:
        if action.instance_id is None:
            return
        tasks, data = self.engine.tasks, {"action_result": result}
        for task in _still_open(tasks.of_instance(work, action.instance_id)):
            tasks.complete(work, task.id, data=data, by=action.owner or "an")

    def _task(self, work: UnitOfWork, element_id: str, about: str) -> HumanTask:
        found = self._open(work, about)
        for task in found:
            if task.element_id == element_id:
                return task
        waiting = ", ".join(task.element_id for task in found) or "nothing"
        message = f"{about} waits for {waiting}, not for {element_id}"
        raise LookupError(message)

    def _open(self, work: UnitOfWork, about: str) -> list[HumanTask]:
        return [
            task
            for instance in self.engine.instances.of_case(work, about)
            for task in _still_open(self.engine.tasks.of_instance(work, instance.id))
        ]


def _still_open(tasks: Iterable[HumanTask]) -> list[HumanTask]:
    return [task for task in tasks if task.state is TaskState.OPEN]
