from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from workflows.certificates.contents import fee_in_words
from workflows.certificates.model import (
    CAPACITY_NAMES,
    NEXT,
    STATUS_NAMES,
    Capacity,
    Certificate,
    CertificateStatus,
    Fee,
    certificate_number,
    check_move,
    valid_until,
)
from workflows.errors import NotAllowedNowError

S = CertificateStatus
MOVES = {
    (S.TO_SIGN, S.SIGNED), (S.TO_SIGN, S.STOPPED), (S.TO_SIGN, S.REFUSED),
    (S.SIGNED, S.VALID), (S.SIGNED, S.STOPPED),
    (S.VALID, S.EXPIRED), (S.VALID, S.LAPSED), (S.VALID, S.WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize(("current", "wanted"), list(product(S, S)))
def test_only_the_drawn_moves_are_allowed(current, wanted):
    if (current, wanted) in MOVES:
        check_move("CA-2026-0001", current, wanted)
    else:
        with pytest.raises(NotAllowedNowError, match="Attest CA-2026-0001 staat op"):
            check_move("CA-2026-0001", current, wanted)


def test_a_certificate_becomes_valid_from_signed_only():
    assert [status for status in S if S.VALID in NEXT[status]] == [S.SIGNED]


@pytest.mark.parametrize(
    ("issued", "years", "until"),
    [
        (date(2026, 3, 16), 5, date(2031, 3, 16)),
        (date(2028, 2, 29), 5, date(2033, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2026, 12, 31), 10, date(2036, 12, 31)),
    ],
)
def test_validity_is_counted_in_years_from_the_day_of_issue(issued, years, until):
    assert valid_until(issued, years) == until


def test_numbers_sort_by_year_and_order():
    numbers = [
        certificate_number(2026, 31),
        certificate_number(2026, 4),
        certificate_number(2027, 1),
    ]

    assert sorted(numbers) == ["CA-2026-0004", "CA-2026-0031", "CA-2027-0001"]


@pytest.mark.parametrize(
    ("amount", "ground", "words"),
    [
        (
            "0",
            "Gratis bij inhuurneming",
            "Dit attest is gratis. Gratis bij inhuurneming.",
        ),
        ("0", "", "Dit attest is gratis."),
        ("62.5", "Tarief 2020.", "Vergoeding: 62,50 euro. Tarief 2020."),
    ],
)
def test_the_fee_is_told_with_its_ground(amount, ground, words):
    assert fee_in_words(Fee(amount=Decimal(amount), ground=ground)) == words


def test_states_and_capacities_have_dutch_names():
    certificate = Certificate(
        id=UUID(int=1),
        number="CA-2026-0001",
        case_number="2026-0001",
        unit_id=UUID(int=2),
        inspection_id=None,
        status=S.VALID,
        fee=Fee(amount=Decimal(0), ground=""),
        validity_years=5,
        max_occupants=None,
        mayor=None,
        general_director=None,
        issued_on=None,
        notified_at=datetime(2026, 3, 2, tzinfo=UTC),
        valid_until=None,
        vlok_reference=None,
        ground=None,
        ended_at=None,
        document_id=None,
    )

    assert certificate.status_name == "Geldig"
    assert set(STATUS_NAMES) == set(S)
    assert set(CAPACITY_NAMES) == set(Capacity)
