"""A mail server on loopback that keeps what it gets, for the demo and the tests.

It speaks real SMTP, so what is shown is what a mail server would have taken.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Thread
from typing import TypeVar, cast
from uuid import uuid4

from aiosmtpd.smtp import SMTP as SmtpProtocol  # noqa: N811 - a class, not a constant
from aiosmtpd.smtp import Envelope, Session

LOOPBACK = "127.0.0.1"
_PATIENCE_SECONDS = 10

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """A message in the sink; *at* is its Date header."""

    file: str
    message_id: str
    sender: str
    to: str
    subject: str
    at: datetime
    text: str
    html: str | None
    attachments: tuple[str, ...]


class MailSink:
    """Receives mail on *port* and stores each message as a file in *folder*.

    Port 0 takes a free one; *url* tells which.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        """The address for ``WOONFLOW_SMTP_URL``."""
        return f"smtp://{LOOPBACK}:{self._port}"

    def start(self) -> None:
        """Listen, in a thread of its own; raise ``OSError`` when the port is taken."""
        self._thread.start()
        self._server = self._do(self._listen())
        self._port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Stop listening; what was received stays.

        A forked process has no part in it: the thread stayed with its parent.
        """
        if not self._thread.is_alive():
            return
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, coroutine: Coroutine[None, None, Result]) -> Result:
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result(_PATIENCE_SECONDS)

    async def _listen(self) -> asyncio.Server:
        keeper = _Keeper(self.folder)
        return await self._loop.create_server(
            lambda: SmtpProtocol(keeper, enable_SMTPUTF8=True, loop=self._loop),
            LOOPBACK,
            self._port,
        )

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def received(folder: Path) -> list[ReceivedMail]:
    """Return the messages in *folder*, newest first."""
    mails = [_read(path) for path in folder.glob("*.eml")]
    return sorted(mails, key=lambda mail: (mail.at, mail.file), reverse=True)


def attachment(folder: Path, file: str, name: str) -> tuple[str, bytes] | None:
    """Return the media type and content of an attachment, None when there is none."""
    # Only files that the sink itself lists: a name can't lead out of the folder.
    paths = {path.name: path for path in folder.glob("*.eml")}
    if file not in paths:
        return None
    for part in _parse(paths[file]).iter_attachments():
        if part.get_filename() == name:
            content = part.get_payload(decode=True)
            return part.get_content_type(), cast("bytes", content)
    return None


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    # The name is aiosmtpd's; it answers the SMTP command DATA.
    async def handle_DATA(  # noqa: N802
        self, server: object, session: Session, envelope: Envelope
    ) -> str:
        name = uuid4().hex
        part = self._folder / f"{name}.part"
        part.write_bytes(cast("bytes", envelope.original_content))
        part.rename(self._folder / f"{name}.eml")
        return "250 Bewaard"


def _parse(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=SMTP)


def _read(path: Path) -> ReceivedMail:
    message = _parse(path)
    return ReceivedMail(
        file=path.name,
        message_id=str(message["Message-ID"]),
        sender=str(message["From"]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])),
        text=_body(message, "plain") or "",
        html=_body(message, "html"),
        attachments=tuple(_attachment_names(message)),
    )


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return None if part is None else str(part.get_content())


def _attachment_names(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        yield part.get_filename() or "bijlage"
