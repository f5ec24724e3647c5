"""Meetings and their agenda, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.workflows.meetings.conftest import IN_SIX_WEEKS, MONDAY
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    OvertakenError,
    UnknownError,
)
from workflows.meetings import agenda, points, repository, service, steps
from workflows.meetings.model import MeetingStatus, PointKind, Presence
from workflows.meetings.points import Handed
from workflows.meetings.service import NewPoint

AGENDA_OPENS = datetime(2026, 3, 19, 8, tzinfo=UTC)


def hand_in(table, number, title, *, by, case=""):
    handed = Handed(title=title, case=case)
    with table.writing() as work:
        return points.hand_in(work, number, handed, by=table.actor(by))


def opened(table):
    number = table.plan().number
    table.pass_to(AGENDA_OPENS)
    return number


def test_meetings_are_numbered_per_body_and_year(table):
    later = IN_SIX_WEEKS + timedelta(days=7)
    numbers = [table.plan(starts_at=at).number for at in (IN_SIX_WEEKS, later)]
    numbers.append(table.plan("sounding_board").number)

    assert numbers == ["KG-2026-1", "KG-2026-2", "KB-2026-1"]


def test_only_who_runs_meetings_plans_one(table):
    with pytest.raises(ForbiddenError):
        table.plan(by="hilde")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": MONDAY - timedelta(days=1)}, "starts_at"),
        ({"minutes_long": 0}, "minutes_long"),
    ],
)
def test_a_meeting_that_can_not_be_is_refused_at_its_field(table, changes, field):
    with pytest.raises(InvalidDataError) as caught:
        table.plan(**changes)

    assert field in caught.value.problems


def test_an_opened_agenda_proposes_the_required_points_in_their_order(table):
    number = opened(table)

    found = table.points(number)
    assert table.meeting(number).status is MeetingStatus.AGENDA_OPEN
    assert [point.code for point in found] == [f"K{n}" for n in range(1, 12)]
    assert {point.explanation for point in found} == {"Nog niet eerder besproken."}


def test_k8_must_be_discussed_this_year_and_can_not_leave_the_agenda(table):
    number = opened(table)
    k8 = next(point for point in table.points(number) if point.code == "K8")
    k9 = next(point for point in table.points(number) if point.code == "K9")

    sentence = "K8 kan niet van de agenda"
    with table.writing() as work, pytest.raises(NotAllowedNowError, match=sentence):
        points.drop(work, k8.id, by=table.actor("an"))
    with table.writing() as work:
        points.drop(work, k9.id, by=table.actor("an"))

    assert "nog niet gebeurd" in k8.warning
    assert k9.warning is None
    assert "K9" not in [point.code for point in table.points(number)]


def test_opening_an_agenda_again_adds_nothing(table):
    number = opened(table)
    before = table.points(number)
    table.pass_days(1)
    with table.writing() as work:
        agenda.open_agenda(work, number, by="an")

    assert [point.id for point in table.points(number)] == [p.id for p in before]


def test_a_member_hands_in_a_point_until_the_term(table):
    number = opened(table)
    point = hand_in(table, number, "Leegstand in de Vesten", by="nadia")
    table.pass_to(datetime(2026, 4, 3, 8, tzinfo=UTC))

    assert (point.kind, point.added_by) == (PointKind.FREE, "nadia")
    with pytest.raises(NotAllowedNowError, match="Punten indienen kon tot donderdag 2"):
        hand_in(table, number, "Te laat", by="nadia")
    assert hand_in(table, number, "Nog net", by="an").title == "Nog net"


def test_somebody_of_another_body_hands_in_nothing(table):
    number = opened(table)

    with pytest.raises(ForbiddenError, match="zit niet in dit overlegorgaan"):
        hand_in(table, number, "Studenten", by="lotte")


def test_a_point_without_title_or_on_an_unknown_case_is_refused(table):
    number = opened(table)

    with pytest.raises(InvalidDataError):
        hand_in(table, number, "  ", by="an")
    with pytest.raises(InvalidDataError) as caught:
        hand_in(table, number, "Dossier", by="an", case="2026-9999")
    assert "case" in caught.value.problems


def test_points_move_up_and_down_but_not_off_the_list(table):
    number = opened(table)
    found = table.points(number)
    with table.writing() as work:
        points.turn(work, found[2].id, places=-1, by=table.actor("an"))
        points.turn(work, found[0].id, places=-1, by=table.actor("an"))

    codes = [point.code for point in table.points(number)]
    assert codes[:3] == ["K1", "K3", "K2"]
    assert [p.position for p in table.points(number)] == list(range(1, 12))


def test_a_moved_meeting_counts_its_terms_anew(table):
    meeting = table.plan()
    later = IN_SIX_WEEKS + timedelta(days=14)
    with table.writing() as work:
        service.move(
            work, table.engine, meeting.number, later,
            by=table.actor("an"), version=meeting.version,
        )  # fmt: skip
    table.pass_to(AGENDA_OPENS)
    before = table.points(meeting.number)
    table.pass_days(14)

    assert before == []
    assert len(table.points(meeting.number)) == 11
    assert "Verplaatst van" in " ".join(table.lines(meeting.number))


def test_who_moves_a_meeting_that_was_moved_hears_by_whom_and_when(table):
    meeting = table.plan()

    def move(days, by):
        with table.writing() as work:
            service.move(
                work, table.engine, meeting.number, IN_SIX_WEEKS + timedelta(days=days),
                by=table.actor(by), version=meeting.version,
            )  # fmt: skip

    move(7, "griet")
    with pytest.raises(OvertakenError) as caught:
        move(14, "an")

    assert caught.value.by == "Griet Declercq"
    assert caught.value.at == MONDAY
    assert table.meeting(meeting.number).starts_at == IN_SIX_WEEKS + timedelta(days=7)


def test_a_cancelled_meeting_ends_its_process_and_tells_who_was_called(table):
    number = opened(table)
    table.do(number, "open_agenda", by="an", agenda_remarks="")
    table.pass_to(datetime(2026, 3, 26, 8, tzinfo=UTC))
    with table.writing() as work:
        service.cancel(
            work, table.engine, number, reason="Te weinig punten", by=table.actor("an")
        )

    meeting = table.meeting(number)
    assert (meeting.status, meeting.cancelled_reason) == (
        MeetingStatus.CANCELLED,
        "Te weinig punten",
    )
    assert table.tasks(number) == {}
    cancelled = [mail for mail in table.mails() if mail.subject.startswith("Afgelast")]
    assert sorted(mail.to.split("@")[0] for mail in cancelled) == [
        "an", "bram", "eva", "hilde", "nadia",
    ]  # fmt: skip
    assert "Te weinig punten" in cancelled[0].text


def test_a_meeting_without_reason_is_not_cancelled(table):
    number = table.plan().number

    with table.writing() as work, pytest.raises(InvalidDataError):
        service.cancel(work, table.engine, number, reason=" ", by=table.actor("an"))


def test_members_are_called_for_points_once(table):
    number = opened(table)
    table.do(number, "open_agenda", by="an", agenda_remarks="")
    table.pass_to(datetime(2026, 3, 26, 8, tzinfo=UTC))
    with table.writing() as work:
        steps.call_for_items(work, number, by="an")

    called = [mail for mail in table.mails() if mail.subject.startswith("Oproep")]
    assert sorted(mail.to.split("@")[0] for mail in called) == [
        "bram", "eva", "hilde", "nadia",
    ]  # fmt: skip
    assert "tot en met donderdag 2 april 2026" in called[0].text


def test_what_two_people_write_at_one_point_is_not_lost_in_silence(table):
    number = opened(table)
    point = table.points(number)[0]
    table.write(point, by="griet", discussion="Eerst")

    with pytest.raises(OvertakenError) as caught:
        table.write(point, by="an", discussion="Daarna")

    assert caught.value.by == "Griet Declercq"
    assert table.points(number)[0].discussion == "Eerst"


def test_the_same_text_twice_is_no_change(table):
    number = opened(table)
    point = table.points(number)[0]
    first = table.write(point, discussion="Besproken")

    assert table.write(point, discussion=" Besproken ") == first == 2


def test_a_stranger_to_the_body_has_no_attendance(table):
    number = table.plan().number
    other = table.plan("sounding_board").number
    with table.reading() as work:
        stranger = next(
            each
            for each in repository.attendance_of(work.session, other)
            if each.member_name == "Rik Willems"
        )

    with table.writing() as work, pytest.raises(UnknownError):
        service.record_attendance(
            work, number, {stranger.member_id: (Presence.PRESENT, "")}, by="an"
        )


def test_who_left_before_the_meeting_is_not_asked_for(table):
    number = table.plan().number
    names = [each.member_name for each in table.attendance(number)]

    assert names == ["Bram Verbeeck", "Eva Lambrecht", "Hilde Baert", "Nadia Amrani"]


def test_a_point_is_last_discussed_where_the_minutes_speak_of_it(table):
    number = opened(table)
    point = table.points(number)[7]
    table.write(point, discussion="De toewijzingen van vorig jaar.")
    with table.writing() as work:
        repository.meeting_row(work.session, number).status = MeetingStatus.HELD
    after = IN_SIX_WEEKS.date() + timedelta(days=1)

    with table.reading() as work:
        told, before = (
            repository.discussed_points(work.session, "core_group", day)
            for day in (after, IN_SIX_WEEKS.date())
        )
    assert (before, list(told)) == ({}, ["K8"])
    assert (told["K8"].on, told["K8"].this_year) == (IN_SIX_WEEKS.date(), 1)


def test_a_discussed_point_stays_on_the_agenda(table):
    number = opened(table)
    point = table.points(number)[0]
    table.write(point, discussion="Besproken")

    with table.writing() as work, pytest.raises(NotAllowedNowError):
        service.drop_point(work, point.id, by="an")


def test_a_point_of_a_closed_meeting_is_refused(table):
    number = opened(table)
    with table.writing() as work:
        repository.meeting_row(work.session, number).status = MeetingStatus.CLOSED

    new = NewPoint(kind=PointKind.FREE, title="Te laat")
    with table.writing() as work, pytest.raises(NotAllowedNowError):
        service.add_point(work, number, new, by="an")
