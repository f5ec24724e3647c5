"""Decision Model and Notation: decisions that managers can read, executed."""

from engine.dmn.errors import DecisionError
from engine.dmn.model import Evaluation, Model, check, load
from engine.dmn.session import Record

__all__ = ["DecisionError", "Evaluation", "Model", "Record", "check", "load"]
