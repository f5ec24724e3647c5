"""The filters above the list of cases, as they stand in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from web.paging import PAGE
from workflows.cases.model import CaseKind, CaseQuery, CaseSort, CaseStatus
from workflows.people.model import Actor

SORTS = (
    ("newest", "Nieuwste eerst"),
    ("due", "Dringendste eerst"),
    ("oldest", "Oudste eerst"),
    ("address", "Op adres"),
)
NAMES = ("q", "soort", "toestand", "fase", "controleur", "laat", "sorteer")

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """What somebody asked to see; unknown values count as not asked."""

    values: Mapping[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer cases than all can be shown."""
        return any(value for name, value in self.values.items() if name != "sorteer")

    def to_query(self, actor: Actor, *, now: datetime, offset: int) -> CaseQuery:
        """Return the query; a rental agency only finds its own cases."""
        values = self.values
        return CaseQuery(
            organisation_ids=None if actor.is_city else actor.organisation_ids,
            text=values["q"],
            kind=_choice(CaseKind, values["soort"]),
            status=_choice(CaseStatus, values["toestand"]),
            milestone=values["fase"] or None,
            inspector=values["controleur"] or None,
            overdue_at=now if values["laat"] else None,
            sort=_choice(CaseSort, values["sorteer"]) or CaseSort.NEWEST,
            offset=offset,
            limit=PAGE,
        )


def _choice(kind: type[_Choice], value: str) -> _Choice | None:
    return kind(value) if value in list(kind) else None
