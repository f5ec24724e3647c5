"""The pages of bodies: read by who sits there, changed by the desk."""

import re
from datetime import date
from uuid import UUID

import pytest

from tests.web.bodies import a_meeting, give_bodies
from tests.web.city import AGENCY_USER, PARTNER_USER
from workflows.bodies import partner_rights, repository, service
from workflows.bodies.checks import NewMember
from workflows.bodies.model import CaseView
from workflows.meetings.repository import mandate_uris
from workflows.people import repository as people
from workflows.people import service as accounts
from workflows.people.model import OrganisationKind

CORE = "/overleg/organen/core_group"
TODAY = date(2026, 11, 25)
MEMBER = {
    "user_name": "",
    "name": "Joris Nijs",
    "email": "joris@voorbeeld.be",
    "organisation_id": "",
    "capacity": "projectleider Bouwdienst",
    "starts_on": "2026-11-25",
}


@pytest.fixture
def city(city):
    give_bodies(city)
    return city


@pytest.fixture
def desk(city):
    return city.client("an.peeters")


def members(city, key="core_group"):
    with city.engine.reading() as work:
        found = repository.members_on(work.session, key, TODAY)
    return {each.name: each for each in found}


def add(city, key, **changes):
    given = {"name": "Lies Maes", "capacity": "lid", "starts_on": TODAY}
    with city.engine.transaction() as work:
        by = accounts.actor(work, "chris.maes")
        return service.add_member(work, key, NewMember(**given | changes), by=by)


class TestReading:
    def test_the_city_sees_all_bodies_with_their_next_meeting(self, city):
        a_meeting(city, "KG-2026-9", days=14)
        page = city.client("dirk.wouters").get("/overleg/organen").text

        assert "Coördinatiegroep" in page
        assert "Woonkwaliteitsoverleg" in page
        assert "9 december 2026" in page

    def test_somebody_from_outside_sees_his_own(self, city):
        page = city.client(AGENCY_USER).get("/overleg/organen").text

        assert "Kerngroep" in page
        assert "Woonkwaliteitsoverleg" not in page

    def test_a_partner_that_sits_nowhere_sees_nothing(self, city):
        partner = city.client(PARTNER_USER)

        assert "in geen enkel overlegorgaan" in partner.get("/overleg/organen").text
        assert partner.get(CORE).status_code == 403

    def test_an_organisation_that_sits_there_lets_its_people_in(self, city):
        with city.engine.reading() as work:
            (police,) = people.organisations(
                work.session, kinds=[OrganisationKind.NEIGHBOURHOOD_POLICE]
            )
        add(city, "core_group", organisation_id=police.id)

        assert city.client(PARTNER_USER).get(CORE).status_code == 200

    def test_mail_addresses_are_for_the_city(self, city):
        add(city, "core_group", email="lies@elders.be")

        assert "lies@elders.be" in city.client("an.peeters").get(CORE).text
        assert "lies@elders.be" not in city.client(AGENCY_USER).get(CORE).text

    def test_what_was_not_verified_says_so(self, desk):
        assert "Niet geverifieerd" in desk.get(CORE).text

    def test_the_page_tells_what_partners_see_and_why(self, city, desk):
        with city.engine.transaction() as work:
            (police,) = people.organisations(
                work.session, kinds=[OrganisationKind.NEIGHBOURHOOD_POLICE]
            )
            new = partner_rights.NewRight(
                organisation_id=police.id,
                view=CaseView.PROGRESS,
                legal_ground="Protocol van 2026",
            )
            by = accounts.actor(work, "chris.maes")
            partner_rights.give_right(work, "core_group", new, by=by)
        page = desk.get(CORE).text

        assert "nummer, adres en fase, ook termijnen en verloop" in page
        assert "Protocol van 2026" in page

    def test_a_body_that_does_not_exist_is_not_found(self, desk):
        assert desk.get("/overleg/organen/nergens").status_code == 404


