from datetime import date, timedelta
from decimal import Decimal

import pytest

from workflows.city import repository, service
from workflows.city.catalogue import SETTINGS
from workflows.errors import InvalidDataError, UnknownError

TODAY = date(2026, 3, 2)


def change(town, name, value, *, valid_from=TODAY):
    with town.transaction() as work:
        service.change_setting(work, name, value, valid_from=valid_from, by="dirk")


def value(town, name, *, on=TODAY):
    with town.reading() as work:
        return repository.values_on(work.session, on)[name]


def test_a_city_starts_with_the_defaults(town):
    with town.reading() as work:
        settings = service.settings(work)
        terms = service.terms(work)

    assert {each.setting.name for each in settings} == set(SETTINGS)
    assert terms["report_guarantee"] == "P14D"
    assert terms["validity_years"] == Decimal(5)


def test_a_change_counts_from_its_day_on(town):
    change(town, "report_guarantee", "P21D", valid_from=TODAY + timedelta(days=10))

    assert value(town, "report_guarantee").value == "P14D"
    assert (
        value(town, "report_guarantee", on=TODAY + timedelta(days=10)).value == "P21D"
    )


def test_the_last_change_of_a_day_counts_and_history_is_kept(town):
    change(town, "validity_years", "7")
    change(town, "validity_years", "10")
    change(town, "validity_years", "5", valid_from=TODAY + timedelta(days=1))

    with town.reading() as work:
        history = repository.history(work.session, "validity_years")
    assert [each.value for each in history] == [5, 10]
    assert history[0].changed_by == "dirk"


def test_the_past_does_not_change(town):
    with pytest.raises(InvalidDataError, match="terugwerkende kracht"):
        change(town, "works", "P1M", valid_from=TODAY - timedelta(days=1))


def test_a_misfit_and_an_unknown_setting_are_refused(town):
    with pytest.raises(InvalidDataError):
        change(town, "works", "drie maanden")
    with pytest.raises(UnknownError):
        change(town, "kleur", "rood")
    with pytest.raises(UnknownError), town.reading() as work:
        repository.history(work.session, "kleur")


def test_closing_days_are_no_working_days(town):
    change(town, "closing_days", "2026-03-09")

    with town.reading() as work:
        calendar = service.working_calendar(work)
    assert not calendar.is_working_day(date(2026, 3, 9))
    assert calendar.is_working_day(date(2026, 3, 10))


def test_the_city_is_named_by_its_settings(town):
    change(town, "sender", "Dienst Wonen")

    with town.reading() as work:
        assert service.city(work).sender == "Dienst Wonen"
