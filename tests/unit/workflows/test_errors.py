import pickle

import pytest

from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    UnknownError,
)

ERRORS = [
    (
        UnknownError("2026-9999", "Het dossier"),
        "Het dossier 2026-9999 bestaat niet (meer).",
    ),
    (ForbiddenError("read_case", "Dat mag niet."), "Dat mag niet."),
    (InvalidDataError({"a": "Vul a in.", "b": "Vul b in."}), "Vul a in. Vul b in."),
    (NotAllowedNowError("x", "closed", "Dit is afgesloten."), "Dit is afgesloten."),
]


@pytest.mark.parametrize(("error", "text"), ERRORS)
def test_an_error_speaks_dutch_and_survives_pickling(error, text):
    copy = pickle.loads(pickle.dumps(error))

    assert str(error) == str(copy) == text
    assert vars(copy) == vars(error)
