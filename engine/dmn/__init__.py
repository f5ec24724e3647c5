"""Decision Model and Notation: decisions that managers can read, executed."""

from engine.dmn.errors import DecisionError
from engine.dmn.model import Evaluation, Model, Record, check, load

__all__ = ["DecisionError", "Evaluation", "Model", "Record", "check", "load"]
