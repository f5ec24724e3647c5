"""What is kept for a while only: answers to repeated requests, early messages."""

from datetime import timedelta

from engine.persistence.repositories.idempotency import IdempotencyRepository
from engine.persistence.repositories.messages import MessageRepository
from engine.persistence.unit_of_work import UnitOfWork

ANSWERS_KEPT = timedelta(days=7)
"""How long the same idempotency key gives the same answer."""


def forget(work: UnitOfWork) -> int:
    """Drop what is no longer needed; return how many rows went."""
    answers = IdempotencyRepository(work.session).forget_before(work.now - ANSWERS_KEPT)
    return answers + MessageRepository(work.session).forget_expired(work.now)
