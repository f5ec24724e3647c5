"""What an emitting function asks of the emitter."""

from typing import Protocol

from engine.feel.emit.scope import Code
from engine.feel.functions.signature import FunctionTable
from engine.feel.nodes import Node


class Emit(Protocol):
    """Compiles a node; knows the table of functions."""

    functions: FunctionTable

    def __call__(self, node: Node) -> Code:
        """Return the closure of *node*."""
