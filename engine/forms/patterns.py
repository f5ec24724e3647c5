"""Regular expressions of managers, matched in time linear in the text.

``pattern`` in form-js is a JavaScript expression. A backtracking engine can be
made to run for years by an innocent-looking one, so ours are compiled to a
machine that follows all ways at once (Thompson, 1968). Look-around, references
back and word boundaries are refused when the form is saved.
"""

from dataclasses import dataclass
from typing import Never

from engine.forms.regex import (
    Anchor,
    Choice,
    Element,
    Parser,
    PatternError,
    Repeat,
    Sequence,
    Test,
)

MAX_STATES = 600
MAX_WORK = 10_000
MAX_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class _Step:
    """One instruction: a test of a character, an anchor, or a fork to *targets*."""

    test: Test | Anchor | None
    targets: tuple[int, ...]


class Pattern:
    """A compiled pattern; raises ``PatternError`` with a Dutch sentence."""

    def __init__(self, text: str) -> None:
        self._steps: list[_Step] = []
        self._work = 0
        self._emit(Parser(text).parse())
        self._end = len(self._steps)

    def matches(self, text: str) -> bool:
        """Tell whether the pattern occurs in *text* (unanchored, as in JavaScript).

        A text of more than ``MAX_TEXT`` characters never matches.
        """
        if len(text) > MAX_TEXT:
            return False
        current: set[int] = set()
        for at in range(len(text) + 1):
            self._follow(0, at, len(text), current)
            if self._end in current:
                return True
            if at < len(text):
                current = self._advance(current, text, at)
        return False

    def _advance(self, current: set[int], text: str, at: int) -> set[int]:
        reached: set[int] = set()
        for state in current:
            test = self._steps[state].test
            if isinstance(test, Test) and test.accepts(text[at]):
                self._follow(state + 1, at + 1, len(text), reached)
        return reached

    def _follow(self, start: int, at: int, length: int, into: set[int]) -> None:
        """Add all states that are reached from *start* without a character."""
        waiting = [start]
        while waiting:
            state = waiting.pop()
            if state in into:
                continue
            into.add(state)
            if state == self._end:
                continue
            step = self._steps[state]
            if step.test is None:
                waiting.extend(step.targets)
            elif isinstance(step.test, Anchor) and at == step.test.place(length):
                waiting.append(state + 1)

    # --- compiling ----------------------------------------------------------------

    def _add(self, test: Test | Anchor | None, *targets: int) -> int:
        if len(self._steps) >= MAX_STATES:
            self._refuse_size()
        self._steps.append(_Step(test, targets))
        return len(self._steps) - 1

    def _emit(self, element: Element) -> None:
        # An empty group emits no step, but repeating it costs time all the same.
        self._work += 1
        if self._work > MAX_WORK:
            self._refuse_size()
        if isinstance(element, Sequence):
            for part in element.parts:
                self._emit(part)
        elif isinstance(element, Choice):
            self._emit_choice(element)
        elif isinstance(element, Repeat):
            self._emit_repeat(element)
        else:
            self._add(element)

    def _refuse_size(self) -> Never:
        reason = "Het patroon is te groot; maak het eenvoudiger."
        raise PatternError(reason)

    def _emit_choice(self, choice: Choice) -> None:
        fork = self._add(None)
        starts: list[int] = []
        exits: list[int] = []
        for part in choice.parts:
            starts.append(len(self._steps))
            self._emit(part)
            exits.append(self._add(None))
        self._steps[fork] = _Step(None, tuple(starts))
        for leave in exits:
            self._steps[leave] = _Step(None, (len(self._steps),))

    def _emit_repeat(self, repeat: Repeat) -> None:
        for _ in range(repeat.least):
            self._emit(repeat.part)
        if repeat.most is None:
            self._emit_star(repeat.part)
            return
        forks: list[int] = []
        for _ in range(repeat.most - repeat.least):
            forks.append(self._add(None))
            self._emit(repeat.part)
        for fork in forks:
            self._steps[fork] = _Step(None, (fork + 1, len(self._steps)))

    def _emit_star(self, part: Element) -> None:
        fork = self._add(None)
        self._emit(part)
        self._add(None, fork)
        self._steps[fork] = _Step(None, (fork + 1, len(self._steps)))
