"""The values of the engine, as its rows give them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class InstanceStatus(StrEnum):
    """Where a process instance stands."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskState(StrEnum):
    """Where a human task stands."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Severity(StrEnum):
    """How bad a finding is: an error stops a deployment."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on a file of a bundle; *sentence* is Dutch and says what to do."""

    file: str
    element: str
    severity: Severity
    sentence: str
    code: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.element}"
        return f"{place}: {self.severity}: {self.sentence} [{self.code}]"


LARGEST_FILE = 4_000_000
"""The most bytes of one file of a bundle; a process of 500 boxes takes about 500 kB."""
LARGEST_FILE_IN_WORDS = f"{LARGEST_FILE // 1_000_000} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Process, decision and form files that are deployed together.

    *files* maps a name such as ``intake.bpmn``, ``regime.dmn`` or
    ``offer.form`` to its bytes.
    """

    key: str
    files: Mapping[str, bytes]

    @property
    def content_hash(self) -> str:
        """SHA-256 over names and contents: the version of the bundle."""
        digest = sha256(self.key.encode())
        for name in sorted(self.files):
            content = self.files[name]
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A process instance.

    *business_key* and *label* are the caller's (a case number, an address);
    *milestone* is the last ``milestone`` property that a token passed;
    *outcome* is the id of the end event that closed it.
    """

    id: UUID
    bundle_hash: str
    process_id: str
    business_key: str
    label: str
    status: InstanceStatus
    version: int
    milestone: str | None
    outcome: str | None
    started_at: datetime
    started_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanTask:
    """A piece of work for a person; *token* links it to the state of its instance."""

    id: UUID
    instance_id: UUID
    token: int
    element_id: str
    process_id: str
    name: str
    lane: str | None
    state: TaskState
    assignee: str | None
    claimed_at: datetime | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form_id: str | None
    business_key: str
    label: str
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A timer row; its ledger is *due_at*, *fired_at* and what lies between."""

    id: UUID
    instance_id: UUID
    token: int
    element_id: str
    iteration: int
    rule: str
    due_at: datetime
    armed_at: datetime
    fired_at: datetime | None
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Work that can't go on by itself; a manager repairs the cause and retries."""

    id: UUID
    instance_id: UUID
    token: int
    element_id: str
    kind: str
    message: str
    raised_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One thing that happened, chained to the entry before it by *digest*."""

    instance_id: UUID
    sequence: int
    at: datetime
    kind: str
    actor: str
    element_id: str | None
    element_name: str | None
    facts: Mapping[str, object] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A version of a bundle: the content that *key* stands for since *deployed_at*."""

    key: str
    version: int
    content_hash: str
    deployed_at: datetime
    deployed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A file of a draft, and who put it there last."""

    name: str
    content: bytes
    edited_at: datetime
    edited_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A bundle that somebody is still working on.

    *based_on* is the hash of the version from which it began.
    """

    key: str
    based_on: str | None
    files: tuple[DraftFile, ...]

    @property
    def bundle(self) -> Bundle:
        """The draft as a bundle, to be checked or taken into use."""
        found = {file.name: file.content for file in self.files}
        return Bundle(key=self.key, files=found)
