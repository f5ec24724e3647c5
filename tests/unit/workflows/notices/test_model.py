from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from lxml import etree

from workflows.errors import InvalidDataError
from workflows.notices.model import (
    ADDRESSEE_NAMES,
    ENCLOSED,
    FACT_NAMES,
    Addressee,
    Recipient,
    addressees,
    in_words,
    template,
    template_names,
    write,
)

ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
JAN = Recipient(addressee=Addressee.OWNER, name="Jan Janssens", email="jan@x.example")


def asked_for():
    """Name the templates that the diagrams ask for."""
    for path in (files("bpmn") / "svk").iterdir():
        if path.name.endswith(".bpmn"):
            tree = etree.fromstring(path.read_bytes())
            for each in tree.iter(f"{ZEEBE}input"):
                if each.get("target") == "template":
                    yield each.get("source").strip('="')


def test_each_notice_that_a_diagram_sends_has_a_template():
    wanted = set(asked_for())

    assert wanted
    assert wanted <= set(template_names())


def test_each_template_is_sent_by_a_diagram():
    assert set(template_names()) <= set(asked_for())


@pytest.mark.parametrize("name", template_names())
def test_a_template_names_known_facts_only(name):
    assert template(name).names <= FACT_NAMES


@pytest.mark.parametrize("name", template_names())
def test_a_template_is_written_without_any_fact(name):
    letter = write(template(name), {}, recipient=JAN, closing="Groeten")

    assert letter.text.startswith("Beste Jan Janssens\n\n")
    assert letter.text.endswith("\n\nGroeten\n")
    assert "$" not in letter.subject + letter.text
    assert "\n" not in letter.subject


def test_what_a_user_wrote_is_never_a_placeholder():
    facts = {"missing": "$owner ${address} {x}", "address": "Hoogstraat 12"}

    letter = write(template("offer_incomplete"), facts, recipient=JAN, closing="")

    assert "$owner ${address} {x}" in letter.text


def test_an_unknown_template_is_refused_by_name():
    with pytest.raises(InvalidDataError, match="Er is geen bericht met de naam"):
        template("../x")


def test_addressees_are_read_from_the_diagram():
    assert addressees(["svk", "owner"]) == [Addressee.SVK, Addressee.OWNER]


@pytest.mark.parametrize("names", [["piet"], ["svk", "x"], []])
def test_an_unknown_or_absent_addressee_is_refused(names):
    with pytest.raises(InvalidDataError, match="Kies als bestemming uit"):
        addressees(names)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (" tekst ", "tekst"),
        (date(2026, 3, 2), "maandag 2 maart 2026"),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "dinsdag 3 maart 2026"),
        (datetime(2026, 3, 2, 23, 30), "maandag 2 maart 2026"),  # noqa: DTZ001
        (["a", None, date(2026, 3, 2)], "a, , maandag 2 maart 2026"),
    ],
)
def test_values_are_written_in_words(value, words):
    assert in_words(value) == words


def test_each_addressee_has_a_dutch_name_and_each_enclosure_a_template():
    assert set(ADDRESSEE_NAMES) == set(Addressee)
    assert set(ENCLOSED) <= set(template_names())
