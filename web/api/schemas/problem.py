"""Problem documents (RFC 9457)."""

from marshmallow import Schema, fields


class FieldProblem(Schema):
    """What is wrong with one field."""

    field = fields.String(required=True)
    detail = fields.String(required=True)


class Finding(Schema):
    """One remark of the check of a bundle."""

    file = fields.String(required=True)
    element = fields.String(required=True)
    severity = fields.String(required=True)
    sentence = fields.String(required=True)
    code = fields.String(required=True)


class Problem(Schema):
    """Why something was refused; *title*, *detail* and sentences are Dutch."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    code = fields.String(required=True)
    reference = fields.String()
    errors = fields.List(fields.Nested(FieldProblem))
    findings = fields.List(fields.Nested(Finding))
    by = fields.String()
    by_name = fields.String()
    at = fields.AwareDateTime()
    state = fields.String()
    key = fields.String()
