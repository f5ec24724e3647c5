"""Use cases of uploads."""

from dataclasses import dataclass
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.repository import case_file
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.uploads import model, repository
from workflows.uploads.model import Photo, Upload
from workflows.uploads.tables import UploadRow

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A cleaned photo, and the name of the file in which it came."""

    file_name: str
    photo: Photo


def cleaned(file_name: str, content: bytes) -> NewUpload:
    """Clean a file as it came in; raise ``InvalidDataError`` when it is no photo.

    A large photo takes a second: do it before a transaction is opened, or
    nobody can write meanwhile.
    """
    return NewUpload(file_name=file_name, photo=model.clean(content))


def add(work: UnitOfWork, case_number: str, new: NewUpload, *, by: Actor) -> Upload:
    """Keep a photo with a case; raise ``ForbiddenError`` when *by* may not."""
    require(by, Action.ADD_UPLOAD, case_file(work.session, case_number).subject)
    photo = new.photo
    row = UploadRow(
        id=new_id(work.now),
        case_number=case_number,
        file_name=_plain_name(new.file_name),
        media_type="image/jpeg",
        size=len(photo.content),
        width=photo.width,
        height=photo.height,
        sha256=photo.sha256,
        content=photo.content,
        created_at=work.now,
        created_by=by.name,
    )
    work.session.add(row)
    work.session.flush()
    return repository.upload(work.session, row.id)


def read(work: UnitOfWork, upload_id: UUID, *, by: Actor) -> tuple[Upload, bytes]:
    """Return a photo with its bytes; raise ``ForbiddenError`` when *by* may not."""
    upload = repository.upload(work.session, upload_id)
    subject = case_file(work.session, upload.case_number).subject
    require(by, Action.READ_UPLOAD, subject)
    return upload, repository.content(work.session, upload_id)


def _plain_name(name: str) -> str:
    """Keep the last part of a name, without control signs, ending in .jpg."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    stem = "".join(sign for sign in last if sign.isprintable()).rsplit(".", 1)[0]
    return f"{stem.strip()[:_LONGEST_NAME] or 'foto'}.jpg"
