"""What a certificate or refusal says: values put into words for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.calendar import day_in_words, moment_in_words
from workflows.certificates.model import (
    CAPACITY_NAMES,
    Capacity,
    Certificate,
    Fee,
    Signature,
)
from workflows.dwellings.model import UNIT_TYPE_NAMES, Unit
from workflows.inspections.model import Category, Inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed, by full name, in which capacity."""

    capacity: Capacity
    full_name: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a certificate is made of."""

    certificate: Certificate
    inspection: Inspection
    unit: Unit
    owner: str
    inspector: str
    signers: Sequence[Signer]


def contents(sources: Sources) -> dict[str, object]:
    """Return the data of the template ``certificate``."""
    certificate, inspection = sources.certificate, sources.inspection
    minor = sum(each.category is Category.I for each in inspection.findings)
    return {
        "number": certificate.number,
        "issued_on": day_in_words(certificate.issued_on)
        if certificate.issued_on
        else "",
        "valid_until": day_in_words(certificate.valid_until)
        if certificate.valid_until
        else "",
        "validity_years": certificate.validity_years,
        "unit_type": UNIT_TYPE_NAMES[sources.unit.type],
        "capakey": sources.unit.building.capakey,
        "owner": sources.owner,
        "inspected_on": day_in_words(inspection.inspected_on)
        if inspection.inspected_on
        else "",
        "inspector": sources.inspector,
        "form_version": inspection.form_version,
        "minor_defects": minor,
        "max_occupants": certificate.max_occupants,
        "fee": fee_in_words(certificate.fee),
        "signers": [_signer(signer) for signer in sources.signers],
    }


def fee_in_words(fee: Fee) -> str:
    """Write what is paid, and why."""
    euro = f"{fee.amount:.2f}".replace(".", ",")
    price = f"Vergoeding: {euro} euro." if fee.amount else "Dit attest is gratis."
    return f"{price} {fee.ground}.".replace("..", ".") if fee.ground else price


def _signer(signer: Signer) -> dict[str, object]:
    return {
        "capacity": CAPACITY_NAMES[signer.capacity],
        "name": signer.full_name,
        "signed_at": moment_in_words(signer.signature.at),
    }
