"""Documents and photos of a case, for who may read it."""

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import Problems, problems_of
from web.services import reading
from workflows.cases.repository import case_file
from workflows.documents import service as documents
from workflows.errors import InvalidDataError
from workflows.people.rights import Action
from workflows.uploads import service as uploads
from workflows.works import proofs

blueprint = Blueprint("documents", __name__)

_ASK_AGAIN = "private, no-cache"
"""The browser keeps a photo, and asks each time whether its reader may still see it:
a page of findings shows dozens, which don't travel twice."""


@blueprint.get("/documenten/<uuid:document_id>")
def document(document_id: UUID) -> Response:
    """Return a document as PDF."""
    with reading() as work:
        found, content = documents.read(work, document_id, by=actor())
    response = Response(content, content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=found.file_name)
    return response


@blueprint.get("/fotos/<uuid:upload_id>")
def upload(upload_id: UUID) -> Response:
    """Return a photo."""
    with reading() as work:
        found, content = uploads.read(work, upload_id, by=actor())
    response = Response(content, content_type=found.media_type)
    response.headers["Cache-Control"] = _ASK_AGAIN
    response.headers.set("Content-Disposition", "inline", filename=found.file_name)
    response.set_etag(found.sha256)
    response.make_conditional(request)
    return response


@blueprint.get("/bewijzen/<uuid:proof_id>")
def proof(proof_id: UUID) -> Response:
    """Return a proof of works; a PDF is downloaded, since it came from outside."""
    with reading() as work:
        found, content = proofs.read(work, proof_id, by=actor())
    response = Response(content, content_type=found.media_type)
    shown = "attachment" if found.media_type == proofs.PDF else "inline"
    response.headers.set("Content-Disposition", shown, filename=found.file_name)
    return response


@blueprint.post("/dossiers/<number>/fotos")
def add_photo(number: str) -> ResponseReturnValue:
    """Add photos to a case; those that are no photo are named."""
    with reading() as work:
        allow(Action.ADD_UPLOAD, case_file(work.session, number).subject)
    given = [each for each in request.files.getlist("photos") if each.filename]
    for each in given:
        for sentence in _problems(number, each.filename or "", each.read()).values():
            flash(f"{each.filename}: {sentence}", "error")
    if not given:
        flash("Kies eerst een foto.", "error")
    return redirect(url_for("cases.show", number=number))


def _problems(number: str, file_name: str, content: bytes) -> Problems:
    try:
        new = uploads.cleaned(file_name, content)
    except InvalidDataError as error:
        return error.problems
    return problems_of(partial(_add, number, new))


def _add(number: str, new: uploads.NewUpload, work: UnitOfWork) -> None:
    uploads.add(work, number, new, by=actor())
