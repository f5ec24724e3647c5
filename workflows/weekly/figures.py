"""The figures at the end of the list; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.weekly.model import Place, Progress, RunningCase, progress

AGES: Sequence[tuple[int | None, str]] = (
    (30, "tot 30 dagen"),
    (90, "31 tot 90 dagen"),
    (180, "91 tot 180 dagen"),
    (None, "meer dan 180 dagen"),
)
"""The classes of age: up to and including so many days, None for the oldest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Cases discussed and running, their ages, and the terms that were not kept.

    *ages* holds a name and a count per class; the counts add up to the running
    cases. *breaches* counts the cases in which an open term was exceeded.
    """

    progress: Progress
    ages: tuple[tuple[str, int], ...]
    breaches: int


def figures(
    places: Sequence[Place], cases: Iterable[RunningCase], *, on: date
) -> Figures:
    """Count what the list holds on a day."""
    running = list(cases)
    classes = [_class_of(case.age(on)) for case in running]
    return Figures(
        progress=progress(places),
        ages=tuple((name, classes.count(name)) for _, name in AGES),
        breaches=sum(case.is_breached for case in running),
    )


def _class_of(days: int) -> str:
    return next(name for most, name in AGES if most is None or days <= most)
