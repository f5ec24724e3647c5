import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.dwellings.model import (
    BUILDING_FORM_NAMES,
    UNIT_TYPE_NAMES,
    Address,
    BuildingForm,
    UnitType,
    capakey,
    epc_label,
    mask_national_number,
    national_number,
    normalise,
    parse_address,
)
from workflows.errors import InvalidDataError


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoogstraat", "hoogstr."),
        ("Hoogstraat", "  HOOGSTRAAT "),
        ("Sint-Katelijnestraat", "St. Katelijnestraat"),
        ("Sint-Katelijnestraat", "St-Katelijnestr"),
        ("Leuvensesteenweg", "Leuvense Steenweg"),
        ("Liersesteenweg", "Liersestwg"),
        ("Café-straat", "Cafe straat"),
    ],
)
def test_spellings_of_a_street_become_the_same(one, other):
    assert normalise(one) == normalise(other)


def test_other_streets_stay_apart():
    assert normalise("Hoogstraat") != normalise("Hoge straat")


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)

    assert once.isalnum() or not once
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [("3", "03"), ("3", "bus 3"), ("A", "a"), ("1 A", "1a"), ("0", "0")],
)
def test_spellings_of_a_box_become_the_same(one, other):
    def address(box):
        return Address(street="X", house_number="1", box=box, postcode="2800")

    assert address(one).unit_key == address(other).unit_key


def test_an_address_is_written_as_on_an_envelope():
    with_box = Address(street="Hoogstraat", house_number="12", box="3", postcode="2800")
    without = Address(street="Hoogstraat", house_number="12", postcode="2812")

    assert str(with_box) == "Hoogstraat 12 bus 3, 2800 Mechelen"
    assert str(without) == "Hoogstraat 12, 2812 Mechelen"


def test_the_address_of_an_offer_gets_the_municipality_of_its_postcode():
    offer = {
        "street": " Hoogstraat ",
        "house_number": 12,
        "box": None,
        "postcode": "2811",
    }

    assert parse_address(offer) == Address(
        street="Hoogstraat", house_number="12", postcode="2811", municipality="Mechelen"
    )


def test_each_missing_part_of_an_address_is_named():
    with pytest.raises(InvalidDataError) as caught:
        parse_address({"postcode": "9000"})

    assert set(caught.value.problems) == {"street", "house_number", "postcode"}
    assert "2800, 2801, 2811, 2812" in caught.value.problems["postcode"]


@pytest.mark.parametrize("text", ["12025A0123/00B000", "12025a0123/00_000 "])
def test_a_good_cadastral_key_is_accepted(text):
    assert capakey(text) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12025A0123/00B00",
        "1202A0123/00B000",
        "12025A0123-00B000",
        "12025A0123/00B0000",
    ],
)
def test_a_wrong_cadastral_key_is_refused(text):
    with pytest.raises(InvalidDataError, match="kadastrale sleutel"):
        capakey(text)


@pytest.mark.parametrize("text", ["85073003328", "17073003384", "85.07.30-033.28"])
def test_a_good_national_number_becomes_eleven_digits(text):
    assert len(national_number(text)) == 11


def test_a_wrong_national_number_is_refused():
    with pytest.raises(InvalidDataError, match="rijksregisternummer"):
        national_number("12345678901")


def test_a_national_number_is_shown_masked():
    assert mask_national_number("85073003328") == "85.••.••-•••.••"


@pytest.mark.parametrize(
    ("score", "label"),
    [
        (-5, "A+"),
        (0, "A+"),
        (1, "A"),
        (99, "A"),
        (100, "B"),
        (299, "C"),
        (300, "D"),
        (499, "E"),
        (500, "F"),
        (900, "F"),
    ],
)
def test_the_energy_label_follows_from_the_score(score, label):
    assert epc_label(score) == label


def test_each_type_and_form_has_a_dutch_name():
    assert set(UNIT_TYPE_NAMES) == set(UnitType)
    assert set(BUILDING_FORM_NAMES) == set(BuildingForm)
