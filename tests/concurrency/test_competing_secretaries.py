"""Two secretaries at one meeting: one wins, the other hears who was first."""

from datetime import UTC, datetime

import pytest

from engine.registry import Registry
from tests.concurrency.rival import Rival
from workflows.bodies.model import BodyKind
from workflows.bodies.tables import BodyRow
from workflows.errors import NotAllowedNowError, OvertakenError
from workflows.meetings import repository, service
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.service import NewPoint, PointText
from workflows.meetings.tables import MeetingRow
from workflows.minutes.repository import minutes_row

NUMBER = "KG-2026-1"


@pytest.fixture
def registry():
    return Registry()


@pytest.fixture
def point(engine):
    with engine.transaction() as work:
        body = BodyRow(
            key="core_group",
            kind=BodyKind.CORE_GROUP,
            name="Kerngroep",
            prefix="KG",
            starts_on=work.now.date(),
            source="",
            verified=False,
        )
        work.session.add(body)
        work.session.flush()
        meeting = MeetingRow(
            number=NUMBER,
            body_key="core_group",
            sequence=1,
            starts_at=datetime(2026, 12, 10, 13, tzinfo=UTC),
            minutes_long=90,
            place="",
            reason="",
            status=MeetingStatus.HELD,
            planned_at=work.now,
            planned_by="an",
            version=1,
        )
        work.session.add(meeting)
        work.session.flush()
        new = NewPoint(kind=PointKind.FREE, title="Leegstand")
        return service.add_point(work, NUMBER, new, by="an")


def writing(point, text, by):
    return lambda work: service.write_point(
        work, point.id, PointText(discussion=text), version=1, by=by
    )


def discussion(engine):
    with engine.reading() as work:
        (found,) = repository.points_of(work.session, NUMBER)
    return found.discussion


def test_the_slower_of_two_who_write_one_point_hears_who_was_first(
    engine, point, clock
):
    with engine.transaction() as work:
        writing(point, "Van An", "an")(work)
        slower = Rival(engine, writing(point, "Van Griet", "griet")).go()

    with pytest.raises(OvertakenError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("an", clock.now())
    assert discussion(engine) == "Van An"


def test_a_writer_that_fails_leaves_the_point_to_the_other(engine, point):
    with pytest.raises(RuntimeError), engine.transaction() as work:  # noqa: PT012
        writing(point, "Van An", "an")(work)
        other = Rival(engine, writing(point, "Van Griet", "griet")).go()
        raise RuntimeError

    assert other.outcome() == 2
    assert discussion(engine) == "Van Griet"


def test_who_still_writes_while_the_minutes_are_approved_hears_that_they_are(
    engine, point, clock
):
    with engine.transaction() as work:
        repository.locked_row(work.session, NUMBER)
        minutes = minutes_row(work.session, NUMBER)
        minutes.approved_at, minutes.approved_by = work.now, "eva"
        work.session.flush()
        slower = Rival(engine, writing(point, "Nog iets", "an")).go()

    with pytest.raises(NotAllowedNowError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("eva", clock.now())
    assert discussion(engine) == ""


def test_who_orders_and_who_drops_a_point_do_not_wait_for_each_other(engine, point):
    def order(work):
        service.order_points(work, NUMBER, [point.id], by="griet")

    with engine.transaction() as work:
        service.drop_point(work, point.id, by="an")
        other = Rival(engine, order).go()

    assert other.outcome() is None
    with engine.reading() as work:
        assert repository.points_of(work.session, NUMBER) == []
