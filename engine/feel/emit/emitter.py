"""From a node to its closure, by the type of the node."""

from collections.abc import Callable
from typing import Any, Final

from engine.feel import nodes
from engine.feel.emit import access, calls, literals, logic, loops, operators, testing
from engine.feel.emit.scope import Code
from engine.feel.functions.signature import FunctionTable
from engine.feel.nodes import Node


class Emitter:
    """Compiles nodes against a table of functions."""

    def __init__(self, functions: FunctionTable) -> None:
        self.functions = functions

    def __call__(self, node: Node) -> Code:
        """Return the closure of *node*."""
        return _EMITTERS[type(node)](self, node)


_EMITTERS: Final[dict[type, Callable[[Emitter, Any], Code]]] = {
    nodes.Literal: literals.emit_literal,
    nodes.ListLiteral: literals.emit_list,
    nodes.ContextLiteral: literals.emit_context,
    nodes.RangeLiteral: literals.emit_range,
    nodes.HalfRange: literals.emit_half_range,
    nodes.Name: access.emit_name,
    nodes.Path: access.emit_path,
    nodes.Negate: operators.emit_negate,
    nodes.Arithmetic: operators.emit_arithmetic,
    nodes.Compare: operators.emit_compare,
    nodes.Between: operators.emit_between,
    nodes.InstanceOf: operators.emit_instance_of,
    nodes.And: logic.emit_and,
    nodes.Or: logic.emit_or,
    nodes.If: logic.emit_if,
    nodes.In: testing.emit_in,
    nodes.For: loops.emit_for,
    nodes.Quantified: loops.emit_quantified,
    nodes.Filter: loops.emit_filter,
    nodes.Call: calls.emit_call,
    nodes.FunctionLiteral: calls.emit_function,
}
