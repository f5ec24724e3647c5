"""Regular expressions of XPath and XQuery, as the standard asks."""

import re
from typing import Final

from engine.feel.errors import BudgetError, Limit
from engine.feel.run import Run

MAX_PATTERN: Final = 1_000
_FLAGS: Final = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE}
_WORK: Final = 2_000_000


class Pattern:
    """A pattern, checked; raises ``ValueError`` when it is none."""

    def __init__(self, pattern: str, flags: str) -> None:
        if len(pattern) > MAX_PATTERN:
            raise BudgetError(Limit.REGEX, MAX_PATTERN)
        options = 0
        for flag in flags:
            if flag not in _FLAGS:
                message = f"no flag {flag}"
                raise ValueError(message)
            options |= _FLAGS[flag]
        try:
            self._regex = re.compile(pattern, options)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(str(error)) from error

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern is found in *text*."""
        return self._regex.search(text) is not None

    def replaced(self, text: str, replacement: str, run: Run) -> str:
        """Return *text* with each match replaced."""
        template = re.sub(r"\$(\d+)", r"\\g<\1>", replacement.replace("\\", "\\\\"))
        return self._regex.sub(template, text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return self._regex.split(text)
