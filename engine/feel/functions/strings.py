"""Built-ins on strings. A character is a Unicode code point."""

from decimal import Decimal
from typing import Final

from engine.feel.functions.signature import Room
from engine.feel.patterns import Pattern
from engine.feel.run import Run
from engine.feel.values import Value

STRINGS: Final = Room("Strings")


@STRINGS.function(
    "substring", "string: string, start position: number, length?: number"
)
def _substring(
    run: Run, text: str, start: Decimal, length: Decimal | None = None
) -> Value:
    """The part from a position (1 is first, -1 last), of a length if given."""
    position = int(start) if abs(start) <= len(text) else 0
    count = len(text) if length is None else int(min(length, Decimal(len(text))))
    if not position or count < 1:
        return None
    first = position - 1 if position > 0 else len(text) + position
    return text[first : first + count]


@STRINGS.function("string length", "string: string")
def _string_length(run: Run, text: str) -> Value:
    """The number of characters."""
    return Decimal(len(text))


@STRINGS.function("upper case", "string: string")
def _upper_case(run: Run, text: str) -> Value:
    """The text in capitals."""
    return text.upper()


@STRINGS.function("lower case", "string: string")
def _lower_case(run: Run, text: str) -> Value:
    """The text without capitals."""
    return text.lower()


@STRINGS.function("substring before", "string: string, match: string")
def _substring_before(run: Run, text: str, match: str) -> Value:
    """What stands before the first match; empty without one."""
    return text.partition(match)[0] if match and match in text else ""


@STRINGS.function("substring after", "string: string, match: string")
def _substring_after(run: Run, text: str, match: str) -> Value:
    """What stands after the first match; empty without one."""
    if not match:
        return text
    return text.partition(match)[2]


@STRINGS.function("contains", "string: string, match: string")
def _contains(run: Run, text: str, match: str) -> Value:
    """Whether the text has the match in it."""
    return match in text


@STRINGS.function("starts with", "string: string, match: string")
def _starts_with(run: Run, text: str, match: str) -> Value:
    """Whether the text begins with the match."""
    return text.startswith(match)


@STRINGS.function("ends with", "string: string, match: string")
def _ends_with(run: Run, text: str, match: str) -> Value:
    """Whether the text ends in the match."""
    return text.endswith(match)


@STRINGS.function("matches", "input: string, pattern: string, flags?: string|null")
def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    """Whether a regular expression (XPath syntax) is found in the text."""
    return Pattern(pattern, flags or "").found_in(text)


@STRINGS.function(
    "replace",
    "input: string, pattern: string, replacement: string, flags?: string|null",
)
def _replace(
    run: Run, text: str, pattern: str, replacement: str, flags: str | None = None
) -> Value:
    """The text with every match replaced; ``$1`` is the first group."""
    return Pattern(pattern, flags or "").replaced(text, replacement, run)


@STRINGS.function("split", "string: string, delimiter: string")
def _split(run: Run, text: str, delimiter: str) -> Value:
    """The parts between the matches of a regular expression."""
    return list(Pattern(delimiter, "").split(text))


@STRINGS.function("string join", "list: list, delimiter?: string|null")
def _string_join(run: Run, items: list[Value], delimiter: str | None = None) -> Value:
    """The texts of a list joined together; null items are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        return None
    run.meter.grow(sum(len(str(text)) for text in texts))
    return (delimiter or "").join(str(text) for text in texts)
