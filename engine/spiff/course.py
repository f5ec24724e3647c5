"""What all tokens share during one step."""

from dataclasses import dataclass

from engine.spiff.effects import Effects
from engine.spiff.expressions import Expressions
from engine.spiff.variables import Variables
from engine.step import World


@dataclass(slots=True, kw_only=True)
class Course:
    """The surroundings of one step; thrown away with it."""

    world: World
    variables: Variables
    effects: Effects
    expressions: Expressions
