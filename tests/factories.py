"""Makers of what tests start from."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import delete, insert

import engine.persistence.migrate  # noqa: F401 - knows the tables of the engine
import workflows
from engine.bootstrap import build_engine
from engine.model import Bundle, InstanceStatus, TaskState
from engine.persistence.identity import new_id
from engine.persistence.repositories.tasks import END_OF_TIME, keys_of
from engine.persistence.tables.definitions import BundleRow
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.registry import Registry
from engine.settings import EngineSettings
from tests.unit.engine.spiff.drawing import (
    chain,
    diagram,
    end,
    extended,
    process,
    start,
    user,
    zeebe,
)


def table_modules():
    """Name the modules that hold tables of the domain."""
    subjects = pkgutil.iter_modules(workflows.__path__, "workflows.")
    names = (f"{subject.name}.tables" for subject in subjects if subject.ispkg)
    return [name for name in names if find_spec(name) is not None]


def import_tables():
    """Make all tables known, of the engine and of the domain."""
    for name in table_modules():
        import_module(name)


def an_engine(url, clock, *, runner=None, registry=None):
    """Build an engine on a database that has its tables."""
    settings = EngineSettings(database_url=url)
    return build_engine(settings, registry or Registry(), clock, runner=runner)


def assigned(*groups, users="", due="", assignee=""):
    """Draw who does a user task, and by when."""
    who = {"candidateGroups": ",".join(groups), "candidateUsers": users}
    named = {
        key: value for key, value in (who | {"assignee": assignee}).items() if value
    }
    parts = zeebe("userTask") + zeebe("assignmentDefinition", **named)
    return extended(parts + (zeebe("taskSchedule", dueDate=due) if due else ""))


def two_tasks(key="p", name="Eerste"):
    """Draw a process of two tasks for the group ``admin``, one after the other."""
    return process(
        start(),
        user("first", assigned("admin"), name=name),
        user("second", assigned("admin"), name="Tweede"),
        end(),
        chain("s", "first", "second", "e"),
        key=key,
    )


def a_bundle(*processes, key="k", **files):
    """Make a bundle of the drawn processes."""
    return Bundle(key=key, files={"p.bpmn": diagram(*processes), **files})


def deploy(engine, *processes, key="k"):
    """Deploy the drawn processes as one bundle."""
    with engine.transaction() as work:
        return engine.definitions.deploy(work, a_bundle(*processes, key=key), by="eva")


def begin(engine, process_id="p", *, key="k", case="2026-0001", **variables):
    """Start a process in a transaction of its own."""
    with engine.transaction() as work:
        return engine.instances.start(
            work,
            bundle_key=key,
            process_id=process_id,
            variables=variables,
            business_key=case,
            label="Kerkstraat 1, Mechelen",
            by="eva",
        )


def open_task(engine, instance, element=None):
    """Return the open task of an instance, the one at *element* if there are more."""
    with engine.reading() as work:
        tasks = engine.tasks.of_instance(work, instance.id)
    (found,) = (
        task
        for task in tasks
        if task.state is TaskState.OPEN and element in {None, task.element_id}
    )
    return found


def complete(engine, task, *, by="jan", key=None, **data):
    """Complete a task in a transaction of its own."""
    with engine.transaction() as work:
        return engine.tasks.complete(
            work, task.id, data=data, by=by, idempotency_key=key
        )


def rows_of_tasks(engine, tasks, *, afresh=False):
    """Insert task rows as they lie after use cases, for tests of lists only."""
    now = engine.clock.now()
    with engine.transaction() as work:
        if afresh:
            work.session.execute(delete(TaskKeyRow))
            work.session.execute(delete(TaskRow))
        instance_id = an_instance_row(work)
        rows = [
            _task_row(number, instance_id, now, **task)
            for number, task in enumerate(tasks)
        ]
        if rows:
            work.session.execute(insert(TaskRow), rows)
        keys = [
            key
            for row in rows
            if row["state"] is TaskState.OPEN
            for key in keys_of(row)
        ]
        if keys:
            work.session.execute(insert(TaskKeyRow), keys)


def an_instance_row(work):
    """Insert a bundle and an instance that own rows; return the instance's key."""
    if work.session.get(BundleRow, "0" * 64) is None:
        work.session.add(BundleRow(hash="0" * 64, key="rows"))
        work.session.flush()
    row = InstanceRow(
        id=new_id(work.now),
        bundle_hash="0" * 64,
        process_id="p",
        business_key="2026-0001",
        label="",
        status=InstanceStatus.RUNNING,
        version=1,
        started_at=work.now,
        started_by="eva",
        state="",
        bindings={},
        waits={},
        journal_sequence=0,
        journal_digest="",
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def _task_row(number, instance_id, now, **given):
    due_at = given.get("due_at")
    return {
        "id": new_id(given.get("created_at", now)),
        "instance_id": instance_id,
        "token": number,
        "element_id": "u",
        "process_id": "p",
        "lane": None,
        "state": TaskState.OPEN,
        "assignee": None,
        "claimed_at": None,
        "candidate_groups": [],
        "candidate_users": [],
        "due_at": due_at,
        "sort_due": due_at or END_OF_TIME,
        "follow_up_at": None,
        "priority": 50,
        "form_id": None,
        "business_key": "2026-0001",
        "label": "",
        "created_at": now,
        "completed_at": None,
        "completed_by": None,
        **given,
    }
