"""The verdicts of the closed list, and how its rows are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What happens to a construct."""

    EXECUTED = "executed"
    WITHOUT_EFFECT = "without effect"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute; *only* names the accepted values, all of them when empty."""

    verdict: Verdict
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A row of the closed list.

    *inside* names the elements that may hold it, any when it is empty; *advice*
    is the Dutch sentence that tells what to draw instead.
    """

    verdict: Verdict
    inside: frozenset[str] = frozenset()
    attributes: Mapping[str, Attribute]
    advice: str = ""


def attribute(word: str) -> tuple[str, Attribute]:
    """Read the word of an attribute (see ``engine.spiff.support``)."""
    if word.endswith("~"):
        return word[:-1], Attribute(verdict=Verdict.WITHOUT_EFFECT)
    if word.endswith("!"):
        return word[:-1], Attribute(verdict=Verdict.REFUSED)
    name, _, values = word.partition("=")
    only = frozenset(values.split("|")) if values else frozenset[str]()
    return name, Attribute(verdict=Verdict.EXECUTED, only=only)


def _row(
    verdict: Verdict, inside: str, attributes: str = "", *, advice: str = ""
) -> Support:
    return Support(
        verdict=verdict,
        inside=frozenset(inside.split()),
        attributes=dict(attribute(word) for word in f"id name~ {attributes}".split()),
        advice=advice,
    )


def runs(inside: str, attributes: str = "") -> Support:
    """Make a row that is executed."""
    return _row(Verdict.EXECUTED, inside, attributes)


def idle(inside: str = "", attributes: str = "") -> Support:
    """Make a row that is known to be without effect."""
    return _row(Verdict.WITHOUT_EFFECT, inside, attributes)


def refused(advice: str) -> Support:
    """Make a row that is refused; *advice* tells what to draw instead."""
    return _row(Verdict.REFUSED, "", advice=advice)


def all_refused(advice: str, names: str) -> dict[str, Support]:
    """Make a row for each of *names*, all with the same *advice*."""
    return dict.fromkeys(names.split(), refused(advice))
