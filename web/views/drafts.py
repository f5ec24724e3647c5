"""Het ontwerp van een bundel: begun, changed file by file, taken into use."""

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

from engine import drafts
from engine.model import Severity
from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.services import reading, services, writing
from web.task_view import names_of
from web.uploads import bundle_files
from workflows.people.rights import Action
from workflows.remarks import repository as remarks
from workflows.remarks.drafts import deploy_draft
from workflows.remarks.model import RemarkStatus

blueprint = Blueprint("drafts", __name__, url_prefix="/processen/<key>/concept")


@blueprint.get("")
def show(key: str) -> str:
    """Show a draft: its files, what is wrong with it, the remarks behind it."""
    return _page(key)


@blueprint.post("")
def begin(key: str) -> ResponseReturnValue:
    """Begin a draft from the version in use."""
    who = allow(Action.DEPLOY_PROCESSES)
    with writing() as work:
        drafts.open_draft(work, key, by=who.name)
    flash("Het ontwerp begint van de versie in gebruik.", "good")
    return redirect(url_for("drafts.show", key=key))


@blueprint.post("/bestanden")
def put(key: str) -> ResponseReturnValue:
    """Replace files of the draft, or add them."""
    who = allow(Action.DEPLOY_PROCESSES)
    files = bundle_files(request.files.getlist("files"))
    if not files:
        sentence = "Kies minstens één bestand dat eindigt op .bpmn, .dmn of .form."
        return _page(key, error=sentence), 422
    with writing() as work:
        drafts.put_files(work, key, files, by=who.name)
    flash(f"In het ontwerp gezet: {', '.join(sorted(files))}.", "good")
    return redirect(url_for("drafts.show", key=key))


@blueprint.get("/bestanden/<name>")
def file(key: str, name: str) -> Response:
    """Return one file of the draft, to be changed."""
    allow(Action.READ_PROCESSES)
    with reading() as work:
        found = drafts.draft_of(work, key).bundle.files
    if name not in found:
        abort(404)
    kind = "application/json" if name.endswith(".form") else "application/xml"
    response = Response(found[name], content_type=f"{kind}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.post("/ingebruikname")
def deploy(key: str) -> ResponseReturnValue:
    """Take the draft into use; the authors of the remarks behind it are told."""
    who = allow(Action.DEPLOY_PROCESSES)
    with reading() as work:
        findings = services().engine.definitions.check(
            drafts.draft_of(work, key).bundle
        )
    if any(each.severity is Severity.ERROR for each in findings):
        return _page(key, error="Dit ontwerp heeft fouten: verbeter ze eerst."), 422
    with writing() as work:
        found = deploy_draft(work, services().engine, key, by=who)
    flash(
        f"Versie {found.version} van ‘{key}’ is in gebruik voor nieuwe dossiers.",
        "good",
    )
    return redirect(
        url_for("processes.bundle", key=key, content_hash=found.content_hash)
    )


@blueprint.post("/verwerpen")
def discard(key: str) -> ResponseReturnValue:
    """Forget the draft."""
    allow(Action.DEPLOY_PROCESSES)
    with writing() as work:
        drafts.discard_draft(work, key)
    flash("Het ontwerp is weg. De versie in gebruik blijft zoals ze is.", "good")
    return redirect(url_for("drafts.show", key=key))


def _page(key: str, error: str = "") -> str:
    allow(Action.READ_PROCESSES)
    with reading() as work:
        latest = services().engine.definitions.latest(work, key)
        waiting = remarks.remarks(
            work.session, statuses=[RemarkStatus.TO_CHANGE], bundle_key=key
        )
        names = names_of(work)
        told = _of_draft(work, key)
    return render_template(
        "pages/draft.html",
        key=key,
        latest=latest,
        waiting=waiting,
        names=names,
        error=error,
        **told,
    )


def _of_draft(work: UnitOfWork, key: str) -> dict[str, object]:
    """Return what the page shows of the draft, if there is one."""
    found = drafts.find_draft(work, key)
    if found is None:
        return {"draft": None}
    return {
        "draft": found,
        "changed": drafts.changed_files(work, found),
        "behind": drafts.is_behind(work, found),
        "findings": services().engine.definitions.check(found.bundle),
    }
