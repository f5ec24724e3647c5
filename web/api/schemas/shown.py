"""What everything shown has in common: moments in ISO 8601, fields in our order."""

from collections.abc import Iterable

from marshmallow import Schema


class Shown(Schema):
    """Something that is shown; *required* in a field means that it is always there."""

    def one(self, thing: object, **more: object) -> dict[str, object]:
        """Return *thing* ready for JSON, with *more* beside it."""
        found: dict[str, object] = self.dump(thing)
        return found | more

    def all(self, things: Iterable[object]) -> list[dict[str, object]]:
        """Return all *things* ready for JSON."""
        return [self.one(thing) for thing in things]
