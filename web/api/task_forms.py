"""The form of a task, as a program sees it and fills it in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine.feel.values import Value, from_python
from engine.forms.form import Form
from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Variables
from web.api.values import all_to_json
from web.errors import FormRefusedError
from web.form_lists import lists_for
from web.schema_forms import compiled
from web.services import services

UNKNOWN = "Dit veld staat niet in het formulier."
EMPTY = Form("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """The form of an open task: its *schema*, and what it may show."""

    schema: bytes | None
    form: Form
    context: Variables


def open_form(work: UnitOfWork, task_id: UUID) -> OpenForm:
    """Return the form of an open task with the stored values."""
    told = services().engine.tasks.form(work, task_id)
    form = compiled(told.schema) if told.schema else EMPTY
    city = {
        name: from_python(each)
        for name, each in lists_for(work, form.variables).items()
    }
    return OpenForm(schema=told.schema, form=form, context={**told.variables, **city})


def form_body(work: UnitOfWork, task: HumanTask) -> dict[str, object] | None:
    """Return the form of a task as it is shown; None when the task is over.

    Of the variables only those that the form names are shown.
    """
    if task.state is not TaskState.OPEN:
        return None
    found = open_form(work, task.id)
    named = found.form.keys | found.form.variables
    draft = services().engine.tasks.draft(work, task.id)
    return {
        "schema": json.loads(found.schema) if found.schema else None,
        "variables": all_to_json(_named(found.context, named)),
        "draft": None if draft is None else all_to_json(_values(draft)),
    }


def filled_in(found: OpenForm, data: Mapping[str, object]) -> Mapping[str, Value]:
    """Return the variables that *data* sets; raise ``FormRefusedError``."""
    return _submitted(found.form, data, found.context)[0]


def opening_values(form: Form, data: Mapping[str, object]) -> Mapping[str, Value]:
    """Return the values of the form of a new case; raise ``FormRefusedError``."""
    return _submitted(form, data, {})[1]


def _submitted(
    form: Form, data: Mapping[str, object], context: Variables
) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
    strangers = tuple((path, UNKNOWN) for path in _unknown(form, data, ""))
    submission = form.submit_json(data, context, clock=services().clock.now)
    wrong = tuple((error.name, error.sentence) for error in submission.errors)
    if strangers or wrong:
        raise FormRefusedError(strangers + wrong)
    return submission.variables, submission.values


def _unknown(form: Form, data: Mapping[str, object], above: str) -> Iterator[str]:
    """Yield the places in *data* that the form doesn't know."""
    for name, value in data.items():
        path = f"{above}{name}"
        if path in form.paths and not _has_inner(form, path):
            continue
        if not _has_inner(form, path):
            yield path
        else:
            for row in value if isinstance(value, list) else [value]:
                if isinstance(row, Mapping):
                    yield from _unknown(form, row, f"{path}.")


def _has_inner(form: Form, path: str) -> bool:
    return any(each.startswith(f"{path}.") for each in form.paths)


def _named(context: Variables, names: frozenset[str]) -> dict[str, Value]:
    return {name: from_python(each) for name, each in context.items() if name in names}


def _values(draft: Mapping[str, object]) -> dict[str, Value]:
    return {name: from_python(each) for name, each in draft.items()}
