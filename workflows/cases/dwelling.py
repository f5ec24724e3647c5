"""What the city notes of the dwelling of a case, out of the registers."""

import re
from collections.abc import Mapping
from datetime import date

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words, local_day
from workflows.cases import repository
from workflows.cases.service import add_line
from workflows.dwellings import model, service
from workflows.dwellings import repository as dwellings
from workflows.dwellings.model import Unit
from workflows.dwellings.service import BuildingFacts, UnitFacts
from workflows.errors import InvalidDataError
from workflows.people.model import Actor
from workflows.people.rights import Action, require

FIELDS = ("capakey", "year_built", "epc_score", "epc_label", "epc_on")
_WHOLE = re.compile(r"-?[0-9]{1,5}")
_NO_NUMBER = "Schrijf een geheel getal, zonder eenheid."
_NO_DAY = "Kies een dag."
_FUTURE = "Een EPC kan niet van een dag in de toekomst zijn."
_NO_LABEL = f"Kies een label: {', '.join(model.EPC_LABELS)}."


def facts_of(unit: Unit) -> dict[str, str]:
    """Return what is known of a unit, as the form writes it."""
    values = (
        unit.building.capakey,
        unit.building.year_built,
        unit.epc_score,
        unit.epc_label,
        unit.epc_on,
    )
    pairs = zip(FIELDS, values, strict=True)
    return {name: "" if value is None else str(value) for name, value in pairs}


def describe(
    work: UnitOfWork, number: str, given: Mapping[str, str], *, by: Actor
) -> None:
    """Note the facts of the dwelling of a case, and on the case what changed.

    *given* holds the texts of ``FIELDS``; an empty one is not known. Without a
    label that of the score is taken. Raise ``InvalidDataError`` naming each
    field that doesn't fit, ``ForbiddenError`` when *by* may not.
    """
    case = repository.case(work.session, number)
    require(by, Action.EDIT_DWELLING, case.subject)
    before = dwellings.unit(work.session, case.unit_id)
    facts = _Facts(given, today=local_day(work.now), latest=work.now.year + 1)
    _describe_building(work, before, facts)
    _describe_unit(work, before, facts)
    after = dwellings.unit(work.session, case.unit_id)
    if after != before:
        add_line(work, number, by=by.name, text=f"Woninggegevens: {_in_words(after)}.")


class _Facts:
    """The texts of the form as values; all that doesn't fit is told at once."""

    def __init__(self, given: Mapping[str, str], *, today: date, latest: int) -> None:
        self._given = {name: given.get(name, "").strip() for name in FIELDS}
        self._problems: dict[str, str] = {}
        self.capakey = self._capakey()
        self.year_built = self._whole("year_built")
        self.epc_score = self._whole("epc_score")
        self.epc_label = self._given["epc_label"] or None
        self.epc_on = self._day(today)
        year = self.year_built
        if year is not None and not service.EARLIEST_YEAR <= year <= latest:
            sentence = f"Het bouwjaar ligt tussen {service.EARLIEST_YEAR} en {latest}."
            self._problems["year_built"] = sentence
        if self.epc_label not in {None, *model.EPC_LABELS}:
            self._problems["epc_label"] = _NO_LABEL
        if self._problems:
            raise InvalidDataError(self._problems)

    def _capakey(self) -> str | None:
        try:
            return model.capakey(text) if (text := self._given["capakey"]) else None
        except InvalidDataError as error:
            self._problems |= error.problems
            return None

    def _whole(self, name: str) -> int | None:
        text = self._given[name]
        if text and not _WHOLE.fullmatch(text):
            self._problems[name] = _NO_NUMBER
            return None
        return int(text) if text else None

    def _day(self, today: date) -> date | None:
        if not (text := self._given["epc_on"]):
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._problems["epc_on"] = _NO_DAY
            return None
        if day > today:
            self._problems["epc_on"] = _FUTURE
        return day


def _describe_building(work: UnitOfWork, unit: Unit, facts: _Facts) -> None:
    building = unit.building
    told = BuildingFacts(
        address_uri=building.address_uri,
        building_uri=building.building_uri,
        capakey=facts.capakey,
        year_built=facts.year_built,
        form=building.form,
    )
    service.describe_building(work, building.id, told)


def _describe_unit(work: UnitOfWork, unit: Unit, facts: _Facts) -> None:
    told = UnitFacts(
        own_number=unit.own_number,
        unit_uri=unit.unit_uri,
        epc_score=facts.epc_score,
        epc_label=facts.epc_label,
        epc_on=facts.epc_on,
        bedrooms=unit.bedrooms,
    )
    service.describe_unit(work, unit.id, told)


def _in_words(unit: Unit) -> str:
    """Write what is known of a unit, for the line on the case."""
    epc = [f"EPC-label {unit.epc_label}"] if unit.epc_label else []
    if unit.epc_score is not None:
        epc.append(f"score {unit.epc_score}")
    if unit.epc_on is not None:
        epc.append(f"van {day_in_words(unit.epc_on)}")
    building = unit.building
    parts = [f"kadastrale sleutel {building.capakey}"] if building.capakey else []
    parts += [f"bouwjaar {building.year_built}"] if building.year_built else []
    return ", ".join(parts + epc) or "niets meer bekend"
