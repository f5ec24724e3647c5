"""How a reader knows who did something before him."""

from engine.errors import LostRaceError
from engine.journal_texts import WHO
from engine.persistence.unit_of_work import UnitOfWork
from workflows.city.service import city
from workflows.errors import NotAllowedNowError
from workflows.people import repository as people
from workflows.people.model import Actor


def known_name(work: UnitOfWork, reader: Actor | None, user_name: str) -> str:
    """Return the name by which *reader* knows the author of something.

    The city knows people by name, and so do colleagues; to an agency, whoever
    works for the city is the city. Time and machine are put in words.
    """
    if user_name in WHO:
        return WHO[user_name]
    if reader is None or (not reader.is_city and not _shares(work, reader, user_name)):
        return f"Stad {city(work).name}"
    return people.full_name(work.session, user_name)


def as_known(work: UnitOfWork, reader: Actor | None, error: Exception) -> Exception:
    """Return a refusal in which who was first bears the name that *reader* knows."""
    if not isinstance(error, (LostRaceError, NotAllowedNowError)) or error.by is None:
        return error
    return error.named(known_name(work, reader, error.by))


def _shares(work: UnitOfWork, reader: Actor, user_name: str) -> bool:
    held = people.memberships(work.session, user_name)
    return any(each.organisation_id in reader.organisation_ids for each in held)
