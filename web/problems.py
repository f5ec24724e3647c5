"""Errors become pages for people and RFC 9457 problems for programs.

The HTTP status of a refusal is known here and nowhere else.
"""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

import structlog
from flask import (
    Flask,
    Response,
    g,
    json,
    make_response,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from engine.errors import (
    AnswersRefusedError,
    DefinitionRefusedError,
    EngineError,
    IdempotencyConflictError,
    InstanceNotRunningError,
    MessageNotExpectedError,
    NotFoundError,
    StaleInstanceError,
    TaskClaimedError,
    TaskNotOpenError,
)
from engine.feel.errors import FeelError
from engine.training import ClockMoveError, JumpUnderWayError
from web.authorship import as_known
from web.errors import (
    ChangedSinceError,
    CrossSiteError,
    FormRefusedError,
    SignInNeededError,
    UploadRefusedError,
    WebError,
)
from web.faults import DATABASE_AWAY, UNKNOWN, fault_of
from web.problem_facts import facts_of
from web.services import reading
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    OvertakenError,
    UnknownError,
    WorkflowError,
)

STATUS: Mapping[type[Exception], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnknownError: HTTPStatus.NOT_FOUND,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    CrossSiteError: HTTPStatus.FORBIDDEN,
    SignInNeededError: HTTPStatus.UNAUTHORIZED,
    StaleInstanceError: HTTPStatus.CONFLICT,
    TaskNotOpenError: HTTPStatus.CONFLICT,
    TaskClaimedError: HTTPStatus.CONFLICT,
    InstanceNotRunningError: HTTPStatus.CONFLICT,
    IdempotencyConflictError: HTTPStatus.CONFLICT,
    NotAllowedNowError: HTTPStatus.CONFLICT,
    OvertakenError: HTTPStatus.CONFLICT,
    DefinitionRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidDataError: HTTPStatus.UNPROCESSABLE_ENTITY,
    AnswersRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UploadRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    FormRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ChangedSinceError: HTTPStatus.PRECONDITION_FAILED,
    MessageNotExpectedError: HTTPStatus.CONFLICT,
    JumpUnderWayError: HTTPStatus.CONFLICT,
    ClockMoveError: HTTPStatus.UNPROCESSABLE_ENTITY,
    FeelError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

TITLES: Mapping[int, str] = {
    400: "Deze aanvraag klopt niet",
    401: "Meld u eerst aan",
    403: "Dit mag u niet",
    404: "Niet gevonden",
    405: "Dit kan hier niet",
    409: "Intussen gewijzigd",
    412: "Intussen gewijzigd",
    413: "Te groot",
    415: "Verkeerd soort bestand",
    422: "Er klopt iets niet",
    429: "Even wachten",
    500: "Er ging iets mis bij ons",
    503: "Even niet bereikbaar",
}
DETAILS: Mapping[int, str] = {
    400: "De aanvraag kon niet gelezen worden. Ga terug en probeer het opnieuw.",
    404: "Deze pagina bestaat niet (meer). Kijk het adres na of zoek in de dossiers.",
    405: "Deze handeling bestaat niet op deze pagina.",
    413: "Wat u verstuurde is te groot. Verstuur minder of kleinere bestanden.",
    415: "Deze soort van inhoud wordt hier niet gelezen. Een programma stuurt JSON"
    " (Content-Type: application/json).",
    422: "Niet alle velden zijn goed ingevuld: zie de fouten per veld.",
    429: "U probeert te vaak. Wacht even en probeer het dan opnieuw.",
    500: UNKNOWN.detail,
    503: DATABASE_AWAY.detail,
}

PROBLEM = "urn:woonflow:problem:"
"""What a problem's type begins with; its code follows, and never changes."""

_log = structlog.get_logger(__name__)


def answer_problems(app: Flask) -> None:
    """Let *app* answer each error with a page or a problem document."""
    for kind in (EngineError, WorkflowError, WebError):
        app.register_error_handler(kind, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def status_of(error: Exception) -> HTTPStatus:
    """Return the status of a refusal; an unknown one is a bad request."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.BAD_REQUEST


def wants_json() -> bool:
    """Tell whether the caller is a program."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def answer(
    status: int,
    detail: str,
    *,
    code: str = "",
    reference: str = "",
    facts: Mapping[str, object] | None = None,
) -> ResponseReturnValue:
    """Answer with *status* and a sentence, in the form that the caller reads.

    *facts* are what a program wants to know of the refusal (RFC 9457, 3.2).
    """
    title = TITLES.get(status, HTTPStatus(status).phrase)
    if not wants_json():
        page = render_template(
            "problem.html", status=status, title=title, detail=detail, ref=reference
        )
        return page, status
    code = code or HTTPStatus(status).name.lower()
    document = {"type": f"{PROBLEM}{code}", "title": title, "status": status}
    extra = {"detail": detail, "code": code, "reference": reference}
    document |= {name: text for name, text in extra.items() if text}
    document |= facts or {}
    return Response(
        json.dumps(document), status, content_type="application/problem+json"
    )


def _answer_refusal(error: Exception) -> ResponseReturnValue:
    code = getattr(error, "code", "")
    facts = facts_of(error)
    if facts.get("by"):
        with reading() as work:
            error = as_known(work, g.get("actor"), error)
        facts["by_name"] = getattr(error, "by", None)
    return answer(status_of(error), str(error), code=code, facts=facts)


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    detail = DETAILS.get(error.code, error.description or "")
    response = make_response(answer(error.code, detail, facts=facts_of(error)))
    kept = [pair for pair in error.get_headers() if pair[0] in {"Allow", "Retry-After"}]
    response.headers.extend(kept)
    return response


def _answer_fault(error: Exception) -> ResponseReturnValue:
    """Answer what nobody foresaw; the log line carries the shown reference."""
    # Asking the database who is signed in could fail again.
    g.setdefault("actor", None)
    reference = uuid4().hex[:8]
    # The rule, not the path: an address can hold a user name.
    rule = request.url_rule.rule if request.url_rule else ""
    _log.error("request_failed", reference=reference, route=rule, exc_info=error)
    fault = fault_of(error)
    response = make_response(answer(fault.status, fault.detail, reference=reference))
    response.headers.extend(fault.headers)
    return response
