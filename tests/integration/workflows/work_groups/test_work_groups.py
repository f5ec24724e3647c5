"""The loop of a policy question: asked, decided, reported on, answered."""

from datetime import date, timedelta

import pytest

from engine.errors import AnswersRefusedError
from workflows.bodies import repository as bodies
from workflows.bodies.model import BodyKind
from workflows.errors import ForbiddenError, InvalidDataError, NotAllowedNowError
from workflows.meetings import repository as meetings
from workflows.meetings.agenda import open_agenda
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.papers import repository as papers
from workflows.papers.model import PaperKind
from workflows.people import service as people
from workflows.work_groups import feedback, repository, service
from workflows.work_groups.model import (
    Choice,
    FeedbackState,
    GroupStatus,
    QuestionStatus,
)
from workflows.work_groups.service import ClosingDecision, NewQuestion

APPOINTMENT = {
    "responsible": "tom",
    "group_name": "Toewijzing",
    "mandate": "Onderzoek en stel een reglement voor.",
    "members": "Leila Benali\nan\nJoris Nijs",
    "frequency": "P1M",
    "ends_on": date(2026, 12, 31),
}


class TestAsking:
    def test_a_question_comes_on_the_next_agenda_and_its_asker_hears_it(self, loop):
        loop.meeting("KG-2026-1", loop.clock.now() + timedelta(days=30))
        number = loop.ask().number

        with loop.engine.reading() as work:
            (point,) = meetings.points_of(work.session, "KG-2026-1")
            waiting = repository.questions_waiting(work.session)
        assert (number, point.kind, point.reference) == (
            "BV-2026-1",
            PointKind.QUESTION,
            "BV-2026-1",
        )
        assert waiting == []
        assert loop.mails() == [
            ("nadia", "Uw beleidsvraag BV-2026-1 staat op de agenda")
        ]

    def test_without_a_meeting_it_waits_for_one(self, loop):
        number = loop.ask().number

        with loop.engine.reading() as work:
            waiting = repository.questions_waiting(work.session)
        assert [each.number for each in waiting] == [number]
        assert (loop.incidents(), loop.mails()) == ([], [])

    def test_the_asker_hears_it_when_a_later_agenda_takes_his_question_up(self, loop):
        loop.ask()
        soon = loop.clock.now() + timedelta(days=30)
        loop.meeting("KG-2026-1", soon, status=MeetingStatus.PLANNED)
        for _ in range(2):
            with loop.engine.transaction() as work:
                open_agenda(work, "KG-2026-1", by="an")

        assert loop.mails() == [
            ("nadia", "Uw beleidsvraag BV-2026-1 staat op de agenda")
        ]

    def test_a_meeting_for_which_the_invitations_left_takes_no_new_question(self, loop):
        soon, later = (loop.clock.now() + timedelta(days=d) for d in (3, 60))
        loop.meeting("KG-2026-1", soon, status=MeetingStatus.INVITED)
        loop.meeting("KG-2026-2", later, status=MeetingStatus.PLANNED)
        loop.ask()

        with loop.engine.reading() as work:
            assert meetings.points_of(work.session, "KG-2026-1") == []
            assert len(meetings.points_of(work.session, "KG-2026-2")) == 1

    def test_a_partner_outside_of_all_bodies_may_not_ask(self, loop):
        with pytest.raises(ForbiddenError, match="geen enkel overlegorgaan"):
            loop.ask(by="jef")

    def test_what_is_missing_is_told_per_field(self, loop):
        yesterday = date(2026, 3, 1)
        empty = NewQuestion(title=" ", question="", reason="", wished_on=yesterday)

        with pytest.raises(InvalidDataError) as caught:
            loop.ask(new=empty)
        assert set(caught.value.problems) == {
            "title",
            "question",
            "reason",
            "wished_on",
        }


