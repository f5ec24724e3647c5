"""How the fields of a form lie on the page, and its Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it import MarkdownIt
from markupsafe import Markup

from engine.forms.view import FieldView

COLUMNS = 16

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field with its width in sixteenths."""

    field: FieldView
    span: int


def form_rows(fields: Iterable[FieldView]) -> list[list[Cell]]:
    """Return the rows of a form: neighbours with the same row name lie side by side."""
    numbered = list(enumerate(fields))
    grouped = groupby(numbered, lambda each: each[1].row or each[0])
    return [_row([field for _, field in each]) for _, each in grouped]


def _row(fields: Sequence[FieldView]) -> list[Cell]:
    """Share the row: fields without a width of their own get what is left."""
    free = COLUMNS - sum(field.columns or 0 for field in fields)
    without = sum(1 for field in fields if field.columns is None)
    share = max(free // without, 2) if without else 0
    return [Cell(field=field, span=field.columns or share) for field in fields]


def markdown(text: str) -> Markup:
    """Render the Markdown of a form; HTML in it is shown, not obeyed."""
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - HTML is off


def flat(fields: Iterable[FieldView], heading: str = "") -> list[tuple[str, str]]:
    """Return label and value of each field that has a value, rows included."""
    pairs: list[tuple[str, str]] = []
    for field in fields:
        label = f"{heading}{field.label or field.key}"
        shown = field.shown or field.value
        if field.name and shown and field.kind != "filepicker":
            pairs.append((label, shown))
        pairs += flat(field.fields, heading)
        for row in field.rows:
            pairs += flat(row.fields, f"{row.legend}, ")
    return pairs
