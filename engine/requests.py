"""When two requests are the same request."""

from hashlib import sha256

from engine.feel.codec import dumps
from engine.feel.values import from_python


def request_hash(*parts: object) -> str:
    """Return the SHA-256 over the parts of a request, which are plain values."""
    digest = sha256()
    for part in parts:
        text = dumps(from_python(part))
        digest.update(f"{len(text)}:{text}".encode())
    return digest.hexdigest()
