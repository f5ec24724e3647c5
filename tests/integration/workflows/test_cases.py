from datetime import date, timedelta

import pytest

from workflows.cases import repository, service
from workflows.cases.model import (
    CaseKind,
    CaseQuery,
    CaseSort,
    CaseStatus,
    VlokReferences,
)
from workflows.cases.service import WorksDone
from workflows.city import service as city
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    UnknownError,
)


def find(town, **query):
    with town.reading() as work:
        return repository.find(work.session, CaseQuery(**query))


def numbers(town, **query):
    return [case.number for case in find(town, **query).cases]


def withdraw(town, case, *, by="sofie", reason="Verkocht"):
    with town.transaction() as work:
        service.withdraw(
            work, town.engine, case.number, by=town.actor(by), reason=reason
        )


def test_an_offer_becomes_a_case_with_number_address_and_process(town):
    case = town.open_case()

    assert case.number == "2026-0001"
    assert case.address == "Hoogstraat 12 bus 3, 2800 Mechelen"
    assert case.organisation_name == "SVK Mechelen"
    assert (case.status, case.milestone) == (CaseStatus.OPEN, "Aanbod")
    assert list(town.tasks(case)) == ["check_completeness"]


def test_the_variables_are_those_of_the_contract(town):
    case = town.open_case()
    with town.reading() as work:
        variables = town.engine.instances.variables(work, case.instance_id)

    assert variables["case_number"] == case.number
    assert variables["case_kind"] == "svk_intake"
    assert variables["city"]["name"] == "Mechelen"
    assert variables["offer"]["municipality"] == "Mechelen"
    assert variables["offer"]["remarks"] is None


def test_terms_are_frozen_when_a_case_starts(town):
    before = town.open_case()
    with town.transaction() as work:
        city.change_setting(
            work, "report_guarantee", "P21D", valid_from=date(2026, 3, 2), by="dirk"
        )
    after = town.open_case(house_number="14")

    with town.reading() as work:
        periods = [
            town.engine.instances.variables(work, case.instance_id)["terms"][
                "report_guarantee"
            ]
            for case in (before, after)
        ]
    assert periods == ["P14D", "P21D"]


def test_a_refused_case_takes_no_number_and_leaves_no_row(town):
    with pytest.raises(InvalidDataError) as caught:
        town.open_case(postcode="9000")

    assert "postcode" in caught.value.problems
    assert find(town).total == 0
    assert town.open_case().number == "2026-0001"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner_name": " "}, "owner_name"),
        ({"street": ""}, "street"),
        ({"unit_type": "X"}, "unit_type"),
    ],
)
def test_what_is_missing_is_named(town, changes, field):
    with pytest.raises(InvalidDataError) as caught:
        town.open_case(**changes)

    assert set(caught.value.problems) == {field}


def test_the_city_opens_a_case_for_an_agency_that_it_names(town):
    case = town.open_case(by="an", organisation_id=town.agency.id)

    assert case.organisation_id == town.agency.id
    for wrong in (None, town.city.id):
        with pytest.raises(InvalidDataError):
            town.open_case(by="an", organisation_id=wrong)


def test_an_agency_opens_cases_of_its_own_only(town):
    case = town.open_case(by="rik", organisation_id=town.agency.id)

    assert case.organisation_id == town.other_agency.id


@pytest.mark.parametrize("by", ["els", "bart"])
def test_not_everybody_opens_cases(town, by):
    with pytest.raises(ForbiddenError):
        town.open_case(by=by, organisation_id=town.agency.id)


def test_an_agency_lists_its_own_cases(town):
    own = town.open_case()
    town.open_case(by="rik", house_number="14")

    assert numbers(town, organisation_ids=frozenset({town.agency.id})) == [own.number]
    assert find(town).total == 2
    assert numbers(town, organisation_ids=frozenset()) == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("hoogstraat", 2),
        ("HOOG 14", 1),
        ("2026-0002", 1),
        ("svk elders", 1),
        ("janssens", 2),
        ("100%", 0),
        ("_", 0),
        ("", 2),
    ],
)
def test_search_looks_in_number_address_owner_and_agency(town, text, hits):
    town.open_case()
    town.open_case(by="rik", house_number="14")

    assert find(town, text=text).total == hits


