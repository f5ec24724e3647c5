"""The rows of settings."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText


class SettingRow(Base):
    """A value of a setting from a day on; only ever added, or replaced that day."""

    __tablename__ = "city_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[object] = mapped_column(JsonText)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