class TestDeciding:
    @pytest.fixture
    def number(self, loop):
        loop.meeting("KG-2026-1", loop.clock.now() + timedelta(hours=1))
        return loop.ask().number

    def test_not_founding_gives_the_asker_the_reason(self, loop, number):
        loop.decide(number, Choice.NOT_FOUND, reason="Dit loopt al bij het IGS.")

        found = loop.question(number)
        assert found.status is QuestionStatus.NOT_FOUNDED
        assert found.answer == "Dit loopt al bij het IGS."
        assert loop.mails()[-1] == (
            "nadia",
            "Antwoord op beleidsvraag BV-2026-1",
        )

    def test_the_minutes_tell_the_decision(self, loop, number):
        loop.decide(
            number,
            Choice.OTHER_GROUP,
            reason="Zij werken er aan.",
            other_group="het IGS",
        )

        with loop.engine.reading() as work:
            (point,) = meetings.points_of(work.session, "KG-2026-1")
        assert point.decision == "De vraag gaat naar het IGS. Zij werken er aan."
        assert "het IGS" in loop.question(number).answer

    def test_a_second_decision_is_told_who_decided_and_when(self, loop, number):
        loop.decide(number, by="griet")

        with pytest.raises(
            NotAllowedNowError, match="Griet Declercq op maandag 2 maart"
        ):
            loop.decide(number, Choice.NOT_FOUND, by="an", reason="x")
        assert loop.question(number).choice is Choice.FOUND

    def test_nobody_decides_before_the_day_of_the_meeting(self, loop):
        loop.meeting("KG-2026-2", loop.clock.now() + timedelta(days=2))
        number = loop.ask().number

        with pytest.raises(NotAllowedNowError, match="vanaf de dag"):
            loop.decide(number)

    def test_nothing_is_decided_that_stands_on_no_agenda(self, loop):
        number = loop.ask().number

        with pytest.raises(NotAllowedNowError, match="geen enkele agenda"):
            loop.decide(number)

    def test_a_member_does_not_decide_on_his_own(self, loop, number):
        with pytest.raises(ForbiddenError):
            loop.decide(number, by="nadia")

    @pytest.mark.parametrize(
        ("choice", "field"),
        [(Choice.NOT_FOUND, "reason"), (Choice.OTHER_GROUP, "other_group")],
    )
    def test_a_refusal_needs_a_reason(self, loop, number, choice, field):
        with pytest.raises(InvalidDataError) as caught:
            loop.decide(number, choice)
        assert field in caught.value.problems
        assert loop.question(number).choice is None


class TestFounding:
    @pytest.fixture
    def number(self, loop):
        loop.meeting("KG-2026-1", loop.clock.now() + timedelta(hours=1))
        number = loop.ask().number
        loop.decide(number)
        return number

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"responsible": ""}, "responsible", "zonder verantwoordelijke"),
            ({"responsible": "niemand"}, "responsible", "geen gebruiker"),
            ({"responsible": "beheer"}, "responsible", "geen rol"),
            ({"responsible": "hilde"}, "responsible", "geen rol"),
            ({"responsible": "sofie"}, "responsible", "geen rol"),
            ({"ends_on": date(2026, 3, 1)}, "ends_on", "verleden"),
            ({"ends_on": None}, "ends_on", "einddatum"),
            ({"members": " \n"}, "members", "minstens één lid"),
            ({"mandate": " "}, "mandate", "mandaat"),
        ],
    )
    def test_half_a_founding_is_refused_and_the_task_stays(
        self, loop, number, changes, field, words
    ):
        given = APPOINTMENT | changes

        with pytest.raises(AnswersRefusedError) as caught:
            loop.do(number, "appoint_responsible", by="an", **given)
        assert words in caught.value.problems[field]
        assert "appoint_responsible" in loop.tasks(number)
        assert loop.question(number).status is QuestionStatus.TO_APPOINT

    def test_a_closed_account_answers_for_nothing(self, loop, number):
        with loop.engine.transaction() as work:
            people.set_active(work, "tom", active=False)

        with pytest.raises(AnswersRefusedError, match="gesloten"):
            loop.do(number, "appoint_responsible", by="an", **APPOINTMENT)

    def test_the_group_is_a_body_that_its_members_see(self, loop, number):
        loop.do(number, "appoint_responsible", by="an", **APPOINTMENT)

        group = loop.group(number)
        with loop.engine.reading() as work:
            body = bodies.body(work.session, group.body_key)
            members = bodies.members_on(work.session, body.key, date(2026, 3, 2))
        assert (body.kind, body.chair, group.status) == (
            BodyKind.WORK_GROUP,
            "tom",
            GroupStatus.ACTIVE,
        )
        assert {each.user_name for each in members} == {"tom", "leila", "an", None}
        assert [each.name for each in members if each.user_name is None] == [
            "Joris Nijs"
        ]
        assert loop.incidents() == []

    def test_the_college_takes_note_through_the_minutes(self, loop, number):
        loop.do(number, "appoint_responsible", by="an", **APPOINTMENT)
        loop.send(number, "college_took_note")

        with loop.engine.reading() as work:
            (founded,) = repository.founded_in(work.session, "KG-2026-1")
        assert founded.status is GroupStatus.ACTIVE_NOTED
        assert founded.noted_on == date(2026, 3, 2)


