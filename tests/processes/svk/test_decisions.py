"""The decision tables of the family, against the vectors of law and agreement."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from engine import dmn

FAMILY = files("bpmn") / "svk"
FLAGS = ("result", "unfit", "uninhabitable", "derived_category_ii")


@pytest.fixture(scope="module")
def decide():
    names = ("regime.dmn", "evaluation.dmn", "fee.dmn", "validity.dmn")
    model = dmn.load(*((FAMILY / name).read_bytes() for name in names))

    return lambda decision, **context: model.evaluate(decision, context).value


def counts(*numbers):
    return dict(zip(("i", "ii", "iii", "iv"), map(Decimal, numbers), strict=True))


def by_categories(decide, *numbers, occupants=None, occupancy_norm=None):
    return decide(
        "decide_categories",
        counts=counts(*numbers, 0),
        occupants=occupants,
        occupancy_norm=occupancy_norm,
    )


def by_points(decide, *numbers, risk=False, smoke=True, parapets=True):
    return decide(
        "decide_points",
        counts=counts(*numbers),
        health_safety_risk=risk,
        smoke_detectors_ok=smoke,
        parapets_ok=parapets,
    )


@pytest.mark.parametrize(
    ("inspected", "decided", "regime"),
    [
        (date(2020, 12, 31), date(2020, 12, 31), "POINTS"),
        (date(2020, 12, 31), date(2021, 1, 1), "NEW_REPORT_NEEDED"),
        (date(2021, 1, 1), date(2021, 1, 1), "CATEGORIES"),
        (date(2026, 3, 10), date(2026, 3, 20), "CATEGORIES"),
    ],
)
def test_the_regime_follows_the_day_of_inspection(decide, inspected, decided, regime):
    found = decide("decide_regime", inspection_date=inspected, decision_date=decided)

    assert found == regime


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 0, 0), ("CONFORM", False, False, False)),
        ((6, 0, 0), ("CONFORM", False, False, False)),
        ((7, 0, 0), ("NOT_CONFORM", True, False, True)),
        ((0, 1, 0), ("NOT_CONFORM", True, False, False)),
        ((7, 1, 0), ("NOT_CONFORM", True, False, False)),
        ((0, 0, 1), ("NOT_CONFORM", True, True, False)),
        ((9, 3, 1), ("NOT_CONFORM", True, True, False)),
    ],
)
def test_since_2021_the_heaviest_category_decides(decide, numbers, expected):
    found = by_categories(decide, *numbers)

    assert tuple(found[flag] for flag in FLAGS) == expected


@pytest.mark.parametrize(
    ("occupants", "norm", "flagged"),
    [(4, 4, False), (5, 4, True), (None, 4, False), (4, None, False)],
)
def test_too_many_occupants_are_flagged_and_change_no_result(
    decide, occupants, norm, flagged
):
    found = by_categories(decide, 0, 0, 0, occupants=occupants, occupancy_norm=norm)

    assert (found["result"], found["over_occupancy"]) == ("CONFORM", flagged)


@pytest.mark.parametrize(
    ("numbers", "points", "result"),
    [
        ((5, 3, 0, 0), 14, "CONFORM"),
        ((3, 1, 1, 0), 15, "NOT_CONFORM"),
        ((0, 0, 0, 1), 15, "NOT_CONFORM"),
        ((0, 0, 1, 0), 9, "CONFORM"),
        ((14, 0, 0, 0), 14, "CONFORM"),
    ],
)
def test_before_2021_fifteen_points_are_too_many(decide, numbers, points, result):
    found = by_points(decide, *numbers)

    assert (found["points"], found["result"]) == (points, result)
    assert found["unfit"] is (result == "NOT_CONFORM")


@pytest.mark.parametrize("missing", ["smoke", "parapets"])
def test_before_2021_what_is_missing_costs_the_certificate_only(decide, missing):
    found = by_points(decide, 0, 0, 0, 0, **{missing: False})

    assert (found["result"], found["unfit"]) == ("NO_CERTIFICATE", False)


@pytest.mark.parametrize(("risk", "uninhabitable"), [(True, True), (False, False)])
def test_before_2021_points_and_a_risk_make_uninhabitable(decide, risk, uninhabitable):
    found = by_points(decide, 0, 0, 0, 1, risk=risk)

    assert found["uninhabitable"] is uninhabitable


@pytest.mark.parametrize(
    ("asked", "unit", "amount"),
    [
        (date(2020, 12, 31), "ZW", "62.50"),
        (date(2020, 12, 31), "NZW", "75.00"),
        (date(2021, 1, 1), "ZW", "90"),
        (date(2024, 5, 31), "ZW", "90"),
        (date(2024, 6, 1), "ZW", "200"),
    ],
)
def test_a_request_pays_what_its_day_asks(decide, asked, unit, amount):
    fee = decide(
        "decide_fee",
        case_kind="certificate",
        conform=True,
        request_date=asked,
        unit_type=unit,
        units=Decimal(1),
    )

    assert fee["amount"] == Decimal(amount)


@pytest.mark.parametrize(("conform", "amount"), [(True, 0), (False, 200)])
def test_an_intake_is_free_when_conform(decide, conform, amount):
    fee = decide(
        "decide_fee",
        case_kind="svk_intake",
        conform=conform,
        request_date=date(2026, 3, 10),
        unit_type="ZW",
        units=Decimal(1),
    )

    assert fee["amount"] == amount


@pytest.mark.parametrize(
    ("asked", "years"), [(None, 10), (5, 5), (1, 1), (10, 10), (11, 10), (0, 10)]
)
def test_a_city_may_shorten_the_validity_and_never_lengthen_it(decide, asked, years):
    assert decide("decide_validity", city_validity_years=asked) == years
