"""Whether enough people were there to decide; pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody who was there: as (deputy) head of service, as inspector, or both."""

    name: str
    leads: bool = False
    inspects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """What a meeting needs; *inspectors* come on top of the head."""

    head: bool
    inspectors: int


def shortfall(present: Iterable[Attendant], wanted: Quorum) -> str | None:
    """Say what is missing, None when enough people were there.

    Nobody counts twice: a deputy head who is an inspector as well fills one seat.
    """
    there = list(present)
    missing = [
        *_missing_head(there, wanted),
        *_missing_inspectors(there, wanted),
    ]
    return f"Er ontbreekt {' en '.join(missing)}." if missing else None


def _missing_head(there: list[Attendant], wanted: Quorum) -> list[str]:
    if not wanted.head or any(each.leads for each in there):
        return []
    return ["het diensthoofd of zijn vervanger"]


def _missing_inspectors(there: list[Attendant], wanted: Quorum) -> list[str]:
    inspectors = sum(each.inspects for each in there)
    only_inspectors_lead = not any(each.leads and not each.inspects for each in there)
    if wanted.head and only_inspectors_lead and any(each.leads for each in there):
        inspectors -= 1
    lacking = wanted.inspectors - inspectors
    if lacking <= 0:
        return []
    return ["een woningcontroleur" if lacking == 1 else f"{lacking} woningcontroleurs"]
