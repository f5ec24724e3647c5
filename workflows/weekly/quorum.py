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
    heads = 1 if wanted.head and not any(each.leads for each in there) else 0
    inspectors = _missing_inspectors(there, wanted)
    missing = [_HEAD] if heads else []
    if inspectors:
        missing.append(_INSPECTOR if inspectors == 1 else f"{inspectors} {_INSPECTORS}")
    if not missing:
        return None
    verb = "ontbreekt" if heads + inspectors == 1 else "ontbreken"
    return f"Er {verb} {' en '.join(missing)}."


def _missing_inspectors(there: list[Attendant], wanted: Quorum) -> int:
    """Count the seats of inspectors that stay empty once somebody leads."""
    inspectors = sum(each.inspects for each in there)
    leaders = [each for each in there if each.leads]
    if wanted.head and leaders and all(each.inspects for each in leaders):
        inspectors -= 1
    return max(0, wanted.inspectors - inspectors)


_HEAD = "het diensthoofd of zijn vervanger"
_INSPECTOR, _INSPECTORS = "een woningcontroleur", "woningcontroleurs"
