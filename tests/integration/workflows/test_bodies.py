"""The bodies: founded from data, who sits in them, who is meant."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from workflows.bodies import partner_rights, repository, service
from workflows.bodies.checks import Leading, NewBody, NewMember
from workflows.bodies.contacts import people_of
from workflows.bodies.model import BodyKind, CaseView
from workflows.calendar import local_day
from workflows.demo.people import introduce
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    UnknownError,
)
from workflows.people import repository as people
from workflows.people import service as accounts
from workflows.people.model import OrganisationKind
from workflows.people.rights import Action, may

TODAY = date(2026, 3, 2)


@pytest.fixture
def council(engine, clock):
    with engine.transaction() as work:
        introduce(work)
    return engine


def names(members):
    return {each.name for each in members}


def who(work, name):
    return accounts.actor(work, name)


def a_member(work, name, body="core_group", on=TODAY):
    return next(
        each
        for each in repository.members_on(work.session, body, on)
        if each.name == name
    )


class TestMechelen:
    def test_the_core_group_asks_its_eleven_points(self, council):
        with council.reading() as work:
            body = repository.body(work.session, "core_group")

        assert [point.code for point in body.points] == [
            f"K{number}" for number in range(1, 12)
        ]
        assert [p.code for p in body.points if p.yearly_minimum == 1] == ["K8"]

    def test_vmsw_sat_there_until_the_end_of_2022(self, council):
        with council.reading() as work:
            then = repository.members_on(work.session, "core_group", date(2022, 12, 31))
            later = repository.members_on(work.session, "core_group", date(2023, 1, 1))

        assert "VMSW" in {each.organisation_name for each in then}
        assert "VMSW" not in {each.organisation_name for each in later}

    def test_an_organisation_is_named_as_it_was_on_that_day(self, council):
        with council.reading() as work:
            before = a_member(work, "Hilde Baert", on=date(2022, 6, 1))
            now = a_member(work, "Hilde Baert")

        assert before.organisation_name == "Wonen-Vlaanderen"
        assert now.organisation_name == "Wonen in Vlaanderen"

    def test_the_law_asks_two_meetings_of_the_group_and_its_parts(self, council):
        with council.reading() as work:
            body = repository.body(work.session, "coordination_group")
            counted = repository.counted_for(work.session, "coordination_group")

        assert body.legal_minimum == 2
        assert counted == ["coordination_group", "core_group", "sounding_board"]

    def test_what_nobody_could_check_says_so(self, council):
        with council.reading() as work:
            students = repository.body(work.session, "student_housing")
            rights = repository.partner_rights(work.session, "quality_quarterly")

        assert not students.verified
        assert "Niet geverifieerd" in students.source
        assert {each.verified for each in rights} == {False}

    def test_the_police_sees_the_least_and_only_what_was_shared(self, council):
        with council.reading() as work:
            rights = repository.partner_rights(work.session, "quality_quarterly")
        found = {right.organisation_name: right for right in rights}

        police = found["Wijkpolitie Mechelen-Willebroek"]
        assert police.view is CaseView.MINIMAL
        assert police.shared_only

    def test_social_housing_organisations_must_attend(self, council):
        with council.reading() as work:
            members = repository.members_on(work.session, "core_group", TODAY)

        assert names(each for each in members if each.must_attend) == {"Nadia Amrani"}


class TestRights:
    def test_a_partner_sees_the_bodies_that_it_sits_in(self, council):
        with council.reading() as work:
            dirk = who(work, "dirk")
            theirs = service.subject_of(work, "quality_quarterly")
            other = service.subject_of(work, "core_group")

        assert may(dirk, Action.READ_BODY, theirs)
        assert not may(dirk, Action.READ_BODY, other)

    def test_a_former_member_sees_nothing_any_more(self, council):
        with council.transaction() as work:
            head = who(work, "griet")
            seat = a_member(work, "Dirk Stevens", "quality_quarterly")
            yesterday = local_day(work.now) - timedelta(days=1)
            service.end_member(work, seat.id, last_day=yesterday, by=head)

        with council.reading() as work:
            subject = service.subject_of(work, "quality_quarterly")
            assert not may(who(work, "dirk"), Action.READ_BODY, subject)

    def test_only_the_desk_manages_bodies(self, council):
        with council.reading() as work, pytest.raises(ForbiddenError):
            service.add_member(
                work,
                "core_group",
                NewMember(name="Iemand", capacity="lid"),
                by=who(work, "tom"),
            )

    def test_my_bodies_are_those_of_mine_and_of_my_organisation(self, council):
        with council.reading() as work:
            found = {
                name: repository.bodies_of(
                    work.session,
                    user_name=name,
                    organisation_ids=who(work, name).organisation_ids,
                    day=TODAY,
                )
                for name in ("dirk", "tom", "karel")
            }

        assert found["dirk"] == ["quality_quarterly"]
        assert set(found["tom"]) == {"quality_quarterly", "weekly_quality"}
        assert found["karel"] == []


class TestFounding:
    def new(self, **changes):
        given = {
            "key": "renovation",
            "kind": BodyKind.PERIODIC,
            "name": "Renovatieoverleg",
            "prefix": "RO",
            "starts_on": TODAY,
        }
        return NewBody(**given | changes)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("key", "core_group"),
            ("key", "Kern groep"),
            ("prefix", "KG"),
            ("prefix", "k"),
            ("name", " "),
            ("rhythm", "elke maand"),
            ("rhythm", "PT4H"),
            ("wanted_per_year", 0),
            ("parent_key", "nowhere"),
            ("chair", "nobody"),
        ],
    )
    def test_a_body_that_makes_no_sense_is_refused(self, council, field, value):
        with council.reading() as work, pytest.raises(InvalidDataError) as refused:
            service.found_body(work, self.new(**{field: value}), by=who(work, "griet"))

        assert list(refused.value.problems) == [field]

    def test_a_sound_body_is_found_again(self, council):
        with council.transaction() as work:
            service.found_body(work, self.new(rhythm="P2M"), by=who(work, "griet"))

        with council.reading() as work:
            assert repository.body(work.session, "renovation").rhythm == "P2M"
            keys = {each.key for each in repository.bodies(work.session, on=TODAY)}
        assert "renovation" in keys

    def test_a_body_that_nobody_founded_is_unknown(self, council):
        with council.reading() as work, pytest.raises(UnknownError):
            repository.body(work.session, "nowhere")

    def test_chair_secretary_and_rhythm_change_together(self, council):
        leading = Leading(
            chair="griet", secretary="tom", rhythm="p3m", wanted_per_year=4
        )
        with council.transaction() as work:
            body = service.lead(work, "core_group", leading, by=who(work, "an"))

        assert (body.chair, body.secretary) == ("griet", "tom")
        assert (body.rhythm, body.wanted_per_year) == ("P3M", 4)


class TestMembers:
    def test_a_member_with_an_account_has_its_name_and_address(self, council):
        new = NewMember(user_name="leila", capacity="woningcontroleur")
        with council.transaction() as work:
            member = service.add_member(work, "core_group", new, by=who(work, "an"))

        assert (member.name, member.email) == (
            "Leila Benali",
            "leila@mechelen.example",
        )
        assert member.starts_on == TODAY

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"capacity": " "}, "capacity"),
            ({"email": "geen adres"}, "email"),
            ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ],
    )
    def test_a_member_that_makes_no_sense_is_refused(self, council, changes, field):
        new = NewMember(**{"name": "Jo Smets", "capacity": "lid"} | changes)
        with council.reading() as work, pytest.raises(InvalidDataError) as refused:
            service.add_member(work, "core_group", new, by=who(work, "an"))

        assert list(refused.value.problems) == [field]

    def test_nobody_sits_twice_in_a_body(self, council):
        new = NewMember(user_name="eva", capacity="schepen")
        with council.reading() as work, pytest.raises(InvalidDataError):
            service.add_member(work, "core_group", new, by=who(work, "an"))

    def test_who_left_can_come_back(self, council):
        with council.transaction() as work:
            head = who(work, "griet")
            seat = a_member(work, "Eva Lambrecht")
            service.end_member(
                work, seat.id, last_day=TODAY - timedelta(days=1), by=head
            )
            new = NewMember(user_name="eva", capacity="schepen")
            again = service.add_member(work, "core_group", new, by=head)

        assert again.id != seat.id

    def test_a_membership_ends_once(self, council):
        with council.transaction() as work:
            head = who(work, "griet")
            seat = a_member(work, "Eva Lambrecht")
            last_day = TODAY - timedelta(days=1)
            service.end_member(work, seat.id, last_day=last_day, by=head)

            with pytest.raises(NotAllowedNowError):
                service.end_member(work, seat.id, last_day=last_day, by=head)

    def test_a_membership_does_not_end_before_it_began(self, council):
        with council.transaction() as work:
            seat = a_member(work, "Eva Lambrecht")
            with pytest.raises(InvalidDataError):
                service.end_member(
                    work, seat.id, last_day=date(2000, 1, 1), by=who(work, "griet")
                )

    def test_a_deputy_is_a_fellow_member(self, council):
        with council.transaction() as work:
            head = who(work, "griet")
            eva, hilde = a_member(work, "Eva Lambrecht"), a_member(work, "Hilde Baert")
            stranger = a_member(work, "Tom Wouters", "weekly_quality")
            named = service.set_deputy(work, eva.id, hilde.id, by=head)

            with pytest.raises(InvalidDataError):
                service.set_deputy(work, eva.id, stranger.id, by=head)
            with pytest.raises(InvalidDataError):
                service.set_deputy(work, eva.id, eva.id, by=head)
        assert named.deputy_id == hilde.id

    def test_an_unknown_member_is_told(self, council):
        with council.reading() as work, pytest.raises(UnknownError):
            repository.member(work.session, uuid4())


class TestWhoIsMeant:
    @pytest.mark.parametrize(
        ("to", "expected"),
        [
            ("secretary", {"An Peeters"}),
            ("chair", {"Eva Lambrecht"}),
            ("alderman", {"Eva Lambrecht"}),
            ("head_of_service", {"Griet Declercq"}),
            (["chair", "alderman"], {"Eva Lambrecht"}),
        ],
    )
    def test_each_name_leads_to_people(self, council, to, expected):
        with council.reading() as work:
            found = people_of(work, "core_group", to)

        assert names(found) == expected

    def test_members_are_mailed_with_or_without_account(self, council):
        with council.reading() as work:
            found = people_of(work, "sounding_board", "members")

        addresses = {each.name: each.email for each in found}
        assert addresses["Rik Willems"] == "rik.willems@provincie.example"
        assert addresses["Hilde Baert"] == "hilde@wonen.example"
        assert len(addresses) == 6

    def test_a_body_without_secretary_is_the_work_of_the_desk(self, council):
        leading = Leading(chair=None, secretary=None, rhythm=None)
        with council.transaction() as work:
            service.lead(work, "core_group", leading, by=who(work, "griet"))
            found = people_of(work, "core_group", ["secretary", "chair"])

        assert names(found) == {"An Peeters", "Griet Declercq"}

    def test_another_name_is_refused(self, council):
        with council.reading() as work, pytest.raises(InvalidDataError):
            people_of(work, "core_group", "everybody")


class TestPartnerRights:
    def organisation(self, work, kind):
        return people.organisations(work.session, kinds=[kind])[0]

    def test_a_right_is_replaced_not_doubled(self, council):
        with council.transaction() as work:
            police = self.organisation(work, OrganisationKind.NEIGHBOURHOOD_POLICE)
            new = partner_rights.NewRight(
                organisation_id=police.id,
                view=CaseView.PROGRESS,
                legal_ground="Protocol van 1 maart 2026",
                verified=True,
            )
            partner_rights.give_right(
                work, "quality_quarterly", new, by=who(work, "griet")
            )

        with council.reading() as work:
            rights = repository.partner_rights(work.session, "quality_quarterly")
        assert len(rights) == 3
        assert {each.view for each in rights if each.verified} == {CaseView.PROGRESS}

    def test_no_right_without_a_legal_ground(self, council):
        with council.reading() as work:
            police = self.organisation(work, OrganisationKind.NEIGHBOURHOOD_POLICE)
            new = partner_rights.NewRight(
                organisation_id=police.id, view=CaseView.MINIMAL, legal_ground=" "
            )
            griet = who(work, "griet")
            with pytest.raises(InvalidDataError):
                partner_rights.give_right(work, "quality_quarterly", new, by=griet)
