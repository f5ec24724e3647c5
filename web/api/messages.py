"""Messages from outside: who may send which, and what each may bring along.

The messages of the SVK family (bpmn/svk/README.md) go through the use cases of
the domain, so that everything a page does around them happens here too. Other
messages belong to processes that the city drew itself.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.persistence.unit_of_work import UnitOfWork
from web.api.access import allowed, see_case
from web.api.answer import Answer
from web.api.once import changed
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.auth import actor
from web.errors import FormRefusedError
from web.services import services
from workflows.cases import service
from workflows.cases.model import WITHDRAWALS
from workflows.certificates import repository as certificates
from workflows.errors import ForbiddenError
from workflows.people.rights import Action
from workflows.works import proofs

resource = Resource("messages", "Berichten van buiten naar een lopend dossier.")

Data = Mapping[str, Any]

MISSING = "Dit veld is verplicht en is tekst."
UNKNOWN = "Dit bericht heeft dit veld niet."
NO_FILES = "Dit is een lijst van bestanden: file_name en content (base64)."
NO_DAY = "Schrijf een dag als 2026-11-25."
INTERNAL = frozenset(
    {
        "action_dropped",
        "certificate_notified",
        "closing_decided",
        "college_took_note",
        "feedback_asked",
        "meeting_cancelled",
        "meeting_moved",
        "question_decided",
        "remark_decided",
        "responsible_leaves",
        "version_deployed",
    }
)
"""Messages of our own processes and of the use cases of meetings, and nobody else.

Rows stand beside them (a decision, a cancelled meeting): a message alone would let
the process go on without what it is about.
"""

_DELIVERY = schemas.Delivery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message of the contract: the fields that it may have, and what it does."""

    fields: tuple[str, ...]
    tell: Callable[[UnitOfWork, str, Data], None]
    read: Callable[[Data], Data] = dict
    """What takes long, done before the transaction."""


@resource.post("", schemas.Delivery, body=schemas.Message)
def send_message(asked: Mapping[str, Any]) -> Answer:
    """Bring a message to the process that waits for it under its key.

    When none does, 409 follows and nothing happened. The messages of the SVK
    family take their own fields only; another message takes any plain JSON.
    """
    name, data = asked["name"], asked["data"]
    if name in INTERNAL:
        reason = f"Het bericht ‘{name}’ komt alleen van Woonflow zelf."
        raise ForbiddenError(Action.SEND_MESSAGE, reason)
    told = CONTRACT.get(name)
    if told is None:
        return _send_any(asked)
    strangers = tuple((each, UNKNOWN) for each in data if each not in told.fields)
    if strangers:
        raise FormRefusedError(strangers)
    given = told.read(data)

    def sent(work: UnitOfWork) -> Answer:
        told.tell(work, asked["correlation_key"], given)
        return Answer(body=_DELIVERY.one(asked))

    return changed(sent)


def _send_any(asked: Mapping[str, Any]) -> Answer:
    who = allowed(Action.SEND_MESSAGE)

    def sent(work: UnitOfWork) -> Answer:
        route = services().engine.messages.correlate(
            work,
            name=asked["name"],
            correlation_key=asked["correlation_key"],
            variables=asked["data"],
            by=who.name,
        )
        places = {
            "reached": [str(key) for key in route.reached],
            "started": [str(key) for key in route.started],
        }
        return Answer(body=_DELIVERY.one(asked, **places))

    return changed(sent)


def _withdraw(name: str) -> Callable[[UnitOfWork, str, Data], None]:
    def tell(work: UnitOfWork, number: str, data: Data) -> None:
        case = see_case(work, number, Action.WITHDRAW_CASE)
        if WITHDRAWALS[case.kind] != name:
            sentence = (
                f"Dit soort dossier wordt ingetrokken met {WITHDRAWALS[case.kind]}."
            )
            raise FormRefusedError((("name", sentence),))
        reason = _text(data, "reason")
        service.withdraw(work, services().engine, number, by=actor(), reason=reason)

    return tell


def _works_done(work: UnitOfWork, number: str, data: Data) -> None:
    see_case(work, number, Action.REPORT_WORKS_DONE)
    remarks = data.get("works_done_remarks")
    done = service.WorksDone(
        on=_day(data, "works_done_on"),
        remarks="" if remarks is None else _text(data, "works_done_remarks"),
        proofs=data["proofs"],
    )
    service.report_works_done(work, services().engine, number, by=actor(), done=done)


def _with_proofs(data: Data) -> Data:
    """Read the files, which come in base64; photos are cleaned here."""
    allowed(Action.REPORT_WORKS_DONE)
    given = data.get("proofs") or []
    if not isinstance(given, list):
        raise FormRefusedError((("data.proofs", NO_FILES),))
    files = [_file(each) for each in given]
    return {**data, "proofs": proofs.all_taken_in(files)}


def _file(given: object) -> tuple[str, Callable[[], bytes]]:
    if not isinstance(given, Mapping) or set(given) != {"file_name", "content"}:
        raise FormRefusedError((("data.proofs", NO_FILES),))
    try:
        content = b64decode(str(given["content"]), validate=True)
    except ValueError as error:
        raise FormRefusedError((("data.proofs", NO_FILES),)) from error
    return str(given["file_name"]), lambda: content


def _end(name: str, field: str, way: Action) -> Callable[[UnitOfWork, str, Data], None]:
    def tell(work: UnitOfWork, number: str, data: Data) -> None:
        allowed(way)
        row = certificates.row_by_number(work.session, number)
        see_case(work, row.case_number, way)
        services().engine.messages.correlate(
            work,
            name=name,
            correlation_key=number,
            variables={field: _text(data, field)},
            by=actor().name,
        )

    return tell


def _text(data: Data, field: str) -> str:
    found = data.get(field)
    if not isinstance(found, str) or not found.strip():
        raise FormRefusedError(((f"data.{field}", MISSING),))
    return found.strip()


def _day(data: Data, field: str) -> date:
    try:
        return date.fromisoformat(_text(data, field))
    except ValueError as error:
        raise FormRefusedError(((f"data.{field}", NO_DAY),)) from error


CONTRACT: Mapping[str, Told] = {
    "svk_withdraws": Told(fields=("reason",), tell=_withdraw("svk_withdraws")),
    "applicant_withdraws": Told(
        fields=("reason",), tell=_withdraw("applicant_withdraws")
    ),
    "works_done": Told(
        fields=("works_done_on", "works_done_remarks", "proofs"),
        tell=_works_done,
        read=_with_proofs,
    ),
    "certificate_lapses": Told(
        fields=("ground",),
        tell=_end("certificate_lapses", "ground", Action.LAPSE_CERTIFICATE),
    ),
    "certificate_withdrawn": Told(
        fields=("motivation",),
        tell=_end("certificate_withdrawn", "motivation", Action.WITHDRAW_CERTIFICATE),
    ),
}