def test_lists_are_filtered_sorted_and_paged(town):
    first = town.open_case(street="Zandpoortvest")
    town.pass_time(days=1)
    second = town.open_case(street="Adegemstraat")
    withdraw(town, second)

    assert numbers(town) == [second.number, first.number]
    assert numbers(town, sort=CaseSort.OLDEST) == [first.number, second.number]
    assert numbers(town, sort=CaseSort.ADDRESS) == [second.number, first.number]
    assert numbers(town, sort=CaseSort.DUE) == [first.number, second.number]
    assert numbers(town, limit=1, offset=1) == [first.number]
    assert find(town, limit=1).total == 2
    assert numbers(town, status=CaseStatus.CLOSED) == [second.number]
    assert numbers(town, outcome="withdrawn") == [second.number]
    assert numbers(town, milestone="Aanbod", status=CaseStatus.OPEN) == [first.number]
    assert numbers(town, opened_from=date(2026, 3, 3)) == [second.number]
    assert numbers(town, opened_until=date(2026, 3, 2)) == [first.number]
    assert numbers(town, kind=CaseKind.CERTIFICATE) == []
    assert numbers(town, unit_id=first.unit_id) == [first.number]
    assert numbers(town, overdue_at=town.clock.now()) == []
    assert numbers(town, overdue_at=town.clock.now() + timedelta(days=5)) == [
        first.number
    ]


def test_milestones_of_the_list_are_known(town):
    town.open_case()

    with town.reading() as work:
        assert repository.milestones(work.session) == ["Aanbod"]


def test_an_agency_withdraws_its_case_with_a_reason(town):
    case = town.open_case()
    withdraw(town, case)

    assert town.case(case.number).outcome == "withdrawn"
    with town.reading() as work:
        assert (
            repository.notes(work.session, case.number)[0].text
            == "Ingetrokken: Verkocht"
        )


def test_withdrawing_asks_for_right_reason_and_a_running_case(town):
    case = town.open_case()
    with pytest.raises(ForbiddenError):
        withdraw(town, case, by="rik")
    with pytest.raises(InvalidDataError):
        withdraw(town, case, reason=" ")
    withdraw(town, case)

    with pytest.raises(NotAllowedNowError, match="loopt niet meer"):
        withdraw(town, case)


def test_works_that_nobody_waits_for_are_refused_in_words(town):
    case = town.open_case()

    with (
        pytest.raises(NotAllowedNowError, match="geen werken verwacht"),
        town.transaction() as work,
    ):
        service.report_works_done(
            work,
            town.engine,
            case.number,
            by=town.actor("sofie"),
            done=WorksDone(on=date(2026, 3, 1)),
        )


def test_works_can_not_be_done_tomorrow(town):
    case = town.open_case()

    with pytest.raises(InvalidDataError), town.transaction() as work:
        service.report_works_done(
            work,
            town.engine,
            case.number,
            by=town.actor("sofie"),
            done=WorksDone(on=date(2026, 3, 3)),
        )


def test_notes_are_kept_with_who_and_when_the_newest_first(town):
    case = town.open_case()
    for text in ("Eerste", "Tweede"):
        with town.transaction() as work:
            service.note(work, case.number, by=town.actor("els"), text=text)
        town.pass_time(minutes=1)

    with town.reading() as work:
        kept = repository.notes(work.session, case.number)
    assert [(note.by, note.text) for note in kept] == [
        ("els", "Tweede"),
        ("els", "Eerste"),
    ]


def test_another_agency_notes_nothing(town):
    case = town.open_case()

    with pytest.raises(ForbiddenError), town.transaction() as work:
        service.note(work, case.number, by=town.actor("rik"), text="x")


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_an_empty_or_endless_note_is_refused(town, text):
    case = town.open_case()

    with pytest.raises(InvalidDataError), town.transaction() as work:
        service.note(work, case.number, by=town.actor("an"), text=text)


def test_references_of_vlok_are_kept(town):
    case = town.open_case()
    with town.transaction() as work:
        service.set_vlok_references(
            work,
            case.number,
            VlokReferences(case="D-1", entity="E-2"),
            by=town.actor("an"),
        )

    assert town.case(case.number).vlok == VlokReferences(case="D-1", entity="E-2")


def test_an_unknown_case_is_told_so(town):
    with pytest.raises(UnknownError, match="Het dossier 2026-9999 bestaat niet"):
        town.case("2026-9999")


def test_a_request_for_a_certificate_carries_its_request(town):
    case = town.open_case(
        by="an",
        kind=CaseKind.CERTIFICATE,
        request={"received_on": date(2026, 2, 27), "channel": "letter"},
    )

    with town.reading() as work:
        variables = town.engine.instances.variables(work, case.instance_id)
    assert variables["request"]["received_on"] == date(2026, 2, 27)
    assert variables["request"]["secured_delivery"] is None
    assert case.organisation_id is None
    assert town.incidents() == []
