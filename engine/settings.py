"""What the engine must be told: from the environment, nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.zone import ZONE

DEFAULT_DATA = "var"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """The settings of the engine; each field names its variable."""

    database_url: str
    """``WOONFLOW_DATABASE_URL``: SQLite in the data folder unless set."""
    data: Path = Path(DEFAULT_DATA)
    """``WOONFLOW_DATA``: the folder of database and documents."""
    zone: str = ZONE
    """``WOONFLOW_ZONE``: the time zone of the city."""
    smtp_url: str = "smtp://127.0.0.1:25"
    """``WOONFLOW_SMTP_URL``: where mail is handed over."""
    mail_from: str = "woonflow@localhost"
    """``WOONFLOW_MAIL_FROM``: the sender of the mails."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> "EngineSettings":
        """Read the settings from *environment*; unset and empty are the same."""
        data = Path(environment.get("WOONFLOW_DATA") or DEFAULT_DATA)
        url = environment.get("WOONFLOW_DATABASE_URL")
        named = {
            field: environment[variable]
            for field, variable in _OPTIONAL.items()
            if environment.get(variable)
        }
        return cls(
            database_url=url or f"sqlite:///{data.absolute()}/woonflow.db",
            data=data,
            **named,
        )


_OPTIONAL = {
    "zone": "WOONFLOW_ZONE",
    "smtp_url": "WOONFLOW_SMTP_URL",
    "mail_from": "WOONFLOW_MAIL_FROM",
}
