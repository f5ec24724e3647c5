"""From a held meeting to minutes that the college noted, on both databases."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import jsonschema_rs
import pytest

from engine.errors import AnswersRefusedError, TaskNotOpenError
from tests.integration.workflows.meetings.conftest import IN_SIX_WEEKS
from workflows.actions import repository as actions
from workflows.actions import service as action_service
from workflows.actions.model import ActionState, DecisionQuery
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.meetings import repository
from workflows.meetings.model import MeetingStatus, Presence
from workflows.minutes import drafting
from workflows.minutes.drafting import NewDraftAction
from workflows.minutes.export import linked_data
from workflows.minutes.model import MinutesState
from workflows.minutes.reading import record_of
from workflows.minutes.repository import comments_of, minutes_of
from workflows.papers import repository as papers
from workflows.papers.model import PaperKind
from workflows.people import service as people

SCHEMA = json.loads(
    files("workflows.minutes").joinpath("export.schema.json").read_text("utf-8")
)


def at_the_session(table, body_key="core_group"):
    """Lead a meeting to its session, with what it needed on the way."""
    number = table.plan(body_key).number
    table.pass_to(datetime(2026, 3, 19, 8, tzinfo=UTC))
    table.do(number, "open_agenda", by="an", agenda_remarks="")
    table.pass_to(datetime(2026, 4, 3, 8, tzinfo=UTC))
    table.do(number, "approve_agenda", by="eva", agenda_approved=True)
    table.pass_to(IN_SIX_WEEKS)
    return number


def held(table, **others):
    number = at_the_session(table)
    table.everybody_came(number, **others)
    table.do(number, "record_attendance", by="an", attendance_complete=True)
    return number


def with_comments(table):
    """Lead a meeting to the round of comments."""
    number = held(table)
    table.write_everything(number)
    table.do(number, "draft_minutes", by="an", minutes_ready=True)
    return number


def approved(table):
    number = with_comments(table)
    first = table.points(number)[0]
    table.write(
        first, discussion="Het aanbod.", decision="De lijst gaat naar het college."
    )
    with table.writing() as work:
        new = NewDraftAction(
            text="De lijst bezorgen", owner="griet", due_on=date(2026, 4, 20)
        )
        drafting.add_action(work, first.id, new, by=table.actor("an"))
    table.pass_days(11)
    table.do(number, "approve_minutes", by="eva", approval_choice="approve")
    return number


def state(table, number):
    with table.reading() as work:
        return minutes_of(work.session, number).state(work.now)


def test_a_meeting_without_everybodys_attendance_stays_open(table):
    number = at_the_session(table)

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(number, "record_attendance", by="an", attendance_complete=True)
    table.everybody_came(number)
    table.do(number, "record_attendance", by="an", attendance_complete=True)

    assert "Nadia Amrani" in caught.value.problems["attendance_complete"]
    assert table.meeting(number).status is MeetingStatus.HELD
    assert table.incidents() == []


def test_a_housing_company_that_stays_away_is_noted(table):
    number = held(table, Amrani=Presence.ABSENT)

    assert (
        "Woonmaatschappij Dijleland moest aanwezig zijn, maar stuurde niemand."
        in table.lines(number)
    )


def test_who_stays_away_twice_in_a_row_is_told_to_the_alderman(table):
    held(table, Amrani=Presence.ABSENT)
    second = table.plan(starts_at=IN_SIX_WEEKS + timedelta(days=60)).number
    table.pass_to(IN_SIX_WEEKS + timedelta(days=60))
    table.everybody_came(second, Amrani=Presence.ABSENT)
    table.do(second, "record_attendance", by="an", attendance_complete=True)

    found = [m for m in table.mails() if m.subject.startswith("Twee keer na elkaar")]
    assert [mail.to for mail in found] == ["eva@mechelen.example"]
    assert "donderdag 16 april 2026" in found[0].text


def test_minutes_that_say_nothing_of_a_point_are_not_ready(table):
    number = held(table)
    for point in table.points(number)[1:]:
        table.write(point, discussion="Besproken")

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(number, "draft_minutes", by="an", minutes_ready=True)

    assert (
        "1. Stand van het sociaal woonaanbod" in caught.value.problems["minutes_ready"]
    )


def test_members_comment_within_the_term_and_the_secretary_answers(table):
    number = with_comments(table)
    with table.writing() as work:
        drafting.comment(
            work, number, "Het was 12 woningen.", point_id=None, by=table.actor("nadia")
        )
    with table.reading() as work:
        (said,) = comments_of(work.session, number)
    with table.writing() as work:
        drafting.handle_comment(work, said.id, "Verbeterd.", by=table.actor("an"))
    table.pass_days(11)

    assert [m.to for m in table.mails() if m.subject.startswith("Ontwerp van verslag")]
    with table.reading() as work:
        (handled,) = comments_of(work.session, number)
    assert (handled.by, handled.answer, handled.handled_by) == (
        "nadia",
        "Verbeterd.",
        "an",
    )
    with (
        table.writing() as work,
        pytest.raises(NotAllowedNowError, match="Opmerkingen"),
    ):
        drafting.comment(
            work, number, "Nog iets", point_id=None, by=table.actor("nadia")
        )


def test_approval_locks_the_minutes_and_starts_what_they_decided(table):
    number = approved(table)

    (action,) = table.actions(number)
    assert state(table, number) is MinutesState.SENT
    assert (action.number, action.owner, action.state) == (
        "AP-2026-1",
        "griet",
        ActionState.OPEN,
    )
    assert set(table.tasks("AP-2026-1")) == {"carry_out_action"}
    with table.reading() as work:
        (found,) = actions.decisions(work.session, DecisionQuery()).decisions
    assert found.decision.text == "De lijst gaat naar het college."
    assert found.decision.decided_on == IN_SIX_WEEKS.date()
    with pytest.raises(NotAllowedNowError, match="goedgekeurd"):
        table.write(table.points(number)[0], discussion="Anders")


def test_an_action_point_is_done_in_the_task_list_of_its_owner(table):
    number = approved(table)
    table.do("AP-2026-1", "carry_out_action", by="griet", action_result="Bezorgd.")

    (action,) = table.actions(number)
    assert (action.state, action.result, action.done_by) == (
        ActionState.DONE,
        "Bezorgd.",
        "griet",
    )
    assert table.tasks("AP-2026-1") == {}


def test_an_action_point_is_dropped_with_a_reason_only_once(table):
    number = approved(table)
    (action,) = table.actions(number)

    def drop(reason):
        with table.writing() as work:
            action_service.drop(
                work, table.engine, action.id, reason=reason, by=table.actor("griet")
            )

    with pytest.raises(InvalidDataError):
        drop(" ")
    drop("Niet meer nodig")
    with pytest.raises(NotAllowedNowError, match="De laatste stap was van griet"):
        drop("Nog eens")

    assert table.actions(number)[0].state is ActionState.DROPPED
    assert table.tasks("AP-2026-1") == {}


def test_the_minutes_go_to_the_members_and_to_flanders_once_each(table):
    number = approved(table)

    sent = [mail for mail in table.mails() if mail.subject.startswith("Verslag:")]
    assert sorted(mail.name for mail in sent) == [
        "Bram Verbeeck",
        "Eva Lambrecht",
        "Hilde Baert",
        "Nadia Amrani",
        "Wonen in Vlaanderen",
    ]
    assert {mail.attachments[0].name for mail in sent} == {f"verslag-{number}.pdf"}
    assert sent[0].attachments[0].content.startswith(b"%PDF")


def test_the_college_takes_note_and_the_meeting_is_closed(table):
    number = approved(table)

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(
            number, "take_note", by="ines",
            noted_on=date(2026, 4, 1), decision_reference="CBS 12",
        )  # fmt: skip
    table.do(
        number, "take_note", by="ines",
        noted_on=date(2026, 4, 27), decision_reference="CBS 12",
    )  # fmt: skip

    assert "vóór de vergadering" in caught.value.problems["noted_on"]
    assert state(table, number) is MinutesState.NOTED
    assert table.meeting(number).status is MeetingStatus.CLOSED
    assert table.incidents() == []
    with table.reading() as work:
        kinds = {each.kind for each in papers.papers_of(work.session, number)}
    assert {
        PaperKind.MINUTES,
        PaperKind.MINUTES_EXPORT,
        PaperKind.COLLEGE_NOTE,
    } <= kinds


def test_minutes_that_are_sent_back_are_drafted_again(table):
    number = with_comments(table)
    table.pass_days(11)
    table.do(
        number, "approve_minutes", by="eva",
        approval_choice="send_back", approval_remarks="Punt 3 klopt niet",
    )  # fmt: skip

    assert set(table.tasks(number)) == {"draft_minutes"}
    assert table.write(table.points(number)[2], discussion="Verbeterd") > 1


def test_minutes_are_approved_by_the_chair_whoever_got_the_task(table):
    number = with_comments(table)
    table.pass_days(11)
    task = table.tasks(number)["approve_minutes"]
    with table.writing() as work:
        table.engine.tasks.assign(work, task.id, to="griet", by="griet")

    with pytest.raises(AnswersRefusedError) as caught:
        table.do(number, "approve_minutes", by="griet", approval_choice="approve")

    assert "Alleen de voorzitter" in caught.value.problems["approval_choice"]
    assert state(table, number) is MinutesState.TO_APPROVE


def test_of_two_who_approve_the_second_hears_who_was_first(table):
    number = with_comments(table)
    table.pass_days(11)
    task = table.tasks(number)["approve_minutes"]

    def approve():
        with table.writing() as work:
            table.engine.tasks.complete(
                work, task.id, data={"approval_choice": "approve"}, by="eva"
            )

    approve()
    with pytest.raises(TaskNotOpenError) as caught:
        approve()

    assert (caught.value.by, caught.value.at) == ("eva", table.clock.now())


def test_the_export_is_valid_and_says_what_the_minutes_say(table):
    number = approved(table)
    with table.reading() as work:
        member = next(iter(repository.attendance_of(work.session, number)))
        record = record_of(work, number)
    uri = "http://data.lblod.info/id/mandatarissen/1"
    document = linked_data(replace(record, uris={member.member_id: uri}))

    jsonschema_rs.validator_for(SCHEMA, validate_formats=True).validate(document)
    assert document["@type"] == "besluit:Zitting"
    assert len(document["besluit:behandelt"]) == len(document["@included"]) == 11
    (decision,) = document["@included"][0]["prov:generated"]
    assert decision["prov:value"] == "De lijst gaat naar het college."
    present = {
        each["foaf:name"]: each for each in document["besluit:heeftAanwezigeBijStart"]
    }
    assert present[member.member_name]["@id"] == uri
    assert present[member.member_name]["@type"] == "mandaat:Mandataris"
    assert present["Nadia Amrani"]["@type"] == "foaf:Person"
    assert "@id" not in present["Nadia Amrani"]


def test_the_schema_of_the_export_refuses_a_decision_without_text(table):
    number = approved(table)
    with table.reading() as work:
        document = linked_data(record_of(work, number))
    del document["@included"][0]["prov:generated"][0]["prov:value"]

    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(SCHEMA).validate(document)


@pytest.mark.parametrize("owner", ["hilde", "sofie", "griet", "nobody"])
def test_who_gets_no_tasks_of_the_city_is_handed_no_action_point(table, owner):
    number = held(table)
    with table.writing() as work:
        people.set_active(work, "griet", active=False)
    new = NewDraftAction(text="Nagaan", owner=owner, due_on=date(2026, 5, 20))

    with pytest.raises(InvalidDataError) as caught, table.writing() as work:
        drafting.add_action(work, table.points(number)[0].id, new, by=table.actor("an"))
    assert set(caught.value.problems) == {"owner"}
