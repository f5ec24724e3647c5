"""The demo city without its history: people, processes, and cases half way."""

from engine.worklist import TaskQuery
from workflows.definitions import bundles
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.demo.people import settle
from workflows.demo.scenes import DAMP

INSPECTOR = "tom"


def found(engine):
    """Let the people of the demo live here, and deploy the processes."""
    with engine.transaction() as work:
        settle(work)
        for bundle in bundles():
            engine.definitions.deploy(work, bundle, by="beheer")


def offered(engine, count):
    """Let the rental agency offer *count* dwellings; return the cases."""
    offers = dwellings()
    cases = [DemoCase(engine=engine, offer=next(offers)) for _ in range(count)]
    for case in cases:
        case.offered()
    return cases


def visited(case):
    """Bring a case to where the inspector enters what was found."""
    case.does("an", "check_completeness", complete=True)
    case.plans("plan_visit", days=0, hour=8)
    case.does(INSPECTOR, "site_visit", access=True, acute_danger=False)


def inspected(case):
    """Bring a case to where the report is written."""
    visited(case)
    case.finds("record_findings", DAMP)


def task_of(case, element):
    """Return the open task of a case at an element."""
    query = TaskQuery(business_keys=frozenset({case.number}))
    with case.engine.reading() as work:
        tasks = case.engine.tasks.find(work, query).items
    found = {task.element_id: task for task in tasks}
    return found[element]
