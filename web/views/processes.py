"""Processen: the bundles, their versions and drawings, and new ones."""

import re
from collections.abc import Mapping

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from engine.model import Bundle, Deployment, Finding, Severity
from web.auth import allow
from web.case_diagram import DRAWING_NAMES, in_order
from web.diagram import steps_of
from web.forms import posted
from web.services import reading, services, writing
from web.task_view import names_of
from web.uploads import bundle_files
from workflows.people.rights import Action
from workflows.remarks.deploying import deploy

blueprint = Blueprint("processes", __name__, url_prefix="/processen")

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@blueprint.get("")
def bundle_list() -> str:
    """List the bundles in use, and the form to bring in files."""
    allow(Action.READ_PROCESSES)
    return _list_page()


@blueprint.post("")
def bring_in() -> ResponseReturnValue:
    """Check files and, when asked and without errors, take them into use."""
    actor = allow(Action.DEPLOY_PROCESSES)
    key = posted("new_key") or posted("key")
    files = bundle_files(request.files.getlist("files"))
    if not files or not _KEY.fullmatch(key):
        return _list_page(error=_what_is_missing(key, files)), 422
    bundle = Bundle(key=key, files={**_present_files(key), **files})
    findings = services().engine.definitions.check(bundle)
    refused = any(each.severity is Severity.ERROR for each in findings)
    if refused or "check" in request.form:
        page = _findings_page(bundle, findings, set(files))
        return page, 422 if refused else 200
    with writing() as work:
        found = deploy(work, services().engine, bundle, by=actor.name)
    flash(
        f"Versie {found.version} van ‘{key}’ is in gebruik voor nieuwe dossiers.",
        "good",
    )
    return redirect(
        url_for("processes.bundle", key=key, content_hash=found.content_hash)
    )


@blueprint.get("/<key>")
def versions(key: str) -> ResponseReturnValue:
    """Go to the newest version of a bundle."""
    allow(Action.READ_PROCESSES)
    with reading() as work:
        latest = services().engine.definitions.latest(work, key)
    return redirect(
        url_for("processes.bundle", key=key, content_hash=latest.content_hash)
    )


@blueprint.get("/<key>/<content_hash>")
def bundle(key: str, content_hash: str) -> str:
    """Show a version: its files, its drawing and the steps beside it."""
    allow(Action.READ_PROCESSES)
    with reading() as work:
        found = services().engine.definitions.get(work, content_hash)
        all_versions = services().engine.definitions.versions(work, key)
        names = names_of(work)
    drawings = in_order(name for name in found.files if name.endswith(".bpmn"))
    asked = request.args.get("bestand", "")
    chosen = asked if asked in drawings else next(iter(drawings), None)
    return render_template(
        "pages/bundle.html",
        bundle=found,
        content_hash=content_hash,
        versions=all_versions,
        drawings=drawings,
        chosen=chosen,
        steps=steps_of(found.files[chosen]) if chosen else [],
        names=names,
        drawing_names=DRAWING_NAMES,
    )


@blueprint.get("/<key>/<content_hash>/bestanden/<name>")
def file(key: str, content_hash: str, name: str) -> Response:
    """Return one file of a version, as it was brought in."""
    allow(Action.READ_PROCESSES)
    with reading() as work:
        found = services().engine.definitions.get(work, content_hash)
    if name not in found.files:
        abort(404)
    kind = "application/json" if name.endswith(".form") else "application/xml"
    response = Response(found.files[name], content_type=f"{kind}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _list_page(error: str = "") -> str:
    with reading() as work:
        found = services().engine.definitions.list(work)
        names = names_of(work)
    keys = [(each.key, each.key) for each in found] + [("", "Een nieuwe bundel")]
    return render_template(
        "pages/processes.html", deployments=found, keys=keys, names=names, error=error
    )


def _findings_page(bundle: Bundle, findings: list[Finding], files: set[str]) -> str:
    drawings = {
        name: content.decode("utf-8", "replace")
        for name, content in sorted(bundle.files.items())
        if name.endswith(".bpmn")
        and (name in files or any(each.file == name for each in findings))
    }
    return render_template(
        "pages/findings.html", bundle=bundle, findings=findings, drawings=drawings
    )


def _present_files(key: str) -> Mapping[str, bytes]:
    """Return the files of the newest version, which the posted ones replace."""
    with reading() as work:
        found: list[Deployment] = services().engine.definitions.list(work)
        newest = next((each for each in found if each.key == key), None)
        if newest is None:
            return {}
        return services().engine.definitions.get(work, newest.content_hash).files


def _what_is_missing(key: str, files: Mapping[str, bytes]) -> str:
    if not files:
        return "Kies minstens één bestand dat eindigt op .bpmn, .dmn of .form."
    return (
        f"‘{key}’ kan geen naam van een bundel zijn: begin met een kleine letter en"
        " gebruik daarna kleine letters, cijfers, - en _."
    )
