"""The one place that says who may do what.

``may`` and ``refusal`` are asked before each read and each write; the table
``ALLOWED`` gives the roles of an action; the checks below it look at the case
or task itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from workflows.errors import ForbiddenError
from workflows.people.model import Actor, Role


class Action(StrEnum):
    """What somebody wants to do; the value is also the scope of an API token."""

    READ_CASE = "read_case"
    OPEN_CASE = "open_case"
    NOTE_CASE = "note_case"
    WITHDRAW_CASE = "withdraw_case"
    REPORT_WORKS_DONE = "report_works_done"
    MANAGE_CASE = "manage_case"
    READ_DOCUMENT = "read_document"
    READ_UPLOAD = "read_upload"
    ADD_UPLOAD = "add_upload"
    READ_JOURNAL = "read_journal"
    READ_TASK = "read_task"
    WORK_TASK = "work_task"
    ASSIGN_TASK = "assign_task"
    SIGN_REPORT = "sign_report"
    SIGN_CERTIFICATE = "sign_certificate"
    LAPSE_CERTIFICATE = "lapse_certificate"
    WITHDRAW_CERTIFICATE = "withdraw_certificate"
    READ_DWELLING = "read_dwelling"
    EDIT_DWELLING = "edit_dwelling"
    READ_AGENDA = "read_agenda"
    CONCLUDE_AGENDA = "conclude_agenda"
    READ_BODY = "read_body"
    MANAGE_BODIES = "manage_bodies"
    READ_MEETING = "read_meeting"
    RUN_MEETING = "run_meeting"
    ADD_AGENDA_POINT = "add_agenda_point"
    COMMENT_MINUTES = "comment_minutes"
    APPROVE_MINUTES = "approve_minutes"
    READ_ACTIONS = "read_actions"
    FINISH_ACTION = "finish_action"
    SHARE_CASE = "share_case"
    READ_SHARED_CASE = "read_shared_case"
    READ_FIGURES = "read_figures"
    ENTER_FIGURES = "enter_figures"
    ASK_POLICY_QUESTION = "ask_policy_question"
    READ_WORK_GROUP = "read_work_group"
    GIVE_FEEDBACK = "give_feedback"
    PIN_REMARK = "pin_remark"
    READ_REMARKS = "read_remarks"
    READ_PROCESSES = "read_processes"
    DEPLOY_PROCESSES = "deploy_processes"
    START_PROCESS = "start_process"
    SEND_MESSAGE = "send_message"
    READ_INCIDENTS = "read_incidents"
    RETRY_INCIDENT = "retry_incident"
    READ_MAILS = "read_mails"
    READ_SETTINGS = "read_settings"
    CHANGE_SETTINGS = "change_settings"
    MANAGE_USERS = "manage_users"
    MOVE_CLOCK = "move_clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """On what: a case, or a task of it. Without subject the action is general.

    *organisation_id* is the applicant of the case; *inspector* is its
    inspector. Of a meeting or a body, *body_users* and *body_organisations* are
    who sits in it today, and *chair* is who leads it; the rest comes from the task.
    """

    organisation_id: UUID | None = None
    inspector: str | None = None
    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    body_users: frozenset[str] = frozenset()
    body_organisations: frozenset[UUID] = frozenset()
    chair: str | None = None


_CITY = frozenset(
    {
        Role.ADMIN,
        Role.INSPECTOR,
        Role.HEAD_OF_SERVICE,
        Role.MAYOR,
        Role.GENERAL_DIRECTOR,
        Role.ALDERMAN,
    }
)
_SERVICE = frozenset({Role.ADMIN, Role.INSPECTOR, Role.HEAD_OF_SERVICE})
_SVK = frozenset({Role.RENTAL_AGENCY})
_PARTNERS = frozenset({Role.PARTNER, Role.RENTAL_AGENCY})
_DESK = frozenset({Role.ADMIN, Role.HEAD_OF_SERVICE})
_MANAGERS = frozenset({Role.PROCESS_MANAGER, Role.SYSTEM_ADMIN})
_SIGNERS = frozenset({Role.MAYOR, Role.GENERAL_DIRECTOR})

ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.READ_CASE: _CITY | _SVK,
    Action.OPEN_CASE: _DESK | _SVK,
    Action.NOTE_CASE: _SERVICE | _SVK,
    Action.WITHDRAW_CASE: _DESK | _SVK,
    Action.REPORT_WORKS_DONE: _DESK | _SVK,
    Action.MANAGE_CASE: frozenset({Role.HEAD_OF_SERVICE}),
    Action.READ_DOCUMENT: _CITY | _SVK,
    Action.READ_UPLOAD: _CITY | _SVK,
    Action.ADD_UPLOAD: _SERVICE | _SVK,
    Action.READ_JOURNAL: _CITY,
    Action.READ_TASK: _CITY | _SVK | {Role.PROCESS_MANAGER},
    Action.WORK_TASK: _CITY | _SVK | {Role.PROCESS_MANAGER},
    Action.ASSIGN_TASK: _DESK,
    Action.SIGN_REPORT: frozenset({Role.INSPECTOR}),
    Action.SIGN_CERTIFICATE: _SIGNERS,
    Action.LAPSE_CERTIFICATE: _DESK,
    Action.WITHDRAW_CERTIFICATE: frozenset({Role.MAYOR}),
    Action.READ_DWELLING: _CITY,
    Action.EDIT_DWELLING: _SERVICE,
    Action.READ_AGENDA: _CITY,
    Action.CONCLUDE_AGENDA: frozenset({Role.HEAD_OF_SERVICE}),
    Action.READ_BODY: _CITY | _PARTNERS | {Role.PROCESS_MANAGER},
    Action.MANAGE_BODIES: _DESK,
    Action.READ_MEETING: _CITY | _PARTNERS | {Role.PROCESS_MANAGER},
    Action.RUN_MEETING: _DESK,
    Action.ADD_AGENDA_POINT: _CITY | _PARTNERS | {Role.PROCESS_MANAGER},
    Action.COMMENT_MINUTES: _CITY | _PARTNERS | {Role.PROCESS_MANAGER},
    Action.APPROVE_MINUTES: _CITY | _PARTNERS,
    Action.READ_ACTIONS: _CITY | {Role.PROCESS_MANAGER},
    Action.FINISH_ACTION: _CITY | {Role.PROCESS_MANAGER},
    Action.SHARE_CASE: frozenset({Role.HEAD_OF_SERVICE}),
    Action.READ_SHARED_CASE: _PARTNERS,
    Action.READ_FIGURES: _CITY,
    Action.ENTER_FIGURES: _DESK,
    Action.ASK_POLICY_QUESTION: _CITY | _PARTNERS,
    Action.READ_WORK_GROUP: _CITY | _PARTNERS,
    Action.GIVE_FEEDBACK: _CITY | _PARTNERS,
    Action.PIN_REMARK: _CITY,
    Action.READ_REMARKS: _CITY | {Role.PROCESS_MANAGER},
    Action.READ_PROCESSES: _CITY | _MANAGERS,
    Action.DEPLOY_PROCESSES: frozenset({Role.PROCESS_MANAGER}),
    Action.START_PROCESS: _MANAGERS | {Role.HEAD_OF_SERVICE},
    Action.SEND_MESSAGE: _MANAGERS | {Role.HEAD_OF_SERVICE},
    Action.READ_INCIDENTS: _MANAGERS | {Role.HEAD_OF_SERVICE},
    Action.RETRY_INCIDENT: _MANAGERS,
    Action.READ_MAILS: _DESK | {Role.SYSTEM_ADMIN},
    Action.READ_SETTINGS: _DESK | _MANAGERS,
    Action.CHANGE_SETTINGS: frozenset({Role.HEAD_OF_SERVICE, Role.SYSTEM_ADMIN}),
    Action.MANAGE_USERS: frozenset({Role.SYSTEM_ADMIN}),
    Action.MOVE_CLOCK: frozenset({Role.SYSTEM_ADMIN}),
}

_VERBS: Mapping[Action, str] = {
    Action.READ_CASE: "dit dossier inzien",
    Action.OPEN_CASE: "een dossier openen",
    Action.NOTE_CASE: "een notitie toevoegen",
    Action.WITHDRAW_CASE: "dit dossier intrekken",
    Action.REPORT_WORKS_DONE: "melden dat de werken klaar zijn",
    Action.MANAGE_CASE: "dit dossier opschorten of stopzetten",
    Action.READ_DOCUMENT: "dit document inzien",
    Action.READ_UPLOAD: "dit bestand inzien",
    Action.ADD_UPLOAD: "een bestand toevoegen",
    Action.READ_JOURNAL: "het logboek inzien",
    Action.READ_TASK: "deze taak inzien",
    Action.WORK_TASK: "deze taak uitvoeren",
    Action.ASSIGN_TASK: "een taak toewijzen",
    Action.SIGN_REPORT: "een technisch verslag ondertekenen",
    Action.SIGN_CERTIFICATE: "een conformiteitsattest ondertekenen",
    Action.LAPSE_CERTIFICATE: "het verval van een conformiteitsattest vastleggen",
    Action.WITHDRAW_CERTIFICATE: "een conformiteitsattest intrekken",
    Action.READ_DWELLING: "de gegevens van een woning inzien",
    Action.EDIT_DWELLING: "de gegevens van een woning wijzigen",
    Action.READ_AGENDA: "de agenda van het woonkwaliteitsoverleg inzien",
    Action.CONCLUDE_AGENDA: "een besluit van het woonkwaliteitsoverleg vastleggen",
    Action.READ_BODY: "dit overlegorgaan inzien",
    Action.MANAGE_BODIES: "de overlegorganen en hun leden beheren",
    Action.READ_MEETING: "deze vergadering inzien",
    Action.RUN_MEETING: "deze vergadering voorbereiden of verslaan",
    Action.ADD_AGENDA_POINT: "een agendapunt indienen",
    Action.COMMENT_MINUTES: "een opmerking bij het verslag geven",
    Action.APPROVE_MINUTES: "het verslag goedkeuren",
    Action.READ_ACTIONS: "de actiepunten en besluiten inzien",
    Action.FINISH_ACTION: "een actiepunt afwerken",
    Action.SHARE_CASE: "een dossier met een partner delen",
    Action.READ_SHARED_CASE: "een gedeeld dossier inzien",
    Action.READ_FIGURES: "de kerncijfers inzien",
    Action.ENTER_FIGURES: "kerncijfers invoeren",
    Action.ASK_POLICY_QUESTION: "een beleidsvraag stellen",
    Action.READ_WORK_GROUP: "deze werkgroep inzien",
    Action.GIVE_FEEDBACK: "terugkoppelen namens deze werkgroep",
    Action.PIN_REMARK: "een opmerking bij een processtap plaatsen",
    Action.READ_REMARKS: "de opmerkingen bij processen inzien",
    Action.READ_PROCESSES: "de processen inzien",
    Action.DEPLOY_PROCESSES: "een proces in gebruik nemen",
    Action.START_PROCESS: "een proces starten",
    Action.SEND_MESSAGE: "een bericht naar een proces sturen",
    Action.READ_INCIDENTS: "de incidenten inzien",
    Action.RETRY_INCIDENT: "een incident opnieuw proberen",
    Action.READ_MAILS: "de verzonden berichten inzien",
    Action.READ_SETTINGS: "de instellingen inzien",
    Action.CHANGE_SETTINGS: "de instellingen wijzigen",
    Action.MANAGE_USERS: "gebruikers beheren",
    Action.MOVE_CLOCK: "de klok verzetten",
}


def may(actor: Actor, action: Action, subject: Subject | None = None) -> bool:
    """Tell whether *actor* may do *action* on *subject*."""
    return refusal(actor, action, subject) is None


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Raise ``ForbiddenError`` with the reason when *actor* may not."""
    reason = refusal(actor, action, subject)
    if reason is not None:
        raise ForbiddenError(action.value, reason)


