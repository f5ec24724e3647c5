"""Service tasks of conformity certificates."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.cases.calls import case_number
from workflows.cases.service import add_line
from workflows.certificates import service
from workflows.certificates.model import (
    CAPACITY_NAMES,
    Capacity,
    CertificateStatus,
    Fee,
)


def prepare(call: ServiceCall) -> Variables:
    """Prepare a certificate for signature."""
    fee = inputs.context(call.inputs, "fee")
    new = service.NewCertificate(
        case_number=case_number(call),
        unit_id=inputs.key(call.inputs, "dwelling_id"),
        inspection_id=inputs.key(call.inputs, "inspection_id"),
        fee=Fee(amount=inputs.amount(fee, "amount"), ground=inputs.text(fee, "ground")),
        validity_years=inputs.required_whole(call.inputs, "validity_years"),
        max_occupants=inputs.whole(call.inputs, "max_occupants"),
    )
    certificate_id, number = service.prepare(call.work, new)
    return {"certificate_id": str(certificate_id), "certificate_number": number}


def sign(call: ServiceCall) -> Variables:
    """Keep a signature, or the reason why there is none."""
    capacity = Capacity(inputs.required_text(call.inputs, "capacity"))
    by = inputs.text(call.inputs, "by") or call.actor
    if call.inputs.get("agreed") is False:
        name = CAPACITY_NAMES[capacity].capitalize()
        reason = inputs.text(call.inputs, "reason") or "geen reden gegeven"
        text = f"{name} ondertekent het attest niet: {reason}"
        add_line(call.work, case_number(call), by=by, text=text)
        return {}
    certificate_id = inputs.key(call.inputs, "certificate_id")
    service.sign(call.work, certificate_id, capacity=capacity, by=by)
    return {}


def notify(call: ServiceCall) -> Variables:
    """Make a certificate valid."""
    valid_until = service.notify(
        call.work,
        inputs.key(call.inputs, "certificate_id"),
        vlok_reference=inputs.text(call.inputs, "vlok_reference"),
    )
    return {"valid_until": valid_until}


def refuse(call: ServiceCall) -> Variables:
    """Keep a refusal."""
    refusal = service.Refusal(
        case_number=case_number(call),
        unit_id=inputs.key(call.inputs, "dwelling_id"),
        inspection_id=inputs.optional_key(call.inputs, "inspection_id"),
        reasons=inputs.required_text(call.inputs, "reasons"),
    )
    service.refuse(call.work, refusal, by=call.actor)
    return {}


def expire(call: ServiceCall) -> Variables:
    """End a certificate whose time is over."""
    return _end(call, CertificateStatus.EXPIRED)


def lapse(call: ServiceCall) -> Variables:
    """End a certificate that fell away by law."""
    return _end(call, CertificateStatus.LAPSED)


def withdraw(call: ServiceCall) -> Variables:
    """End a certificate that the mayor withdrew."""
    return _end(call, CertificateStatus.WITHDRAWN)


def _end(call: ServiceCall, status: CertificateStatus) -> Variables:
    number = inputs.required_text(call.inputs, "certificate_number")
    ground = inputs.text(call.inputs, "ground")
    service.end(call.work, number, status, ground=ground)
    return {}


_CERTIFICATE = {"certificate_id": "het attest"}
_ENDED = {
    "certificate_number": "nummer van het attest",
    "ground": "waarom het attest eindigt",
}
_END_REQUIRED = frozenset({"certificate_number"})

TASKS = (
    ServiceTask(
        type="certificate.prepare",
        label="Attest opmaken",
        description=(
            "Maakt het attest klaar om te ondertekenen en geeft het een nummer;"
            " een teruggestuurd attest houdt zijn nummer."
        ),
        run=prepare,
        inputs={
            "dwelling_id": "de woning",
            "inspection_id": "het conforme onderzoek",
            "fee": "context met amount (bedrag in euro) en ground (reden)",
            "validity_years": "geldigheid in jaren",
            "max_occupants": "hoogste aantal bewoners (mag ontbreken)",
        },
        outputs={
            "certificate_id": "het attest",
            "certificate_number": "nummer van het attest",
        },
        required=frozenset({"dwelling_id", "inspection_id", "fee", "validity_years"}),
    ),
    ServiceTask(
        type="certificate.sign",
        label="Handtekening vastleggen",
        description=(
            "Noteert de handtekening van burgemeester of algemeen directeur. De tweede"
            " handtekening bepaalt de datum van afgifte en maakt de PDF."
        ),
        run=sign,
        inputs={
            **_CERTIFICATE,
            "capacity": "mayor of general_director",
            "agreed": "false als er niet getekend wordt (mag ontbreken)",
            "reason": "waarom er niet getekend wordt (mag ontbreken)",
            "by": "gebruikersnaam; zonder invoer wie de taak afwerkte",
        },
        required=frozenset({"certificate_id", "capacity"}),
    ),
    ServiceTask(
        type="certificate.notify",
        label="Attest geldig maken",
        description="Het attest wordt geldig; dat kan pas bij de kennisgeving.",
        run=notify,
        inputs={**_CERTIFICATE, "vlok_reference": "nummer in VLOK (mag ontbreken)"},
        outputs={"valid_until": "laatste dag van de geldigheid"},
        required=frozenset({"certificate_id"}),
    ),
    ServiceTask(
        type="certificate.refuse",
        label="Weigering vastleggen",
        description="Bewaart de weigering met haar redenen en maakt de brief (PDF).",
        run=refuse,
        inputs={
            "dwelling_id": "de woning",
            "inspection_id": "het onderzoek (mag ontbreken)",
            "reasons": "de redenen",
        },
        required=frozenset({"dwelling_id", "reasons"}),
    ),
    ServiceTask(
        type="certificate.expire",
        label="Attest laten verlopen",
        description="Zet een geldig attest op verlopen.",
        run=expire,
        inputs=_ENDED,
        required=_END_REQUIRED,
    ),
    ServiceTask(
        type="certificate.lapse",
        label="Verval vastleggen",
        description="Zet een geldig attest op vervallen.",
        run=lapse,
        inputs=_ENDED,
        required=_END_REQUIRED,
    ),
    ServiceTask(
        type="certificate.withdraw",
        label="Intrekking vastleggen",
        description="Zet een geldig attest op ingetrokken door de burgemeester.",
        run=withdraw,
        inputs=_ENDED,
        required=_END_REQUIRED,
    ),
)