class TestMembers:
    def test_somebody_is_added(self, city, desk):
        answer = desk.post(f"{CORE}/leden/nieuw", data=MEMBER)

        assert answer.location == CORE
        assert members(city)["Joris Nijs"].capacity == "projectleider Bouwdienst"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"capacity": ""}, "capacity"),
            ({"email": "geen adres"}, "email"),
            ({"starts_on": "morgen"}, "starts_on"),
            ({"organisation_id": "x"}, "organisation_id"),
            ({"user_name": "niemand.hier"}, "user_name"),
        ],
    )
    def test_a_refused_form_keeps_what_was_typed(self, desk, changes, field):
        answer = desk.post(f"{CORE}/leden/nieuw", data=MEMBER | changes)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        kept = [value for key, value in MEMBER.items() if value and key not in changes]
        assert all(value in answer.text for value in kept)

    def test_a_membership_ends_and_stays_known(self, city, desk):
        seat = add(city, "core_group")
        path = f"{CORE}/leden/{seat.id}"
        answer = desk.post(f"{path}/einde", data={"last_day": "2026-11-25"})
        city.clock.moment = city.clock.moment.replace(day=26)

        page = city.client("an.peeters").get(CORE).text
        assert answer.location == CORE
        assert "tot en met 25 november 2026" in page

    @pytest.mark.parametrize("last_day", ["", "2020-01-01"])
    def test_a_last_day_that_makes_no_sense_is_refused(self, city, desk, last_day):
        seat = add(city, "core_group")
        answer = desk.post(f"{CORE}/leden/{seat.id}/einde", data={"last_day": last_day})

        assert answer.status_code == 422
        assert 'id="last_day-error"' in answer.text

    def test_a_deputy_is_named(self, city, desk):
        seat, other = add(city, "core_group"), members(city)["Ine Vos"]
        answer = desk.post(
            f"{CORE}/leden/{seat.id}/vervanger", data={"deputy_id": str(other.id)}
        )

        assert answer.location == CORE
        assert members(city)["Lies Maes"].deputy_id == other.id

    def test_a_member_of_another_body_is_not_found_here(self, city, desk):
        seat = add(city, "weekly_quality")

        assert desk.get(f"{CORE}/leden/{seat.id}").status_code == 404
        path = f"{CORE}/leden/{seat.id}/einde"
        assert desk.post(path, data={"last_day": "2026-11-25"}).status_code == 404


class TestLeading:
    def test_chair_secretary_and_rhythm_are_changed(self, city, desk):
        form = {
            "chair": "chris.maes",
            "secretary": "bram.claes",
            "rhythm": "P4M",
            "wanted_per_year": "3",
        }
        answer = desk.post(f"{CORE}/leiding", data=form)

        assert answer.location == CORE
        page = desk.get(CORE).text
        assert "Chris Maes" in page
        assert "ongeveer 3 keer per jaar" in page

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"rhythm": "elke maand"}, "rhythm"),
            ({"wanted_per_year": "veel"}, "wanted_per_year"),
            ({"chair": "niemand.hier"}, "chair"),
        ],
    )
    def test_a_refused_form_keeps_what_was_typed(self, desk, changes, field):
        form = {"chair": "", "secretary": "", "rhythm": "P9M", "wanted_per_year": "7"}
        answer = desk.post(f"{CORE}/leiding", data=form | changes)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        kept = {"rhythm": "P9M", "wanted_per_year": "7"} | changes
        assert all(kept[name] in answer.text for name in kept if name != "chair")


@pytest.mark.parametrize("user", ["bram.claes", AGENCY_USER, "fatima.aydin"])
@pytest.mark.parametrize("path", ["leiding", "leden/nieuw"])
def test_nobody_else_changes_a_body(city, user, path):
    client = city.client(user)

    assert client.get(f"{CORE}/{path}").status_code == 403
    assert client.post(f"{CORE}/{path}", data=MEMBER).status_code == 403
    assert not re.search(r"Lid toevoegen|Wijzigen", client.get(CORE).text)


def test_a_member_of_an_organisation_that_does_not_exist_is_refused(city):
    form = MEMBER | {"organisation_id": str(UUID(int=0))}
    answer = city.client("chris.maes").post(f"{CORE}/leden/nieuw", data=form)

    assert answer.status_code == 422
    assert "Kies een organisatie uit de lijst." in answer.text


def test_the_mandate_of_a_member_goes_with_the_minutes_as_data(city):
    uri = "http://data.lblod.info/id/mandatarissen/1"
    form = MEMBER | {"mandated": "1", "mandate_uri": uri}
    answer = city.client("chris.maes").post(f"{CORE}/leden/nieuw", data=form)
    with city.engine.reading() as work:
        known = mandate_uris(work.session, "core_group")

    assert answer.status_code == 302
    assert list(known.values()) == [uri]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mandated": "1", "mandate_uri": "mandataris 1"}, "volledige webadres"),
        ({"mandate_uri": "http://data.lblod.info/id/1"}, "Alleen een mandataris"),
    ],
)
def test_a_mandate_that_makes_no_sense_is_refused(city, changes, words):
    form = MEMBER | changes
    answer = city.client("chris.maes").post(f"{CORE}/leden/nieuw", data=form)

    assert answer.status_code == 422
    assert words in answer.text
    assert changes["mandate_uri"] in answer.text
