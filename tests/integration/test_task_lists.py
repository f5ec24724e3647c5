from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model import TaskState
from engine.tasks import TaskQuery
from engine.worklist import CursorError, TaskSort, asked_words, words
from tests.conftest import NOON
from tests.factories import rows_of_tasks

DAY = timedelta(days=1)


def find(engine, **query):
    with engine.reading() as work:
        return engine.tasks.find(work, TaskQuery(**query))


def names(engine, **query):
    return [task.name for task in find(engine, **query).items]


def count(engine, **query):
    with engine.reading() as work:
        return engine.tasks.count(work, TaskQuery(**query))


def all_pages(engine, **query):
    seen, cursor = [], None
    while True:
        page = find(engine, cursor=cursor, **query)
        seen += [task.name for task in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return seen


def put(engine, *tasks):
    rows_of_tasks(engine, tasks)


def group(*groups):
    return frozenset(groups)


def test_a_task_is_found_by_each_of_its_groups_and_once(engine):
    put(engine, {"name": "a", "candidate_groups": ["admin", "inspector"]})

    assert names(engine, groups=group("admin")) == ["a"]
    assert names(engine, groups=group("admin", "inspector")) == ["a"]
    assert names(engine, groups=group("mayor")) == []


def test_a_task_is_found_by_a_candidate_user(engine):
    put(engine, {"name": "a", "candidate_users": ["jan"]}, {"name": "b"})

    assert names(engine, candidate_user="jan") == ["a"]


def test_mine_and_those_of_my_group_come_in_one_list(engine):
    put(
        engine,
        {"name": "mine", "assignee": "jan", "due_at": NOON + 2 * DAY},
        {"name": "free", "candidate_groups": ["admin"], "due_at": NOON + DAY},
        {"name": "his", "candidate_groups": ["admin"], "assignee": "an"},
    )

    query = {"assignee": "jan", "groups": group("admin")}
    assert names(engine, **query) == ["free", "mine", "his"]
    assert count(engine, **query) == 3


def test_without_a_question_all_open_tasks_are_listed(engine):
    put(engine, {"name": "a"}, {"name": "b", "state": TaskState.COMPLETED})

    assert names(engine) == ["a"]


def test_the_unclaimed_are_those_in_nobodys_hands(engine):
    put(engine, {"name": "a"}, {"name": "b", "assignee": "jan"})

    assert names(engine, unclaimed=True) == ["a"]
    assert names(engine, unclaimed=False) == ["b"]


def test_the_soonest_due_comes_first_and_those_without_last(engine):
    put(
        engine,
        {"name": "never"},
        {"name": "later", "due_at": NOON + DAY},
        {"name": "late", "due_at": NOON - DAY},
    )

    assert names(engine) == ["late", "later", "never"]
    assert names(engine, due_before=NOON) == ["late"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (TaskSort.NAME, ["a", "b", "c"]),
        (TaskSort.PRIORITY, ["c", "a", "b"]),
        (TaskSort.CREATED, ["c", "a", "b"]),
        (TaskSort.DUE, ["c", "b", "a"]),
    ],
)
def test_each_order_is_kept_over_pages(engine, sort, expected):
    ours = {"candidate_groups": ["g"]}
    put(
        engine,
        {**ours, "name": "b", "priority": 1, "due_at": NOON + 2 * DAY},
        {**ours, "name": "a", "priority": 5, "created_at": NOON + DAY},
        {
            **ours,
            "name": "c",
            "priority": 9,
            "created_at": NOON + 2 * DAY,
            "due_at": NOON,
        },
    )

    assert all_pages(engine, sort=sort, limit=1) == expected
    assert all_pages(engine, sort=sort, limit=1, groups=group("g")) == expected


@pytest.mark.parametrize(
    "text",
    ["kerk", "Kerkstraat", "offerte kerk", "2026-0412", "0412", "ÉCOLE", "ecole"],
)
def test_a_text_finds_the_beginning_of_each_word(engine, text):
    put(
        engine,
        {
            "name": "Offerte nakijken",
            "label": "Kerkstraat 1, École",
            "business_key": "2026-0412",
        },
        {"name": "Iets anders", "label": "Molenweg 2", "business_key": "2026-0500"},
    )

    assert names(engine, text=text) == ["Offerte nakijken"]


