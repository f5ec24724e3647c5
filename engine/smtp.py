"""Hand a message to a mail server."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from engine.errors import EngineError

_PERMANENT = 500
_DEFAULT_PORT = {"smtp": 25, "smtps": 465}


class MailTransportError(EngineError):
    """A mail server did not take a message; *permanent* when it never will."""

    code = "mail_transport"

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent

    def __str__(self) -> str:
        return f"De mailserver nam het bericht niet aan: {self.reason}"


class Transport(Protocol):
    """Delivers a message or raises ``MailTransportError``."""

    def send(self, message: EmailMessage) -> None:
        """Hand *message* over; return when the other side has taken it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server.

    *starttls* encrypts after connecting, as ``smtps`` does from the start.
    """

    host: str
    port: int
    encrypted: bool = False
    starttls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    patience_seconds: int = 30

    @classmethod
    def from_url(cls, url: str) -> "Smtp":
        """Read ``smtp[s]://[user:password@]host[:port][?starttls=1]``.

        Raises ``ValueError`` for another text.
        """
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORT or not parts.hostname:
            message = "WOONFLOW_SMTP_URL: schrijf smtp://server:25 of smtps://server."
            raise ValueError(message)
        return cls(
            host=parts.hostname,
            port=parts.port or _DEFAULT_PORT[parts.scheme],
            encrypted=parts.scheme == "smtps",
            starttls=parse_qs(parts.query).get("starttls") == ["1"],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def send(self, message: EmailMessage) -> None:
        """Hand *message* to the server."""
        try:
            with self._connect() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise _transport_error(error, self.host) from error

    def _connect(self) -> smtplib.SMTP:
        # Reading the trusted certificates takes 30 ms: only where they are used.
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host,
                self.port,
                timeout=self.patience_seconds,
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.patience_seconds)
        if self.starttls:
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server


def _transport_error(error: Exception, host: str) -> MailTransportError:
    """Tell what went wrong, without the address of the receiver (it may be logged)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        reason = f"{host} weigert de ontvanger (code {max(codes)})"
        return MailTransportError(reason, permanent=min(codes) >= _PERMANENT)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailTransportError(f"{host}: {error}", permanent=True)
    if isinstance(error, smtplib.SMTPResponseException):
        # A refused sign-in is a setting to repair: the mail itself may still go.
        repairable = isinstance(error, smtplib.SMTPAuthenticationError)
        return MailTransportError(
            f"{host} antwoordt met code {error.smtp_code}",
            permanent=error.smtp_code >= _PERMANENT and not repairable,
        )
    reason = f"{host} antwoordt niet ({type(error).__name__})"
    return MailTransportError(reason, permanent=False)
