"""A new case as somebody fills in its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine.errors import NotFoundError
from engine.forms.form import Form
from engine.forms.rules import FormError
from engine.forms.view import FieldView
from engine.persistence.repositories.idempotency import IdempotencyRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.requests import request_hash
from web.schema_forms import Posted, compiled, only_changes
from web.services import reading, services, writing
from workflows.cases import repository as cases
from workflows.cases import service
from workflows.cases.model import BUNDLE_KEY, Case, CaseKind
from workflows.errors import InvalidDataError
from workflows.people.model import Actor

FORMS: Mapping[str, str] = {
    CaseKind.SVK_INTAKE: "offer",
    CaseKind.CERTIFICATE: "certificate_request",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The form of a new case as the page shows it."""

    kind: CaseKind
    fields: tuple[FieldView, ...]
    errors: tuple[FormError, ...] = ()
    key: str = field(default_factory=lambda: uuid4().hex)


def blank(work: UnitOfWork, kind: CaseKind) -> Opening:
    """Return the empty form of a kind."""
    form = form_of(work, kind)
    fields = form.fields(None, {}, clock=services().clock.now)
    return Opening(kind=kind, fields=fields)


def filled(work: UnitOfWork, kind: CaseKind, posted: Posted) -> Opening:
    """Return the form with what was typed so far; nothing is stored."""
    form = form_of(work, kind)
    fields = form.fields(form.read_draft(posted), {}, clock=services().clock.now)
    return Opening(kind=kind, fields=fields)


def open_new(
    actor: Actor, kind: CaseKind, posted: Posted, organisation_id: UUID | None
) -> Case | Opening:
    """Open a case with what was posted, or return the form with its errors.

    The field ``_key`` guards against a double: the same form sent twice opens
    one case.
    """
    key = next(iter(posted.get("_key", ())), "")[:64]
    with reading() as work:
        form = form_of(work, kind)
    clock = services().clock.now
    submission = form.submit(posted, {}, clock=clock)
    changes = only_changes(posted)
    errors = () if changes else submission.errors
    if not errors and not changes:
        new = service.NewCase(
            kind=kind,
            data=_flat(submission.values),
            organisation_id=organisation_id,
        )
        outcome = _open(actor, new, key)
        if isinstance(outcome, Case):
            return outcome
        errors = outcome
    fields = form.fields(submission.posted_back, {}, errors, clock=clock)
    return Opening(kind=kind, fields=fields, errors=errors, key=key or uuid4().hex)


def _open(actor: Actor, new: service.NewCase, key: str) -> Case | tuple[FormError, ...]:
    """Open the case once; what the domain refuses becomes an error of the form."""
    try:
        with writing() as work:
            return _open_once(work, actor, new, key)
    except InvalidDataError as error:
        return tuple(
            FormError(name=f"offer.{name}", label="", sentence=sentence)
            for name, sentence in error.problems.items()
        )


def _open_once(work: UnitOfWork, actor: Actor, new: service.NewCase, key: str) -> Case:
    if not key:
        return service.open_case(work, services().engine, new, by=actor)
    answers = IdempotencyRepository(work.session)
    asked = request_hash(new.kind.value, dict(new.data), str(new.organisation_id))
    scope = f"new_case:{actor.name}"
    if not answers.remember(scope, key, asked, "", at=work.now):
        number = answers.recall(scope, key, asked)
        return cases.case(work.session, str(number))
    case = service.open_case(work, services().engine, new, by=actor)
    answers.amend(scope, key, case.number)
    return case


def _flat(values: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of the offer beside the other parts of the form."""
    offer = values.get("offer")
    fields = dict(offer) if isinstance(offer, Mapping) else {}
    return {**{key: each for key, each in values.items() if key != "offer"}, **fields}


def form_of(work: UnitOfWork, kind: CaseKind) -> Form:
    """Return the form with which a case of this kind is opened."""
    definitions = services().engine.definitions
    latest = definitions.latest(work, BUNDLE_KEY)
    schema = definitions.compiled(work, latest.content_hash).form(FORMS[kind])
    if schema is None:
        msg = "Het formulier"
        raise NotFoundError(msg, FORMS[kind])
    return compiled(schema)
