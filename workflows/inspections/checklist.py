"""The checklist of an inspection: versioned data, marked where unverified."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from workflows.inspections.model import Category

OTHER = "other"
"""What an inspector chooses for a defect that is not on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """A line; *rubric* and *categories* are empty where no source gave them."""

    id: str
    part: str
    label: str
    rubric: str
    categories: tuple[Category, ...]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The list for one model of report; *parts* names its parts."""

    code: str
    unit_type: str
    valid_from: date
    verified: bool
    source: str
    parts: Mapping[str, str]
    items: tuple[ChecklistItem, ...]

    def label_of(self, item: str) -> str:
        """Return the words of an item; what isn't on the list stays as it is."""
        if item == OTHER:
            return "ander gebrek"
        return next((each.label for each in self.items if each.id == item), item)

    def item(self, item_id: str) -> ChecklistItem | None:
        """Return an item of the list; None for what isn't on it."""
        return next((each for each in self.items if each.id == item_id), None)

    def covers(self, unit_type: str, on: date) -> bool:
        """Tell whether this list is the one for such a unit on a day."""
        return unit_type == self.unit_type and self.valid_from <= on

    def part_of(self, item: str, rubric: str) -> str:
        """Return the part of a finding, by item or rubric; C when unknown."""
        for each in self.items:
            if item in (each.id, each.label) or (rubric and rubric == each.rubric):
                return each.part
        return "C"


SELF_CONTAINED = "ZW"


def self_contained() -> Checklist:
    """Return the list for a self-contained dwelling."""
    return checklist_of(SELF_CONTAINED)


def checklist_of(unit_type: str) -> Checklist:
    """Return the list for a kind of unit.

    Where the data hold none, that for a self-contained dwelling stands in: its
    own ``unit_type`` tells.
    """
    lists = _lists()
    return lists.get(unit_type, lists[SELF_CONTAINED])


@cache
def _lists() -> Mapping[str, Checklist]:
    """Read the newest list for each kind of unit."""
    folder = files("workflows.inspections") / "checklists"
    texts = (
        each.read_text("utf-8")
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    )
    found = sorted(map(_read, texts), key=lambda each: each.valid_from)
    return {each.unit_type: each for each in found}


def _read(text: str) -> Checklist:
    data = tomllib.loads(text)
    return Checklist(
        code=data["code"],
        unit_type=data["unit_type"],
        valid_from=data["valid_from"],
        verified=data["verified"],
        source=data["source"],
        parts=data["parts"],
        items=tuple(_item(each) for each in data["items"]),
    )


def _item(each: Mapping[str, object]) -> ChecklistItem:
    categories = each.get("categories", [])
    return ChecklistItem(
        id=str(each["id"]),
        part=str(each["part"]),
        label=str(each["label"]),
        rubric=str(each.get("rubric", "")),
        categories=tuple(
            Category(name)
            for name in (categories if isinstance(categories, list) else [])
        ),
        verified=bool(each["verified"]),
    )
