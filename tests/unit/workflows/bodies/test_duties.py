"""Duties of a year: what each day and each meeting makes of them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bodies.duties import duties
from workflows.bodies.duty import (
    DutyState,
    GroupFact,
    MeetingFact,
    Paperwork,
    Rule,
    Severity,
    Standing,
    Terms,
    YearFacts,
)
from workflows.bodies.model import Body, BodyKind, RequiredPoint

YEAR = 2026
ORDER = list(DutyState)


def a_body(key, kind, **changes):
    given = {
        "key": key,
        "kind": kind,
        "name": key.replace("_", " ").capitalize(),
        "prefix": key[:2].upper(),
        "parent_key": None,
        "rhythm": None,
        "wanted_per_year": None,
        "legal_minimum": None,
        "chair": None,
        "secretary": None,
        "starts_on": date(2013, 1, 1),
        "ends_on": None,
        "source": "",
        "verified": True,
    }
    return Body(**given | changes)


K8 = RequiredPoint(code="K8", title="Toewijzing", position=8, yearly_minimum=1)
K9 = RequiredPoint(code="K9", title="Premies", position=9)
GROUP = a_body("coordination_group", BodyKind.COORDINATION_GROUP, legal_minimum=2)
CORE = a_body(
    "core_group",
    BodyKind.CORE_GROUP,
    parent_key="coordination_group",
    wanted_per_year=3,
    points=(K8, K9),
)
BOARD = a_body(
    "sounding_board",
    BodyKind.SOUNDING_BOARD,
    parent_key="coordination_group",
    wanted_per_year=1,
)
QUARTERLY = a_body("quality_quarterly", BodyKind.PERIODIC, rhythm="P3M")
BODIES = (GROUP, CORE, BOARD, QUARTERLY)


def a_meeting(day, body="core_group", standing=Standing.HELD, **changes):
    return MeetingFact(
        number=changes.pop("number", f"KG-{day:%m%d}"),
        body_key=body,
        day=day,
        standing=standing,
        **changes,
    )


def the_year(*meetings, today=date(2026, 6, 15), groups=(), gaps=()):
    return YearFacts(
        year=YEAR,
        today=today,
        bodies=BODIES,
        meetings=meetings,
        groups=groups,
        terms=Terms(plan_by=date(YEAR, 9, 30), gap_ends=dict(gaps)),
    )


def by_key(facts):
    return {duty.key: duty for duty in duties(facts)}


def day(month, number):
    return date(YEAR, month, number)


PLANNED = Standing.PLANNED


class TestCounts:
    def test_without_any_meeting_all_is_open_until_it_must_be_planned(self):
        before = by_key(the_year(today=day(9, 30)))
        after = by_key(the_year(today=day(10, 1)))

        assert {each.state for each in before.values()} == {DutyState.OPEN}
        assert {each.state for each in after.values()} == {DutyState.LATE}

    def test_core_group_and_sounding_board_count_for_the_law(self):
        found = by_key(
            the_year(a_meeting(day(2, 3)), a_meeting(day(4, 7), "sounding_board"))
        )

        assert found["legal_minimum:coordination_group"].state is DutyState.MET
        assert found["wanted:sounding_board"].state is DutyState.MET
        assert found["wanted:core_group"].state is DutyState.OPEN
        assert found["wanted:core_group"].words == "1 van 3 gehouden, nog geen datum."

    def test_other_bodies_do_not_count_for_the_law(self):
        found = by_key(
            the_year(
                a_meeting(day(2, 3), "quality_quarterly"),
                a_meeting(day(4, 7), "quality_quarterly"),
            )
        )

        assert found["legal_minimum:coordination_group"].state is DutyState.OPEN

    def test_enough_dates_make_it_planned_and_name_the_days(self):
        facts = the_year(
            a_meeting(day(2, 3)),
            a_meeting(day(9, 8), standing=PLANNED),
            a_meeting(day(12, 1), standing=PLANNED),
        )

        duty = by_key(facts)["wanted:core_group"]
        assert duty.state is DutyState.PLANNED
        assert "8 september 2026, 1 december 2026" in duty.words

    def test_a_planned_meeting_keeps_it_from_being_late_in_autumn(self):
        facts = the_year(
            a_meeting(day(11, 3), "sounding_board", PLANNED), today=day(10, 15)
        )

        assert by_key(facts)["wanted:sounding_board"].state is DutyState.PLANNED

    def test_a_date_is_owed_earlier_than_the_meeting(self):
        without = by_key(the_year())["wanted:sounding_board"]
        planned = a_meeting(day(11, 3), "sounding_board", PLANNED)
        with_date = by_key(the_year(planned))["wanted:sounding_board"]

        assert without.due_on == day(9, 30)
        assert with_date.due_on == day(12, 31)

    def test_meetings_of_another_year_do_not_count(self):
        facts = the_year(
            a_meeting(date(2025, 11, 4)), a_meeting(date(2027, 2, 2), standing=PLANNED)
        )

        assert by_key(facts)["wanted:core_group"].words.startswith("0 van 3 gehouden")

    def test_after_the_year_what_was_not_held_is_missed(self):
        facts = the_year(
            a_meeting(day(2, 3)),
            a_meeting(day(12, 22), standing=PLANNED),
            today=date(2027, 1, 1),
        )

        found = by_key(facts)
        assert found["wanted:core_group"].state is DutyState.MISSED
        assert found["legal_minimum:coordination_group"].state is DutyState.MISSED

    def test_the_law_is_a_legal_error_and_goes_to_the_alderman(self):
        duty = by_key(the_year())["legal_minimum:coordination_group"]

        assert duty.severity is Severity.LEGAL
        assert duty.escalates_to == "alderman"
        assert "2018" in duty.source


class TestPoints:
    def test_k8_is_met_when_it_was_talked_about(self):
        facts = the_year(a_meeting(day(2, 3), discussed=frozenset({"K8", "K9"})))

        assert by_key(facts)["point:core_group:K8"].state is DutyState.MET

    def test_a_meeting_that_skipped_it_does_not_count(self):
        facts = the_year(a_meeting(day(2, 3), discussed=frozenset({"K9"})))

        assert by_key(facts)["point:core_group:K8"].state is DutyState.OPEN

    def test_a_point_without_minimum_is_no_duty(self):
        assert "point:core_group:K9" not in by_key(the_year())

    def test_a_meeting_to_come_can_still_discuss_it(self):
        facts = the_year(a_meeting(day(2, 3)), a_meeting(day(9, 8), standing=PLANNED))

        assert by_key(facts)["point:core_group:K8"].state is DutyState.PLANNED


class TestGaps:
    gaps = (("core_group", day(7, 3)), ("quality_quarterly", day(6, 20)))

    def states(self, *meetings, today):
        found = duties(the_year(*meetings, today=today, gaps=self.gaps))
        return {
            each.body_key: each.state
            for each in found
            if each.rule in {Rule.NEXT_DATE, Rule.RHYTHM}
        }

    def test_a_date_in_time_is_enough(self):
        meeting = a_meeting(day(7, 3), standing=PLANNED)

        assert self.states(meeting, today=day(6, 15))["core_group"] is DutyState.PLANNED

    def test_without_date_it_is_open_up_to_and_including_its_day(self):
        assert self.states(today=day(7, 3))["core_group"] is DutyState.OPEN
        assert self.states(today=day(7, 4))["core_group"] is DutyState.LATE

    def test_a_date_that_is_too_late_does_not_help(self):
        meeting = a_meeting(day(7, 4), standing=PLANNED)

        assert self.states(meeting, today=day(7, 1))["core_group"] is DutyState.OPEN
        assert self.states(meeting, today=day(7, 4))["core_group"] is DutyState.LATE

    def test_each_gap_has_its_own_key_so_that_each_is_told(self):
        keys = {duty.key for duty in duties(the_year(gaps=self.gaps))}

        assert "next_date:core_group:2026-07-03" in keys
        assert "rhythm:quality_quarterly:2026-06-20" in keys

    def test_a_gap_of_last_year_stands_in_this_one_until_it_is_closed(self):
        old = (("core_group", date(2025, 12, 1)),)
        now = duties(the_year(today=day(2, 1), gaps=old))
        next_year = replace(the_year(today=day(2, 1), gaps=old), year=2027)

        assert "next_date:core_group:2025-12-01" in {each.key for each in now}
        assert not any(each.rule is Rule.NEXT_DATE for each in duties(next_year))


class TestPapers:
    def paper(self, **changes):
        given = {
            "minutes_by": day(2, 27),
            "minutes_sent_on": None,
            "noted_by": day(3, 5),
            "noted_on": None,
        }
        return a_meeting(
            day(2, 3), number="KG-1", paperwork=Paperwork(**given | changes)
        )

    def test_minutes_are_open_on_their_last_day_and_late_after_it(self):
        on_time = by_key(the_year(self.paper(), today=day(2, 27)))
        late = by_key(the_year(self.paper(), today=day(2, 28)))

        assert on_time["minutes:KG-1"].state is DutyState.OPEN
        assert late["minutes:KG-1"].state is DutyState.LATE

    def test_what_was_sent_too_late_is_done_and_says_so(self):
        duty = by_key(the_year(self.paper(minutes_sent_on=day(3, 9))))["minutes:KG-1"]

        assert duty.state is DutyState.MET
        assert duty.belated
        assert duty.state_name == "Voldaan, te laat"

    def test_the_college_takes_note(self):
        found = by_key(the_year(self.paper(noted_on=day(3, 5))))

        assert found["noted:KG-1"].state is DutyState.MET
        assert not found["noted:KG-1"].belated

    def test_minutes_of_a_planned_meeting_are_not_owed_yet(self):
        meeting = replace(self.paper(), standing=PLANNED)

        assert "minutes:KG-1" not in by_key(the_year(meeting))


class TestWorkGroups:
    @pytest.mark.parametrize(
        ("feedback", "standing", "state"),
        [
            ({"A": True, "B": True}, Standing.HELD, DutyState.MET),
            ({"A": True, "B": None}, Standing.PLANNED, DutyState.OPEN),
            ({"A": True, "B": False}, Standing.PLANNED, DutyState.LATE),
            ({"A": True, "B": False}, Standing.HELD, DutyState.MISSED),
            ({"A": None}, Standing.HELD, DutyState.MISSED),
        ],
    )
    def test_each_group_reports_at_each_meeting(self, feedback, standing, state):
        meeting = a_meeting(
            day(9, 8), number="KG-2", standing=standing, feedback=feedback
        )

        assert by_key(the_year(meeting))["feedback:KG-2"].state is state

    def test_the_group_that_is_missing_is_named(self):
        meeting = a_meeting(
            day(9, 8), number="KG-2", feedback={"Kamers": True, "Toewijzing": False}
        )

        words = by_key(the_year(meeting))["feedback:KG-2"].words
        assert words == "1 van 2 werkgroepen. Ontbreekt: Toewijzing."

    def test_a_meeting_without_groups_owes_no_feedback(self):
        assert not any(key.startswith("feedback") for key in by_key(the_year()))

    @pytest.mark.parametrize(
        ("met", "state"), [(1, DutyState.LATE), (2, DutyState.MET)]
    )
    def test_a_group_meets_as_often_as_the_core_group(self, met, state):
        group = GroupFact(
            number="BV-2026-1", name="Kamers", body_key="wg_1", met=met, core_met=2
        )

        duty = by_key(the_year(groups=(group,)))["frequency:BV-2026-1"]
        assert duty.state is state
        assert duty.severity is Severity.WARNING
        assert duty.escalates_to is None


DAYS = st.dates(date(2025, 12, 1), date(2027, 2, 1))
MEETINGS = st.builds(
    a_meeting,
    DAYS,
    body=st.sampled_from([each.key for each in BODIES]),
    standing=st.sampled_from(list(Standing)),
    discussed=st.sampled_from([frozenset(), frozenset({"K8"})]),
)


def badness(facts):
    return {key: ORDER.index(duty.state) for key, duty in by_key(facts).items()}


class TestAlways:
    @given(st.lists(MEETINGS, max_size=8), DAYS, DAYS)
    def test_time_alone_makes_nothing_better(self, meetings, first, second):
        earlier, later = sorted((first, second))
        before = badness(the_year(*meetings, today=earlier))
        after = badness(the_year(*meetings, today=later))

        assert all(after[key] >= bad for key, bad in before.items())

    @given(st.lists(MEETINGS, max_size=6), MEETINGS, DAYS)
    def test_one_more_meeting_makes_no_count_worse(self, meetings, more, today):
        before = badness(the_year(*meetings, today=today))
        after = badness(the_year(*meetings, more, today=today))

        assert all(after[key] <= bad for key, bad in before.items())

    @given(st.lists(MEETINGS, max_size=4), MEETINGS, DAYS)
    def test_holding_what_was_planned_makes_nothing_worse(self, meetings, one, today):
        planned = replace(one, standing=PLANNED)
        held = replace(one, standing=Standing.HELD, discussed=frozenset({"K8"}))

        before = badness(the_year(*meetings, planned, today=today))
        after = badness(the_year(*meetings, held, today=today))
        assert all(after[key] <= bad for key, bad in before.items())

    @given(DAYS)
    def test_holding_without_talking_about_it_takes_a_chance_away(self, today):
        planned = a_meeting(day(6, 2), standing=PLANNED)
        held = replace(planned, standing=Standing.HELD)

        before = badness(the_year(planned, today=today))["point:core_group:K8"]
        after = badness(the_year(held, today=today))["point:core_group:K8"]
        assert after >= before

    @given(st.lists(MEETINGS, max_size=8), DAYS)
    def test_each_duty_says_something_and_keys_are_unique(self, meetings, today):
        found = duties(the_year(*meetings, today=today))

        assert all(duty.words and duty.title for duty in found)
        assert len({duty.key for duty in found}) == len(found)

    @given(st.lists(MEETINGS, max_size=8), DAYS)
    def test_the_worst_stands_first(self, meetings, today):
        found = duties(the_year(*meetings, today=today))
        bad = [ORDER.index(duty.state) for duty in found]

        assert bad == sorted(bad, reverse=True)

    @given(st.lists(MEETINGS, max_size=8), DAYS)
    def test_nothing_is_late_while_dates_are_open(self, meetings, today):
        facts = the_year(*meetings, today=min(today, date(2026, 9, 30)))

        assert not any(duty.is_bad for duty in duties(facts))


def test_a_number_that_nobody_checked_says_so():
    unsure = replace(CORE, verified=False)
    facts = replace(the_year(), bodies=(GROUP, unsure, BOARD))
    found = by_key(facts)

    assert not found["wanted:core_group"].verified
    assert found["wanted:sounding_board"].verified
    assert found["legal_minimum:coordination_group"].verified


def test_a_year_turns_green():
    """Three core meetings and a sounding board, and every count is met."""
    held = [
        a_meeting(day(2, 3), discussed=frozenset({"K8"})),
        a_meeting(day(6, 2)),
        a_meeting(day(10, 6)),
        a_meeting(day(11, 10), "sounding_board"),
    ]
    found = duties(the_year(*held, today=day(12, 31)))

    assert {each.state for each in found} == {DutyState.MET}
    assert len(found) == 4