def refusal(actor: Actor, action: Action, subject: Subject | None = None) -> str | None:
    """Return why *actor* may not do *action* on *subject*, or None when he may."""
    if not actor.roles & ALLOWED[action]:
        return f"U mag niet {_VERBS[action]}: uw rol geeft daar geen recht toe."
    if actor.scopes is not None and action.value not in actor.scopes:
        return f"U mag niet {_VERBS[action]}: uw token heeft geen recht ‘{action}’."
    if subject is None:
        return None
    for check in _CHECKS.get(action, (_own_case,)):
        reason = check(actor, subject)
        if reason is not None:
            return reason
    return None


def reads_all_cases(actor: Actor) -> bool:
    """Tell whether *actor* works for the city and reads its cases.

    Who manages processes or accounts works for the city too, but reads none.
    """
    return actor.is_city and may(actor, Action.READ_CASE)


def acted_for(actor: Actor, subject: Subject) -> str | None:
    """Return the absent person for whom *actor* works on a task, if he does.

    That is who has the task, or the only kind of candidate *actor* isn't himself:
    somebody for whom he stands in.
    """
    if subject.assignee is not None:
        absent = {subject.assignee} & actor.stands_in_for
    elif actor.name in subject.candidate_users or (
        set(actor.groups) & set(subject.candidate_groups)
    ):
        return None
    else:
        absent = set(subject.candidate_users) & actor.stands_in_for
    return min(absent - {actor.name}, default=None)


