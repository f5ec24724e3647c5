"""A mail as a value, and the message that is made of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from engine.errors import EngineError


class MailAddressError(EngineError):
    """A text is no mail address that we can write to."""

    code = "mail_address"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address

    def __str__(self) -> str:
        return (
            f"‘{self.address}’ is geen mailadres."
            " Verbeter het adres bij de persoon of de organisatie."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one address.

    *case* is the business key of the case it belongs to, empty for none.
    Raises ``MailAddressError`` for an address that can't be used; line ends in
    *name* and *subject* become spaces, so no header can be smuggled in.
    """

    to: str
    subject: str
    text: str
    name: str = ""
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    case: str = ""

    def __post_init__(self) -> None:
        """Refuse a bad address, and make header texts one line."""
        checked_address(self.to)
        object.__setattr__(self, "subject", _one_line(self.subject))
        object.__setattr__(self, "name", _one_line(self.name))


def checked_address(text: str) -> str:
    """Return *text* when it is one bare mail address; raise ``MailAddressError``."""
    if _ADDRESS.fullmatch(text) is None or len(text) > _LONGEST_ADDRESS:
        raise MailAddressError(text)
    return text


def compose(mail: Mail, *, key: UUID, sender: str, at: datetime) -> EmailMessage:
    """Make the message of *mail*.

    Its Message-ID comes from *key*, the id of the outbox row, so a second
    delivery after a crash carries the same id. *at* is when it was written.
    """
    domain = sender.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender, "")
    message["To"] = _address(mail.to, mail.name)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)
    return message


_LONGEST_ADDRESS = 254

# Stricter than RFC 5322: no quoted parts, comments or address literals.
_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}@"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?"
)

_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def _one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", text).strip()


def _address(address: str, name: str) -> Address:
    user, _, domain = address.rpartition("@")
    ascii_domain = domain.encode("idna").decode("ascii")
    return Address(display_name=name, username=user, domain=ascii_domain)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.media_type.partition("/")
    message.add_attachment(
        attachment.content,
        maintype=main,
        subtype=sub or "octet-stream",
        filename=_one_line(attachment.name),
    )
