"""Rounds of actions, taken in turn so that a busy moment hits all of them."""

import gc
from time import perf_counter, process_time

from bench.row import Spent


def in_turn(rounds, warm_up=2, **actions):
    """Time *actions* by turns; each is called with the number of the round.

    Return a ``Spent`` per action. An action may be a pair: the first makes what
    the second, which alone is timed, is called with.
    """
    spent = {name: Spent(wall=[], cpu=[]) for name in actions}
    for turn in range(-warm_up, rounds):
        for name, action in actions.items():
            prepare, act = action if isinstance(action, tuple) else (None, action)
            given = prepare(turn) if prepare else turn
            wall, cpu = timed(act, given)
            if turn >= 0:
                spent[name].wall.append(wall)
                spent[name].cpu.append(cpu)
    return spent


def timed(act, *given):
    """Return what one call takes, in milliseconds of wall and of processor."""
    gc.collect(0)
    wall, cpu = perf_counter(), process_time()
    act(*given)
    return (perf_counter() - wall) * 1000, (process_time() - cpu) * 1000
