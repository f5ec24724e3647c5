"""Mail leaves through the outbox: written in the transaction, sent after it."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol, cast
from uuid import UUID

from engine.errors import NotFoundError
from engine.mail import Attachment, Mail, compose
from engine.persistence.identity import new_id
from engine.persistence.repositories.outbox import OutboxEntry, OutboxRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import announce
from engine.retries import MAIL
from engine.smtp import MailTransportError
from engine.step import IncidentRaised

LEASE = timedelta(minutes=2)
"""Longer than a mail server may take; after it another worker sends."""


_MAIL, _FAILED = "Mail", "Mislukte mail"


def enqueue(work: UnitOfWork, mail: Mail, *, instance_id: UUID | None = None) -> UUID:
    """Write *mail* in the open transaction; a worker sends it once that is committed.

    *instance_id* is the process instance that gets the incident when the mail
    can't be delivered. Returns the key of the mail.
    """
    key = new_id(work.now)
    entry = OutboxEntry(
        id=key,
        kind="mail",
        reference=str(key),
        subject=mail.subject,
        payload=_payload(mail),
        business_key=mail.case or None,
        instance_id=instance_id,
        state="pending",
        attempts=0,
        due_at=work.now,
        leased_by=None,
        last_error=None,
        created_at=work.now,
        sent_at=None,
    )
    OutboxRepository(work.session).add(entry)
    announce(work.session)
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A mail of the outbox and how far it is, for the pages that show it.

    *state* is ``pending``, ``sent`` or ``failed``.
    """

    id: UUID
    mail: Mail
    state: str
    attempts: int
    last_error: str | None
    written_at: datetime
    sent_at: datetime | None


class Courses(Protocol):
    """The use case of instances that a mail needs."""

    def report(
        self, work: UnitOfWork, instance_id: UUID, incident: IncidentRaised
    ) -> None:
        """Open an incident at a token that could not go on."""


class Outbox:
    """Use cases around the mails that leave, or left."""

    def __init__(self, *, sender: str, courses: Courses) -> None:
        self._sender = sender
        self._courses = courses

    def lease_next(self, work: UnitOfWork, *, worker: str) -> OutboxEntry | None:
        """Lease the mail that waits longest to *worker*, None when nothing is due."""
        return OutboxRepository(work.session).lease_next(
            now=work.now, worker=worker, until=work.now + LEASE
        )

    def message(self, entry: OutboxEntry) -> EmailMessage:
        """Make the message of *entry*: the same one at each attempt."""
        mail = _mail(entry)
        return compose(mail, key=entry.id, sender=self._sender, at=entry.created_at)

    def note_sent(self, work: UnitOfWork, entry: OutboxEntry) -> None:
        """Write that the mail server took the mail."""
        OutboxRepository(work.session).note_sent(entry, now=work.now)

    def note_failure(
        self, work: UnitOfWork, entry: OutboxEntry, error: MailTransportError
    ) -> bool:
        """Plan the next attempt; tell whether we give up, with an incident.

        A mail of no instance has no incident: the page of mails shows it.
        """
        entries = OutboxRepository(work.session)
        wait = None if error.permanent else MAIL.wait(entry.attempts)
        if wait is not None:
            entries.try_again(entry, at=work.now + wait, error=str(error))
            return False
        if not entries.give_up(entry, error=str(error)):
            return False
        if entry.instance_id is not None:
            self._courses.report(work, entry.instance_id, _incident(entry, error))
        return True

    def retry(self, work: UnitOfWork, mail_id: UUID) -> None:
        """Send a failed mail again; raise ``NotFoundError`` when it isn't one."""
        if not OutboxRepository(work.session).rearm(mail_id, now=work.now):
            raise NotFoundError(_FAILED, mail_id)
        announce(work.session)

    def retry_of(self, work: UnitOfWork, instance_id: UUID, token: int) -> bool:
        """Send all failed mails of an instance again; tell whether there were any."""
        entries = OutboxRepository(work.session)
        if not entries.rearm_of_instance(instance_id, now=work.now):
            return False
        announce(work.session)
        return True

    def newest(
        self, work: UnitOfWork, *, limit: int = 100, case: str | None = None
    ) -> list[OutgoingMail]:
        """Return the newest mails, of one case or of all."""
        entries = OutboxRepository(work.session)
        found = entries.newest(limit=limit, business_key=case)
        return [_outgoing(entry) for entry in found]

    def get(self, work: UnitOfWork, mail_id: UUID) -> OutgoingMail:
        """Return a mail; raise ``NotFoundError`` when there is none."""
        entry = OutboxRepository(work.session).get(mail_id)
        if entry is None:
            raise NotFoundError(_MAIL, mail_id)
        return _outgoing(entry)


def _incident(entry: OutboxEntry, error: MailTransportError) -> IncidentRaised:
    # A mail belongs to no token of its case; the case has long gone on.
    message = f"De mail ‘{entry.subject}’ is niet vertrokken. {error}"
    return IncidentRaised(token=0, element_id="", kind="mail", message=message)


def _payload(mail: Mail) -> dict[str, object]:
    return {
        "to": mail.to,
        "name": mail.name,
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            {
                "name": attachment.name,
                "media_type": attachment.media_type,
                "content": b64encode(attachment.content).decode("ascii"),
            }
            for attachment in mail.attachments
        ],
    }


def _mail(entry: OutboxEntry) -> Mail:
    payload = entry.payload
    attachments = cast("list[Mapping[str, str]]", payload["attachments"])
    return Mail(
        to=str(payload["to"]),
        name=str(payload["name"]),
        subject=entry.subject,
        text=str(payload["text"]),
        html=cast("str | None", payload["html"]),
        attachments=tuple(map(_attachment, attachments)),
        case=entry.business_key or "",
    )


def _attachment(stored: Mapping[str, str]) -> Attachment:
    return Attachment(
        name=stored["name"],
        media_type=stored["media_type"],
        content=b64decode(stored["content"]),
    )


def _outgoing(entry: OutboxEntry) -> OutgoingMail:
    return OutgoingMail(
        id=entry.id,
        mail=_mail(entry),
        state=entry.state,
        attempts=entry.attempts,
        last_error=entry.last_error,
        written_at=entry.created_at,
        sent_at=entry.sent_at,
    )
