"""The functions that FEEL has here: the standard ones, and the working days."""

from typing import Final

from engine.calendar import WorkingCalendar
from engine.feel.functions.signature import FunctionTable
from engine.feel.functions.table import STANDARD_FUNCTIONS
from engine.working_days import working_days
from engine.zone import ZONE

WORKING_DAYS: Final = working_days(WorkingCalendar(), ZONE)
FUNCTIONS: Final[FunctionTable] = STANDARD_FUNCTIONS.extended(WORKING_DAYS)
