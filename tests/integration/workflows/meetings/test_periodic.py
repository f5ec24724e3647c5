"""A quarterly meeting with partners: each hears of his own cases only."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.errors import AnswersRefusedError
from tests.integration.workflows.conftest import OFFER
from workflows.actions import repository as actions
from workflows.actions.model import DecisionQuery
from workflows.bodies import sharing
from workflows.cases import repository as cases
from workflows.cases import service as case_service
from workflows.cases.model import CaseKind
from workflows.cases.service import NewCase
from workflows.meetings import points
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.points import Handed
from workflows.minutes import drafting
from workflows.minutes.drafting import NewDraftAction
from workflows.minutes.reading import for_organisations, record_of
from workflows.papers.model import PaperKind
from workflows.papers.tables import PaperRow
from workflows.people import repository as people
from workflows.people.model import OrganisationKind

BODY = "quality_quarterly"
MEETS = datetime(2026, 4, 16, 12, tzinfo=UTC)


@pytest.fixture
def number(table):
    """A meeting whose call for points went out."""
    number = table.plan(BODY, MEETS).number
    table.pass_to(datetime(2026, 4, 2, 8, tzinfo=UTC))
    return number


def a_case(table, street):
    new = NewCase(kind=CaseKind.SVK_INTAKE, data=OFFER | {"street": street})
    with table.writing() as work:
        return case_service.open_case(
            work, table.engine, new, by=table.actor("sofie")
        ).number


def share(table, case_number, kind):
    with table.writing() as work:
        (partner,) = people.organisations(work.session, kinds=[kind])
        sharing.share(
            work, case_number, organisation_id=partner.id,
            legal_ground="Protocol", by=table.actor("griet"),
        )  # fmt: skip
    return partner.id


def choose(table, number, case_number, title):
    with table.writing() as work:
        handed = Handed(title=title, case=case_number)
        return points.hand_in(work, number, handed, by=table.actor("an"))


def test_a_selected_case_that_no_partner_may_see_is_refused(table, number):
    case = a_case(table, "Zandpoortvest")
    choose(table, number, case, "Eerste dossier")

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(number, "select_cases", by="an", selection_remarks="")
    share(table, case, OrganisationKind.HOUSING_INSPECTORATE)
    table.do(number, "select_cases", by="an", selection_remarks="")

    assert case in caught.value.problems["selection_remarks"]
    assert "select_cases" not in table.tasks(number)
    assert table.incidents() == []


def test_a_partner_hands_in_only_a_case_that_he_may_see(table, number):
    case = a_case(table, "Zandpoortvest")
    handed = Handed(title="Mijn dossier", case=case)

    with table.writing() as work, pytest.raises(Exception, match="mag het niet zien"):
        points.hand_in(work, number, handed, by=table.actor("wim"))
    share(table, case, OrganisationKind.HOUSING_INSPECTORATE)
    with table.writing() as work:
        point = points.hand_in(work, number, handed, by=table.actor("wim"))

    assert (point.kind, point.case_number) == (PointKind.CASE, case)


@pytest.fixture
def concluded(table, number):
    """The meeting with two cases, each shared with one partner, minutes approved."""
    seen = a_case(table, "Zandpoortvest"), a_case(table, "Hanswijkvaart")
    kinds = (
        OrganisationKind.HOUSING_INSPECTORATE,
        OrganisationKind.NEIGHBOURHOOD_POLICE,
    )
    owners = [share(table, case, kind) for case, kind in zip(seen, kinds, strict=True)]
    chosen = [choose(table, number, case, f"Over {case}") for case in seen]
    table.do(number, "select_cases", by="an", selection_remarks="")
    table.pass_to(MEETS)
    table.everybody_came(number)
    table.do(number, "record_attendance", by="an", attendance_complete=True)
    table.write_everything(number)
    for point, case in zip(chosen, seen, strict=True):
        current = next(each for each in table.points(number) if each.id == point.id)
        table.write(current, discussion="Besproken", decision=f"Besluit bij {case}.")
        with table.writing() as work:
            new = NewDraftAction(
                text=f"Nakijken {case}", owner="tom", due_on=date(2026, 5, 20)
            )
            drafting.add_action(work, point.id, new, by=table.actor("an"))
    table.do(number, "draft_minutes", by="an", minutes_ready=True)
    table.pass_days(11)
    table.do(number, "approve_minutes", by="griet", approval_choice="approve")
    return number, seen, owners


def papers_by_audience(table, number):
    with table.reading() as work:
        rows = work.session.query(PaperRow).filter_by(
            meeting_number=number, kind=PaperKind.MINUTES
        )
        return {row.audience: str(row.data) for row in rows}


def test_the_minutes_of_a_partner_name_his_cases_and_no_others(table, concluded):
    number, (first, second), (inspectorate, police) = concluded
    told = papers_by_audience(table, number)

    assert first in told[str(inspectorate)]
    assert second not in told[str(inspectorate)]
    assert second in told[str(police)]
    assert first not in told[str(police)]
    assert first in told["city"]
    assert second in told["city"]


def test_a_free_point_that_names_a_hidden_case_is_left_out_and_people_are_not_named(
    table, number
):
    case = a_case(table, "Zandpoortvest")
    other = a_case(table, "Hanswijkvaart")
    partner = share(table, case, OrganisationKind.HOUSING_INSPECTORATE)
    about = choose(table, number, case, "Een dossier")
    with table.writing() as work:
        handed = Handed(title="Ook nog", explanation=f"Zie {other}.")
        points.hand_in(work, number, handed, by=table.actor("an"))
    table.write(about, discussion="Jan Janssens wil verkopen.")
    with table.reading() as work:
        record = for_organisations(work, record_of(work, number), [partner])

    told = {point.title: point.discussion for point in record.points}
    assert "Ook nog" not in told
    assert told["Een dossier"] == "[weggelaten] wil verkopen."


@pytest.mark.usefixtures("concluded")
def test_each_partner_gets_his_own_minutes_by_mail(table):
    sent = [mail for mail in table.mails() if mail.subject.startswith("Verslag:")]
    contents = {mail.name: mail.attachments[0].content for mail in sent}

    assert set(contents) == {
        "Dirk Stevens",
        "Griet Declercq",
        "Hilde Baert",
        "Tom Wouters",
        "Wim Cools",
    }
    assert contents["Griet Declercq"] == contents["Tom Wouters"]
    assert (
        len({contents[n] for n in ("Griet Declercq", "Wim Cools", "Dirk Stevens")}) == 3
    )


def test_a_decision_on_a_case_stands_with_the_case_and_its_action_too(table, concluded):
    _, (first, _), _ = concluded

    with table.reading() as work:
        query = DecisionQuery(case_number=first)
        (decided,) = actions.decisions(work.session, query).decisions
        (listed,) = actions.actions_of_case(work.session, first)
    assert decided.decision.text == f"Besluit bij {first}."
    assert listed.action.text == f"Nakijken {first}"
    assert "carry_out_action" in table.tasks(first)
    table.do(first, "carry_out_action", by="tom", action_result="Nagekeken.")
    with table.reading() as work:
        (done,) = actions.actions_of_case(work.session, first)
        notes = [note.text for note in cases.notes(work.session, first)]
    assert done.action.result == "Nagekeken."
    assert not any("Nagekeken." in note for note in notes)  # the applicant reads them


def test_a_quarterly_meeting_closes_only_when_the_next_has_a_date(table, concluded):
    number, _, _ = concluded

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(number, "plan_next", by="an", next_remarks="")
    table.plan(BODY, table.clock.now() + timedelta(days=80))
    table.do(number, "plan_next", by="an", next_remarks="")

    assert "Plan eerst de volgende" in caught.value.problems["next_remarks"]
    assert table.meeting(number).status is MeetingStatus.CLOSED
    assert table.incidents() == []
