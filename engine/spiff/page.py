"""Writes the reference page of the closed list: ``python -m engine.spiff.page``."""

import sys
from collections.abc import Iterable, Iterator, Mapping

from engine.spiff.rules.occurrences import ALLOWED
from engine.spiff.sentences.table import SENTENCES
from engine.spiff.support import ELEMENTS, EXTENSION_ATTRIBUTES, EXTENSIONS, FOREIGN
from engine.spiff.verdict import Attribute, Support, Verdict

_INTRODUCTION = """\
# What of BPMN is executed

This page is made from the tables in `engine/spiff/support.py` and
`engine/spiff/sentences/`; change those, then run
`python -m engine.spiff.page > docs/reference/bpmn-support.md`.

Each construct is *executed*, known to be *without effect*, or *refused* when a
bundle is deployed, with its file, its element and a Dutch sentence that tells
what to do. A construct that is on none of these lists is refused as well.
`woonflow check FILE...` says the same without deploying.

A process that is marked as not executable is a drawing: nothing in it is
checked. A file needs at least one executable process.
"""

_VARIABLES = """\
## Variables that a process gets when it starts

A condition that reads a variable which no form, task or mapping of the bundle
sets gets the warning `variable_never_set`. Variables that come with the start of
a case or from a caller outside of the bundle are named at the process, in the
extension property `variables`, separated by commas.
"""


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [
            _INTRODUCTION,
            *_section("Elements of BPMN 2.0", ELEMENTS, "bpmn"),
            "## Events\n",
            *_table(
                ("where", "kinds of event that are executed"),
                (
                    (f"`bpmn:{name}`", kinds.replace(" ", ", "))
                    for name, kinds in ALLOWED.items()
                ),
            ),
            *_section("Extension elements (zeebe)", EXTENSIONS, "zeebe"),
            *_foreign(),
            _VARIABLES,
            *_findings(),
        ]
    )


def _section(title: str, rows: Mapping[str, Support], prefix: str) -> Iterator[str]:
    yield f"## {title}\n"
    for verdict in Verdict:
        chosen = [(n, row) for n, row in rows.items() if row.verdict is verdict]
        yield f"### {title}: {verdict}\n"
        if verdict is Verdict.REFUSED:
            yield from _table(
                ("element", "what to do instead"),
                ((f"`{prefix}:{name}`", row.advice) for name, row in chosen),
            )
        else:
            yield from _table(
                ("element", "inside", "attributes"),
                (
                    (f"`{prefix}:{name}`", _inside(row), _attributes(row.attributes))
                    for name, row in chosen
                ),
            )


def _inside(row: Support) -> str:
    return ", ".join(sorted(row.inside)) or "anywhere"


def _attributes(attributes: Mapping[str, Attribute]) -> str:
    return ", ".join(
        _attribute(name, attribute)
        for name, attribute in attributes.items()
        if name not in {"id", "name"} or attribute.verdict is not Verdict.WITHOUT_EFFECT
        if name != "id"
    )


def _attribute(name: str, attribute: Attribute) -> str:
    if attribute.only:
        return f"`{name}` (only {' or '.join(sorted(attribute.only))})"
    if attribute.verdict is Verdict.EXECUTED:
        return f"`{name}`"
    return f"`{name}` ({attribute.verdict})"


def _foreign() -> Iterator[str]:
    yield "## Attributes of the zeebe namespace on BPMN elements\n"
    yield from _table(
        ("attribute", "verdict"),
        ((f"`zeebe:{n}`", a.verdict) for n, a in EXTENSION_ATTRIBUTES.items()),
    )
    yield "## Other namespaces\n"
    yield "One that is not listed gets a warning: what it adds has no effect.\n"
    yield from _table(
        ("namespace", "verdict"),
        ((f"`{space}`", verdict) for space, verdict in FOREIGN.items()),
    )


def _findings() -> Iterator[str]:
    yield "## Findings\n"
    yield "The codes are stable; the words between braces are filled in.\n"
    yield from _table(
        ("code", "severity", "sentence"),
        (
            (f"`{code}`", sentence.severity, sentence.text)
            for code, sentence in SENTENCES.items()
        ),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
