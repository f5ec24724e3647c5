"""Handing out numbers."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from workflows.numbering.tables import NumberRow


def next_number(session: Session, series: str, year: int) -> int:
    """Take the next number of *series* in *year*, starting at 1.

    The row stays locked until the transaction ends, so that two writers never
    get the same number, and one that rolls back leaves no gap.
    """
    statement = _count_up(session.get_bind().dialect.name, series, year)
    return session.scalars(statement).one()


def _count_up(dialect: str, series: str, year: int) -> ReturningInsert[int]:
    """Insert 1, or add 1 to what is there, and give the outcome back."""
    values = {"series": series, "year": year, "last": 1}
    keys = ["series", "year"]
    if dialect == "postgresql":
        on_server = postgresql.insert(NumberRow).values(values)
        return on_server.on_conflict_do_update(
            index_elements=keys, set_={"last": NumberRow.last + 1}
        ).returning(NumberRow.last)
    in_file = sqlite.insert(NumberRow).values(values)
    return in_file.on_conflict_do_update(
        index_elements=keys, set_={"last": NumberRow.last + 1}
    ).returning(NumberRow.last)
