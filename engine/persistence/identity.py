"""Keys of rows, in the order of time."""

import secrets
from datetime import datetime
from itertools import count
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0x2 << 62
_COUNTED = 32
_BY_CHANCE = 42

# Keys of one millisecond are still in the order in which this process made them.
_numbers = count(secrets.randbits(_COUNTED - 1))


def new_id(now: datetime) -> UUID:
    """Make a UUID version 7 (RFC 9562): milliseconds of *now*, a count, chance.

    Keys that grow with time keep new rows together in an index, and order
    rows by their creation.
    """
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    number = next(_numbers) & ((1 << _COUNTED) - 1)
    # 12 bits of the count stand before the variant and 20 behind it.
    first, second = number >> 20, number & 0xFFFFF
    chance = secrets.randbits(_BY_CHANCE)
    return UUID(
        int=milliseconds << 80
        | _VERSION_7
        | first << 64
        | _VARIANT
        | second << _BY_CHANCE
        | chance
    )
