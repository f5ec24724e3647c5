"""Mails around a meeting."""

from collections.abc import Iterable

from engine.mail import Attachment
from engine.persistence.unit_of_work import UnitOfWork
from workflows import letters
from workflows.bodies.model import Contact
from workflows.calendar import day_in_words, local_day, moment_in_words
from workflows.letters import Letter
from workflows.meetings.model import Meeting


def write(  # noqa: PLR0913 - all of one mail
    work: UnitOfWork,
    meeting: Meeting,
    template: str,
    to: Iterable[Contact],
    *,
    subject: str = "meetings",
    attachments: tuple[Attachment, ...] = (),
    **told: str,
) -> int:
    """Write a mail about a meeting from a template of *subject*; return to how many.

    *told* is what the template names besides the body, the day and the number.
    """
    letter = Letter(
        subject=subject,
        template=template,
        about=meeting.number,
        facts={**facts_of(meeting), **told},
        attachments=attachments,
    )
    return letters.send(work, letter, to, instance_id=meeting.instance_id)


def facts_of(meeting: Meeting) -> dict[str, str]:
    """Return what each mail about a meeting may name."""
    return {
        "number": meeting.number,
        "body": meeting.body_name,
        "day": day_in_words(local_day(meeting.starts_at)),
        "moment": moment_in_words(meeting.starts_at),
        "place": f" ({meeting.place})" if meeting.place else "",
    }
