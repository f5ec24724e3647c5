"""Counting figures from cases, and keeping those that the city enters."""

from datetime import date

import pytest
from sqlalchemy import event

from tests.integration.workflows.conftest import SERIOUS
from workflows.calendar import local_day
from workflows.city import service as city
from workflows.errors import ForbiddenError, InvalidDataError, UnknownError
from workflows.figures import counting, repository, service
from workflows.figures.model import Period, Theme
from workflows.figures.service import NewTable
from workflows.people import service as people

TEXT = "thema;cijfer;waarde;eenheid;bron\nmarkt;Prijs;{};euro;Statbel"
YEAR = Period.year(2026)


def counted(town, period=YEAR):
    with town.reading() as work:
        found = counting.quality(work.session, period, now=work.now)
    return {figure.code: figure for figure in found}


def test_the_quality_figures_are_those_of_the_cases(town):
    conform = town.visited(street="Aalststraat")
    town.reported(conform)
    town.certified(conform)
    failing = town.visited(street="Beekstraat")
    town.reported(failing, SERIOUS)
    town.open_case(street="Cederlaan")

    found = counted(town)

    assert found["inspections"].value == 2
    assert (found["conform_first"].value, found["conform_first"].basis) == (
        pytest.approx(0.5),
        2,
    )
    assert found["days_to_visit"].value == 3
    assert found["days_to_report"].value == 0
    assert (found["guarantee_kept"].value, found["guarantee_kept"].basis) == (1, 2)
    assert found["certificates"].value == 1


def test_another_year_counts_nothing_of_this_one(town):
    case = town.visited()
    town.reported(case)

    found = counted(town, Period.year(2025))

    assert found["inspections"].value == 0
    assert found["days_to_visit"].value is None
    assert found["guarantee_kept"].basis == 0


def test_the_first_and_the_last_day_of_a_period_count(town):
    case = town.visited()
    town.reported(case)
    day = date(2026, 3, 5)

    found = counted(town, Period(first=day, last=day))

    assert found["inspections"].value == 1
    assert found["days_to_report"].basis == 1


def test_the_statements_do_not_grow_with_the_cases(town):
    def statements():
        seen = []
        with town.reading() as work:
            bind = work.session.get_bind()
            note = lambda *_: seen.append(1)  # noqa: E731
            event.listen(bind, "before_cursor_execute", note)
            counting.quality(work.session, YEAR, now=work.now)
            event.remove(bind, "before_cursor_execute", note)
        return len(seen)

    one = statements()
    for street in ("Aalststraat", "Beekstraat", "Cederlaan"):
        town.visited(street=street)

    assert statements() == one


def test_small_numbers_are_hidden_below_the_setting_of_the_city(town):
    case = town.visited()
    town.reported(case)
    with town.transaction() as work:
        before = {each.label: each for each in service.quality(work, YEAR)}
        today = local_day(work.now)
        city.change_setting(work, "figures_least_basis", 1, valid_from=today, by="an")
        after = {each.label: each for each in service.quality(work, YEAR)}

    assert before["Onderzoeken"].hidden
    assert before["Onderzoeken"].text == "minder dan 5"
    assert before["Conform bij het eerste bezoek"].text == "te weinig"
    assert after["Onderzoeken"].text == "1"


def enter(town, value, *, year=2026, by="an"):
    with town.transaction() as work:
        who = people.actor(work, by)
        return service.import_figures(work, year, TEXT.format(value), by=who)


def test_a_figure_that_is_entered_again_gets_its_new_value(town):
    enter(town, "315.000")
    enter(town, "320.500,75")

    with town.reading() as work:
        (figure,) = repository.figures(work.session, 2026)
        other = repository.figures(work.session, 2025)
    assert (str(figure.value), figure.entered_by) == ("320500.75", "an")
    assert other == []


def test_a_wrong_line_changes_nothing(town):
    with pytest.raises(InvalidDataError):
        enter(town, "1;euro;Statbel\nmarkt;Huur;veel")

    with town.reading() as work:
        assert repository.figures(work.session, 2026) == []


def test_only_the_desk_enters_figures(town):
    with pytest.raises(ForbiddenError):
        enter(town, "1", by="els")


@pytest.mark.parametrize("year", [0, 1999, 2101])
def test_an_impossible_year_is_refused(town, year):
    with pytest.raises(InvalidDataError):
        enter(town, "1", year=year)


def test_tables_are_kept_with_their_head_and_taken_away(town):
    new = NewTable(
        theme=Theme.NEED, title=" Wachtlijst ", text="M;2026\nD;812", source="WM"
    )
    with town.transaction() as work:
        by = people.actor(work, "an")
        service.add_table(work, 2026, new, by=by)
        (table,) = repository.tables(work.session, 2026)
    with town.transaction() as work:
        year = service.drop_table(work, table.id, by=people.actor(work, "an"))
    with town.reading() as work:
        left = repository.tables(work.session, 2026)

    assert (table.title, table.head, table.rows) == (
        "Wachtlijst",
        ("M", "2026"),
        (("D", "812"),),
    )
    assert year == 2026
    assert left == []


def test_what_is_gone_already_is_unknown(town):
    enter(town, "1")
    with town.transaction() as work:
        by = people.actor(work, "an")
        (figure,) = repository.figures(work.session, 2026)
        service.drop_figure(work, figure.id, by=by)
        with pytest.raises(UnknownError):
            service.drop_figure(work, figure.id, by=by)
