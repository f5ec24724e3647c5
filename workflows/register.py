"""The service tasks that a diagram may ask for, and the checks on forms: the list."""

from engine.registry import Registry
from workflows.actions import tasks as actions
from workflows.agenda import tasks as agenda
from workflows.cases import tasks as cases
from workflows.certificates import tasks as certificates
from workflows.deadlines import tasks as deadlines
from workflows.dwellings import tasks as dwellings
from workflows.inspections import checks as inspection_checks
from workflows.inspections import tasks as inspections
from workflows.meetings import checks as meeting_checks
from workflows.meetings import tasks as meetings
from workflows.minutes import checks as minutes_checks
from workflows.minutes import tasks as minutes
from workflows.notices import tasks as notices
from workflows.planning import tasks as planning
from workflows.remarks import tasks as remarks
from workflows.reports import tasks as reports
from workflows.weekly import checks as weekly_checks
from workflows.weekly import tasks as weekly
from workflows.work_groups import checks as work_group_checks
from workflows.work_groups import tasks as work_groups
from workflows.works import tasks as works

_MODULES = (
    dwellings,
    inspections,
    deadlines,
    notices,
    agenda,
    reports,
    works,
    certificates,
    cases,
    meetings,
    minutes,
    actions,
    work_groups,
    remarks,
    weekly,
    planning,
)


_CHECKS = (
    *planning.CHECKS,
    *inspection_checks.CHECKS,
    *meeting_checks.CHECKS,
    *minutes_checks.CHECKS,
    *work_group_checks.CHECKS,
    *weekly_checks.CHECKS,
)


def build_registry() -> Registry:
    """Return a registry with every service task and check of the domain."""
    registry = Registry()
    for module in _MODULES:
        for task in module.TASKS:
            registry.add(task)
    for check in _CHECKS:
        registry.add_check(check)
    return registry