class TestFeedback:
    @pytest.fixture
    def number(self, loop):
        return loop.founded()

    @pytest.fixture
    def meeting_number(self, loop, number):
        starts_at = loop.clock.now() + timedelta(days=28)
        loop.meeting("KG-2026-2", starts_at)
        loop.ask_feedback(number, "KG-2026-2", starts_at)
        return "KG-2026-2"

    def the_point(self, loop, meeting_number):
        with loop.engine.reading() as work:
            points = meetings.points_of(work.session, meeting_number)
        return next(each for each in points if each.kind is PointKind.FEEDBACK)

    def test_the_note_stands_on_the_agenda(self, loop, number, meeting_number):
        loop.do(number, "give_feedback", by="tom", feedback_note="Twee keer vergaderd.")

        point = self.the_point(loop, meeting_number)
        assert (point.explanation, point.warning) == ("Twee keer vergaderd.", None)
        assert point.reference == number

    def test_the_responsible_is_reminded_first(self, loop, meeting_number):
        loop.pass_time(days=14)

        assert loop.mails()[-1] == (
            "tom",
            "Herinnering over de werkgroep bij BV-2026-1",
        )

    def test_a_missing_note_turns_red_and_the_head_of_service_hears_it(
        self, loop, number, meeting_number
    ):
        loop.pass_time(days=21)

        point = self.the_point(loop, meeting_number)
        with loop.engine.reading() as work:
            (found,) = repository.feedback_for(work.session, meeting_number)
        assert point.warning == "De nota van de werkgroep ontbreekt."
        assert (found.state, found.is_late) == (FeedbackState.MISSING, True)
        assert loop.mails()[-1] == (
            "griet",
            "Terugkoppeling ontbreekt op Kerngroep KG-2026-2",
        )

    def test_a_late_note_takes_the_red_away(self, loop, number, meeting_number):
        loop.pass_time(days=21)
        loop.do(number, "give_feedback", by="tom", feedback_note="Toch nog.")

        assert self.the_point(loop, meeting_number).warning is None
        with loop.engine.reading() as work:
            (found,) = repository.feedback_for(work.session, meeting_number)
        assert found.state is FeedbackState.GIVEN

    def test_a_meeting_that_passed_without_it_is_kept(
        self, loop, number, meeting_number
    ):
        loop.pass_time(days=21)
        loop.pass_time(days=7)

        with loop.engine.reading() as work:
            (found,) = repository.feedback_of(work.session, number)
        assert found.state is FeedbackState.MISSED
        assert "give_feedback" not in loop.tasks(number)
        assert loop.incidents() == []

    def test_a_cancelled_meeting_makes_nobody_late(self, loop, number, meeting_number):
        loop.over(meeting_number, MeetingStatus.CANCELLED)
        loop.pass_time(days=28)

        with loop.engine.reading() as work:
            found = repository.feedback_of(work.session, number)
        assert [each.state for each in found] == [FeedbackState.ASKED]
        assert loop.incidents() == []

    def test_a_meeting_that_moved_to_later_makes_nobody_late(
        self, loop, number, meeting_number
    ):
        with loop.engine.transaction() as work:
            row = meetings.meeting_row(work.session, meeting_number)
            row.starts_at += timedelta(days=14)
            later = row.starts_at - timedelta(days=7)
            feedback.expect(work, number, meeting_number, by="an", due_at=later)
        loop.pass_time(days=21)

        with loop.engine.reading() as work:
            (found,) = repository.feedback_of(work.session, number)
        assert found.state is FeedbackState.ASKED

    def test_a_note_after_the_meeting_closed_is_kept(
        self, loop, number, meeting_number
    ):
        loop.over(meeting_number)
        loop.do(number, "give_feedback", by="tom", feedback_note="Te laat.")

        with loop.engine.reading() as work:
            (found,) = repository.feedback_of(work.session, number)
        assert (found.state, found.note) == (FeedbackState.GIVEN, "Te laat.")
        assert loop.incidents() == []


