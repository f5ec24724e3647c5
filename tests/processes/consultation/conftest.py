"""The consultation family in memory: its files, and service tasks that remember."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.testing import Harness
from workflows.definitions import bundle

START = datetime(2026, 2, 2, 7, tzinfo=UTC)
MEETING = datetime(2026, 4, 21, 7, tzinfo=UTC)
NUMBER = "KG-2026-1"
QUESTION = "BV-2026-1"

DAYS = {
    "meeting_at": 0,
    "agenda_opens_at": -28,
    "call_at": -21,
    "items_until": -14,
    "approve_until": -10,
    "invite_at": -7,
    "list_at": -1,
    "close_until": 2,
    "minutes_until": 14,
    "note_until": 30,
}
"""Each term in days from the meeting, as the city has it by default."""

SILENT = (
    "meeting.open_agenda meeting.call_for_items meeting.ask_feedback"
    " meeting.approve_agenda meeting.check_selection meeting.invite meeting.held"
    " meeting.check_next meeting.remind meeting.close meeting.cancelled"
    " minutes.approve minutes.send college.note weekly.build_list weekly.close"
    " question.put_on_agenda question.answer work_group.found work_group.noted"
    " work_group.replace work_group.propose_closing work_group.close"
    " work_group.remind feedback.given feedback.missing feedback.missed"
    " action.remind action.finish remark.put_on_agenda remark.draft remark.answer"
    " year.check_plan year.check_duties year.close"
)


class City:
    """The service tasks of the city, as fakes that remember what was asked."""

    def __init__(self):
        self.calls = []
        self.meeting_at = MEETING
        self.work_groups = []
        self.founded = []
        self.comments_until = None
        self.replace_until = None
        self.refusals = {}

    def asked(self, kind):
        return [asked for name, asked in self.calls if name == kind]

    @property
    def kinds(self):
        return [name for name, _ in self.calls]

    @property
    def dates(self):
        return {n: self.meeting_at + timedelta(days=d) for n, d in DAYS.items()}

    def services(self):
        answers = {
            "meeting.dates": lambda asked: {"dates": self.dates},
            "meeting.work_groups": lambda asked: {"work_groups": self.work_groups},
            "minutes.open_comments": lambda asked: {
                "comments_until": self.comments_until
            },
            "college.noted": lambda asked: {"work_groups": self.founded},
            "work_group.without_responsible": lambda asked: {
                "replace_until": self.replace_until
            },
            "year.open": lambda asked: {
                "year": asked["year"],
                "sounding_board_by": datetime(int(asked["year"]), 10, 1, 6, tzinfo=UTC),
                "year_ends_at": datetime(int(asked["year"]), 12, 31, 22, tzinfo=UTC),
            },
        }
        answers |= dict.fromkeys(SILENT.split(), lambda asked: {})
        return {kind: self.remembered(kind, answer) for kind, answer in answers.items()}

    def remembered(self, kind, answer):
        def run(asked):
            if kind in self.refusals:
                raise self.refusals[kind]
            self.calls.append((kind, dict(asked)))
            return answer(asked)

        return run


class Meeting:
    """One meeting, told in the words of the people who prepare it."""

    def __init__(self, city, case):
        self.city = city
        self.case = case

    def planned(self, process_id="coordination_cycle", *, chair=None):
        self.case.start(
            process_id,
            meeting_number=NUMBER,
            body_key="kerngroep",
            body_name="Kerngroep",
            chair=chair,
            secretary="an",
        )
        return self

    def until(self, term, *, days=0):
        """Let the clock go on until a term, counted in *days* from it."""
        at = self.city.dates[term] + timedelta(days=days)
        self.case.advance(at - self.case.now)
        return self

    def invited(self):
        self.until("call_at").case.complete("open_agenda")
        self.until("items_until").case.complete("approve_agenda", agenda_approved=True)
        return self.until("invite_at")

    def held(self):
        self.until("meeting_at").case.complete(
            "record_attendance", attendance_complete=True
        )
        return self

    def drafted(self, *, comment_days=10):
        self.city.comments_until = self.case.now + timedelta(days=comment_days)
        self.case.complete("draft_minutes", minutes_ready=True)
        self.case.advance(days=comment_days)
        return self

    def approved(self):
        self.case.complete("approve_minutes", approval_choice="approve")
        return self

    def sent_back(self, why="punt 3 klopt niet"):
        self.case.complete(
            "approve_minutes", approval_choice="send_back", approval_remarks=why
        )
        return self

    def noted(self):
        self.case.complete(
            "take_note", noted_on=self.case.now.date(), decision_reference="CBS-12"
        )
        return self


class Group:
    """One policy question, told in the words of the people around it."""

    def __init__(self, city, case):
        self.city = city
        self.case = case

    def asked(self):
        self.case.start("work_group", question_number=QUESTION, asked_by="piet")
        return self

    def decided(self, decision, reason="besproken"):
        self.case.deliver(
            "question_decided",
            QUESTION,
            decision=decision,
            decision_reason=reason,
            other_group=None,
        )
        return self

    def founded(self, responsible="an"):
        self.asked().decided("found").case.complete(
            "appoint_responsible",
            responsible=responsible,
            group_name="Toewijzing",
            mandate="voorstel maken",
            members="An\nBea",
            frequency="maandelijks",
            ends_on=None,
        )
        return self

    def feedback_asked(self, number=NUMBER, *, days=28):
        meeting_at = self.case.now + timedelta(days=days)
        self.case.deliver(
            "feedback_asked",
            QUESTION,
            meeting_number=number,
            meeting_at=meeting_at,
            remind_at=meeting_at - timedelta(days=14),
            feedback_until=meeting_at - timedelta(days=7),
        )
        return self

    def left(self, *, replace_days=30):
        self.city.replace_until = self.case.now + timedelta(days=replace_days)
        self.case.deliver("responsible_leaves", QUESTION)
        return self

    def closing_proposed(self):
        self.case.complete("propose_closing", final_report="verslag", answer="ja")
        return self

    def closing_decided(self, *, agreed):
        self.case.deliver(
            "closing_decided", QUESTION, agreed=agreed, decision_reason="besproken"
        )
        return self


@pytest.fixture(scope="session")
def family():
    return bundle("consultation").files


@pytest.fixture
def city():
    return City()


@pytest.fixture
def case(family, city, runner):
    return Harness(
        files=family,
        services=city.services(),
        now=START,
        runner=runner,
        key="consultation",
    )


@pytest.fixture
def meeting(city, case):
    return Meeting(city, case)


@pytest.fixture
def group(city, case):
    return Group(city, case)


@pytest.fixture
def assignees(case):
    """Tell who has each open task in hand; a function from the element's id."""
    return lambda element_id: [
        task.assignee for task in case.tasks if task.element_id == element_id
    ]
