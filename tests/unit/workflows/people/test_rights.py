from dataclasses import replace
from uuid import UUID

import pytest

from workflows.errors import ForbiddenError
from workflows.people.model import Actor, Role
from workflows.people.rights import (
    _VERBS,
    ALLOWED,
    Action,
    Subject,
    may,
    refusal,
    require,
)

BODUKAM = UUID(int=1)
OTHER = UUID(int=2)
CITY = UUID(int=3)


def actor(*roles, name="an", organisation=CITY, stands_in_for=()):
    return Actor(
        name=name,
        full_name=name.title(),
        roles=frozenset(roles),
        organisation_ids=frozenset({organisation}),
        stands_in_for=frozenset(stands_in_for),
    )


SOFIE = actor(Role.RENTAL_AGENCY, name="sofie", organisation=BODUKAM)


@pytest.mark.parametrize("action", Action)
def test_each_action_has_roles_and_words(action):
    assert ALLOWED[action]
    assert _VERBS[action]


@pytest.mark.parametrize("action", Action)
def test_a_stranger_may_do_nothing_at_all(action):
    assert not may(actor(), action)
    assert not may(actor(), action, Subject(organisation_id=BODUKAM))


@pytest.mark.parametrize(
    "action", sorted(a for a in Action if Role.RENTAL_AGENCY in ALLOWED[a])
)
def test_a_rental_agency_does_nothing_with_the_case_of_another(action):
    reason = refusal(
        SOFIE,
        action,
        Subject(organisation_id=OTHER, candidate_groups=("rental_agency",)),
    )

    assert reason in {
        "Dit dossier hoort niet bij uw organisatie.",
        "U of uw organisatie zit niet in dit overlegorgaan.",
    }


@pytest.mark.parametrize(
    "action", [Action.READ_CASE, Action.READ_DOCUMENT, Action.WITHDRAW_CASE]
)
def test_a_rental_agency_works_on_its_own_cases(action):
    assert may(SOFIE, action, Subject(organisation_id=BODUKAM))


@pytest.mark.parametrize(
    "action",
    [
        Action.READ_JOURNAL,
        Action.READ_DWELLING,
        Action.READ_SETTINGS,
        Action.MANAGE_USERS,
    ],
)
def test_a_rental_agency_sees_nothing_of_the_house(action):
    assert not may(SOFIE, action, Subject(organisation_id=BODUKAM))


def test_a_case_without_agency_is_hidden_from_agencies():
    assert not may(SOFIE, Action.READ_CASE, Subject(organisation_id=None))


def test_the_city_sees_each_case():
    assert may(actor(Role.ADMIN), Action.READ_CASE, Subject(organisation_id=OTHER))


def test_a_task_is_worked_by_its_group_only():
    task = Subject(candidate_groups=("admin",))

    assert may(actor(Role.ADMIN), Action.WORK_TASK, task)
    assert not may(actor(Role.INSPECTOR), Action.WORK_TASK, task)


def test_a_task_is_worked_by_its_assignee_and_candidates():
    task = Subject(assignee="els", candidate_users=("jan",))

    assert may(actor(Role.INSPECTOR, name="els"), Action.WORK_TASK, task)
    assert may(actor(Role.ADMIN, name="jan"), Action.WORK_TASK, task)
    assert not may(actor(Role.ADMIN, name="piet"), Action.WORK_TASK, task)


def test_a_deputy_works_the_tasks_of_whom_he_stands_in_for():
    deputy = actor(Role.INSPECTOR, name="tom", stands_in_for=["els"])

    assert may(deputy, Action.WORK_TASK, Subject(assignee="els"))


def test_the_service_reads_each_task_and_the_mayor_only_his_own():
    task = Subject(candidate_groups=("admin",))

    assert may(actor(Role.INSPECTOR), Action.READ_TASK, task)
    assert not may(actor(Role.MAYOR), Action.READ_TASK, task)
    assert may(
        actor(Role.MAYOR), Action.READ_TASK, Subject(candidate_groups=("mayor",))
    )


def test_the_inspector_of_a_case_never_signs_its_certificate():
    both = actor(Role.INSPECTOR, Role.MAYOR, name="els")
    own = Subject(inspector="els", candidate_groups=("mayor",))

    assert not may(both, Action.SIGN_CERTIFICATE, own)
    assert not may(both, Action.WORK_TASK, own)
    assert may(both, Action.SIGN_CERTIFICATE, Subject(inspector="tom"))
    assert may(
        both,
        Action.WORK_TASK,
        Subject(inspector="els", candidate_groups=("admin", "inspector")),
    )


def test_a_report_is_signed_by_the_inspector_of_the_case_or_his_deputy():
    case = Subject(inspector="els")

    assert may(actor(Role.INSPECTOR, name="els"), Action.SIGN_REPORT, case)
    assert may(
        actor(Role.INSPECTOR, name="tom", stands_in_for=["els"]),
        Action.SIGN_REPORT,
        case,
    )
    assert not may(actor(Role.INSPECTOR, name="tom"), Action.SIGN_REPORT, case)


def test_a_refusal_tells_why():
    with pytest.raises(ForbiddenError, match="U mag niet gebruikers beheren"):
        require(actor(Role.ADMIN), Action.MANAGE_USERS)

    assert require(actor(Role.SYSTEM_ADMIN), Action.MANAGE_USERS) is None


def test_groups_are_the_roles_that_diagrams_name():
    assert actor(Role.MAYOR, Role.ADMIN).groups == ("admin", "mayor")


def test_a_token_gives_no_more_than_its_scopes():
    an = replace(actor(Role.ADMIN), scopes=frozenset({"read_case"}))

    assert may(an, Action.READ_CASE)
    assert refusal(an, Action.NOTE_CASE) == (
        "U mag niet een notitie toevoegen: uw token heeft geen recht ‘note_case’."
    )


def test_a_token_takes_away_what_it_has_no_scope_for():
    limited = replace(actor(Role.ADMIN), scopes=frozenset({"read_case"}))

    assert may(limited, Action.READ_CASE, Subject())
    assert "token" in (refusal(limited, Action.READ_TASK) or "")


def test_a_scope_gives_no_right_that_the_owner_has_not():
    wide = replace(SOFIE, scopes=frozenset(Action))

    assert not may(wide, Action.READ_JOURNAL, Subject(organisation_id=BODUKAM))
    assert not may(wide, Action.READ_CASE, Subject(organisation_id=OTHER))


def test_only_the_mayor_withdraws_a_certificate_and_the_service_records_a_lapse():
    assert ALLOWED[Action.WITHDRAW_CERTIFICATE] == {Role.MAYOR}
    assert ALLOWED[Action.LAPSE_CERTIFICATE] == {Role.ADMIN, Role.HEAD_OF_SERVICE}


def test_who_draws_processes_reads_no_mail_to_citizens():
    assert not may(actor(Role.PROCESS_MANAGER), Action.READ_MAILS)
