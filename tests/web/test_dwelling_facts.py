"""The city notes what the registers say of the dwelling of a case."""

import pytest

FACTS = {
    "capakey": "12025a0123/00b000",
    "year_built": "1932",
    "epc_score": "250",
    "epc_label": "",
    "epc_on": "2024-05-03",
}


@pytest.fixture
def case(city):
    return city.offer().number


def sent(city, case, by="bram.claes", **changes):
    return city.client(by).post(f"/dossiers/{case}/woning", data=FACTS | changes)


def test_the_facts_of_a_dwelling_are_shown_on_the_dossier(city, case):
    assert sent(city, case).status_code == 302
    page = city.client("an.peeters").get(f"/dossiers/{case}").text

    for fact in ("12025A0123/00B000", "1932", "250", "3 mei 2024"):
        assert f"<dd>{fact}</dd>" in page
    assert "<dd>C</dd>" in page


def test_what_changed_stands_on_the_case_with_who_did_it(city, case):
    sent(city, case)
    sent(city, case)
    page = city.client("an.peeters").get(f"/dossiers/{case}").text

    assert page.count("Woninggegevens: kadastrale sleutel 12025A0123/00B000") == 1
    assert "EPC-label C, score 250, van 3 mei 2024." in page
    assert "Bram Claes" in page.split("Woninggegevens: ")[1].split("</li>")[0]


def test_the_label_of_the_certificate_goes_before_that_of_the_score(city, case):
    sent(city, case, epc_label="D")

    page = city.client("bram.claes").get(f"/dossiers/{case}/woning").text
    assert '<option value="D" selected>' in page


def test_refused_facts_are_kept_and_each_is_told(city, case):
    wrong = {
        "capakey": "12025<",
        "year_built": "12",
        "epc_score": "veel",
        "epc_label": "Z",
        "epc_on": "2030-01-01",
    }
    answer = sent(city, case, **wrong)

    assert answer.status_code == 422
    assert answer.text.count('class="field-error"') == 5
    assert 'value="12025&lt;"' in answer.text
    assert 'value="veel"' in answer.text
    assert (
        "Woninggegevens: "
        not in city.client("an.peeters").get(f"/dossiers/{case}").text
    )


def test_an_empty_field_is_not_known(city, case):
    sent(city, case)
    sent(city, case, **dict.fromkeys(FACTS, ""))

    page = city.client("an.peeters").get(f"/dossiers/{case}").text
    assert "<dd>1932</dd>" not in page
    assert "niets meer bekend" in page


@pytest.mark.parametrize("user", ["ine.vos", "dirk.wouters"])
def test_only_the_service_may_note_them(city, case, user):
    assert sent(city, case, by=user).status_code == 403
    assert city.client(user).get(f"/dossiers/{case}/woning").status_code == 403
