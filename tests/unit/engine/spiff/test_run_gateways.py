"""Gateways choose, fork and join right, in loops and in all orders."""

from decimal import Decimal
from itertools import permutations, product

import pytest

from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    boundary,
    chain,
    end,
    flow,
    node,
    script,
    start,
    timer,
    user,
)


def gateway(kind, key, **attributes):
    return node(f"{kind}Gateway", key, **attributes)


def loop_of(kind, condition=None):
    """Draw three rounds of a fork, two tasks and a join."""
    return (
        start(),
        script("i", "0", "n"),
        gateway("exclusive", "merge"),
        gateway(kind, "g"),
        user("a"),
        user("b"),
        gateway(kind, "j"),
        script("c", "n + 1", "n"),
        gateway("exclusive", "x", default="out"),
        end(),
        chain("s", "i", "merge", "g"),
        flow("g", "a", condition),
        flow("g", "b", condition),
        chain("a", "j", "c", "x"),
        flow("b", "j"),
        flow("x", "merge", "=n < 3"),
        flow("x", "e", key="out"),
    )


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
@pytest.mark.parametrize("orders", list(product(("ab", "ba"), repeat=3)))
def test_a_join_in_a_loop_waits_for_both_branches_in_each_order(play, kind, orders):
    condition = "=true" if kind == "inclusive" else None
    case = play(*loop_of(kind, condition)).start()
    for order in orders:
        case.complete(order[0])
        assert case.open == [order[1]]
        case.complete(order[1])

    assert case.ended == "completed"
    assert case.variables["n"] == 3


def test_the_first_true_condition_in_file_order_is_taken(play):
    case = play(
        start(),
        gateway("exclusive", "x", default="d"),
        user("a"),
        user("b"),
        user("c"),
        flow("s", "x"),
        flow("x", "b", "=k > 1"),
        flow("x", "a", "=k > 0"),
        flow("x", "c", key="d"),
    )

    assert case.start(k=2).open == ["b"]


@pytest.mark.parametrize(("k", "expected"), [(1, "a"), (0, "c"), (None, "c")])
def test_the_default_is_taken_when_nothing_holds(play, k, expected):
    case = play(
        start(),
        gateway("exclusive", "x", default="d"),
        user("a"),
        user("c"),
        flow("s", "x"),
        flow("x", "a", "=k > 0"),
        flow("x", "c", key="d"),
    )

    assert case.start(k=k).open == [expected]


def test_no_way_out_is_an_incident_and_a_retry_decides_again(play):
    case = play(
        start(),
        user("u"),
        gateway("exclusive", "x"),
        user("a"),
        user("b"),
        flow("s", "x"),
        flow("s", "u"),
        flow("x", "a", "=k = 1"),
        flow("x", "b", "=k = 2"),
    ).start(k=3)

    assert [(i.element_id, i.kind) for i in case.incidents] == [("x", "no_way_out")]
    case.complete("u", k=2)
    case.retry("x")
    assert case.open == ["b"]
    assert case.incidents == []


def test_a_condition_that_is_no_boolean_is_an_incident(play):
    case = play(
        start(),
        gateway("exclusive", "x", default="d"),
        user("a"),
        user("c"),
        flow("s", "x"),
        flow("x", "a", "=k"),
        flow("x", "c", key="d"),
    ).start(k="yes")

    assert [one.kind for one in case.incidents] == ["expression"]


def inclusive(play):
    return play(
        start(),
        gateway("inclusive", "g"),
        user("a"),
        user("b"),
        user("c"),
        gateway("inclusive", "j"),
        user("z"),
        end(),
        flow("s", "g"),
        flow("g", "a", "=k = 1 or k = 3"),
        flow("g", "b", "=k >= 2"),
        flow("g", "c", "=k = 9"),
        flow("a", "j"),
        flow("b", "j"),
        flow("c", "j"),
        chain("j", "z", "e"),
    )


def test_an_inclusive_join_waits_for_the_chosen_branches_only(play):
    one = inclusive(play).start(k=1)
    one.complete("a")
    assert one.open == ["z"]

    two = inclusive(play).start(k=3)
    two.complete("b")
    assert two.open == ["a"]
    two.complete("a")
    assert two.open == ["z"]


def test_an_inclusive_join_waits_for_a_loop_before_it(play):
    case = play(
        start(),
        gateway("inclusive", "g"),
        user("a"),
        gateway("exclusive", "merge"),
        user("b"),
        gateway("exclusive", "x", default="out"),
        gateway("inclusive", "j"),
        user("z"),
        flow("s", "g"),
        flow("g", "a", "=true"),
        flow("g", "merge", "=true"),
        chain("merge", "b", "x"),
        flow("x", "merge", "=again"),
        flow("x", "j", key="out"),
        chain("a", "j", "z"),
    ).start()
    case.complete("a")
    for _ in range(3):
        case.complete("b", again=True)
        assert case.open == ["b"]

    case.complete("b", again=False)
    assert case.open == ["z"]


