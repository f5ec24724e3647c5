"""Key figures: shown, imported, refused with the text kept, taken away."""

import re
from io import BytesIO

import pytest

HEAD = "thema;cijfer;waarde;eenheid;bron"
GOOD = f"{HEAD}\nmarkt;Mediaanprijs rijwoning;315.000;euro;Statbel"
IMPORT = "/overleg/cijfers/invoer?jaar=2026"
TABLES = "/overleg/cijfers/tabellen?jaar=2026"


@pytest.fixture
def client(city):
    return city.client("an.peeters")


def test_pasted_figures_are_kept_and_shown(client):
    page = client.post(IMPORT, data={"figures": GOOD}, follow_redirects=True).text

    assert "1 cijfer is bewaard" in page
    assert "315.000 euro" in page
    assert "Statbel" in page


def test_a_known_figure_gets_its_new_value(client):
    client.post(IMPORT, data={"figures": GOOD})
    newer = GOOD.replace("315.000", "320.500")
    page = client.post(IMPORT, data={"figures": newer}, follow_redirects=True).text

    assert "320.500 euro" in page
    assert "315.000 euro" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_of_a_spreadsheet_is_read_in_its_encoding(client, encoding):
    content = f"{HEAD}\r\naanbod;Woningen één;12;;Stad\r\n".encode(encoding)
    data = {"file": (BytesIO(content), "cijfers.csv")}
    page = client.post(
        IMPORT, data=data, content_type="multipart/form-data", follow_redirects=True
    ).text

    assert "Woningen één" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thema;cijfer\n", "kopregel"),
        (f"{HEAD}\nweer;Zon;1;;KMI", "Regel 2: kies als thema"),
        (f"{HEAD}\nmarkt;Prijs;veel;euro;Statbel", "‘veel’ is geen getal"),
        (f"{HEAD}\nmarkt;Prijs;1;euro", "Regel 2: 5 kolommen verwacht"),
    ],
)
def test_a_refused_text_is_kept_with_what_is_wrong(client, text, sentence):
    answer = client.post(IMPORT, data={"figures": text})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert text.split("\n")[-1] in answer.text


def test_a_refused_file_is_shown_to_be_mended(client):
    data = {"file": (BytesIO(f"{HEAD}\nweer;Zon;1;;KMI".encode()), "cijfers.csv")}
    answer = client.post(IMPORT, data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "weer;Zon;1;;KMI</textarea>" in answer.text


def test_a_table_is_kept_and_taken_away(client):
    given = {
        "theme": "need",
        "title": "Kandidaat-huurders",
        "cells": "Maatschappij;2026\nDijleland;812",
        "source": "Woonmaatschappij",
    }
    page = client.post(TABLES, data=given, follow_redirects=True).text
    drop = re.search(r'action="(/overleg/cijfers/tabellen/[^"]+/schrappen)"', page)[1]
    after = client.post(drop, follow_redirects=True).text

    assert "812" in page
    assert "Kandidaat-huurders" in page
    assert "812" not in after


def test_a_table_without_title_or_with_ragged_lines_is_refused_with_its_text(client):
    given = {"theme": "need", "title": "", "cells": "A;B\n1;2", "source": "Stad"}
    untitled = client.post(TABLES, data=given)
    ragged = client.post(TABLES, data=given | {"title": "T", "cells": "A;B\n1"})
    unknown = client.post(TABLES, data=given | {"title": "T", "theme": "weer"})

    assert untitled.status_code == ragged.status_code == unknown.status_code == 422
    assert "Geef de tabel een titel" in untitled.text
    assert "A;B\n1;2" in untitled.text
    assert "2 kolommen verwacht" in ragged.text
    assert "Kies een thema" in unknown.text


def test_a_figure_is_taken_away(client):
    page = client.post(IMPORT, data={"figures": GOOD}, follow_redirects=True).text
    drop = re.search(r'action="(/overleg/cijfers/[0-9a-f-]+/schrappen)"', page)[1]
    after = client.post(drop, follow_redirects=True).text

    assert "315.000" not in after


def test_each_year_has_its_own_figures(client):
    client.post(IMPORT, data={"figures": GOOD})

    assert "315.000 euro" not in client.get("/overleg/cijfers?jaar=2025").text
    assert client.get("/overleg/cijfers?jaar=onzin").status_code == 200


def test_who_only_reads_figures_enters_none(city):
    client = city.client("bram.claes")

    assert "Cijfers invoeren" not in client.get("/overleg/cijfers").text
    assert client.post(IMPORT, data={"figures": GOOD}).status_code == 403


def test_a_cell_of_a_page_long_is_refused_with_the_text_kept(client):
    answer = client.post(IMPORT, data={"figures": "x" * 200_000})

    assert answer.status_code == 422
    assert "een cel is te lang" in answer.text
