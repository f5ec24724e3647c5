"""A task as somebody fills it in: opened, changed, drafted, sent, or too late."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from werkzeug.datastructures import FileStorage, MultiDict

from engine.errors import (
    EngineError,
    IdempotencyConflictError,
    InstanceNotRunningError,
    StaleInstanceError,
    TaskClaimedError,
    TaskNotOpenError,
)
from engine.feel.values import Value, from_python
from engine.forms.form import Form
from engine.forms.rules import FormError
from engine.forms.view import FieldView
from engine.model import HumanTask
from engine.persistence.unit_of_work import UnitOfWork
from engine.tasks import TaskForm
from web.authorship import as_known
from web.form_layout import flat
from web.form_lists import lists_for
from web.schema_forms import FILE_PREFIX, Posted, compiled, only_changes
from web.services import reading, services, writing
from web.task_view import TaskGlance, TaskInReach, glance, reach
from workflows.errors import InvalidDataError
from workflows.people.model import Actor
from workflows.people.rights import Action
from workflows.uploads import service as uploads

CONFLICTS = (
    TaskNotOpenError,
    TaskClaimedError,
    StaleInstanceError,
    InstanceNotRunningError,
    IdempotencyConflictError,
)
EMPTY = Form("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A task with its form as the page shows it; *key* guards against a double."""

    glance: TaskGlance
    fields: tuple[FieldView, ...]
    errors: tuple[FormError, ...] = ()
    key: str = field(default_factory=lambda: uuid4().hex)
    drafted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody was first; *typed* is what was filled in, so that nothing is lost."""

    error: Exception
    task: HumanTask
    typed: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A post with its files; *key* is the idempotency key of the page."""

    posted: Posted
    files: MultiDict[str, FileStorage]
    key: str


@dataclass(frozen=True, slots=True)
class _Photos:
    """The posted photos with their control, and what could not be read."""

    taken: list[tuple[str, uploads.NewUpload]] = field(default_factory=list)
    refused: list[FormError] = field(default_factory=list)


def opened(work: UnitOfWork, actor: Actor, task_id: UUID) -> Sheet:
    """Return an open task with its draft, or the stored values."""
    seen = glance(work, actor, task_id)
    told, form = _form(work, task_id)
    draft = services().engine.tasks.draft(work, task_id)
    return Sheet(
        glance=seen, fields=_fields(form, draft, told), drafted=draft is not None
    )


def refreshed(work: UnitOfWork, actor: Actor, task_id: UUID, posted: Posted) -> Sheet:
    """Return the form with what was typed so far; nothing is stored."""
    seen = glance(work, actor, task_id)
    told, form = _form(work, task_id)
    return Sheet(glance=seen, fields=_fields(form, form.read_draft(posted), told))


def draft(work: UnitOfWork, actor: Actor, task_id: UUID, posted: Posted) -> None:
    """Keep what was typed so far, whatever it is."""
    seen = reach(work, actor, task_id, Action.WORK_TASK)
    _, form = _form(work, task_id)
    _keep(work, actor, seen, form.read_draft(posted))


def send(actor: Actor, task_id: UUID, sent: Sent) -> HumanTask | Sheet | Conflict:
    """Complete the task: return it, or the form with errors, or who was first."""
    photos = _photos(sent)
    try:
        with writing() as work:
            return _send(work, actor, task_id, sent, photos)
    except CONFLICTS as error:
        with reading() as work:
            return _conflict(work, actor, task_id, sent.posted, error)


def _send(
    work: UnitOfWork, actor: Actor, task_id: UUID, sent: Sent, photos: _Photos
) -> HumanTask | Sheet:
    seen = reach(work, actor, task_id, Action.WORK_TASK)
    told, form = _form(work, task_id)
    refused = tuple(photos.refused)
    if seen.case is not None:
        for control, new in photos.taken:
            kept = uploads.add(work, seen.case.number, new, by=actor)
            sent.posted.setdefault(control, []).append(str(kept.id))
    clock = services().clock.now
    submission = form.submit(sent.posted, told.variables, clock=clock)
    errors = refused if only_changes(sent.posted) else (*refused, *submission.errors)
    if not errors and not only_changes(sent.posted):
        errors = _objections(work, seen.task, submission.variables, by=actor.name)
    if not errors and not only_changes(sent.posted):
        return services().engine.tasks.complete(
            work,
            task_id,
            data=submission.variables,
            by=actor.name,
            on_behalf_of=seen.acts_for,
            idempotency_key=sent.key or None,
        )
    typed = submission.posted_back
    _keep(work, actor, seen, typed)
    fields = form.fields(typed, told.variables, errors, clock=clock)
    page = glance(work, actor, task_id)
    return Sheet(glance=page, fields=fields, errors=errors, key=sent.key)


def _objections(
    work: UnitOfWork, task: HumanTask, data: Mapping[str, Value], *, by: str
) -> tuple[FormError, ...]:
    """Return what the domain has against answers that the form takes."""
    told = services().engine.tasks.problems(work, task, data=data, by=by)
    return tuple(
        FormError(name=name, label="", sentence=sentence)
        for name, sentence in told.items()
    )


def _keep(
    work: UnitOfWork, actor: Actor, seen: TaskInReach, typed: Mapping[str, object]
) -> None:
    services().engine.tasks.save_draft(
        work, seen.task.id, data=typed, by=actor.name, on_behalf_of=seen.acts_for
    )


def _photos(sent: Sent) -> _Photos:
    """Clean the posted photos: it takes long, so before the transaction."""
    photos = _Photos()
    for name, posted in sent.files.items(multi=True):
        control = name.removeprefix(FILE_PREFIX)
        if not posted.filename or control == name:
            continue
        try:
            new = uploads.cleaned(posted.filename, posted.read())
        except InvalidDataError as error:
            sentence = f"{posted.filename}: {error}"
            photos.refused.append(FormError(name=control, label="", sentence=sentence))
        else:
            photos.taken.append((control, new))
    return photos


def _conflict(
    work: UnitOfWork, actor: Actor, task_id: UUID, posted: Posted, error: EngineError
) -> HumanTask | Conflict:
    """Tell who was first; a second equal post by the same person is no conflict."""
    task = services().engine.tasks.get(work, task_id)
    if isinstance(error, TaskNotOpenError) and task.completed_by == actor.name:
        return task
    known = as_known(work, actor, error)
    form = _form_of(work, task)
    read = form.read_draft(posted)
    fields = form.fields(read, _lists(work, form), clock=services().clock.now)
    return Conflict(error=known, task=task, typed=flat(fields))


def _form(work: UnitOfWork, task_id: UUID) -> tuple[TaskForm, Form]:
    told = services().engine.tasks.form(work, task_id)
    form = compiled(told.schema) if told.schema else EMPTY
    known = {**told.variables, **_lists(work, form)}
    return replace(told, variables=known), form


def _lists(work: UnitOfWork, form: Form) -> Mapping[str, Value]:
    """Return what the city knows and the form may choose from."""
    found = lists_for(work, form.variables)
    return {name: from_python(each) for name, each in found.items()}


def _form_of(work: UnitOfWork, task: HumanTask) -> Form:
    """Return the form of a task that is not open any more."""
    engine = services().engine
    instance = engine.instances.get(work, task.instance_id)
    bundle = engine.definitions.compiled(work, instance.bundle_hash)
    schema = bundle.form(task.form_id) if task.form_id else None
    return compiled(schema) if schema else EMPTY


def _fields(
    form: Form, values: Mapping[str, object] | None, told: TaskForm
) -> tuple[FieldView, ...]:
    return form.fields(values, told.variables, clock=services().clock.now)
