from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError

from engine.persistence.tables.installation import HeartbeatRow, TrainingClockRow
from engine.persistence.tables.instances import VariableRow
from tests.factories import an_engine


def a_row(work, name="web-1", at=None):
    return HeartbeatRow(
        name=name, kind="serve", started_at=at or work.now, beat_at=work.now
    )


def stray_row():
    """Make a row that no instance owns; the database refuses it."""
    return VariableRow(instance_id=uuid4(), scope=1, name="x", value="1")


def rows(engine):
    with engine.reading() as work:
        return work.session.scalar(select(func.count()).select_from(HeartbeatRow))


def test_what_a_unit_of_work_wrote_is_there_after_it(engine):
    with engine.transaction() as work:
        work.session.add(a_row(work))

    assert rows(engine) == 1


def test_an_exception_takes_everything_back(engine):
    with pytest.raises(IntegrityError), engine.transaction() as work:  # noqa: PT012
        work.session.add(a_row(work))
        work.session.flush()
        work.session.add(stray_row())

    assert rows(engine) == 0


def test_a_unit_of_work_commits_once(engine, count_sql):
    with count_sql(engine.database) as counted, engine.transaction() as work:
        work.session.add(a_row(work))
        work.session.flush()
        work.session.add(a_row(work, "web-2"))

    assert counted.commits == 1


def test_what_waits_for_the_commit_happens_after_it(engine):
    seen = []

    with engine.transaction() as work:
        work.session.add(a_row(work))
        work.after_commit(lambda: seen.append(rows(engine)))
        before = list(seen)

    assert before == []
    assert seen == [1]


def test_what_waits_for_the_commit_is_dropped_with_it(engine):
    seen = []

    with pytest.raises(IntegrityError), engine.transaction() as work:  # noqa: PT012
        work.after_commit(lambda: seen.append(1))
        work.session.add(stray_row())

    assert seen == []


def test_reading_leaves_nothing_behind(sqlite_url, clock):
    engine = an_engine(sqlite_url, clock)
    with engine.reading() as work:
        work.session.add(a_row(work))
        work.session.flush()

    assert rows(engine) == 0
    engine.database.dispose()


def test_a_moment_comes_back_aware_and_in_utc(engine):
    at = datetime.fromisoformat("2026-07-01T12:00:00+02:00")
    with engine.transaction() as work:
        work.session.add(a_row(work, at=at))

    with engine.reading() as work:
        found = work.session.scalars(select(HeartbeatRow)).one()
    assert found.started_at == at
    assert found.started_at.tzinfo is UTC


def test_a_naive_moment_is_refused(engine):
    naive = datetime.fromisoformat("2026-07-01T12:00:00")

    with pytest.raises(StatementError, match="naive"), engine.transaction() as work:
        work.session.add(a_row(work, at=naive))


def test_foreign_keys_hold(engine):
    with pytest.raises(IntegrityError), engine.transaction() as work:
        work.session.add(stray_row())


def test_the_training_clock_has_a_row_of_its_own(engine):
    with engine.transaction() as work:
        work.session.add(
            TrainingClockRow(
                name="t", ahead_seconds=60, moved_at=work.now, moved_by="a"
            )
        )

    with engine.reading() as work:
        assert work.session.scalars(select(TrainingClockRow)).one().ahead_seconds == 60
