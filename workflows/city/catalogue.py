"""Every setting of a city, read from ``settings.toml``."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from workflows.city.model import Setting, SettingKind


def _read() -> Mapping[str, Setting]:
    text = files("workflows.city").joinpath("settings.toml").read_text("utf-8")
    return {
        name: Setting(
            name=name,
            kind=SettingKind(each["kind"]),
            default=each["default"],
            group=each["group"],
            label=each["label"],
            sentence=each["sentence"],
        )
        for name, each in tomllib.loads(text).items()
    }


SETTINGS: Mapping[str, Setting] = _read()
_OF_CASES = frozenset(
    {"Inhuurneming", "Technisch verslag", "Werken", "Conformiteitsattest"}
)
NOT_TERMS = frozenset(
    name for name, setting in SETTINGS.items() if setting.group not in _OF_CASES
)
"""What no case takes along: how the city is named, and the terms of meetings."""
