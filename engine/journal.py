"""The journal: what happened in a case, line by line, chained against tampering.

The digest of a line covers the line before it, and the instance row knows the
last one; so a changed, inserted or removed line is found.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from engine.errors import InstanceNotRunningError
from engine.journal_texts import ON_BEHALF_OF, SENTENCES, UNKNOWN, WHO
from engine.model import Instance, InstanceStatus, JournalEntry
from engine.persistence.repositories.instances import LiveInstance
from engine.persistence.repositories.journal import JournalRepository
from engine.persistence.types import canonical
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Happening

_STOPPED_BY: Mapping[InstanceStatus, tuple[str, ...]] = {
    InstanceStatus.RUNNING: ("instance_resumed", "started"),
    InstanceStatus.SUSPENDED: ("instance_suspended",),
    InstanceStatus.CANCELLED: ("instance_cancelled",),
}
"""The lines that tell who brought a state about; without any, the last line does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first place where the chain of a journal is broken."""

    sequence: int
    sentence: str


class Journal:
    """Reads and proves journals, and adds lines that no step brings about."""

    def add(
        self,
        work: UnitOfWork,
        live: LiveInstance,
        happenings: Iterable[Happening],
        *,
        by: str,
    ) -> None:
        """Add lines to the journal of an instance that the caller has locked."""
        entries = chain_after(live, happenings, actor=by, at=work.now)
        rows = JournalRepository(work.session)
        rows.move_head(live.instance.id, (entries[-1].sequence, entries[-1].digest))
        rows.add(entries)

    def of(self, work: UnitOfWork, instance_id: UUID) -> list[JournalEntry]:
        """Return the entries of an instance, oldest first."""
        return JournalRepository(work.session).of(instance_id)

    def of_several(
        self, work: UnitOfWork, instance_ids: Sequence[UUID]
    ) -> list[JournalEntry]:
        """Return the entries of several instances, in the order of time."""
        return JournalRepository(work.session).of_several(instance_ids)

    def verify(self, work: UnitOfWork, instance_id: UUID) -> Fault | None:
        """Prove the chain; return the first fault, None when it is whole."""
        rows = JournalRepository(work.session)
        return first_fault(rows.of(instance_id), rows.head(instance_id))

    def sentence(self, entry: JournalEntry) -> str:
        """Return *entry* in Dutch words."""
        return sentence(entry)


def last_step(
    work: UnitOfWork, instance_id: UUID
) -> tuple[str, datetime] | tuple[None, None]:
    """Return who wrote the last line of a journal, and when."""
    return JournalRepository(work.session).last(instance_id)


def not_running(work: UnitOfWork, instance: Instance) -> InstanceNotRunningError:
    """Return the refusal of an instance in the wrong state, with who made it so."""
    kinds = _STOPPED_BY.get(instance.status, ())
    by, at = JournalRepository(work.session).last(instance.id, kinds)
    return InstanceNotRunningError(instance.id, instance.status, by, at)


def chain_after(
    live: LiveInstance, happenings: Iterable[Happening], *, actor: str, at: datetime
) -> list[JournalEntry]:
    """Make entries of *happenings* that continue the journal of *live*."""
    sequence, digest = live.sequence, live.digest
    entries = []
    for happening in happenings:
        sequence += 1
        entry = JournalEntry(
            instance_id=live.instance.id,
            sequence=sequence,
            at=at,
            kind=happening.kind,
            actor=actor,
            element_id=happening.element_id,
            element_name=happening.element_name,
            facts=_plain(happening.facts),
        )
        digest = digest_of(entry, digest)
        entries.append(replace(entry, digest=digest))
    return entries


def with_head(live: LiveInstance, entries: Sequence[JournalEntry]) -> LiveInstance:
    """Return *live* with the last of *entries* as the head of its journal."""
    if not entries:
        return live
    return replace(live, sequence=entries[-1].sequence, digest=entries[-1].digest)


def digest_of(entry: JournalEntry, previous: str) -> str:
    """Return the SHA-256 over *previous* and the canonical JSON of *entry*."""
    content = [
        previous,
        entry.instance_id.hex,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.kind,
        entry.actor,
        entry.element_id,
        entry.element_name,
        entry.facts,
    ]
    return sha256(canonical(content).encode()).hexdigest()


def first_fault(entries: Sequence[JournalEntry], head: tuple[int, str]) -> Fault | None:
    """Return the first broken place of a journal that should end in *head*."""
    digest = ""
    for expected, entry in enumerate(entries, start=1):
        if entry.sequence != expected:
            return Fault(sequence=expected, sentence="Deze regel ontbreekt.")
        digest = digest_of(entry, digest)
        if digest != entry.digest:
            return Fault(sequence=expected, sentence="Deze regel is gewijzigd.")
    if (len(entries), digest) != head:
        return Fault(sequence=len(entries) + 1, sentence="De laatste regel ontbreekt.")
    return None


def sentence(entry: JournalEntry) -> str:
    """Return *entry* in Dutch words, for people."""
    template = SENTENCES.get(entry.kind, UNKNOWN)
    words = _Words({key: _shown(value) for key, value in entry.facts.items()})
    words["wie"] = _who(entry)
    words["reden"] = f" Reden: {words['reason']}" if entry.facts.get("reason") else ""
    words["element"] = entry.element_name or entry.element_id or "het dossier"
    words["kind"] = entry.kind
    return template.format_map(words)


def _who(entry: JournalEntry) -> str:
    """Name who did it, and in whose place when he stood in for somebody."""
    actor = WHO.get(entry.actor, entry.actor)
    absent = entry.facts.get(ON_BEHALF_OF)
    return f"{actor} namens {absent}" if absent else actor


class _Words(dict[str, str]):
    """Words for a sentence; an unknown one is left out."""

    def __missing__(self, key: str) -> str:
        return "–"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "–" if value is None else str(value)


def _plain(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Bring facts into the form in which the database gives them back."""
    if not facts:
        return {}
    plain: dict[str, object] = json.loads(json.dumps(dict(facts), default=str))
    return plain
