"""Forms of form-js: drawn by managers, rendered and checked by the server."""

from engine.forms.form import Form, Submission, check, parse
from engine.forms.rules import FormError
from engine.forms.view import FieldView, OptionView, RowView

__all__ = [
    "FieldView",
    "Form",
    "FormError",
    "OptionView",
    "RowView",
    "Submission",
    "check",
    "parse",
]
