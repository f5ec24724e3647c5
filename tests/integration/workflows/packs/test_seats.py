"""Who sits for whom: the account tells, whatever was filled in beside it."""

import pytest

from workflows.bodies import service as bodies
from workflows.bodies.checks import NewMember
from workflows.bodies.seats import seats
from workflows.minutes.audiences import copies
from workflows.minutes.reading import record_of
from workflows.minutes.tables import MinutesRow
from workflows.papers.model import CITY, MEMBERS
from workflows.people import service as people
from workflows.people.model import Role
from workflows.people.tables import UserRow

BODY = "quality_quarterly"


@pytest.fixture
def add(round_table):
    def member(**facts):
        with round_table.writing() as work:
            new = NewMember(capacity="lid", **facts)
            bodies.add_member(work, BODY, new, by=people.actor(work, "dirk"))

    return member


def seated(table, **how):
    with table.reading() as work:
        return {seat.contact.name: seat for seat in seats(work, BODY, **how)}


def test_members_sit_for_their_organisation_and_the_leaders_are_there(round_table):
    found = seated(round_table)

    assert found["Wim Wooninspectie"].organisation_id == round_table.partners["wim"]
    assert not found["Wim Wooninspectie"].is_city
    assert found["Els Peeters"].is_city
    assert {"Dirk Diensthoofd", "An Administratie"} <= found.keys()
    assert "An Administratie" not in seated(round_table, leaders=False)


def test_an_account_of_a_partner_put_there_for_the_city_stays_a_partner(
    round_table, add
):
    add(user_name="rik", organisation_id=round_table.town.city.id)

    seat = seated(round_table)["Rik Elders"]

    assert not seat.is_city
    assert seat.organisation_id == round_table.town.other_agency.id


def test_somebody_without_account_sits_for_the_organisation_that_was_filled_in(
    round_table, add
):
    home = round_table.partners["wim"]
    add(name="Zoë", email="zoe@x.example", organisation_id=home)
    add(name="Yves", email="yves@x.example", organisation_id=round_table.town.city.id)
    add(name="Gust", email="gust@x.example")
    add(name="Zonder adres")

    found = seated(round_table)

    assert (found["Zoë"].is_city, found["Zoë"].organisation_id) == (False, home)
    assert found["Yves"].is_city
    assert (found["Gust"].is_city, found["Gust"].organisation_id) == (False, None)
    assert "Zonder adres" not in found


def test_who_reads_no_cases_gets_no_papers_of_the_city(round_table, add):
    with round_table.writing() as work:
        new = people.NewUser(name="pia", full_name="Pia", email="pia@x.example")
        people.add_user(work, new)
        home = round_table.town.city.id
        people.add_membership(
            work, "pia", role=Role.PROCESS_MANAGER, organisation_id=home
        )
    add(user_name="pia")

    seat = seated(round_table)["Pia"]

    assert (seat.is_city, seat.organisation_id) == (False, None)


def test_a_closed_account_is_invited_no_more(round_table):
    with round_table.writing() as work:
        row = work.session.query(UserRow).filter_by(name="wim").one()
        row.active = False

    assert "Wim Wooninspectie" not in seated(round_table)


def test_minutes_that_name_a_case_go_to_each_in_his_own_copy(
    round_table, inspected, add
):
    add(name="Gust", email="gust@x.example")
    round_table.put(inspected)
    with round_table.writing() as work:
        work.session.add(MinutesRow(meeting_number=round_table.number))
        work.session.flush()
        found = copies(work, record_of(work, round_table.number))
        work.session.rollback()

    by_audience = {each.audience: each for each in found}
    readers = {
        key: {reader.email for reader in each.readers}
        for key, each in by_audience.items()
    }
    wim = str(round_table.partners["wim"])
    assert readers[CITY] == {"els@mechelen.example"}
    assert readers[wim] == {"wim@partner.example"}
    assert readers[MEMBERS] == {"gust@x.example"}
    assert len(by_audience[CITY].record.points) == 1
    assert all(
        each.record.points == () for key, each in by_audience.items() if key != CITY
    )
