"""A change that a caller can safely ask for twice: the header Idempotency-Key.

The key, the work and the answer are one transaction. The same key with the
same request gets the first answer again; with another request it is refused.
A refusal is not remembered: nothing happened, so it may be tried again.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from flask import request

from engine.persistence.repositories.idempotency import IdempotencyRepository
from engine.persistence.unit_of_work import UnitOfWork
from web.api.answer import Answer
from web.auth import actor
from web.errors import UnreadableRequestError
from web.services import on_the_wall, writing
from workflows.errors import NotAllowedNowError

HEADER = "Idempotency-Key"
LONGEST = 200
_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST}}}")

Change = Callable[[UnitOfWork], Answer]


def changed(change: Change) -> Answer:
    """Do *change* in one transaction, once per key; return its answer."""
    key = asked_key()
    with writing() as work:
        if key is None:
            return change(work)
        memory = Memory(work, key)
        if not memory.is_new:
            return memory.answer()
        answer = change(work)
        memory.keep(answer)
        return answer


def asked_key() -> str | None:
    """Return the key of the caller; raise ``UnreadableRequestError`` when absurd."""
    key = request.headers.get(HEADER)
    if key is not None and not _KEY.fullmatch(key):
        why = f"{HEADER} heeft 1 tot {LONGEST} zichtbare tekens (ASCII)."
        raise UnreadableRequestError(why)
    return key


class Memory:
    """The answer under one key of one caller; a second equal request waits here."""

    def __init__(self, work: UnitOfWork, key: str) -> None:
        self._rows = IdempotencyRepository(work.session)
        self._scope, self._key = f"api:{actor().name}", key
        self._asked = _fingerprint()
        now = on_the_wall(work).now
        self.is_new = self._rows.remember(self._scope, key, self._asked, {}, at=now)

    def answer(self) -> Answer:
        """Return what was answered before."""
        found = self._rows.recall(self._scope, self._key, self._asked)
        if not isinstance(found, dict) or not found:
            why = (
                "De eerste aanvraag met deze sleutel is nog bezig of werd"
                " afgebroken. Kijk na wat er gebeurde en neem een nieuwe sleutel."
            )
            raise NotAllowedNowError(self._key, "unanswered", why)
        headers = {**found["headers"], "Idempotent-Replayed": "true"}
        return Answer(**{**found, "headers": headers})

    def keep(self, answer: Answer) -> None:
        """Remember what is answered."""
        kept: dict[str, object] = {
            "body": dict(answer.body),
            "status": answer.status,
            "headers": dict(answer.headers),
            "version": answer.version,
        }
        self._rows.amend(self._scope, self._key, kept)


def _fingerprint() -> str:
    """Return what makes two requests the same: method, path and content."""
    digest = sha256(f"{request.method} {request.full_path}\n".encode())
    digest.update(_content())
    return digest.hexdigest()


def _content() -> bytes:
    """Return the body, with form parts in an order that no boundary disturbs."""
    if request.mimetype != "multipart/form-data":
        return request.get_data()
    parts = [repr(sorted(request.form.items(multi=True))).encode()]
    for name, posted in sorted(
        request.files.items(multi=True), key=lambda pair: pair[0]
    ):
        parts.append(f"{name}/{posted.filename}:".encode())
        parts.append(sha256(posted.read()).digest())
        posted.seek(0)
    return b"\n".join(parts)
