"""Closures of ``and``, ``or`` and ``if``: three-valued, left to right."""

from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import Code, Scope
from engine.feel.nodes import And, If, Or
from engine.feel.values import Value


def emit_and(emit: Emit, node: And) -> Code:
    """False as soon as one is false; null when one is no boolean."""
    items = [emit(item) for item in node.items]

    def conjoin(scope: Scope) -> Value:
        answer: Value = True
        for item in items:
            truth = item(scope)
            if truth is False:
                return False
            if truth is not True:
                answer = None
        return answer

    return conjoin


def emit_or(emit: Emit, node: Or) -> Code:
    """True as soon as one is true; null when one is no boolean."""
    items = [emit(item) for item in node.items]

    def disjoin(scope: Scope) -> Value:
        answer: Value = False
        for item in items:
            truth = item(scope)
            if truth is True:
                return True
            if truth is not False:
                answer = None
        return answer

    return disjoin


def emit_if(emit: Emit, node: If) -> Code:
    """Only true is true; all else takes the ``else`` branch."""
    condition, yes, no = emit(node.condition), emit(node.yes), emit(node.no)
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)
