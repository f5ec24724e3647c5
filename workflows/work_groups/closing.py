"""How the loop ends: the proposal to close, the final report, the answer."""

from sqlalchemy.orm import Session

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import account
from workflows.calendar import day_in_words, local_day
from workflows.meetings import repository as meetings
from workflows.papers import service as papers
from workflows.papers.model import MEMBERS, PaperKind
from workflows.papers.service import PaperDraft
from workflows.people import repository as people
from workflows.work_groups import agenda, founding, mails, repository
from workflows.work_groups.model import WorkGroup


def propose(
    work: UnitOfWork, question_number: str, *, final_report: str, answer: str, by: str
) -> None:
    """Propose to close a work group; it comes on the next agenda."""
    row = repository.group_row(work.session, question_number, locked=True)
    row.final_report = final_report
    row.proposed_answer = answer
    row.proposed_at = work.now
    row.closing_agreed = None
    row.closing_reason = ""
    row.closing_decided_in = None
    row.closing_decided_at = None
    row.closing_decided_by = None
    work.session.flush()
    group = repository.group(work.session, question_number)
    point = agenda.closing_point(group)
    agenda.put(work, point, agenda.coordination_keys(work), by=by)


def close(work: UnitOfWork, question_number: str, *, by: str) -> None:
    """Close a work group; its final report becomes a paper of the meeting."""
    group = founding.close(work, question_number)
    if group.closing_decided_in is None:
        return
    draft = PaperDraft(
        kind=PaperKind.WORK_GROUP_REPORT,
        audience=MEMBERS,
        title=f"Eindverslag van de werkgroep {group.name}",
        file_name=f"eindverslag-{question_number.casefold()}.pdf",
        data=_report(work, group),
    )
    papers.make(work, group.closing_decided_in, draft, by=by)


def answer(work: UnitOfWork, question_number: str, text: str) -> None:
    """Keep the answer to a question and mail it to who asked.

    Without a text of its own the answer is the reason of the decision.
    """
    row = repository.question_row(work.session, question_number, locked=True)
    group = repository.group_or_none(work.session, question_number)
    proposed = group.proposed_answer if group else ""
    other = f" De vraag gaat naar {row.other_group}." if row.other_group else ""
    row.answer = f"{text or proposed or row.decision_reason}{other}".strip()
    row.answered_at = work.now
    work.session.flush()
    to = account(work, row.asked_by)
    mails.write(work, "answered", question_number, to, answer=row.answer)


def _report(work: UnitOfWork, group: WorkGroup) -> dict[str, object]:
    """Return what the final report holds, as plain data for its template."""
    session = work.session
    number = group.question_number
    decided_in = meetings.meeting(session, group.closing_decided_in or "")
    ever = bodies.members_ever(session, group.body_key)
    return {
        "number": number,
        "name": group.name,
        "mandate": group.mandate,
        "frequency": group.frequency_in_words,
        "founded_on": day_in_words(local_day(group.founded_at)),
        "founded_in": group.founded_in or "",
        "noted_on": day_in_words(group.noted_on) if group.noted_on else "",
        "closed_on": day_in_words(local_day(work.now)),
        "closed_in": f"{decided_in.body_name} ({decided_in.number})",
        "question": _asked(session, number),
        "members": [{"name": each.name, "capacity": each.capacity} for each in ever],
        "responsibles": [
            {
                "name": each.full_name,
                "from": day_in_words(local_day(each.starts_at)),
                "until": day_in_words(local_day(each.ends_at)) if each.ends_at else "",
            }
            for each in repository.responsibles(session, number)
        ],
        "meetings": [
            {"day": day_in_words(each.held_on), "note": each.note}
            for each in reversed(repository.meetings_of(session, number))
        ],
        "feedback": [
            {
                "meeting": each.meeting_number,
                "day": day_in_words(local_day(each.meeting_at)),
                "state": each.state_name,
                "note": each.note,
            }
            for each in repository.feedback_of(session, number)
        ],
        "final_report": group.final_report,
        "answer": group.proposed_answer,
        "decision": group.closing_reason,
    }


def _asked(session: Session, number: str) -> dict[str, str]:
    question = repository.question(session, number)
    return {
        "title": question.title,
        "text": question.question,
        "reason": question.reason,
        "wished_result": question.wished_result,
        "asked_by": people.full_name(session, question.asked_by),
        "asked_on": day_in_words(local_day(question.asked_at)),
    }
