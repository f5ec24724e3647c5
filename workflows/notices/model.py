"""Notices: templates in Dutch, and to whom a case writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template
from uuid import UUID

from workflows.calendar import day_in_words, local_day
from workflows.documents.model import DocumentKind
from workflows.errors import InvalidDataError

UNKNOWN = "niet bekend"


class Addressee(StrEnum):
    """Whom a diagram can name; the people follow from the case."""

    SVK = "svk"
    OWNER = "owner"
    OCCUPANT = "occupant"
    APPLICANT = "applicant"
    INSPECTOR = "inspector"
    ADMIN = "admin"
    HEAD_OF_SERVICE = "head_of_service"
    MAYOR = "mayor"
    GENERAL_DIRECTOR = "general_director"
    HOUSING_AGENCY = "housing_agency"


ADDRESSEE_NAMES: Mapping[Addressee, str] = {
    Addressee.SVK: "SVK",
    Addressee.OWNER: "Eigenaar",
    Addressee.OCCUPANT: "Bewoner",
    Addressee.APPLICANT: "Aanvrager",
    Addressee.INSPECTOR: "Woningcontroleur",
    Addressee.ADMIN: "Administratie",
    Addressee.HEAD_OF_SERVICE: "Diensthoofd",
    Addressee.MAYOR: "Burgemeester",
    Addressee.GENERAL_DIRECTOR: "Algemeen directeur",
    Addressee.HOUSING_AGENCY: "Wonen in Vlaanderen",
}


class Channel(StrEnum):
    """How a notice travels; a letter is printed and posted by hand."""

    MAIL = "mail"
    LETTER = "letter"


ENCLOSED: Mapping[str, DocumentKind] = {
    "report_ready": DocumentKind.TECHNICAL_REPORT,
    "works_notice": DocumentKind.WORKS_NOTICE,
    "certificate_valid": DocumentKind.CERTIFICATE,
    "certificate_refusal": DocumentKind.REFUSAL,
}
"""The newest document of this kind goes with the notice."""

FACT_NAMES = frozenset(
    {
        "address",
        "case_number",
        "certificate_number",
        "decision_due_on",
        "ground",
        "inspected_on",
        "inspector",
        "missing",
        "new_date",
        "next_step",
        "reason",
        "reasons",
        "report_due_on",
        "result",
        "valid_until",
        "visit_at",
        "works",
    }
)
"""What a template may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who gets a notice; without *email* it becomes a letter."""

    addressee: Addressee
    name: str
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A notice for one recipient."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice that went out."""

    id: UUID
    case_number: str
    template: str
    addressee: Addressee
    name: str
    email: str | None
    channel: Channel
    subject: str
    text: str
    written_at: datetime
    mail_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTemplate:
    """A template: the first line is the subject, the rest the text."""

    name: str
    subject: Template
    body: Template

    @property
    def names(self) -> frozenset[str]:
        """What it names."""
        return frozenset(self.subject.get_identifiers() + self.body.get_identifiers())


@cache
def template_names() -> tuple[str, ...]:
    """Return the names of all templates, sorted."""
    found = (each.name for each in _FOLDER.iterdir())
    return tuple(sorted(n.removesuffix(".txt") for n in found if n.endswith(".txt")))


@cache
def template(name: str) -> NoticeTemplate:
    """Return a template; raise ``InvalidDataError`` for an unknown name."""
    if name not in template_names():
        sentence = f"Er is geen bericht met de naam ‘{name}’."
        raise InvalidDataError({"template": sentence})
    text = (_FOLDER / f"{name}.txt").read_text("utf-8")
    subject, _, body = text.partition("\n\n")
    return NoticeTemplate(
        name=name, subject=Template(subject.strip()), body=Template(body.strip())
    )


def write(
    chosen: NoticeTemplate,
    facts: Mapping[str, str],
    *,
    recipient: Recipient,
    closing: str,
) -> Letter:
    """Write a notice to one recipient; an unknown fact reads ‘niet bekend’."""
    known = {name: facts.get(name) or UNKNOWN for name in FACT_NAMES}
    subject = chosen.subject.substitute(known)
    body = chosen.body.substitute(known)
    greeting = f"Beste {recipient.name}"
    return Letter(
        subject=" ".join(subject.split()), text=f"{greeting}\n\n{body}\n\n{closing}\n"
    )


def addressees(names: list[str]) -> list[Addressee]:
    """Read whom a diagram names; refuse what isn't an addressee."""
    unknown = [name for name in names if name not in set(Addressee)]
    if unknown or not names:
        known = ", ".join(Addressee)
        sentence = f"Kies als bestemming uit: {known} (niet: {', '.join(unknown)})."
        raise InvalidDataError({"to": sentence})
    return [Addressee(name) for name in names]


def in_words(value: object) -> str:
    """Write a value of a diagram as text: dates in words, lists with commas."""
    if isinstance(value, datetime):
        value = local_day(value) if value.tzinfo else value.date()
    if isinstance(value, date):
        return day_in_words(value, weekday=True)
    if isinstance(value, list | tuple):
        return ", ".join(in_words(each) for each in value)
    return "" if value is None else str(value).strip()


_FOLDER = files("workflows.notices") / "templates"
