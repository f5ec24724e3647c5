"""Remarks of caseworkers on a step of a process, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

PROCESS_ID = "process_remark"
SERIES = "process_remark"

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class RemarkStatus(StrEnum):
    """How far a remark is."""

    PINNED = "pinned"
    TO_CHANGE = "to_change"
    CHANGED = "changed"
    KEPT = "kept"


STATUS_NAMES: Mapping[RemarkStatus, str] = {
    RemarkStatus.PINNED: "Wacht op een besluit",
    RemarkStatus.TO_CHANGE: "Wordt aangepast",
    RemarkStatus.CHANGED: "Aangepast",
    RemarkStatus.KEPT: "Blijft zoals het is",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLoad:
    """How busy a step is: live cases, and how long it took in closed ones.

    *median* and *p90* are in seconds, over the *measured* times that the step
    was closed last; None when it never was, or when it takes no time.
    """

    live: int
    measured: int
    median: int | None
    p90: int | None

    @property
    def in_words(self) -> str:
        """The load in a sentence, for an agenda."""
        where = "1 dossier stond" if self.live == 1 else f"{self.live} dossiers stonden"
        sentence = f"{where} toen op deze stap."
        if not self.measured:
            return sentence
        return (
            f"{sentence} Duur, {_count(self.measured, 'keer', 'keer')} gemeten:"
            f" mediaan {self.median_in_words}, negen op de tien binnen"
            f" {self.p90_in_words}."
        )

    @property
    def median_in_words(self) -> str:
        """The middle one of the durations, in Dutch."""
        return duration_in_words(self.median)

    @property
    def p90_in_words(self) -> str:
        """The duration that nine out of ten stay within, in Dutch."""
        return duration_in_words(self.p90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An element of a process in one version of a bundle."""

    bundle_key: str
    bundle_hash: str
    version: int
    process_id: str
    process_name: str
    element_id: str
    element_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark; *number* is like ``OPM-2026-1``.

    *load* is the load of the step when it was pinned. *draft_opened_at* tells
    that a draft change is linked with it.
    """

    number: str
    step: Step
    body_key: str
    case_number: str | None
    text: str
    author: str
    pinned_at: datetime
    load: StepLoad
    status: RemarkStatus
    decision_text: str
    decided_in: str | None
    decided_at: datetime | None
    decided_by: str | None
    draft_opened_at: datetime | None
    deployed_version: int | None
    deployed_at: datetime | None
    answer: str
    answered_at: datetime | None
    instance_id: UUID | None

    @property
    def status_name(self) -> str:
        """The status in Dutch."""
        return STATUS_NAMES[self.status]

    @property
    def agenda_text(self) -> str:
        """What an agenda says of it: the remark, and how busy the step was."""
        place = f"{self.step.process_name}, versie {self.step.version}"
        return f"{place}: {self.text}\n{self.load.in_words}"


def duration_in_words(seconds: int | None) -> str:
    """Write a duration as people say it: ``3 dagen``, ``5 uur``, ``12 minuten``."""
    if seconds is None:
        return "niet gemeten"
    if seconds < _MINUTE:
        return "minder dan een minuut"
    if seconds < _HOUR:
        return _count(seconds / _MINUTE, "minuut", "minuten")
    if seconds < 2 * _DAY:
        return _count(seconds / _HOUR, "uur", "uur")
    return _count(seconds / _DAY, "dag", "dagen")


def _count(amount: float, one: str, many: str) -> str:
    whole = round(amount)
    return f"{whole} {one if whole == 1 else many}"