def _own_case(actor: Actor, subject: Subject) -> str | None:
    """A rental agency sees the cases of its own organisation only."""
    if actor.is_city or subject.organisation_id in actor.organisation_ids:
        return None
    return "Dit dossier hoort niet bij uw organisatie."


def _in_body(actor: Actor, subject: Subject) -> str | None:
    """Somebody from outside the city sees the bodies that he sits in."""
    if actor.is_city or actor.name in subject.body_users:
        return None
    if actor.organisation_ids & subject.body_organisations:
        return None
    return "U of uw organisatie zit niet in dit overlegorgaan."


def _leads(actor: Actor, subject: Subject) -> str | None:
    """Minutes are approved by the chair, or by who stands in."""
    if subject.chair is None or subject.chair in actor.stands_in_for | {actor.name}:
        return None
    return "Alleen de voorzitter keurt het verslag goed."


def _own_task(actor: Actor, subject: Subject) -> str | None:
    """A task is for its assignee, its candidates, and who stands in for them."""
    names = actor.stands_in_for | {actor.name}
    if subject.assignee in names or names & set(subject.candidate_users):
        return None
    if set(actor.groups) & set(subject.candidate_groups):
        return None
    return "Deze taak is voor een andere dienst of persoon."


def _read_task(actor: Actor, subject: Subject) -> str | None:
    """The service sees all tasks of its cases; others see what is theirs."""
    return None if actor.roles & _SERVICE else _own_task(actor, subject)


