"""Where the clock of the city hangs, and when its day ends."""

from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = "Europe/Brussels"
"""The zone unless the settings say another."""

BRUSSELS: Final = ZoneInfo(ZONE)

END_OF_DAY: Final = time(23, 59, 59)
"""A term runs to the end of its last day: its last second."""
