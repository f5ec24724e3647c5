"""The year: duties with their state, series in one go, days off, calendars."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.web.bodies import a_meeting, give_bodies
from tests.web.city import AGENCY_USER, PARTNER_USER
from workflows.bodies import service as bodies
from workflows.bodies.checks import Leading
from workflows.meetings import repository as meetings
from workflows.meetings.model import MeetingStatus
from workflows.people import service as people

YEAR = "/overleg/jaar/2027"
HOLIDAY = {
    "name": "krokusvakantie",
    "starts_on": "2027-02-08",
    "ends_on": "2027-02-14",
}
SERIES = {
    "orgaan": "core_group",
    "starts_at-0": "2027-02-02",
    "starts_at-1": "",
    "starts_at-2": "2027-06-01",
    "hour": "14:00",
    "minutes_long": "90",
    "place": "Zaal 2",
}


@pytest.fixture
def city(city):
    give_bodies(city)
    with city.engine.transaction() as work:
        leading = Leading(
            chair="fatima.aydin",
            secretary="an.peeters",
            rhythm="P4M",
            wanted_per_year=3,
        )
        by = people.actor(work, "chris.maes")
        bodies.lead(work, "core_group", leading, by=by)
    return city


@pytest.fixture
def desk(city):
    return city.client("an.peeters")


def planned(city, year=2027):
    with city.engine.reading() as work:
        found = meetings.meetings_between(
            work.session, date(year, 1, 1), date(year, 12, 31), "core_group"
        )
    return {each.number: each for each in found}


def at(month, day, hour=14):
    return datetime(2027, month, day, hour, tzinfo=ZoneInfo("Europe/Brussels"))


class TestYear:
    def test_a_duty_shows_its_state_in_words_and_colour(self, city, desk):
        for number in (1, 2, 3):
            a_meeting(
                city, f"KG-2026-{number}", status=MeetingStatus.HELD, hours=number
            )
        page = desk.get("/overleg/jaar/2026").text

        row = re.search(r"Kerngroep: 3 keer per jaar.*?</tr>", page, re.DOTALL)[0]
        assert "Voldaan" in row
        assert 'class="badge good"' in row

    def test_without_year_in_the_address_it_is_this_one(self, desk):
        assert desk.get("/overleg/jaar").location == "/overleg/jaar/2026"

    def test_in_december_it_is_the_next(self, city):
        city.clock.moment = city.clock.moment.replace(month=12, day=1)

        assert city.client("an.peeters").get("/overleg/jaar").location == YEAR

    @pytest.mark.parametrize("year", ["1899", "3000", "volgend"])
    def test_another_year_is_not_found(self, desk, year):
        assert desk.get(f"/overleg/jaar/{year}").status_code == 404

    def test_the_desk_opens_the_year_once(self, desk):
        first = desk.post("/overleg/jaar/2026/openen")
        second = desk.post("/overleg/jaar/2026/openen")

        assert first.location == "/overleg/jaar/2026"
        assert second.status_code == 409
        assert "al geopend" in second.text
        assert "Geopend op 25 november 2026" in desk.get("/overleg/jaar/2026").text

    def test_the_next_year_waits_for_december(self, desk):
        answer = desk.post(f"{YEAR}/openen")

        assert answer.status_code == 409
        assert "opent vanzelf op 1 december 2026" in answer.text

    def test_each_month_shows_its_meetings_and_days_off(self, city, desk):
        a_meeting(city, "KG-2026-1", days=14)
        page = desk.get("/overleg/jaar/2026").text

        assert 'href="#KG-2026-1"' in page
        assert 'title="Wapenstilstand"' in page
        assert page.count('class="panel month"') == 12

    @pytest.mark.parametrize("user", [AGENCY_USER, PARTNER_USER, "greet.smets"])
    def test_the_year_is_for_the_city(self, city, user):
        assert city.client(user).get(YEAR).status_code == 403


class TestSchoolHolidays:
    def test_a_holiday_is_entered_and_dropped(self, desk):
        desk.post(f"{YEAR}/vakanties", data=HOLIDAY)
        page = desk.get(YEAR).text
        drop = re.search(r'action="([^"]+/schrappen)"', page)[1]

        assert "8 februari 2027 tot en met 14 februari 2027" in page
        assert desk.post(drop).status_code == 302
        assert "krokusvakantie" not in desk.get(YEAR).text

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"starts_on": ""}, "starts_on"),
            ({"ends_on": "ooit"}, "ends_on"),
            ({"ends_on": "2027-02-01"}, "ends_on"),
        ],
    )
    def test_a_refused_form_keeps_what_was_typed(self, desk, changes, field):
        answer = desk.post(f"{YEAR}/vakanties", data=HOLIDAY | changes)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        kept = [value for key, value in HOLIDAY.items() if key not in changes]
        assert all(value in answer.text for value in kept)


class TestSeries:
    def test_days_are_proposed_off_the_days_off(self, desk):
        form = {"name": "krokus", "starts_on": "2027-02-08", "ends_on": "2027-02-14"}
        desk.post(f"{YEAR}/vakanties", data=form)
        query = "?orgaan=core_group&vanaf=2027-02-09"
        page = desk.get(f"{YEAR}/reeks{query}").text

        assert "Verplaatst van dinsdag 9 februari 2027: krokus" in page
        assert 'value="2027-02-16"' in page
        assert 'value="2027-06-09"' in page

    def test_a_chosen_weekday_is_kept(self, desk):
        query = "?orgaan=core_group&vanaf=2027-02-02&weekdag=donderdag"
        page = desk.get(f"{YEAR}/reeks{query}").text
        days = re.findall(r'type="date" value="(2027-\d\d-\d\d)"', page)

        chosen = [date.fromisoformat(day) for day in days if day != "2027-02-02"]
        assert chosen
        assert {day.weekday() for day in chosen} == {3}

    def test_the_series_is_planned_in_one_go(self, city, desk):
        answer = desk.post(f"{YEAR}/reeks", data=SERIES)

        assert answer.location == YEAR
        found = planned(city)
        assert [each.starts_at for each in found.values()] == [at(2, 2), at(6, 1)]
        assert {each.place for each in found.values()} == {"Zaal 2"}

    def test_a_bad_day_is_told_at_its_own_row_and_plans_nothing(self, city, desk):
        form = SERIES | {"starts_at-2": "2027-02-02"}
        answer = desk.post(f"{YEAR}/reeks", data=form)

        assert answer.status_code == 422
        assert 'id="starts_at-2-error"' in answer.text
        assert planned(city) == {}

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"starts_at-2": "2028-02-01"}, "starts_at-2"),
            ({"starts_at-2": "ooit"}, "starts_at-2"),
            ({"hour": "laat"}, "starts_at-0"),
            ({"minutes_long": "lang"}, "minutes_long"),
            ({"minutes_long": "9999"}, "minutes_long"),
            ({"starts_at-0": "", "starts_at-2": ""}, "starts_at-0"),
        ],
    )
    def test_a_refused_series_keeps_what_was_typed(self, city, desk, changes, field):
        answer = desk.post(f"{YEAR}/reeks", data=SERIES | changes)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert "Zaal 2" in answer.text
        assert planned(city) == {}

    def test_a_body_without_meetings_of_its_own_is_not_found(self, desk):
        assert desk.get(f"{YEAR}/reeks?orgaan=nergens").status_code == 404

    @pytest.mark.parametrize("user", ["bram.claes", AGENCY_USER, "fatima.aydin"])
    def test_only_the_desk_plans(self, city, user):
        client = city.client(user)

        assert client.get(f"{YEAR}/reeks").status_code == 403
        assert client.post(f"{YEAR}/reeks", data=SERIES).status_code == 403
        assert client.post(f"{YEAR}/verplaatsen").status_code == 403


class TestMoving:
    @pytest.fixture
    def numbers(self, city, desk):
        desk.post(f"{YEAR}/reeks", data=SERIES)
        return list(planned(city))

    def form(self, desk, **changes):
        page = desk.get(f"{YEAR}/verplaatsen?orgaan=core_group").text
        fields = re.findall(r'name="([\w-]+-KG-2027-\d)"[^>]*value="([^"]*)"', page)
        return {"orgaan": "core_group", **dict(fields), **changes}

    def test_one_meeting_moves_and_the_other_stays(self, city, desk, numbers):
        one, two = numbers
        form = self.form(desk, **{f"day-{two}": "2027-06-08"})
        answer = desk.post(f"{YEAR}/verplaatsen", data=form)

        assert answer.location == YEAR
        found = planned(city)
        assert found[one].starts_at == at(2, 2)
        assert found[two].starts_at == at(6, 8)

    def test_all_can_be_shifted_by_some_days(self, city, desk, numbers):
        page = desk.get(f"{YEAR}/verplaatsen?orgaan=core_group&dagen=4").text

        assert 'value="2027-02-06"' in page
        assert "Deze dag is geen goede keuze: weekend." in page
        assert planned(city)[numbers[0]].starts_at == at(2, 2)

    def test_who_saw_an_older_meeting_keeps_his_days_and_moves_nothing(
        self, city, desk, numbers
    ):
        one, two = numbers
        stale = self.form(
            desk, **{f"day-{one}": "2027-02-09", f"day-{two}": "2027-06-15"}
        )
        desk.post(
            f"{YEAR}/verplaatsen", data=self.form(desk, **{f"day-{two}": "2027-06-08"})
        )
        answer = desk.post(f"{YEAR}/verplaatsen", data=stale)

        assert answer.status_code == 409
        assert "An Peeters" in answer.text
        assert "2027-06-15" in answer.text
        assert planned(city)[one].starts_at == at(2, 2)

        fields = re.findall(
            r'name="([\w-]+-KG-2027-\d)"[^>]*value="([^"]*)"', answer.text
        )
        again = {"orgaan": "core_group", **dict(fields)}
        assert desk.post(f"{YEAR}/verplaatsen", data=again).location == YEAR
        assert planned(city)[two].starts_at == at(6, 15)

    def test_a_day_in_the_past_moves_nothing(self, city, desk, numbers):
        one, two = numbers
        form = self.form(
            desk, **{f"day-{one}": "2027-02-09", f"day-{two}": "2020-06-15"}
        )
        answer = desk.post(f"{YEAR}/verplaatsen", data=form)

        assert answer.status_code == 422
        assert 'id="starts_at-1-error"' in answer.text
        assert planned(city)[one].starts_at == at(2, 2)


class TestStart:
    def test_everybody_begins_with_his_own_meetings(self, city):
        a_meeting(city, "KG-2026-1", days=14)
        a_meeting(city, "WKO-2026-1", body_key="weekly_quality", days=2)
        page = city.client(AGENCY_USER).get("/overleg").text

        assert "KG-2026-1" in page
        assert "WKO-2026-1" not in page
        assert "Niet op tijd" not in page

    def test_a_partner_begins_here(self, city):
        client = city.client(PARTNER_USER)

        assert client.get("/").location == "/overleg"
        assert client.get("/overleg").status_code == 200

    def test_an_administrator_of_the_system_has_no_business_here(self, city):
        assert city.client("hugo.leys").get("/overleg").status_code == 403


class TestCalendar:
    def make(self, client, body_key=""):
        page = client.post("/overleg/agenda", data={"body_key": body_key}).text
        return re.search(r'id="adres">http://[^/]+(/overleg/agenda/[^<]+)<', page)[1]

    def test_the_address_is_read_without_signing_in(self, city):
        a_meeting(city, "KG-2026-1", days=14)
        path = self.make(city.client(AGENCY_USER))
        answer = city.client().get(path)

        assert answer.status_code == 200
        assert answer.content_type == "text/calendar; charset=utf-8"
        (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
        assert event["SUMMARY"] == "Kerngroep"
        assert event["URL"].endswith("/overleg/vergaderingen/KG-2026-1")

    def test_an_unchanged_calendar_is_not_sent_again(self, city):
        a_meeting(city, "KG-2026-1", days=14)
        path = self.make(city.client(AGENCY_USER))
        first = city.client().get(path)
        second = city.client().get(
            path, headers={"If-None-Match": first.headers["ETag"]}
        )
        a_meeting(city, "KG-2026-2", days=20)
        third = city.client().get(
            path, headers={"If-None-Match": first.headers["ETag"]}
        )

        assert (second.status_code, second.data) == (304, b"")
        assert third.status_code == 200
        assert "private" in first.headers["Cache-Control"]

    def test_the_address_is_shown_once_and_can_be_taken_back(self, city):
        client = city.client(AGENCY_USER)
        path = self.make(client)
        page = client.get("/overleg").text
        revoke = re.search(r'action="([^"]+/intrekken)"', page)[1]

        assert path not in page
        assert client.post(revoke).status_code == 302
        assert city.client().get(path).status_code == 404

    def test_a_guess_finds_nothing(self, city):
        assert city.client().get("/overleg/agenda/raad.ics").status_code == 404

    def test_a_calendar_of_a_body_of_others_is_refused(self, city):
        answer = city.client(PARTNER_USER).post(
            "/overleg/agenda", data={"body_key": "core_group"}
        )

        assert answer.status_code == 403

    def test_no_case_and_no_reason_gets_into_a_calendar(self, city):
        case = city.offer()
        a_meeting(city, "KG-2026-1", days=14)
        content = city.client().get(self.make(city.client("chris.maes"))).text

        assert case.number not in content
        assert "Meibloemstraat" not in content
