"""The settings of the web site, from ``WOONFLOW_*`` variables only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from secrets import token_urlsafe

from web.errors import SettingError

_TRUE = frozenset({"1", "true", "yes", "ja", "on"})
_FALSE = frozenset({"0", "false", "no", "nee", "off", ""})


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """What the site needs to know; validated when it starts."""

    secret_key: str
    """``WOONFLOW_SECRET_KEY``: signs the notices between two pages. Without it a
    random one is taken, which is right for one process only."""

    base_url: str = "http://127.0.0.1:8000"
    """``WOONFLOW_BASE_URL``: the address that people type; with https the session
    cookie is sent over https only."""

    theme: Path | None = None
    """``WOONFLOW_THEME``: a style sheet of the city that overrides the tokens."""

    training: bool = False
    """``WOONFLOW_TRAINING``: the training mode, in which the clock can be moved."""

    upload_megabytes: int = 40
    """``WOONFLOW_UPLOAD_MEGABYTES``: the largest request that is taken."""

    trusted_proxies: int = 0
    """``WOONFLOW_TRUSTED_PROXIES``: how many proxies stand before the site; the
    address of the caller is read behind that many of them, and of no more, since
    anybody can write the rest of ``X-Forwarded-For``."""

    @property
    def is_https(self) -> bool:
        """Whether the site is reached over https."""
        return self.base_url.startswith("https://")


def from_environment(environment: Mapping[str, str]) -> WebSettings:
    """Read the settings; raise ``SettingError`` naming the variable that is wrong."""
    given: dict[str, object] = {"secret_key": token_urlsafe(32)}
    for field in fields(WebSettings):
        variable, read = _READERS[field.name]
        if variable in environment:
            given[field.name] = _read(variable, environment[variable], read)
    return WebSettings(**given)  # type: ignore[arg-type]


def _read(variable: str, text: str, read: Callable[[str], object]) -> object:
    try:
        return read(text)
    except ValueError as error:
        raise SettingError(variable, text, str(error)) from error


def _secret(text: str) -> str:
    if len(text) < 16:  # noqa: PLR2004 - a shorter one can be guessed
        message = "schrijf minstens 16 tekens"
        raise ValueError(message)
    return text


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        message = "begin met http:// of https://"
        raise ValueError(message)
    return text.rstrip("/")


def _existing_file(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text)
    if not path.is_file():
        message = "dit bestand bestaat niet"
        raise ValueError(message)
    return path


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        message = "schrijf true of false"
        raise ValueError(message)
    return word in _TRUE


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        message = "schrijf een geheel getal groter dan 0"
        raise ValueError(message)
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        message = "schrijf een geheel getal: 0 of meer"
        raise ValueError(message)
    return int(text)


_READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "secret_key": ("WOONFLOW_SECRET_KEY", _secret),
    "base_url": ("WOONFLOW_BASE_URL", _url),
    "theme": ("WOONFLOW_THEME", _existing_file),
    "training": ("WOONFLOW_TRAINING", _flag),
    "upload_megabytes": ("WOONFLOW_UPLOAD_MEGABYTES", _positive),
    "trusted_proxies": ("WOONFLOW_TRUSTED_PROXIES", _count),
}
