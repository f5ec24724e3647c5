from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from workflows.dwellings import repository, service
from workflows.dwellings.model import BuildingForm, UnitType
from workflows.dwellings.service import BuildingFacts, NewRightHolder, UnitFacts
from workflows.errors import InvalidDataError, UnknownError

OFFER = {
    "street": "Hoogstraat",
    "house_number": "12",
    "box": "3",
    "postcode": "2800",
    "unit_type": "ZW",
    "bedrooms": 2,
    "owner_name": "Jan",
    "owner_email": "jan@x.example",
}


def take_in(engine, **changes):
    with engine.transaction() as work:
        return service.take_in_offer(work, OFFER | changes)


def owners(engine, unit):
    with engine.reading() as work:
        return repository.right_holders(work.session, unit.id, on=date(2027, 1, 1))


def test_another_spelling_finds_the_same_unit(engine):
    first = take_in(engine)
    second = take_in(engine, street="hoogstr.", house_number=" 12", box="bus 03")

    assert second.id == first.id
    assert second.address == first.address


def test_boxes_of_one_building_are_units_of_it(engine):
    first, second = take_in(engine), take_in(engine, box="4")

    assert first.id != second.id
    assert first.building.id == second.building.id
    with engine.reading() as work:
        assert [
            unit.box for unit in repository.units_of(work.session, first.building.id)
        ] == ["3", "4"]


def test_an_owner_is_noted_once_and_refreshed(engine):
    unit = take_in(engine)
    take_in(engine, owner_email="", owner_phone="015 12 34 56")

    (owner,) = owners(engine, unit)

    assert (owner.name, owner.email, owner.phone) == (
        "Jan",
        "jan@x.example",
        "015 12 34 56",
    )


def test_an_unknown_unit_type_is_refused_with_the_choice(engine):
    with pytest.raises(InvalidDataError, match="ZW \\(Zelfstandige woning\\)"):
        take_in(engine, unit_type="KASTEEL")


def test_facts_of_the_registers_are_checked_and_kept(engine):
    unit = take_in(engine)
    facts = BuildingFacts(
        capakey="12025a0123/00b000", year_built=1932, form=BuildingForm.TERRACED
    )
    with engine.transaction() as work:
        service.describe_building(work, unit.building.id, facts)
        service.describe_unit(work, unit.id, UnitFacts(epc_score=250, bedrooms=3))

    with engine.reading() as work:
        kept = repository.unit(work.session, unit.id)
    assert kept.building.capakey == "12025A0123/00B000"
    assert kept.building.form is BuildingForm.TERRACED
    assert (kept.type, kept.epc_label, kept.bedrooms) == (
        UnitType.SELF_CONTAINED,
        "C",
        3,
    )


@pytest.mark.parametrize(
    "facts",
    [
        BuildingFacts(capakey="x"),
        BuildingFacts(year_built=12),
        BuildingFacts(year_built=2100),
    ],
)
def test_wrong_facts_of_a_building_are_refused(engine, facts):
    unit = take_in(engine)

    with pytest.raises(InvalidDataError), engine.transaction() as work:
        service.describe_building(work, unit.building.id, facts)


def test_numbers_of_right_holders_are_checked(engine):
    unit = take_in(engine, owner_name=None)
    with pytest.raises(InvalidDataError), engine.transaction() as work:
        service.add_right_holder(
            work, unit.id, NewRightHolder(name="A", national_number="12345678901")
        )
    with engine.transaction() as work:
        service.add_right_holder(
            work, unit.id, NewRightHolder(name="A", national_number="85.07.30-033.28")
        )

    assert [owner.national_number for owner in owners(engine, unit)] == ["85073003328"]


def test_an_unknown_dwelling_is_told_so(engine):
    unit = take_in(engine)

    with pytest.raises(UnknownError, match="De woning"), engine.reading() as work:
        repository.unit(work.session, unit.building.id)


def test_offers_of_one_dwelling_at_the_same_time_find_one_unit(engine):
    def offer(number):
        return take_in(engine, owner_name=None, house_number=str(number // 4)).id

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(offer, range(40)))

    assert len(set(found)) == 10
