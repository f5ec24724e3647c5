import pytest

from workflows.city.catalogue import NOT_TERMS, SETTINGS
from workflows.city.model import (
    Setting,
    SettingKind,
    SettingValue,
    checked,
    frequency_in_words,
    period_in_words,
)
from workflows.errors import InvalidDataError


def setting(kind):
    return Setting(
        name="x", kind=kind, default=None, group="G", label="Iets", sentence="Zin."
    )


@pytest.mark.parametrize("each", SETTINGS.values(), ids=SETTINGS)
def test_each_default_passes_its_own_check(each):
    assert checked(each, each.default) == each.default


@pytest.mark.parametrize("each", SETTINGS.values(), ids=SETTINGS)
def test_each_setting_has_a_describing_sentence(each):
    assert each.label
    assert each.group
    assert each.sentence.endswith(".")


def test_the_terms_are_those_of_the_contract_with_the_diagrams():
    assert set(SETTINGS) - NOT_TERMS == {
        "completeness", "offer_incomplete", "plan_visit", "visit_reminder",
        "max_visit_attempts", "report_guarantee", "report_reminder", "report_warning",
        "report_agenda", "owner_reminder_first", "owner_reminder_second",
        "owner_passive", "works", "plan_reinspection", "max_reinspections",
        "intake_outcome", "decision", "decision_reminder", "decision_escalation",
        "decision_cabinet", "notify", "renew_first", "renew_second", "validity_years",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        (SettingKind.PERIOD, " p14d ", "P14D"),
        (SettingKind.PERIOD, "P1Y6M", "P1Y6M"),
        (SettingKind.NUMBER, " 5 ", 5),
        (SettingKind.BOOLEAN, "ja", True),
        (SettingKind.BOOLEAN, False, False),
        (SettingKind.TEXT, "  Dienst   Wonen ", "Dienst Wonen"),
        (SettingKind.DAYS, "2026-12-24, 2026-05-15", ["2026-05-15", "2026-12-24"]),
        (SettingKind.DAYS, "", []),
        (SettingKind.DAYS, ["2026-05-15", "2026-05-15"], ["2026-05-15"]),
    ],
)
def test_a_good_value_is_stored_in_one_form(kind, given, stored):
    assert checked(setting(kind), given) == stored


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (SettingKind.PERIOD, "14"),
        (SettingKind.PERIOD, "P0D"),
        (SettingKind.PERIOD, "P"),
        (SettingKind.PERIOD, "PT5M"),
        (SettingKind.PERIOD, "P99999D"),
        (SettingKind.PERIOD, "-P1D"),
        (SettingKind.NUMBER, "0"),
        (SettingKind.NUMBER, "1000"),
        (SettingKind.NUMBER, "2,5"),
        (SettingKind.BOOLEAN, "misschien"),
        (SettingKind.TEXT, "  "),
        (SettingKind.TEXT, "x" * 201),
        (SettingKind.DAYS, "15/05/2026"),
        (SettingKind.DAYS, 5),
    ],
)
def test_a_misfit_is_refused_with_advice(kind, given):
    with pytest.raises(InvalidDataError, match="Iets: ") as caught:
        checked(setting(kind), given)

    assert list(caught.value.problems) == ["x"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("P14D", "14 dagen"),
        ("P1D", "1 dag"),
        ("P3M", "3 maanden"),
        ("P1Y6M", "1 jaar en 6 maanden"),
        ("P2W", "2 weken"),
        ("PT5M", "PT5M"),
    ],
)
def test_a_period_is_read_in_words(period, words):
    assert period_in_words(period) == words


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        ("P1M", "elke maand"),
        ("P1W", "elke week"),
        ("P1Y", "elk jaar"),
        ("P3M", "om de 3 maanden"),
        ("P1Y6M", "om de 1 jaar en 6 maanden"),
        ("wanneer nodig", "wanneer nodig"),
    ],
)
def test_a_frequency_is_written_as_people_say_it(frequency, words):
    assert frequency_in_words(frequency) == words


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (SettingKind.PERIOD, "P7D", "7 dagen"),
        (SettingKind.NUMBER, 5, "5"),
        (SettingKind.BOOLEAN, True, "ja"),
        (SettingKind.BOOLEAN, False, "nee"),
        (SettingKind.TEXT, "Mechelen", "Mechelen"),
        (SettingKind.DAYS, [], "geen"),
        (SettingKind.DAYS, ["2026-05-15"], "2026-05-15"),
    ],
)
def test_a_value_is_read_in_words(kind, value, words):
    read = SettingValue(
        setting=setting(kind),
        value=value,
        valid_from=None,
        changed_at=None,
        changed_by=None,
    )

    assert read.in_words == words
