"""All built-in functions of the standard."""

from typing import Final

from engine.feel.functions.aggregates import AGGREGATES
from engine.feel.functions.contexts import CONTEXTS
from engine.feel.functions.conversion import CONVERSION
from engine.feel.functions.dates import DATES
from engine.feel.functions.lists import LISTS
from engine.feel.functions.numbers import NUMBERS
from engine.feel.functions.ranges import RANGES
from engine.feel.functions.signature import FunctionTable, Room
from engine.feel.functions.strings import STRINGS

ROOMS: Final[tuple[Room, ...]] = (
    CONVERSION,
    STRINGS,
    NUMBERS,
    LISTS,
    AGGREGATES,
    CONTEXTS,
    DATES,
    RANGES,
)

STANDARD_FUNCTIONS: Final = FunctionTable().extended(*ROOMS)
