"""docs/reference/rest-api.md lists the routes that there are, with their words."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs/reference/rest-api.md"
START, END = "<!-- routes: generated -->", "<!-- routes: end -->"


def table(document):
    """Write the table of routes of an OpenAPI document."""
    lines = ["| call | what | answers | scope of the token |", "|---|---|---|---|"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            if method != "parameters":
                call = f"`{method.upper()} {path.removeprefix('/api/v1')}`"
                answers = " ".join(sorted(told["responses"]))
                scope = SCOPES[told["operationId"]]
                lines.append(f"| {call} | {told['summary']} | {answers} | {scope} |")
    return "\n".join(lines)


SCOPES = {
    "find_cases": "`read_case`",
    "open_case": "`open_case`",
    "get_case": "`read_case`",
    "read_journal": "`read_journal`",
    "add_note": "`note_case`",
    "withdraw_case": "`withdraw_case`",
    "find_tasks": "`read_task`",
    "get_task": "`read_task`",
    "claim_task": "`work_task`",
    "release_task": "`work_task`",
    "assign_task": "`assign_task` `read_task`",
    "reschedule_task": "`assign_task` `read_task`",
    "save_draft": "`work_task`",
    "complete_task": "`work_task`",
    "send_message": "that of the message, see below",
    "throw_signal": "`send_message`",
    "find_definitions": "`read_processes`",
    "deploy_definition": "`deploy_processes`",
    "get_definition": "`read_processes`",
    "start_instance": "`start_process`",
    "get_instance": "`read_case` (`start_process` without a case)",
    "find_timers": "`read_case`",
    "find_incidents": "`read_incidents`",
    "retry_incident": "`retry_incident`",
    "move_clock": "`move_clock` (training mode only)",
}


@pytest.fixture
def document(training):
    return training.client().get("/api/v1/openapi.json").json


def test_the_page_has_the_table_of_routes_that_there_are(document):
    page = PAGE.read_text()
    found = page[page.index(START) + len(START) : page.index(END)].strip()

    assert found == table(document)


def test_the_page_names_each_code_of_a_refusal():
    page = PAGE.read_text()
    codes = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))

    assert codes >= {
        "sign_in_needed",
        "forbidden",
        "not_found",
        "task_claimed",
        "task_not_open",
        "instance_not_running",
        "stale_instance",
        "idempotency_conflict",
        "not_allowed_now",
        "message_not_expected",
        "changed_since",
        "form_refused",
        "invalid_data",
        "definition_refused",
        "unreadable",
        "cursor",
        "clock_move",
        "jump_under_way",
    }
