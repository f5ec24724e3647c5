"""Use cases of notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from engine.mail import Attachment, Mail
from engine.outbox import enqueue
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.repository import case_file
from workflows.city.service import city
from workflows.documents import repository as documents
from workflows.notices import model
from workflows.notices.facts import facts
from workflows.notices.model import ENCLOSED, Addressee, Channel, Letter, Recipient
from workflows.notices.recipients import recipients
from workflows.notices.tables import NoticeRow

LARGEST_ENCLOSURE = 5 * 1024 * 1024
"""A larger document is not mailed; it is read in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What a case sends to whom."""

    case_number: str
    template: str
    to: tuple[Addressee, ...]
    data: Mapping[str, object] = field(default_factory=dict)
    instance_id: UUID | None = None


def send(work: UnitOfWork, sending: Sending) -> int:
    """Write a notice to each recipient; return how many there were.

    Mails go to the outbox of the same transaction. Who has no mail address
    gets a row of channel ``letter``, to be posted by hand.
    """
    chosen = model.template(sending.template)
    found = case_file(work.session, sending.case_number)
    told = facts(work, found, sending.data)
    closing = _closing(work, sending.case_number)
    enclosures = _enclosures(work, sending)
    people = recipients(work, found, sending.to)
    for recipient in people:
        letter = model.write(chosen, told, recipient=recipient, closing=closing)
        mail_id = _mail(work, sending, recipient, letter, enclosures)
        _keep(work, sending, recipient, letter, mail_id)
    return len(people)


def _mail(
    work: UnitOfWork,
    sending: Sending,
    recipient: Recipient,
    letter: Letter,
    enclosures: tuple[Attachment, ...],
) -> UUID | None:
    if recipient.email is None:
        return None
    mail = Mail(
        to=recipient.email,
        name=recipient.name,
        subject=letter.subject,
        text=letter.text,
        attachments=enclosures,
        case=sending.case_number,
    )
    return enqueue(work, mail, instance_id=sending.instance_id)


def _keep(
    work: UnitOfWork,
    sending: Sending,
    recipient: Recipient,
    letter: Letter,
    mail_id: UUID | None,
) -> None:
    row = NoticeRow(
        id=new_id(work.now),
        case_number=sending.case_number,
        template=sending.template,
        addressee=recipient.addressee,
        name=recipient.name,
        email=recipient.email,
        channel=Channel.LETTER if mail_id is None else Channel.MAIL,
        subject=letter.subject,
        text=letter.text,
        written_at=work.now,
        mail_id=mail_id,
    )
    work.session.add(row)
    work.session.flush()


def _closing(work: UnitOfWork, case_number: str) -> str:
    here = city(work)
    return (
        f"Met vriendelijke groeten\n{here.sender}\n{here.contact}\n"
        f"Dossier {case_number}"
    )


def _enclosures(work: UnitOfWork, sending: Sending) -> tuple[Attachment, ...]:
    kind = ENCLOSED.get(sending.template)
    for document in documents.documents_of(work.session, sending.case_number):
        if document.kind is kind and document.size <= LARGEST_ENCLOSURE:
            content = documents.content(work.session, document.id)
            attachment = Attachment(
                name=document.file_name,
                media_type="application/pdf",
                content=content,
            )
            return (attachment,)
    return ()