class TestResponsible:
    @pytest.fixture
    def number(self, loop):
        return loop.founded()

    def resign(self, loop, number, *, by="tom", reason="Andere dienst"):
        with loop.engine.transaction() as work:
            service.resign(
                work, loop.engine, number, reason=reason, by=people.actor(work, by)
            )

    def test_a_new_one_takes_over_the_open_tasks(self, loop, number):
        starts_at = loop.clock.now() + timedelta(days=28)
        loop.meeting("KG-2026-2", starts_at)
        loop.ask_feedback(number, "KG-2026-2", starts_at)
        self.resign(loop, number)
        without = loop.group(number)
        loop.do(number, "replace_responsible", by="an", responsible="leila")

        tasks = loop.tasks(number)
        with loop.engine.reading() as work:
            past = repository.responsibles(work.session, number)
        assert without.status is GroupStatus.WITHOUT_RESPONSIBLE
        assert loop.group(number).status is GroupStatus.ACTIVE
        assert {each.assignee for each in tasks.values()} == {"leila"}
        assert set(tasks) == {"give_feedback", "propose_closing"}
        assert [(each.user_name, each.leaving_reason) for each in past] == [
            ("tom", "Andere dienst"),
            ("leila", ""),
        ]

    def test_the_new_one_leads_the_body_and_the_old_one_stays_a_member(
        self, loop, number
    ):
        self.resign(loop, number)
        key = loop.group(number).body_key
        with loop.engine.reading() as work:
            without = bodies.body(work.session, key).chair
        loop.do(number, "replace_responsible", by="an", responsible="leila")

        with loop.engine.reading() as work:
            chair = bodies.body(work.session, key).chair
            members = bodies.members_on(work.session, key, date(2026, 3, 2))
        capacities = {each.user_name: each.capacity for each in members}
        assert (without, chair) == (None, "leila")
        assert capacities["leila"] == "Verantwoordelijke voor de terugkoppeling"
        assert capacities["tom"] == "Lid van de werkgroep"
        assert len(members) == 4

    def test_after_a_month_without_one_the_chair_hears_it(self, loop, number):
        self.resign(loop, number)
        loop.pass_time(days=31)

        to = [name for name, subject in loop.mails() if "Herinnering" in subject]
        assert to == ["eva", "griet"]

    def test_what_the_college_noted_is_not_forgotten(self, loop, number):
        loop.send(number, "college_took_note")
        self.resign(loop, number)
        loop.do(number, "replace_responsible", by="an", responsible="leila")

        assert loop.group(number).status is GroupStatus.ACTIVE_NOTED

    def test_he_leaves_once(self, loop, number):
        self.resign(loop, number)

        with pytest.raises(NotAllowedNowError):
            self.resign(loop, number, by="an")

    def test_a_member_does_not_send_him_away(self, loop, number):
        with pytest.raises(ForbiddenError):
            self.resign(loop, number, by="leila")

    def test_an_unfit_successor_is_refused(self, loop, number):
        self.resign(loop, number)

        with pytest.raises(AnswersRefusedError):
            loop.do(number, "replace_responsible", by="an", responsible="hilde")


