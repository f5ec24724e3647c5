"""Built-ins that relate points and ranges (DMN 1.5, table 78)."""

from collections.abc import Callable
from typing import Final

from engine.feel.comparison import Truth, all_of, any_of, equal, less
from engine.feel.functions.signature import Room
from engine.feel.run import Run
from engine.feel.values import Range, Value

RANGES: Final = Room("Ranges")

_Relation = Callable[[Run, Range, Range], Truth]
_TWO_RANGES: Final = "range1: range, range2: range"
_POINT_RANGE: Final = "point: point, range: range"
_RANGE_POINT: Final = "range: range, point: point"
_TWO_POINTS: Final = "point1: point, point2: point"


def _as_range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(start=value, end=value)


def _relation(name: str, summary: str, relate: _Relation, *signatures: str) -> None:
    def call(run: Run, left: Value, right: Value) -> Value:
        return relate(run, _as_range(left), _as_range(right))

    call.__doc__ = summary
    RANGES.function(name, *signatures)(call)


def _before(run: Run, left: Range, right: Range) -> Truth:
    touches = left.end_included and right.start_included
    earlier = less(left.end, right.start, run)
    if touches:
        return earlier
    return any_of([earlier, equal(left.end, right.start, run)])


def _meets(run: Run, left: Range, right: Range) -> Truth:
    joined = left.end_included and right.start_included
    return all_of([joined, equal(left.end, right.start, run)])


def _overlaps(run: Run, left: Range, right: Range) -> Truth:
    apart = any_of([_before(run, left, right), _before(run, right, left)])
    return None if apart is None else not apart


def _starts_at(run: Run, left: Range, right: Range) -> Truth:
    included = left.start_included == right.start_included
    return all_of([included, equal(left.start, right.start, run)])


def _ends_at(run: Run, left: Range, right: Range) -> Truth:
    included = left.end_included == right.end_included
    return all_of([included, equal(left.end, right.end, run)])


def _starts_before(run: Run, left: Range, right: Range) -> Truth:
    wider = left.start_included and not right.start_included
    level = all_of([wider, equal(left.start, right.start, run)])
    return any_of([less(left.start, right.start, run), level])


def _ends_before(run: Run, left: Range, right: Range) -> Truth:
    wider = right.end_included and not left.end_included
    level = all_of([wider, equal(left.end, right.end, run)])
    return any_of([less(left.end, right.end, run), level])


def _overlaps_before(run: Run, left: Range, right: Range) -> Truth:
    begins = any_of([_starts_before(run, left, right)])
    ends = any_of([_ends_before(run, left, right), _ends_at(run, left, right)])
    return all_of([begins, ends, _overlaps(run, left, right)])


def _includes(run: Run, left: Range, right: Range) -> Truth:
    begins = any_of([_starts_before(run, left, right), _starts_at(run, left, right)])
    ends = any_of([_ends_before(run, right, left), _ends_at(run, left, right)])
    return all_of([begins, ends])


def _starts(run: Run, left: Range, right: Range) -> Truth:
    ends = any_of([_ends_before(run, left, right), _ends_at(run, left, right)])
    return all_of([_starts_at(run, left, right), ends])


def _finishes(run: Run, left: Range, right: Range) -> Truth:
    begins = any_of([_starts_before(run, right, left), _starts_at(run, left, right)])
    return all_of([_ends_at(run, left, right), begins])


def _coincides(run: Run, left: Range, right: Range) -> Truth:
    return all_of([_starts_at(run, left, right), _ends_at(run, left, right)])


def _point_starts(run: Run, left: Range, right: Range) -> Truth:
    return all_of([right.start_included, equal(left.start, right.start, run)])


def _point_finishes(run: Run, left: Range, right: Range) -> Truth:
    return all_of([right.end_included, equal(left.end, right.end, run)])


def _turned(relate: _Relation) -> _Relation:
    return lambda run, left, right: relate(run, right, left)


_ALL_FOUR = (_TWO_POINTS, _POINT_RANGE, _RANGE_POINT, _TWO_RANGES)

_relation("before", "Whether the first ends before the second.", _before, *_ALL_FOUR)
_relation(
    "after", "Whether the first begins after the second.", _turned(_before), *_ALL_FOUR
)
_relation(
    "meets", "Whether the first ends where the second begins.", _meets, _TWO_RANGES
)
_relation(
    "met by",
    "Whether the first begins where the second ends.",
    _turned(_meets),
    _TWO_RANGES,
)
_relation("overlaps", "Whether both share a point.", _overlaps, _TWO_RANGES)
_relation(
    "overlaps before",
    "Whether the first begins earlier and ends within the second.",
    _overlaps_before,
    _TWO_RANGES,
)
_relation(
    "overlaps after",
    "Whether the first begins within the second and ends later.",
    _turned(_overlaps_before),
    _TWO_RANGES,
)
_relation(
    "finishes", "Whether the first ends the second.", _point_finishes, _POINT_RANGE
)
_relation("finishes", "", _finishes, _TWO_RANGES)
_relation(
    "finished by",
    "Whether the second ends the first.",
    _turned(_point_finishes),
    _RANGE_POINT,
)
_relation("finished by", "", _turned(_finishes), _TWO_RANGES)
_relation(
    "includes",
    "Whether the second lies in the first.",
    _includes,
    _RANGE_POINT,
    _TWO_RANGES,
)
_relation(
    "during",
    "Whether the first lies in the second.",
    _turned(_includes),
    _POINT_RANGE,
    _TWO_RANGES,
)
_relation("starts", "Whether the first begins the second.", _point_starts, _POINT_RANGE)
_relation("starts", "", _starts, _TWO_RANGES)
_relation(
    "started by",
    "Whether the second begins the first.",
    _turned(_point_starts),
    _RANGE_POINT,
)
_relation("started by", "", _turned(_starts), _TWO_RANGES)
_relation(
    "coincides", "Whether both are the same.", _coincides, _TWO_POINTS, _TWO_RANGES
)
