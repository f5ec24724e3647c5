"""The syntax tree. *at* is the offset in the text, for messages."""

from dataclasses import dataclass

from engine.feel.types import Type
from engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a function as a value."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Negate:
    """``-operand``."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``first op operand op operand ...``, from left to right."""

    first: "Node"
    rest: "tuple[tuple[str, Node], ...]"


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Between:
    """``value between low and high``."""

    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class OperatorTest:
    """A test such as ``< 5``."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A test that is an expression: a value, a range, a list, or a truth over ``?``."""

    operand: "Node"


Test = OperatorTest | ValueTest


@dataclass(frozen=True, slots=True)
class In:
    """``value in tests``."""

    value: "Node"
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class And:
    """``a and b and ...``."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """``a or b or ...``."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """``value instance of type``."""

    value: "Node"
    type: Type


@dataclass(frozen=True, slots=True)
class If:
    """``if condition then yes else no``."""

    condition: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True, slots=True)
class Iterator:
    """``name in domain`` or ``name in domain..until``."""

    name: str
    domain: "Node"
    until: "Node | None"


@dataclass(frozen=True, slots=True)
class For:
    """``for iterators return body``."""

    iterators: tuple[Iterator, ...]
    body: "Node"
    uses_partial: bool


@dataclass(frozen=True, slots=True)
class Quantified:
    """``some`` or ``every`` *iterators* ``satisfies`` *condition*."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: "Node"


@dataclass(frozen=True, slots=True)
class Filter:
    """``source[condition]``."""

    source: "Node"
    condition: "Node"


@dataclass(frozen=True, slots=True)
class Path:
    """``source.name``."""

    source: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """``callee(arguments)``, positional or named."""

    callee: "Node"
    arguments: "tuple[Node, ...]"
    named: "tuple[tuple[str, Node], ...]"
    at: int


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    """``function(parameters) body``."""

    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """``[a, b, ...]``."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    """``{key: value, ...}``; later entries see earlier ones."""

    entries: "tuple[tuple[str, Node], ...]"


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """``[start..end]`` and its open forms."""

    start: "Node"
    end: "Node"
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class HalfRange:
    """``(< 5)`` as a value."""

    operator: str
    operand: "Node"


Node = (
    Literal
    | Name
    | Negate
    | Arithmetic
    | Compare
    | Between
    | In
    | And
    | Or
    | InstanceOf
    | If
    | For
    | Quantified
    | Filter
    | Path
    | Call
    | FunctionLiteral
    | ListLiteral
    | ContextLiteral
    | RangeLiteral
    | HalfRange
)
