"""Use cases around the work of people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from engine import replanning
from engine.definitions import Definitions
from engine.errors import (
    AnswersRefusedError,
    TaskClaimedError,
)
from engine.feel.codec import dumps, loads
from engine.feel.values import from_python
from engine.instances import Instances
from engine.journal import Journal
from engine.journal_texts import ON_BEHALF_OF
from engine.model import HumanTask, TaskState
from engine.persistence.repositories.idempotency import IdempotencyRepository
from engine.persistence.repositories.instances import InstanceRepository, LiveInstance
from engine.persistence.repositories.task_lists import TaskLists
from engine.persistence.repositories.tasks import TaskRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import Filled, Registry
from engine.replanning import require_open, require_running
from engine.requests import request_hash
from engine.step import Complete, Variables
from engine.steps import Order, Steps, line_on
from engine.worklist import Page, TaskQuery

SCOPE = "task_completion"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForm:
    """What a person fills in: a form-js schema, and what the task can see."""

    schema: bytes | None
    variables: Variables


class Tasks:
    """Finds tasks, hands them out, and completes each of them once."""

    def __init__(
        self,
        *,
        definitions: Definitions,
        steps: Steps,
        instances: Instances,
        journal: Journal,
        registry: Registry,
    ) -> None:
        self._definitions = definitions
        self._steps = steps
        self._instances = instances
        self._journal = journal
        self._registry = registry

    def find(self, work: UnitOfWork, query: TaskQuery) -> Page[HumanTask]:
        """Return one page of the tasks that *query* asks for."""
        return TaskLists(work.session).find(query)

    def count(self, work: UnitOfWork, query: TaskQuery) -> int:
        """Count the tasks that *query* asks for, up to ``query.count_cap``."""
        return TaskLists(work.session).count(query)

    def get(self, work: UnitOfWork, task_id: UUID) -> HumanTask:
        """Return the task, open or not; ``NotFoundError`` when there is none."""
        return TaskRepository(work.session).get(task_id)

    def of_instance(self, work: UnitOfWork, instance_id: UUID) -> list[HumanTask]:
        """Return all tasks of an instance, oldest first."""
        return TaskRepository(work.session).of_instance(instance_id)

    def form(self, work: UnitOfWork, task_id: UUID) -> TaskForm:
        """Return the form of an open task with the variables that it sees."""
        task = self.get(work, task_id)
        require_open(task)
        rows = InstanceRepository(work.session)
        live = rows.live(task.instance_id)
        return TaskForm(
            schema=self._schema(work, live, task.form_id),
            variables=self._steps.visible(rows.saved(live), task.token),
        )

    def _schema(
        self, work: UnitOfWork, live: LiveInstance, form_id: str | None
    ) -> bytes | None:
        """Look for the form in the bundle of the instance, then in those it calls."""
        if form_id is None:
            return None
        hashes = dict.fromkeys([live.instance.bundle_hash, *live.bindings.values()])
        bundles = (self._definitions.compiled(work, one) for one in hashes)
        found = (bundle.form(form_id) for bundle in bundles)
        return next((schema for schema in found if schema is not None), None)

    def claim(
        self,
        work: UnitOfWork,
        task_id: UUID,
        *,
        by: str,
        on_behalf_of: str | None = None,
    ) -> HumanTask:
        """Take a task in hand; who has it already keeps it.

        A deputy takes it over from *on_behalf_of*, for whom he stands in.
        Raises ``TaskClaimedError`` when somebody else was first.
        """
        hands = _Hands(by=by, on_behalf_of=on_behalf_of)
        task, live = self._locked(work, task_id, hands)
        if task.assignee == by:
            return task
        return self._hand(work, (task, live), hands, to=by, kind="task_claimed")

    def release(
        self,
        work: UnitOfWork,
        task_id: UUID,
        *,
        by: str,
        on_behalf_of: str | None = None,
    ) -> HumanTask:
        """Give a task back to its candidates."""
        hands = _Hands(by=by, on_behalf_of=on_behalf_of)
        task, live = self._locked(work, task_id, hands)
        if task.assignee is None:
            return task
        return self._hand(work, (task, live), hands, to=None, kind="task_released")

    def assign(self, work: UnitOfWork, task_id: UUID, *, to: str, by: str) -> HumanTask:
        """Put a task in somebody's hands, whoever had it."""
        return replanning.assign(work, task_id, to=to, by=by)

    def reschedule(
        self, work: UnitOfWork, task_id: UUID, due_at: datetime, *, by: str
    ) -> HumanTask:
        """Give an open task another due moment, in whosever hands it is.

        What the diagram armed around the task, reminders included, stays as it is.
        """
        return replanning.reschedule(work, task_id, due_at, by=by)

    def save_draft(
        self,
        work: UnitOfWork,
        task_id: UUID,
        *,
        data: Mapping[str, object],
        by: str,
        on_behalf_of: str | None = None,
    ) -> None:
        """Keep what *by* filled in so far, in the manner of ``complete``."""
        self._locked(work, task_id, _Hands(by=by, on_behalf_of=on_behalf_of))
        texts = {name: dumps(from_python(value)) for name, value in data.items()}
        TaskRepository(work.session).save_draft(task_id, texts, by, work.now)

    def draft(self, work: UnitOfWork, task_id: UUID) -> Mapping[str, object] | None:
        """Return what was filled in so far, None when nothing was."""
        texts = TaskRepository(work.session).draft(task_id)
        if texts is None:
            return None
        return {name: loads(text) for name, text in texts.items()}

    def problems(
        self, work: UnitOfWork, task: HumanTask, *, data: Variables, by: str
    ) -> Mapping[str, str]:
        """Return what the domain has against *data* of *by*: a sentence per control.

        That the form itself is obeyed is for the caller to see to.
        """
        check = self._registry.check_of(task.form_id)
        if check is None:
            return {}
        rows = InstanceRepository(work.session)
        visible = self._steps.visible(
            rows.saved(rows.live(task.instance_id)), task.token
        )
        filled = Filled(
            instance_id=task.instance_id,
            by=by,
            variables=visible,
            data=data,
            work=work,
        )
        return check.run(filled)

    def complete(  # noqa: PLR0913 - all by keyword, all of one completion
        self,
        work: UnitOfWork,
        task_id: UUID,
        *,
        data: Variables,
        by: str,
        on_behalf_of: str | None = None,
        idempotency_key: str | None = None,
    ) -> HumanTask:
        """Complete an open task, once, and advance its instance.

        A deputy also completes what is in the hands of *on_behalf_of*; whether
        he stands in for him is for the caller to know. The same
        *idempotency_key* with the same data gives the same answer. Raises
        ``TaskNotOpenError`` (with who and when), ``TaskClaimedError``,
        ``InstanceNotRunningError``, ``IdempotencyConflictError``, or
        ``AnswersRefusedError`` with the ``problems`` of *data*.
        """
        if idempotency_key is not None:
            asked = request_hash(str(task_id), by, data)
            rows = IdempotencyRepository(work.session)
            answer = {"task": str(task_id)}
            # First the key: a second equal request queues here for the answer.
            if not rows.remember(SCOPE, idempotency_key, asked, answer, at=work.now):
                rows.recall(SCOPE, idempotency_key, asked)
                return self.get(work, task_id)
        hands = _Hands(by=by, on_behalf_of=on_behalf_of)
        return self._complete(work, task_id, data, hands)

    def _complete(
        self, work: UnitOfWork, task_id: UUID, data: Variables, hands: "_Hands"
    ) -> HumanTask:
        task, live = self._locked(work, task_id, hands)
        by = hands.by
        if problems := self.problems(work, task, data=data, by=by):
            raise AnswersRefusedError(problems)
        told = line_on("task_completed", task.element_id, task.name, **hands.facts)
        given = {name: from_python(value) for name, value in data.items()}
        command = Complete(token=task.token, variables=given)
        self._instances.take(work, live, Order(command=command, by=by, preface=told))
        return replace(
            task, state=TaskState.COMPLETED, completed_at=work.now, completed_by=by
        )

    def _locked(
        self, work: UnitOfWork, task_id: UUID, hands: "_Hands"
    ) -> tuple[HumanTask, LiveInstance]:
        """Lock an open task that *hands* may touch."""
        task, live = TaskRepository(work.session).lock(task_id)
        require_open(task)
        if not hands.reach(task):
            raise TaskClaimedError(task_id, task.assignee, task.claimed_at)
        require_running(work, live)
        return task, live

    def _hand(
        self,
        work: UnitOfWork,
        locked: tuple[HumanTask, LiveInstance],
        hands: "_Hands",
        *,
        to: str | None,
        kind: str,
    ) -> HumanTask:
        task, live = locked
        TaskRepository(work.session).hand_to(task.id, to, work.now)
        facts = {"assignee": to, **hands.facts}
        told = line_on(kind, task.element_id, task.name, **facts)
        self._journal.add(work, live, told, by=hands.by)
        return replace(task, assignee=to, claimed_at=work.now if to else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hands:
    """Who works on a task, and the absent person for whom he stands in."""

    by: str
    on_behalf_of: str | None = None

    @property
    def facts(self) -> dict[str, object]:
        """What the journal tells of it."""
        return {ON_BEHALF_OF: self.on_behalf_of} if self.on_behalf_of else {}

    def reach(self, task: HumanTask) -> bool:
        """Tell whether a task is in these hands, or in nobody's."""
        return task.assignee in {None, self.by, self.on_behalf_of}
