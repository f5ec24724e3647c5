"""Use cases of people around policy questions and work groups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import BUNDLE_KEY
from workflows.bodies.service import subject_of
from workflows.calendar import day_in_words, local_day
from workflows.cases.service import CaseEngine
from workflows.errors import ForbiddenError, InvalidDataError, NotAllowedNowError
from workflows.meetings.model import PointKind
from workflows.numbering.repository import next_number
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, may, require
from workflows.work_groups import agenda, repository
from workflows.work_groups.model import (
    DECIDED_AS,
    PROCESS_ID,
    SERIES,
    Choice,
    PolicyQuestion,
    QuestionStatus,
    WorkGroup,
)
from workflows.work_groups.tables import PolicyQuestionRow, WorkGroupMeetingRow

LONGEST_TITLE = 120
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """What somebody asks the coordination group."""

    title: str
    question: str
    reason: str
    wished_result: str = ""
    wished_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroupDecision:
    """What the coordination group decides about a question, and why."""

    decision: Choice
    reason: str = ""
    other_group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingDecision:
    """Whether the coordination group lets a work group close."""

    agreed: bool
    reason: str = ""


def ask(
    work: UnitOfWork, engine: CaseEngine, new: NewQuestion, *, by: Actor
) -> PolicyQuestion:
    """Ask a policy question; its process puts it on the next agenda.

    Any member of a body and all city staff may. Raise ``InvalidDataError`` for
    what is missing.
    """
    require_may_ask(work, by)
    problems = _problems_of(new, local_day(work.now))
    if problems:
        raise InvalidDataError(problems)
    number = _next(work)
    row = PolicyQuestionRow(
        number=number,
        title=" ".join(new.title.split()),
        question=new.question.strip(),
        reason=new.reason.strip(),
        wished_result=new.wished_result.strip(),
        wished_on=new.wished_on,
        asked_by=by.name,
        asked_at=work.now,
        status=QuestionStatus.ASKED,
        decision_reason="",
        other_group="",
        answer="",
    )
    work.session.add(row)
    work.session.flush()
    instance = engine.instances.start(
        work,
        bundle_key=BUNDLE_KEY,
        process_id=PROCESS_ID,
        variables={"question_number": number, "asked_by": by.name},
        business_key=number,
        label=row.title,
        by=by.name,
    )
    row.instance_id = instance.id
    work.session.flush()
    return repository.question(work.session, number)


def require_may_ask(work: UnitOfWork, by: Actor) -> None:
    """Raise ``ForbiddenError`` for who is neither of the city nor of any body."""
    require(by, Action.ASK_POLICY_QUESTION)
    if by.is_city:
        return
    seats = bodies.bodies_of(
        work.session,
        user_name=by.name,
        organisation_ids=by.organisation_ids,
        day=local_day(work.now),
    )
    if not seats:
        sentence = "U of uw organisatie zit in geen enkel overlegorgaan."
        raise ForbiddenError(Action.ASK_POLICY_QUESTION, sentence)


def decide(
    work: UnitOfWork,
    engine: CaseEngine,
    question_number: str,
    decision: WorkGroupDecision,
    *,
    by: Actor,
) -> PolicyQuestion:
    """Note what the meeting decided about a question, once.

    Raise ``NotAllowedNowError`` when that was done, with who and when.
    """
    row = repository.question_row(work.session, question_number, locked=True)
    point, meeting = agenda.deciding_point(
        work, question_number, PointKind.QUESTION, by=by
    )
    agenda.refuse_decided(work, question_number, by=row.decided_by, at=row.decided_at)
    decision = _checked(decision)
    row.choice = decision.decision
    row.status = DECIDED_AS[decision.decision]
    row.decision_reason = decision.reason
    row.other_group = decision.other_group
    row.decided_in = meeting.number
    row.decided_at = work.now
    row.decided_by = by.name
    work.session.flush()
    agenda.write_decision(work, point, _decision_in_words(decision), by=by)
    variables = {
        "decision": decision.decision.value,
        "decision_reason": decision.reason,
        "other_group": decision.other_group,
    }
    engine.messages.correlate(
        work,
        name="question_decided",
        correlation_key=question_number,
        variables=variables,
        by=by.name,
    )
    return repository.question(work.session, question_number)


def decide_closing(
    work: UnitOfWork,
    engine: CaseEngine,
    question_number: str,
    decision: ClosingDecision,
    *,
    by: Actor,
) -> WorkGroup:
    """Note whether the meeting lets a work group close, once."""
    row = repository.group_row(work.session, question_number, locked=True)
    point, meeting = agenda.deciding_point(
        work, question_number, PointKind.CLOSING, by=by
    )
    agenda.refuse_decided(
        work,
        question_number,
        by=row.closing_decided_by,
        at=row.closing_decided_at,
    )
    reason = decision.reason.strip()
    if not decision.agreed and not reason:
        sentence = "Schrijf waarom de werkgroep nog niet kan afsluiten."
        raise InvalidDataError({"reason": sentence})
    row.closing_agreed = decision.agreed
    row.closing_reason = reason
    row.closing_decided_in = meeting.number
    row.closing_decided_at = work.now
    row.closing_decided_by = by.name
    work.session.flush()
    words = "De werkgroep sluit af." if decision.agreed else "De werkgroep gaat verder."
    agenda.write_decision(work, point, f"{words} {reason}".strip(), by=by)
    engine.messages.correlate(
        work,
        name="closing_decided",
        correlation_key=question_number,
        variables={"agreed": decision.agreed, "decision_reason": reason},
        by=by.name,
    )
    return repository.group(work.session, question_number)


def resign(
    work: UnitOfWork,
    engine: CaseEngine,
    question_number: str,
    *,
    reason: str,
    by: Actor,
) -> None:
    """Tell that the responsible of a work group leaves; a new one is asked for."""
    row = repository.group_row(work.session, question_number, locked=True)
    found = repository.group(work.session, question_number)
    require_leads(work, found, by)
    if not found.is_active or found.without_since is not None:
        sentence = (
            f"De werkgroep {found.name} heeft nu geen verantwoordelijke die kan"
            f" stoppen: ze is {found.status_name.lower()}."
        )
        raise NotAllowedNowError(question_number, found.status, sentence)
    if not reason.strip():
        problem = "Schrijf waarom de verantwoordelijke stopt."
        raise InvalidDataError({"reason": problem})
    present = repository.present_responsible_row(work.session, question_number)
    if present is not None:
        present.ends_at = work.now
        present.leaving_reason = reason.strip()
    row.without_since = work.now
    work.session.flush()
    engine.messages.correlate(
        work,
        name="responsible_leaves",
        correlation_key=question_number,
        variables={},
        by=by.name,
    )


def record_meeting(
    work: UnitOfWork, question_number: str, *, held_on: date, note: str, by: Actor
) -> None:
    """Note a meeting that the work group held, so that its frequency can be checked."""
    found = repository.group(work.session, question_number)
    require_leads(work, found, by)
    problems = {}
    if held_on > local_day(work.now):
        problems["held_on"] = "Noteer een vergadering pas als ze gehouden is."
    elif held_on < local_day(found.founded_at):
        founded = day_in_words(local_day(found.founded_at))
        problems["held_on"] = f"De werkgroep bestaat pas sinds {founded}."
    elif held_on in {
        each.held_on for each in repository.meetings_of(work.session, question_number)
    }:
        problems["held_on"] = "De vergadering van die dag is al genoteerd."
    if not note.strip() or len(note) > LONGEST_TEXT:
        problems["note"] = "Schrijf in een paar woorden waarover het ging."
    if problems:
        raise InvalidDataError(problems)
    row = WorkGroupMeetingRow(
        id=new_id(work.now),
        question_number=question_number,
        held_on=held_on,
        note=note.strip(),
        recorded_at=work.now,
        recorded_by=by.name,
    )
    work.session.add(row)
    work.session.flush()


def see_answer(work: UnitOfWork, question_number: str, *, by: Actor) -> bool:
    """Note that the asker opened the answer: the loop is closed.

    Tell whether that was now, for the first time.
    """
    row = repository.question_row(work.session, question_number)
    if row.asked_by != by.name or row.answered_at is None or row.answer_seen_at:
        return False
    row.answer_seen_at = work.now
    work.session.flush()
    return True


def subject_of_question(work: UnitOfWork, question_number: str) -> Subject:
    """Return who has to do with a question: the bodies, the group, the asker."""
    question = repository.question(work.session, question_number)
    group = repository.group_or_none(work.session, question_number)
    keys = agenda.coordination_keys(work) + ([group.body_key] if group else [])
    found = [subject_of(work, key) for key in keys]
    users = frozenset({question.asked_by} | ({group.responsible} if group else set()))
    return Subject(
        body_users=users.union(*(each.body_users for each in found)),
        body_organisations=frozenset().union(
            *(each.body_organisations for each in found)
        ),
    )


def require_leads(work: UnitOfWork, group: WorkGroup, by: Actor) -> None:
    """Raise ``ForbiddenError`` for who neither answers for a group nor runs bodies."""
    require(by, Action.GIVE_FEEDBACK, subject_of_question(work, group.question_number))
    if leads(group, by):
        return
    sentence = "Alleen de verantwoordelijke van de werkgroep of de dienst doet dit."
    raise ForbiddenError(Action.GIVE_FEEDBACK, sentence)


def leads(group: WorkGroup, actor: Actor) -> bool:
    """Tell whether somebody answers for a group, stands in, or runs the bodies."""
    names = actor.stands_in_for | {actor.name}
    return group.responsible in names or may(actor, Action.MANAGE_BODIES)


def _next(work: UnitOfWork) -> str:
    year = local_day(work.now).year
    return f"BV-{year}-{next_number(work.session, SERIES, year)}"


def _problems_of(new: NewQuestion, today: date) -> Mapping[str, str]:
    missing = {
        "title": (new.title, "Geef de vraag een korte titel."),
        "question": (new.question, "Schrijf de beleidsvraag."),
        "reason": (new.reason, "Schrijf waarom deze vraag nu gesteld wordt."),
    }
    problems = {
        name: words for name, (text, words) in missing.items() if not text.strip()
    }
    if len(new.title) > LONGEST_TITLE:
        problems["title"] = f"Houd de titel op hoogstens {LONGEST_TITLE} tekens."
    for name in ("question", "reason", "wished_result"):
        if len(getattr(new, name)) > LONGEST_TEXT:
            problems[name] = f"Schrijf hoogstens {LONGEST_TEXT} tekens."
    if new.wished_on is not None and new.wished_on <= today:
        problems["wished_on"] = "Kies een dag na vandaag, of laat dit leeg."
    return problems


def _checked(decision: WorkGroupDecision) -> WorkGroupDecision:
    sound = replace(
        decision,
        reason=decision.reason.strip(),
        other_group=decision.other_group.strip(),
    )
    problems = {}
    if sound.decision is not Choice.FOUND and not sound.reason:
        problems["reason"] = (
            "Schrijf de reden: ze komt in het verslag en bij de vraagsteller."
        )
    if sound.decision is Choice.OTHER_GROUP and not sound.other_group:
        problems["other_group"] = "Noem de groep die de vraag overneemt."
    if problems:
        raise InvalidDataError(problems)
    return sound


def _decision_in_words(decision: WorkGroupDecision) -> str:
    words = {
        Choice.FOUND: "Er komt een werkgroep; de verantwoordelijke wordt aangewezen.",
        Choice.NOT_FOUND: "Er komt geen werkgroep.",
        Choice.OTHER_GROUP: f"De vraag gaat naar {decision.other_group}.",
    }
    return f"{words[decision.decision]} {decision.reason}".strip()
