"""Definitions: the bundles in use, taking one into use, starting a process of one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from engine.errors import NotFoundError
from engine.model import Deployment, Severity
from engine.persistence.unit_of_work import UnitOfWork
from engine.worklist import read_cursor, write_cursor
from web.api.access import allowed
from web.api.answer import Answer
from web.api.bundle_body import REQUEST_BODY, read_bundle
from web.api.instances import new_body
from web.api.once import changed
from web.api.resource import PREFIX, Resource
from web.api.schemas import definitions as schemas
from web.api.schemas import running
from web.problem_facts import finding_facts
from web.services import reading, services
from workflows.bodies.model import BUNDLE_KEY as CONSULTATION
from workflows.cases.model import BUNDLE_KEY as CASES
from workflows.errors import NotAllowedNowError
from workflows.people.rights import Action
from workflows.remarks.deploying import deploy

resource = Resource(
    "definitions", "Bundels van processen, beslissingen en formulieren."
)

_DEFINITION = schemas.Definition()
_ORDER = "definitions"
_WITH_CASE = (
    "De processen van deze bundel horen bij een dossier."
    " Open een dossier: POST /api/v1/cases."
)
_WITH_MEETING = (
    "De processen van deze bundel horen bij een vergadering, een vraag, een opmerking"
    " of een actiepunt. Ze starten op de pagina’s van Overleg."
)
_STARTED_ELSEWHERE = {
    CASES: ("with_case", _WITH_CASE),
    CONSULTATION: ("with_meeting", _WITH_MEETING),
}
"""Per bundle the code and the sentence of why it isn't started by itself."""


@resource.find(
    "", schemas.DefinitionPage, query=schemas.DefinitionQuery, refusals=(400,)
)
def find_definitions(asked: Mapping[str, Any]) -> Answer:
    """Find the bundles in use, by key."""
    allowed(Action.READ_PROCESSES)
    after = _after(asked.get("cursor"))
    with reading() as work:
        everything = services().engine.definitions.list(work)
    found = [each for each in everything if each.key > after]
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return Answer(
        body={
            "items": _DEFINITION.all(shown),
            "next_cursor": _cursor(shown[-1]) if more else None,
        }
    )


@resource.post("", schemas.Deployed, status=201, refusals=(409,), extra=REQUEST_BODY)
def deploy_definition() -> Answer:
    """Take a bundle into use: its next version, for new cases.

    Findings of severity error refuse it (422, *findings*); warnings come with
    the answer. The content that is in use already stays so.
    """
    who = allowed(Action.DEPLOY_PROCESSES)
    bundle = read_bundle(request)

    def deployed(work: UnitOfWork) -> Answer:
        definitions = services().engine.definitions
        found = deploy(work, services().engine, bundle, by=who.name)
        warnings = [
            finding_facts(each)
            for each in definitions.check(bundle)
            if each.severity is not Severity.ERROR
        ]
        return Answer(
            body=_DEFINITION.one(found, findings=warnings),
            status=201,
            headers={"Location": f"{PREFIX}/definitions/{found.key}"},
        )

    return changed(deployed)


@resource.get("/<key>", schemas.DefinitionDetail)
def get_definition(key: str) -> Answer:
    """Get a bundle: the newest version, its files and processes, and all versions."""
    allowed(Action.READ_PROCESSES)
    definitions = services().engine.definitions
    _require_key(key)
    with reading() as work:
        latest = definitions.latest(work, key)
        bundle = definitions.get(work, latest.content_hash)
        compiled = definitions.compiled(work, latest.content_hash)
        versions: Sequence[Deployment] = definitions.versions(work, key)
    body = _DEFINITION.one(
        latest,
        files=sorted(bundle.files),
        processes=dict(compiled.processes),
        versions=_DEFINITION.all(versions),
    )
    return Answer(body=body)


@resource.post(
    "/<key>/instances", running.Instance, body=running.NewInstance, status=201
)
def start_instance(asked: Mapping[str, Any], key: str) -> Answer:
    """Start a process of the newest version of a bundle.

    The processes of cases are started by opening a case, those of the consultation
    on its pages.
    """
    who = allowed(Action.START_PROCESS)
    _require_key(key)
    if key in _STARTED_ELSEWHERE:
        raise NotAllowedNowError(key, *_STARTED_ELSEWHERE[key])

    def started(work: UnitOfWork) -> Answer:
        instance = services().engine.instances.start(
            work,
            bundle_key=key,
            process_id=asked["process_id"],
            variables=asked["data"],
            business_key=asked["business_key"],
            label=asked["label"],
            by=who.name,
        )
        return Answer(
            body=new_body(work, instance),
            status=201,
            headers={"Location": f"{PREFIX}/instances/{instance.id}"},
        )

    return changed(started)


def _require_key(key: str) -> None:
    """Raise ``NotFoundError`` for what can't be the key of a bundle."""
    if not re.fullmatch(schemas.KEY, key):
        kind = "Bundel"
        raise NotFoundError(kind, key)


def _cursor(last: Deployment) -> str:
    return write_cursor(_ORDER, {"value": last.key, "id": ""})


def _after(cursor: str | None) -> str:
    if cursor is None:
        return ""
    return read_cursor(cursor, _ORDER)["value"]