@pytest.mark.parametrize(
    "text", ["erkstraat", "kerk molenweg", "2026-9", "%", "_", "'"]
)
def test_a_text_that_is_not_there_finds_nothing_or_asks_nothing(engine, text):
    put(engine, {"name": "a", "label": "Kerkstraat 1"}, {"name": "b"})

    expected = [] if asked_words(text) else ["a", "b"]
    assert sorted(names(engine, text=text)) == expected


def test_a_text_narrows_the_list_of_a_group(engine):
    put(
        engine,
        {"name": "a", "label": "Kerkstraat", "candidate_groups": ["admin"]},
        {"name": "b", "label": "Kerkstraat", "candidate_groups": ["mayor"]},
        {"name": "c", "label": "Molenweg", "candidate_groups": ["admin"]},
    )

    assert names(engine, text="kerk", groups=group("admin")) == ["a"]


def test_a_list_can_be_kept_to_some_cases(engine):
    put(engine, {"name": "a", "business_key": "1"}, {"name": "b", "business_key": "2"})

    assert names(engine, business_keys=frozenset({"2"})) == ["b"]
    assert names(engine, business_keys=frozenset()) == []


def test_done_tasks_are_found_with_the_newest_first(engine):
    done = {"state": TaskState.COMPLETED, "candidate_groups": ["admin"]}
    put(
        engine,
        {"name": "old", "completed_at": NOON, **done},
        {"name": "new", "completed_at": NOON + DAY, **done},
        {"name": "open", "candidate_groups": ["admin"]},
    )

    query = {"state": TaskState.COMPLETED, "sort": TaskSort.COMPLETED}
    assert names(engine, **query) == ["new", "old"]
    assert names(engine, groups=group("admin"), **query) == ["new", "old"]
    assert names(engine, groups=group("a"), **query) == []


def test_a_count_stops_where_nobody_reads_on(engine):
    put(engine, *({"name": "a", "candidate_groups": ["admin"]} for _ in range(1100)))

    assert count(engine, groups=group("admin")) == 1000


@pytest.mark.parametrize("cursor", ["x", "W10", "é", "WyJkdWUiLCJ4IiwieSJd"])
def test_a_strange_cursor_is_refused_in_words(engine, cursor):
    with pytest.raises(CursorError, match="bladwijzer"):
        find(engine, cursor=cursor)


def test_a_cursor_of_another_order_is_refused(engine):
    put(engine, {"name": "a"}, {"name": "b"})
    cursor = find(engine, limit=1).next_cursor

    with pytest.raises(CursorError):
        find(engine, limit=1, cursor=cursor, sort=TaskSort.NAME)


TASKS = st.fixed_dictionaries(
    {
        "candidate_groups": st.lists(st.sampled_from("abc"), unique=True, max_size=2),
        "assignee": st.sampled_from([None, None, "jan", "an"]),
        "due_at": st.sampled_from([None, NOON, NOON + DAY, NOON - DAY]),
        "label": st.sampled_from(["Kerkstraat 1", "Molenweg 2"]),
    }
)
QUERIES = st.fixed_dictionaries(
    {
        "groups": st.frozensets(st.sampled_from("abc")),
        "assignee": st.sampled_from([None, "jan"]),
        "unclaimed": st.sampled_from([None, True, False]),
        "due_before": st.sampled_from([None, NOON + DAY]),
        "text": st.sampled_from(["", "kerk", "2"]),
    }
)


def wanted(task, query):
    """Say in plain Python what a work list must hold."""
    hands = task["assignee"]
    ways = [
        bool(query["groups"] & set(task["candidate_groups"])),
        query["assignee"] is not None and hands == query["assignee"],
    ]
    asked = bool(query["groups"]) or query["assignee"] is not None
    soon = task["due_at"] is not None and task["due_at"] < NOON + DAY
    return (
        (not asked or any(ways))
        and (query["unclaimed"] is None or query["unclaimed"] == (hands is None))
        and (query["due_before"] is None or soon)
        and all(
            any(word.startswith(piece) for word in words(task["label"]))
            for piece in asked_words(query["text"])
        )
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tasks=st.lists(TASKS, max_size=12), queries=st.lists(QUERIES, max_size=6))
def test_a_work_list_holds_what_its_definition_says(engine, tasks, queries):
    rows_of_tasks(
        engine,
        [task | {"name": f"t{i}", "business_key": "x"} for i, task in enumerate(tasks)],
        afresh=True,
    )
    for query in queries:
        expected = {f"t{i}" for i, task in enumerate(tasks) if wanted(task, query)}

        assert set(all_pages(engine, limit=3, **query)) == expected
        assert count(engine, **query) == len(expected)
