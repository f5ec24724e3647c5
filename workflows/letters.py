"""Mails of ours from templates: the first line is the subject, the rest the text.

A subject names no dwelling and no person of a case; who reads it on a telephone
in the tram sees a number and a body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Protocol
from uuid import UUID

from engine.mail import Attachment, Mail
from engine.outbox import enqueue
from engine.persistence.unit_of_work import UnitOfWork
from workflows.city.service import city


class Reader(Protocol):
    """Somebody who gets a mail."""

    @property
    def name(self) -> str:
        """How he is called."""

    @property
    def email(self) -> str:
        """Where he reads his mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A template of a subject of ``workflows``, with what it names.

    *about* is the number that the mail belongs to.
    """

    subject: str
    template: str
    about: str
    facts: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()


def send(
    work: UnitOfWork,
    letter: Letter,
    to: Iterable[Reader],
    *,
    instance_id: UUID | None = None,
) -> int:
    """Write *letter* to each reader, once per address; return how many there were.

    Raise ``KeyError`` when the template names what *letter* doesn't tell.
    """
    head, body = _template(letter.subject, letter.template)
    readers = {reader.email.casefold(): reader for reader in to}
    for reader in readers.values():
        text = f"Beste {reader.name}\n\n{body.substitute(letter.facts)}\n\n"
        mail = Mail(
            to=reader.email,
            name=reader.name,
            subject=head.substitute(letter.facts),
            text=text + _closing(work, letter.about),
            attachments=letter.attachments,
            case=letter.about,
        )
        enqueue(work, mail, instance_id=instance_id)
    return len(readers)


def template_names(subject: str) -> list[str]:
    """Name the templates of a subject of ``workflows``."""
    folder = files(f"workflows.{subject}") / "templates"
    return sorted(each.name.removesuffix(".txt") for each in folder.iterdir())


@cache
def _template(subject: str, name: str) -> tuple[Template, Template]:
    folder = files(f"workflows.{subject}") / "templates"
    text = (folder / f"{name}.txt").read_text("utf-8")
    head, _, body = text.partition("\n\n")
    return Template(head.strip()), Template(body.strip())


def _closing(work: UnitOfWork, about: str) -> str:
    here = city(work)
    return f"Met vriendelijke groeten\n{here.sender}\n{here.contact}\n{about}\n"
