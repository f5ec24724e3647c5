"""Tasks: find them, take them in hand, fill them in, complete each of them once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from engine.model import TaskState
from engine.persistence.unit_of_work import UnitOfWork
from engine.worklist import TaskQuery, TaskSort
from web.api import cursors
from web.api.access import SeenTask, allowed, own_cases, own_subject, see_task
from web.api.answer import Answer, Body, require_match
from web.api.once import changed
from web.api.resource import Resource
from web.api.schemas import tasks as schemas
from web.api.task_forms import filled_in, form_body, open_form
from web.auth import actor
from web.services import reading, services
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, may, require

resource = Resource("tasks", "Taken: wat iemand moet doen.")

_TASK = schemas.Task()


@resource.find("", schemas.TaskPage, query=schemas.TaskQuery, refusals=(400,))
def find_tasks(asked: Mapping[str, Any]) -> Answer:
    """Find the tasks that the caller may see, page by page.

    Without *assignee* and *group*: every task for who may see all of them, and
    otherwise one's own and those of one's groups.
    """
    who = allowed(Action.READ_TASK)
    with reading() as work:
        page = services().engine.tasks.find(work, _query(work, who, asked))
    body = {"items": _TASK.all(page.items), "next_cursor": page.next_cursor}
    return Answer(body=body)


@resource.get("/<uuid:task_id>", schemas.TaskDetail, versioned=True)
def get_task(task_id: UUID) -> Answer:
    """Get a task with its form: the schema, the values it shows, the draft."""
    with reading() as work:
        return _answer(work, see_task(work, task_id))


@resource.post("/<uuid:task_id>/claim", schemas.TaskDetail, versioned=True)
def claim_task(task_id: UUID) -> Answer:
    """Take a task in hand; somebody who has it already keeps it."""

    def claim(work: UnitOfWork) -> Answer:
        seen = _see_to_work(work, task_id)
        task = services().engine.tasks.claim(
            work, task_id, by=actor().name, on_behalf_of=seen.acts_for
        )
        return _answer(work, replace(seen, task=task))

    return changed(claim)


@resource.post("/<uuid:task_id>/release", schemas.TaskDetail, versioned=True)
def release_task(task_id: UUID) -> Answer:
    """Give a task back to its candidates."""

    def release(work: UnitOfWork) -> Answer:
        seen = _see_to_work(work, task_id)
        task = services().engine.tasks.release(
            work, task_id, by=actor().name, on_behalf_of=seen.acts_for
        )
        # Who gave it back may be no candidate, and so not see it any more.
        return _answer(work, replace(seen, task=task))

    return changed(release)


@resource.post(
    "/<uuid:task_id>/assignment",
    schemas.TaskDetail,
    body=schemas.Assignment,
    versioned=True,
)
def assign_task(asked: Mapping[str, Any], task_id: UUID) -> Answer:
    """Put a task in the hands of a colleague, whoever had it."""

    def assign(work: UnitOfWork) -> Answer:
        _see_to_work(work, task_id, Action.ASSIGN_TASK)
        to = people.user(work.session, asked["assignee"]).name
        services().engine.tasks.assign(work, task_id, to=to, by=actor().name)
        return _answer(work, see_task(work, task_id))

    return changed(assign)


@resource.post(
    "/<uuid:task_id>/due-date",
    schemas.TaskDetail,
    body=schemas.DueMoment,
    versioned=True,
)
def reschedule_task(asked: Mapping[str, Any], task_id: UUID) -> Answer:
    """Give an open task another due moment; reminders of the diagram stay."""

    def reschedule(work: UnitOfWork) -> Answer:
        _see_to_work(work, task_id, Action.ASSIGN_TASK)
        services().engine.tasks.reschedule(
            work, task_id, asked["due_at"], by=actor().name
        )
        return _answer(work, see_task(work, task_id))

    return changed(reschedule)


@resource.post(
    "/<uuid:task_id>/draft",
    schemas.TaskDetail,
    body=schemas.TaskData,
    versioned=True,
)
def save_draft(asked: Mapping[str, Any], task_id: UUID) -> Answer:
    """Keep what was filled in so far, whatever it is; the task stays open."""

    def save(work: UnitOfWork) -> Answer:
        seen = _see_to_work(work, task_id)
        services().engine.tasks.save_draft(
            work,
            task_id,
            data=asked["data"],
            by=actor().name,
            on_behalf_of=seen.acts_for,
        )
        return _answer(work, seen)

    return changed(save)


@resource.post(
    "/<uuid:task_id>/completion",
    schemas.TaskDetail,
    body=schemas.TaskData,
    versioned=True,
)
def complete_task(asked: Mapping[str, Any], task_id: UUID) -> Answer:
    """Complete a task with the values of its form; its case moves on.

    The form decides what is right: 422 names each field that isn't.
    """

    def complete(work: UnitOfWork) -> Answer:
        seen = _see_to_work(work, task_id)
        variables = filled_in(open_form(work, task_id), asked["data"])
        task = services().engine.tasks.complete(
            work,
            task_id,
            data=variables,
            by=actor().name,
            on_behalf_of=seen.acts_for,
        )
        return _answer(work, replace(seen, task=task))

    return changed(complete)


def _see_to_work(
    work: UnitOfWork, task_id: UUID, action: Action = Action.WORK_TASK
) -> SeenTask:
    """Return a task that the caller may work on, in the version that he saw."""
    seen = see_task(work, task_id, action)
    require_match(lambda: _body(work, seen))
    return seen


def _answer(work: UnitOfWork, seen: SeenTask) -> Answer:
    return Answer(body=_body(work, seen), version=True)


def _body(work: UnitOfWork, seen: SeenTask) -> Body:
    return _TASK.one(seen.task, form=form_body(work, seen.task))


def _query(work: UnitOfWork, who: Actor, asked: Mapping[str, Any]) -> TaskQuery:
    sort = TaskSort(asked["sort"])
    return TaskQuery(
        **_whose(who, asked.get("assignee"), asked.get("group")),
        state=TaskState(asked["state"]),
        text=asked["q"],
        due_before=asked.get("due_before"),
        business_keys=_cases(work, who, asked.get("case")),
        sort=sort,
        cursor=cursors.checked(asked.get("cursor"), sort),
        limit=asked["limit"],
    )


def _whose(who: Actor, assignee: str | None, group: str | None) -> dict[str, Any]:
    """Return whose tasks are looked for; raise ``ForbiddenError`` for another's."""
    own = own_subject(who) or Subject()
    office = own.organisation_id
    if assignee is not None:
        subject = Subject(organisation_id=office, assignee=assignee)
        require(who, Action.READ_TASK, subject)
    if group is not None:
        subject = Subject(organisation_id=office, candidate_groups=(group,))
        require(who, Action.READ_TASK, subject)
    if assignee is not None or group is not None:
        groups = frozenset() if group is None else frozenset({group})
        return {"assignee": assignee, "groups": groups}
    if may(who, Action.READ_TASK, own):
        # Who may read a task that is nobody's, may read all of them.
        return {}
    return {
        "assignee": who.name,
        "stands_in_for": who.stands_in_for,
        "groups": frozenset(who.groups),
        "candidate_user": who.name,
    }


def _cases(work: UnitOfWork, who: Actor, asked: str | None) -> frozenset[str] | None:
    own = own_cases(work, who)
    if asked is None:
        return None if own is None else frozenset(own)
    wanted = frozenset({asked})
    return wanted if own is None else wanted & frozenset(own)
