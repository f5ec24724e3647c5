"""The last number given out per series and year."""

from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base


class NumberRow(Base):
    """A counter; its row is locked by whoever took a number and has not committed."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
