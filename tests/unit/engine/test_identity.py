from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.persistence.identity import new_id

MOMENTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.just(UTC),
)


@given(MOMENTS, st.timedeltas(timedelta(milliseconds=1), timedelta(days=9)))
def test_a_later_key_is_greater(moment, later):
    assert new_id(moment) < new_id(moment + later)


@given(MOMENTS)
def test_a_key_is_a_uuid_of_version_seven(moment):
    key = new_id(moment)

    assert key.version == 7
    assert key.variant == "specified in RFC 4122"


def test_keys_of_one_moment_differ_and_are_in_the_order_of_their_making():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    keys = [new_id(moment) for _ in range(10_000)]

    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)
