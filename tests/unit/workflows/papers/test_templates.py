"""The papers of meetings, typeset: archivable, accessible, nothing of a case file."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.unit.workflows.papers.samples import (
    HEAD,
    MINUTES,
    NOTE,
    PACK,
    REPORT,
)
from workflows.documents.typesetting import typeset
from workflows.papers.model import PaperKind

NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)
PAPERS = {
    PaperKind.AGENDA_PACK: PACK,
    PaperKind.MINUTES: MINUTES,
    PaperKind.COLLEGE_NOTE: NOTE,
    PaperKind.WORK_GROUP_REPORT: REPORT,
}


def read(kind, **changes):
    made = typeset(kind, HEAD | PAPERS[kind] | changes, at=NOON)
    return PdfReader(BytesIO(made.content))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_archivable_and_accessible(kind):
    reader = read(kind)
    facts = reader.xmp_metadata.stream.get_data().decode()

    assert "part>2<" in facts
    assert "pdfuaid" in facts
    assert reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"].startswith("nl")


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_bears_its_meeting_and_is_no_document_of_a_case(kind):
    for page in read(kind).pages:
        text = page.extract_text()
        assert "Vergadering KG-2026-3" in text
        assert "VLOK" not in text


def test_a_long_table_repeats_its_head_on_each_page():
    pages = [page.extract_text() for page in read(PaperKind.AGENDA_PACK).pages]
    with_rows = [text for text in pages if "Maatschappij 1" in text or "812" in text]

    assert len(with_rows) > 1
    assert all("Kandidaten" in text for text in with_rows)


def test_a_case_begins_on_a_page_of_its_own():
    other = PACK["cases"][0] | {"number": "2026-0999"}
    reader = read(PaperKind.AGENDA_PACK, cases=[PACK["cases"][0], other])
    pages = [page.extract_text() for page in reader.pages]
    begins = [
        [number for number in ("2026-0412", "2026-0999") if f"Dossier {number}" in text]
        for text in pages
    ]

    assert [each for each in begins if each] == [["2026-0412"], ["2026-0999"]]


def test_a_pack_without_anything_but_its_meeting_is_a_paper_too():
    empty = {name: () for name, value in PACK.items() if isinstance(value, list)}
    text = words(read(PaperKind.AGENDA_PACK, **empty))

    assert "De agenda heeft nog geen punten." in text
    assert "Dossiers" not in text


def test_a_missing_note_of_a_work_group_is_told():
    text = words(read(PaperKind.AGENDA_PACK))

    assert "Ontbreekt: er is geen nota bezorgd (verwacht tegen 18 november)." in text


@pytest.mark.parametrize("written", ["#panic()", "$x$", "= Kop", '<a> & "', "*vet*"])
def test_what_people_wrote_is_never_code(written):
    point = MINUTES["points"][0] | {"discussion": written, "decision": written}

    assert written in words(read(PaperKind.MINUTES, points=[point]))
    note = words(read(PaperKind.WORK_GROUP_REPORT, final_report=written))
    assert written in note
