"""The page of minutes: what stands in them, for who writes and for who reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from web.task_view import names_of
from workflows.bodies.service import subject_of
from workflows.calendar import local_day
from workflows.meetings import repository
from workflows.meetings.model import OVER
from workflows.minutes import drafting
from workflows.minutes.model import STATE_NAMES, Comment, DraftAction, MinutesState
from workflows.minutes.reading import Eyes, Record, for_organisations, record_of
from workflows.minutes.repository import comments_of, draft_actions_of
from workflows.people.model import Actor
from workflows.people.rights import Action, may, reads_all_cases, require


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """The minutes of a meeting as a page shows them."""

    record: Record
    state: MinutesState
    names: Mapping[str, str]
    drafts: Mapping[UUID, list[DraftAction]]
    comments: list[Comment]
    owners: list[tuple[str, str]]
    writes: bool
    may_comment: bool
    readable: bool
    sent_back: str
    today: str

    @property
    def state_name(self) -> str:
        """How far they are, in Dutch."""
        return STATE_NAMES[self.state]

    def about(self, comment: Comment) -> str:
        """Name the point that a comment is about."""
        found = (p for p in self.record.points if p.id == comment.point_id)
        return next((f"{p.position}. {p.title}" for p in found), "het hele verslag")


def read_minutes(work: UnitOfWork, actor: Actor, number: str) -> MinutesView:
    """Return the minutes for *actor*; raise ``ForbiddenError`` if he may not read.

    A draft is for who writes it, until it is laid before the members.
    """
    meeting = repository.meeting(work.session, number)
    subject = subject_of(work, meeting.body_key)
    require(actor, Action.READ_MEETING, subject)
    whole = record_of(work, number)
    record = (
        whole
        if reads_all_cases(actor)
        else for_organisations(work, whole, actor.organisation_ids)
    )
    runs = may(actor, Action.RUN_MEETING)
    minutes = record.minutes
    return MinutesView(
        record=record,
        state=minutes.state(work.now),
        names=names_of(work),
        drafts=_drafts(work, actor, record),
        comments=_comments(work, actor, record),
        owners=[(each.name, each.full_name) for each in drafting.owners(work)]
        if runs
        else [],
        writes=runs and not minutes.is_locked and meeting.status not in OVER,
        may_comment=may(actor, Action.COMMENT_MINUTES, subject)
        and minutes.takes_comments(work.now),
        sent_back=_sent_back(work, record) if runs else "",
        readable=actor.is_city or minutes.comments_opened_at is not None,
        today=local_day(work.now).isoformat(),
    )


def _sent_back(work: UnitOfWork, record: Record) -> str:
    """Return why the chair sent the draft back, empty when it never was."""
    instance_id = record.meeting.instance_id
    if instance_id is None or record.minutes.is_locked:
        return ""
    told = services().engine.instances.variables(work, instance_id)
    if told.get("approval_choice") != "send_back":
        return ""
    return str(told.get("approval_remarks") or "")


def _drafts(
    work: UnitOfWork, actor: Actor, record: Record
) -> dict[UUID, list[DraftAction]]:
    """Return the action points that wait for the approval, by point."""
    listed = draft_actions_of(work.session, record.meeting.number)
    if not reads_all_cases(actor):
        eyes = Eyes(work, record.body.key, actor.organisation_ids)
        listed = [one for one in listed if eyes.read(one.case_number, one.text)]
    found: dict[UUID, list[DraftAction]] = {}
    for each in listed:
        found.setdefault(each.point_id, []).append(each)
    return found


def _comments(work: UnitOfWork, actor: Actor, record: Record) -> list[Comment]:
    """Return the comments; a partner sees those on points that he sees."""
    found = comments_of(work.session, record.meeting.number)
    if reads_all_cases(actor):
        return found
    eyes = Eyes(work, record.body.key, actor.organisation_ids)
    shown = {point.id for point in record.points} | {None}
    return [
        each for each in found if each.point_id in shown and eyes.read(None, each.text)
    ]
