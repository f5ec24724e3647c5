from datetime import UTC, datetime
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from workflows.documents.model import KIND_NAMES, DocumentKind
from workflows.documents.signs import drawable
from workflows.documents.typesetting import typeset

NOON = datetime(2026, 3, 16, 11, tzinfo=UTC)
REFUSAL = {
    "city": {
        "name": "Mechelen",
        "sender": "Dienst Wonen",
        "contact": "wonen@mechelen.example",
    },
    "case_number": "2026-0412",
    "address": "Hoogstraat 12, 2800 Mechelen",
    "made": {"year": 2026, "month": 3, "day": 16, "text": "16 maart 2026"},
    "reasons": "De trap is onveilig.",
    "inspected_on": "2 maart 2026",
    "result": "Ongeschikt",
}


def refusal(**changes):
    return typeset(DocumentKind.REFUSAL, REFUSAL | changes, at=NOON)


def text_of(made):
    return "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(made.content)).pages
    )


def test_the_same_data_at_the_same_moment_give_the_same_bytes():
    assert refusal().content == refusal().content
    assert len(refusal().sha256) == 64


def test_a_moment_between_two_seconds_can_be_typeset_too():
    odd = NOON.replace(microsecond=123456)

    assert typeset(DocumentKind.REFUSAL, REFUSAL, at=odd).content == refusal().content


def test_a_document_says_that_it_is_archivable_accessible_and_dutch():
    reader = PdfReader(BytesIO(refusal().content))
    facts = reader.xmp_metadata.stream.get_data().decode()

    assert "part>2<" in facts
    assert "conformance>A<" in facts
    assert "pdfuaid" in facts
    assert reader.metadata.title == "Weigering van het conformiteitsattest"
    assert reader.trailer["/Root"]["/Lang"].startswith("nl")


@pytest.mark.parametrize(
    "name", ["Şükrü Öztürk", "Đorđević", "Ευγενία", "Юлія", "محمد", "Żółć"]
)
def test_names_of_all_people_can_be_written(name):
    assert refusal(reasons=name).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "$x^2$",
        "= Kop",
        "*vet* _x_ `y`",
        '#read("/etc/passwd")',
        '<a> & \\ "',
    ],
)
def test_what_a_user_wrote_is_never_code(text):
    assert text.split()[0] in text_of(refusal(reasons=text))


def test_a_long_text_flows_over_pages():
    made = refusal(reasons="De trap is onveilig. " * 900)

    assert len(PdfReader(BytesIO(made.content)).pages) > 1
    assert "Blad 2 van" in text_of(made)


def test_missing_data_stop_the_document():
    data = {name: value for name, value in REFUSAL.items() if name != "reasons"}

    with pytest.raises(typst.TypstError, match="reasons"):
        typeset(DocumentKind.REFUSAL, data, at=NOON)


def test_each_kind_has_a_dutch_name():
    assert set(KIND_NAMES) == set(DocumentKind)


@pytest.mark.parametrize(
    "signs", ["🏠", "中", "\x01", "\ufffe", "\U0001f468\u200d\U0001f4bb"]
)
def test_a_sign_that_no_font_has_does_not_stop_the_document(signs):
    told = text_of(refusal(reasons=f"De trap {signs}is onveilig."))

    assert "is onveilig." in told


def test_only_what_cannot_be_drawn_is_replaced():
    told = {"a": ["Łódź\n€ محمد", "x\x00y"], "b": ("🏠", 1, None)}

    assert drawable(told) == {"a": ["Łódź\n€ محمد", "xy"], "b": ["□", 1, None]}
