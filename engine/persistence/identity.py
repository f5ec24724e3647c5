"""Keys of rows, in the order of time."""

import secrets
from datetime import datetime
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0x2 << 62


def new_id(now: datetime) -> UUID:
    """Make a UUID version 7 (RFC 9562): milliseconds of *now*, then chance.

    Keys that grow with time keep new rows together in an index, and order
    rows by their creation.
    """
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    return UUID(
        int=milliseconds << 80 | _VERSION_7 | random_a << 64 | _VARIANT | random_b
    )