def _no_signature_of_own_work(actor: Actor, subject: Subject) -> str | None:
    """A task for the signing authorities is not for the inspector of the case."""
    signers = {role.value for role in _SIGNERS}
    if not subject.candidate_groups or set(subject.candidate_groups) - signers:
        return None
    return _not_own_inspection(actor, subject)


def _not_own_inspection(actor: Actor, subject: Subject) -> str | None:
    """Who inspected a dwelling doesn't sign its certificate."""
    if subject.inspector is None or subject.inspector != actor.name:
        return None
    return "U was de woningcontroleur van dit dossier en mag dus niet ondertekenen."


def _own_inspection(actor: Actor, subject: Subject) -> str | None:
    """A report is signed by the inspector of the case, or by who stands in."""
    if subject.inspector in actor.stands_in_for | {actor.name}:
        return None
    return "Alleen de woningcontroleur van dit dossier ondertekent het verslag."


_Check = Callable[[Actor, Subject], str | None]
_CHECKS: Mapping[Action, tuple[_Check, ...]] = {
    Action.READ_TASK: (_own_case, _read_task),
    Action.WORK_TASK: (_own_case, _own_task, _no_signature_of_own_work),
    Action.SIGN_CERTIFICATE: (_own_case, _not_own_inspection),
    Action.SIGN_REPORT: (_own_case, _own_inspection),
    Action.READ_BODY: (_in_body,),
    Action.READ_MEETING: (_in_body,),
    Action.ADD_AGENDA_POINT: (_in_body,),
    Action.COMMENT_MINUTES: (_in_body,),
    Action.APPROVE_MINUTES: (_in_body, _leads),
    Action.READ_WORK_GROUP: (_in_body,),
    Action.GIVE_FEEDBACK: (_in_body,),
}
