"""Which case a service task works for."""

from sqlalchemy import select

from engine.registry import ServiceCall
from workflows.cases.repository import case_of_instance
from workflows.cases.tables import CaseRow
from workflows.certificates.tables import CertificateRow
from workflows.errors import UnknownError


def case_number(call: ServiceCall) -> str:
    """Return the number of the case of a call.

    The business key is the number of the case, or of a certificate of it
    (the process that guards a certificate's validity).
    """
    key = call.business_key
    if call.work.session.get(CaseRow, key) is not None:
        return key
    query = select(CertificateRow.case_number).where(CertificateRow.number == key)
    found = call.work.session.scalar(query)
    if found is not None:
        return found
    case = case_of_instance(call.work.session, call.instance_id)
    if case is None:
        raise UnknownError(key, "Het dossier")
    return case.number
