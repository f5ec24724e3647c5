"""The process families that come with Woonflow, as bundles."""

from importlib.resources import files

from engine.model import Bundle

FAMILIES = ("svk", "consultation")
_SUFFIXES = (".bpmn", ".dmn", ".form")


def bundle(family: str) -> Bundle:
    """Return the files of one family of ``bpmn/``; raise ``KeyError`` without."""
    if family not in FAMILIES:
        raise KeyError(family)
    folder = files("bpmn") / family
    return Bundle(
        key=family,
        files={
            each.name: each.read_bytes()
            for each in folder.iterdir()
            if each.name.endswith(_SUFFIXES)
        },
    )


def bundles() -> tuple[Bundle, ...]:
    """Return all families."""
    return tuple(bundle(family) for family in FAMILIES)
