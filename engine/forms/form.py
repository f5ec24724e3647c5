"""A form: read from form-js JSON, shown, and checked on the server."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import DefinitionRefusedError
from engine.feel.run import Clock
from engine.feel.values import Value, from_python
from engine.forms import post, reads, rules, schema
from engine.forms.compiler import compile_fields
from engine.forms.kinds import KEYED, Kind
from engine.forms.model import Field
from engine.forms.remarks import Remarks
from engine.forms.rules import FormError
from engine.forms.sheet import MAX_CHAIN, Sheet
from engine.forms.view import FieldView, Viewer
from engine.model import Finding

Data = Mapping[str, object]
"""Nested values by name: FEEL values, or raw texts as they were typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form as somebody sent it.

    *values* holds typed values under the form's own keys, hidden fields left
    out. *variables* is what the process should store: *values* laid over the
    stored contexts, so that a form with a part of ``offer`` keeps the rest of
    it. *posted_back* is what was typed, to show again and to draft. When there
    are *errors*, nothing may be stored but that draft.
    """

    values: Mapping[str, Value]
    variables: Mapping[str, Value]
    errors: tuple[FormError, ...]
    posted_back: Mapping[str, object]


class Form:
    """A compiled form; immutable, safe to share and to cache.

    In all methods *context* holds the stored FEEL values that the task sees,
    and *clock* gives the moment (aware) for ``today()`` and for dates that may
    not lie in the past.
    """

    def __init__(self, form_id: str, fields: tuple[Field, ...]) -> None:
        self.id = form_id
        self._fields = fields
        self._watched = reads.watched(fields)
        self.paths = frozenset(
            ".".join(place.path)
            for place in reads.places(fields)
            if place.field.kind in KEYED | {Kind.LIST}
        )
        """The places of all values, without row numbers."""
        self.keys = frozenset(path.partition(".")[0] for path in self.paths)
        """The names of the variables that the form sets."""
        self.variables = reads.read_outside(fields)
        """The names of the variables that the form only reads."""

    def fields(
        self,
        values: Data | None,
        context: Data,
        errors: tuple[FormError, ...] = (),
        *,
        clock: Clock | None = None,
    ) -> tuple[FieldView, ...]:
        """Return the visible fields.

        *values* is a draft or ``Submission.posted_back``; without it, and for
        what it doesn't name, the stored values and then the defaults show.
        """
        sheet = self._sheet(values or {}, context, clock)
        return Viewer(errors, self._watched).views(sheet.nodes)

    def submit(
        self, posted: post.Posted, context: Data, *, clock: Clock | None = None
    ) -> Submission:
        """Check an HTML form post: texts by the names of the controls."""
        return self._submit(post.read(self._fields, posted), context, clock)

    def submit_json(
        self, data: Data, context: Data, *, clock: Clock | None = None
    ) -> Submission:
        """Check nested JSON data; an absent key keeps the stored value."""
        return self._submit(data, context, clock)

    def read_draft(self, posted: post.Posted) -> dict[str, object]:
        """Return what was typed, unchecked, as JSON-ready data for ``fields``.

        Obeys the buttons ``_add`` (value: the name of a list) and ``_remove``
        (value: the name of a row).
        """
        return post.read(self._fields, posted)

    def _sheet(self, tree: Data, context: Data, clock: Clock | None) -> Sheet:
        stored = {name: from_python(value) for name, value in context.items()}
        return Sheet(self._fields, tree, stored, clock).settle()

    def _submit(self, tree: Data, context: Data, clock: Clock | None) -> Submission:
        sheet = self._sheet(tree, context, clock)
        return Submission(
            values=sheet.values(),
            variables=sheet.variables(),
            errors=tuple(rules.errors(sheet.nodes)),
            posted_back=tree,
        )


def parse(content: bytes) -> Form:
    """Compile a form; raise ``DefinitionRefusedError`` with all findings."""
    form, findings = _compile("formulier", content)
    if form is None:
        raise DefinitionRefusedError(tuple(findings))
    return form


def check(name: str, content: bytes) -> list[Finding]:
    """Return the findings on a form file."""
    return _compile(name, content)[1]


def _compile(name: str, content: bytes) -> tuple[Form | None, list[Finding]]:
    remarks = Remarks(name)
    try:
        found = schema.read(content)
    except schema.SchemaError as error:
        remarks.refuse("formulier", "form_unreadable", str(error))
        return None, remarks.findings
    schema.check(found, remarks)
    if any(finding.code == "form_size" for finding in remarks.findings):
        return None, remarks.findings
    fields = compile_fields(found, remarks)
    _check_keys(fields, remarks)
    _check_rings(fields, remarks)
    if remarks.findings:
        return None, remarks.findings
    return Form(str(found.get("id") or name), fields), []


def _check_keys(fields: tuple[Field, ...], remarks: Remarks) -> None:
    taken: dict[tuple[str, ...], Field] = {}
    for place in reads.places(fields):
        if place.field.kind not in KEYED | {Kind.LIST} or not place.path:
            continue
        for length in range(1, len(place.path) + 1):
            other = taken.get(place.path[:length])
            above = other is not None and other in place.above
            if other is not None and not above:
                sentence = (
                    f"De sleutel '{'.'.join(place.path)}' komt twee keer voor;"
                    " geef elk veld een eigen sleutel."
                )
                remarks.refuse(place.field.id, "form_double_key", sentence)
        taken[place.path] = place.field


def _check_rings(fields: tuple[Field, ...], remarks: Remarks) -> None:
    dependencies = reads.Dependencies(fields)
    rings = dependencies.rings()
    if not rings and dependencies.longest() > MAX_CHAIN:
        sentence = "De voorwaarden bouwen te lang op elkaar voort; maak ze korter."
        remarks.refuse("formulier", "form_chain", sentence)
    for ring in rings:
        names = " en ".join(f"'{'.'.join(place.path)}'" for place in ring)
        sentence = (
            f"De voorwaarden van {names} hangen in een kring van elkaar af;"
            " haal er één weg."
        )
        remarks.refuse(ring[0].field.id, "form_ring", sentence)
