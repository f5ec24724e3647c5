"""Photos: what is accepted, and how it is cleaned."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps, UnidentifiedImageError

from workflows.errors import InvalidDataError

LARGEST_FILE = 15 * 1024 * 1024
LARGEST_PICTURE = 50_000_000
"""Pixels; more is refused before it is unpacked."""
LONGEST_SIDE = 2000
ACCEPTED = ("JPEG", "PNG", "WEBP")
QUALITY = 85
_BLENDABLE = {"1": "L", "P": "RGBA"}
"""Pictures of two colours, or of a palette, can't be made smaller smoothly."""
_TOO_MANY_PIXELS = "De foto heeft te veel beeldpunten: verklein ze eerst."


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A cleaned picture: JPEG, upright, without place, camera or other facts."""

    content: bytes
    width: int
    height: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A photo that somebody added; its bytes are read apart."""

    id: UUID
    case_number: str
    file_name: str
    media_type: str
    size: int
    width: int
    height: int
    sha256: str
    created_at: datetime
    created_by: str


def clean(content: bytes) -> Photo:
    """Re-encode a photo; raise ``InvalidDataError`` for what isn't one.

    The kind is told by the content, never by name or header. Facts that the
    camera wrote (place, owner, thumbnail) don't survive.
    """
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // (1024 * 1024)
        _refuse(f"De foto is te groot: hoogstens {limit} MB.")
    try:
        with Image.open(BytesIO(content), formats=ACCEPTED) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                _refuse(_TOO_MANY_PIXELS)
            return _encode(picture)
    except Image.DecompressionBombError as error:
        raise InvalidDataError({"file": _TOO_MANY_PIXELS}) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        sentence = "Dit bestand is geen foto die we kunnen lezen (JPEG, PNG of WebP)."
        raise InvalidDataError({"file": sentence}) from error


def _encode(picture: Image.Image) -> Photo:
    blendable = _BLENDABLE.get(picture.mode)
    if blendable is not None:
        picture = picture.convert(blendable)
    # Smaller first: a JPEG is then read at a fraction of its size, and no second
    # copy of a large picture is made.
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    rgba = ImageOps.exif_transpose(picture).convert("RGBA")
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    target = BytesIO()
    flat.save(target, "JPEG", quality=QUALITY)
    content = target.getvalue()
    return Photo(
        content=content,
        width=flat.width,
        height=flat.height,
        sha256=sha256(content).hexdigest(),
    )


def _refuse(sentence: str) -> None:
    raise InvalidDataError({"file": sentence})
