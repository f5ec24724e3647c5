"""Bundles of processes, decisions and forms."""

from marshmallow import fields

from web.api.fields import Asked, Data, Text
from web.api.schemas.problem import Finding
from web.api.schemas.running import PageQuery
from web.api.schemas.shown import Shown

KEY = r"^[a-z][a-z0-9_-]{0,39}$"


class DefinitionQuery(PageQuery):
    """Which page of the bundles, by key."""


class Definition(Shown):
    """The newest version of a bundle; *id* is its key, *content_hash* its content."""

    id = fields.String(required=True, attribute="key")
    version = fields.Integer(required=True)
    content_hash = fields.String(required=True)
    deployed_at = fields.AwareDateTime(required=True)
    deployed_by = fields.String(required=True)


class DefinitionPage(Shown):
    """A page of bundles."""

    items = fields.List(fields.Nested(Definition), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class DefinitionDetail(Definition):
    """A bundle with its files, its processes by id, and its versions by number."""

    files = fields.List(fields.String(), required=True)
    processes = fields.Dict(required=True)
    versions = fields.List(fields.Nested(Definition), required=True)


class Deployed(Definition):
    """A bundle that was taken into use, with the warnings of its check."""

    findings = fields.List(fields.Nested(Finding), required=True)


class NewDefinition(Asked):
    """A whole bundle: its key, and the base64 of each file by name."""

    key = Text(longest=40, shortest=1, required=True)
    files = Data(required=True)