class TestClosing:
    @pytest.fixture
    def number(self, loop):
        number = loop.founded()
        loop.over("KG-2026-1")
        loop.meeting("KG-2026-2", loop.clock.now() + timedelta(days=10))
        loop.do(
            number,
            "propose_closing",
            by="tom",
            final_report="Zes keer vergaderd.",
            answer="Ja, met een voorrang van een vijfde.",
        )
        loop.pass_time(days=10, hours=1)
        return number

    def decide(self, loop, number, *, agreed=True, reason="", by="griet"):
        with loop.engine.transaction() as work:
            service.decide_closing(
                work,
                loop.engine,
                number,
                ClosingDecision(agreed=agreed, reason=reason),
                by=people.actor(work, by),
            )

    def test_the_asker_sees_the_answer_and_the_loop_is_closed(self, loop, number):
        self.decide(loop, number)
        with loop.engine.transaction() as work:
            seen = [
                service.see_answer(work, number, by=people.actor(work, name))
                for name in ("an", "nadia", "nadia")
            ]

        question, group = loop.question(number), loop.group(number)
        with loop.engine.reading() as work:
            body = bodies.body(work.session, group.body_key)
            (report,) = papers.papers_of(work.session, "KG-2026-2")
        assert report.kind is PaperKind.WORK_GROUP_REPORT
        assert question.status is QuestionStatus.CLOSED
        assert question.answer == "Ja, met een voorrang van een vijfde."
        assert loop.mails()[-1] == (
            "nadia",
            "Antwoord op beleidsvraag BV-2026-1",
        )
        assert seen == [False, True, False]
        assert question.answer_seen_at is not None
        assert (group.status, body.ends_on) == (GroupStatus.CLOSED, date(2026, 3, 12))
        assert loop.incidents() == []

    def test_a_refused_closing_lets_the_group_go_on_and_propose_again(
        self, loop, number
    ):
        self.decide(loop, number, agreed=False, reason="Werk het reglement uit.")

        assert loop.group(number).is_active
        assert "propose_closing" in loop.tasks(number)

    def test_a_refusal_needs_a_reason(self, loop, number):
        with pytest.raises(InvalidDataError):
            self.decide(loop, number, agreed=False)

    def test_the_second_secretary_is_told_who_decided(self, loop, number):
        self.decide(loop, number)

        with pytest.raises(NotAllowedNowError, match="Griet Declercq"):
            self.decide(loop, number, by="an")


class TestMeetings:
    @pytest.fixture
    def number(self, loop):
        number = loop.founded()
        loop.pass_time(days=10)
        return number

    def record(self, loop, number, held_on, *, by="tom", note="Eerste verkenning"):
        with loop.engine.transaction() as work:
            service.record_meeting(
                work, number, held_on=held_on, note=note, by=people.actor(work, by)
            )

    def test_a_held_meeting_is_noted(self, loop, number):
        self.record(loop, number, date(2026, 3, 9))

        with loop.engine.reading() as work:
            (found,) = repository.meetings_of(work.session, number)
        assert (found.held_on, found.recorded_by) == (date(2026, 3, 9), "tom")

    @pytest.mark.parametrize(
        "day", [date(2026, 3, 13), date(2026, 3, 1)], ids=["tomorrow", "before it was"]
    )
    def test_a_day_that_cannot_be_is_refused(self, loop, number, day):
        with pytest.raises(InvalidDataError) as caught:
            self.record(loop, number, day)
        assert set(caught.value.problems) == {"held_on"}

    def test_the_same_day_counts_once(self, loop, number):
        self.record(loop, number, date(2026, 3, 9))

        with pytest.raises(InvalidDataError, match="al genoteerd"):
            self.record(loop, number, date(2026, 3, 9))