def test_an_inclusive_join_is_released_by_a_branch_that_dies(play):
    case = play(
        start(),
        gateway("inclusive", "g"),
        user("a"),
        user("b"),
        gateway("exclusive", "x", default="out"),
        end("dead"),
        gateway("inclusive", "j"),
        user("z"),
        flow("s", "g"),
        flow("g", "a", "=true"),
        flow("g", "b", "=true"),
        flow("b", "x"),
        flow("x", "dead", "=kill"),
        flow("x", "j", key="out"),
        chain("a", "j", "z"),
    ).start()
    case.complete("a")
    assert case.open == ["b"]

    case.complete("b", kill=True)
    assert case.open == ["z"]


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_nested_inclusive_pairs_join_in_each_order(play, order):
    case = play(
        start(),
        gateway("inclusive", "g"),
        gateway("inclusive", "g2"),
        user("a"),
        user("b"),
        user("c"),
        gateway("inclusive", "j2"),
        gateway("inclusive", "j"),
        user("z"),
        flow("s", "g"),
        flow("g", "g2", "=true"),
        flow("g", "c", "=true"),
        flow("g2", "a", "=true"),
        flow("g2", "b", "=true"),
        flow("a", "j2"),
        flow("b", "j2"),
        flow("j2", "j"),
        flow("c", "j"),
        flow("j", "z"),
    ).start()
    for key in order:
        assert "z" not in case.open
        case.complete(key)

    assert case.open == ["z"]


def test_an_inclusive_join_waits_for_a_token_of_a_boundary_event(play):
    case = play(
        start(),
        user("a"),
        boundary("b", "a", MESSAGE, interrupts=False),
        user("n"),
        gateway("inclusive", "j"),
        user("z"),
        chain("s", "a", "j", "z"),
        chain("b", "n", "j"),
    ).start(case_number="1")
    case.deliver("msg", "1")
    case.complete("a")
    assert case.open == ["n"]

    case.complete("n")
    assert case.open == ["z"]


def test_a_parallel_join_keeps_the_tokens_that_are_too_many(play):
    case = play(
        start(),
        user("u"),
        user("v"),
        gateway("parallel", "j"),
        user("z"),
        flow("s", "u", key="s_u1"),
        flow("s", "u", key="s_u2"),
        flow("s", "v"),
        flow("u", "j"),
        flow("v", "j"),
        flow("j", "z"),
    ).start()
    case.complete("u")
    case.complete("u")
    case.complete("v")
    assert case.open == ["z"]

    case.complete("z")
    assert case.open == []
    assert case.ended is None


def test_two_inclusive_joins_that_wait_for_each_other_do_not_wait_for_ever(play):
    case = play(
        start(),
        gateway("parallel", "g"),
        user("a"),
        user("b"),
        gateway("inclusive", "j1"),
        gateway("inclusive", "j2"),
        gateway("exclusive", "x1", default="o1"),
        gateway("exclusive", "x2", default="o2"),
        end("e1"),
        end("e2"),
        flow("s", "g"),
        flow("g", "a"),
        flow("g", "b"),
        flow("a", "j1"),
        flow("b", "j2"),
        flow("j1", "x1"),
        flow("j2", "x2"),
        flow("x1", "j2", "=cross"),
        flow("x1", "e1", key="o1"),
        flow("x2", "j1", "=cross"),
        flow("x2", "e2", key="o2"),
    ).start(cross=False)
    case.complete("a")
    case.complete("b")

    assert case.ended == "completed"


def test_branches_do_not_share_nested_data_and_lose_no_update(play):
    case = play(
        start(),
        gateway("parallel", "g"),
        user("a"),
        user("b"),
        gateway("parallel", "j"),
        user("z"),
        flow("s", "g"),
        flow("g", "a"),
        flow("g", "b"),
        flow("a", "j"),
        flow("b", "j"),
        flow("j", "z"),
    ).start(k=1, deep={"v": [1, 2]})
    mine = case.visible("a")["deep"]
    mine["v"].append("changed by a")
    case.complete("a", k=2)
    case.complete("b", other={"v": 1})

    assert case.variables == {
        "k": Decimal(2),
        "deep": {"v": [1, 2]},
        "other": {"v": 1},
    }


def test_the_condition_on_a_flow_out_of_a_task_counts(play):
    case = play(
        start(),
        user("u"),
        user("a"),
        user("b"),
        chain("s", "u"),
        flow("u", "a", "=k > 1"),
        flow("u", "b", "=k > 2"),
    ).start()
    case.complete("u", k=2)

    assert case.open == ["a"]


def test_a_loop_of_a_thousand_rounds_with_a_timer_stays_as_small_as_it_was(play):
    case = play(
        start(),
        user("u"),
        boundary("b", "u", timer(text="P30D"), interrupts=False),
        user("late"),
        script("c", "n + 1", "n"),
        gateway("exclusive", "x", default="out"),
        end(),
        chain("s", "u", "c", "x"),
        flow("b", "late"),
        flow("x", "u", "=n < 1000"),
        flow("x", "e", key="out"),
    ).start(n=0)
    sizes = []
    for _ in range(999):
        case.complete("u")
        sizes.append(len(case.saved.state))

    assert max(sizes) - min(sizes) < 20
    case.complete("u")
    assert case.ended == "completed"


def test_a_chain_of_five_thousand_tasks_is_no_recursion(play):
    keys = [f"t{number}" for number in range(5000)]
    case = play(
        start(),
        *[node("task", key) for key in keys],
        end(),
        chain("s", *keys, "e"),
    ).start()

    assert case.ended == "completed"
    assert len(case.trace) == 5002
