"""All tables of the domain: importing this module makes them known."""

from workflows.agenda.tables import AgendaItemRow
from workflows.cases.tables import CaseNoteRow, CaseRow
from workflows.certificates.tables import CertificateRow
from workflows.city.tables import SettingRow
from workflows.deadlines.tables import DeadlineRow
from workflows.documents.tables import DocumentRow
from workflows.dwellings.tables import BuildingRow, RightHolderRow, UnitRow
from workflows.inspections.tables import FindingRow, InspectionRow
from workflows.notices.tables import NoticeRow
from workflows.numbering.tables import NumberRow
from workflows.people.tables import (
    ApiTokenRow,
    LoginThrottleRow,
    MembershipRow,
    OrganisationNameRow,
    OrganisationRow,
    UserRow,
    UserSessionRow,
)
from workflows.reports.tables import ReportRow
from workflows.uploads.tables import UploadRow
from workflows.works.tables import WorkRow, WorksListRow

TABLES = (
    OrganisationRow,
    OrganisationNameRow,
    UserRow,
    MembershipRow,
    UserSessionRow,
    LoginThrottleRow,
    ApiTokenRow,
    SettingRow,
    NumberRow,
    BuildingRow,
    UnitRow,
    RightHolderRow,
    CaseRow,
    CaseNoteRow,
    DeadlineRow,
    AgendaItemRow,
    NoticeRow,
    UploadRow,
    DocumentRow,
    InspectionRow,
    FindingRow,
    ReportRow,
    WorksListRow,
    WorkRow,
    CertificateRow,
)
