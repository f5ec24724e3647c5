"""A bundle as a program sends it: a multipart form, or JSON with base64."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from flask import Request
from marshmallow import ValidationError
from werkzeug.datastructures import FileStorage

from engine.model import Bundle
from web.api.body import read_json
from web.api.schemas.definitions import KEY, NewDefinition
from web.errors import FormRefusedError
from web.uploads import bundle_files

MOST_FILES = 200
MULTIPART = "multipart/form-data"

REQUEST_BODY: Mapping[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "De hele bundel: alle bestanden samen zijn de nieuwe versie.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["key", "files"],
                    "additionalProperties": False,
                    "properties": {
                        "key": {"type": "string", "pattern": KEY},
                        "files": {
                            "type": "object",
                            "minProperties": 1,
                            "additionalProperties": {
                                "type": "string",
                                "contentEncoding": "base64",
                            },
                        },
                    },
                },
            },
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": ["key", "files"],
                    "properties": {
                        "key": {"type": "string", "pattern": KEY},
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                        },
                    },
                },
            },
        },
    }
}
"""What the document says of the body of a deployment."""


def read_bundle(incoming: Request) -> Bundle:
    """Read the bundle of a request; raise ``FormRefusedError`` with what is wrong."""
    if incoming.mimetype == MULTIPART:
        key, posted = incoming.form.get("key", ""), incoming.files.getlist("files")
    else:
        key, posted = _from_json(read_json(incoming))
    if not re.fullmatch(KEY, key):
        why = "Begin met een kleine letter; daarna kleine letters, cijfers, - en _."
        raise FormRefusedError((("key", why),))
    if len(posted) > MOST_FILES:
        raise FormRefusedError((("files", f"Stuur hoogstens {MOST_FILES} bestanden."),))
    files = bundle_files(posted)
    if not files:
        raise FormRefusedError((("files", "Stuur minstens één bestand."),))
    return Bundle(key=key, files=files)


def _from_json(body: object) -> tuple[str, list[FileStorage]]:
    if not isinstance(body, dict):
        raise FormRefusedError((("", "Dit moet een object zijn."),))
    try:
        asked = NewDefinition().load(body)
    except ValidationError as error:
        raise FormRefusedError(tuple(_sentences(error.messages_dict))) from error
    pairs = asked["files"].items()
    return asked["key"], [_decoded(str(name), content) for name, content in pairs]


def _sentences(messages: Mapping[Any, Any]) -> Iterable[tuple[str, str]]:
    for field, found in messages.items():
        sentences = found if isinstance(found, list) else ["Dit klopt niet."]
        yield from ((str(field), str(sentence)) for sentence in sentences)


def _decoded(name: str, content: object) -> FileStorage:
    try:
        decoded = base64.b64decode(str(content), validate=True)
    except (ValueError, binascii.Error) as error:
        sentence = "De inhoud moet base64 zijn."
        raise FormRefusedError(((f"files.{name}", sentence),)) from error
    return FileStorage(BytesIO(decoded), filename=name)
