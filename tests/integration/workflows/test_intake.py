from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.integration.workflows.conftest import SERIOUS, SMALL
from workflows.agenda import repository as agenda
from workflows.agenda import service as agenda_service
from workflows.calendar import local_day
from workflows.cases import service as case_service
from workflows.cases.model import CaseKind, CaseStatus
from workflows.cases.progress import progress
from workflows.cases.service import WorksDone
from workflows.certificates import repository as certificates
from workflows.certificates import service as certificate_service
from workflows.certificates.model import Capacity, CertificateStatus
from workflows.deadlines import repository as deadlines
from workflows.deadlines import service as deadline_service
from workflows.deadlines.model import DeadlineStatus
from workflows.documents import repository as documents
from workflows.documents import service as document_service
from workflows.documents.model import DocumentKind
from workflows.errors import ForbiddenError, InvalidDataError, NotAllowedNowError
from workflows.inspections import repository as inspections
from workflows.inspections.model import InspectionStatus
from workflows.notices import repository as notices
from workflows.notices.model import Channel
from workflows.reports import repository as reports
from workflows.reports import service as report_service
from workflows.reports.model import ReportStatus
from workflows.uploads import service as uploads
from workflows.uploads.service import cleaned
from workflows.works import repository as works


def read(town, query, *arguments):
    with town.reading() as work:
        return query(work.session, *arguments)


def newest(town, case):
    return read(town, certificates.certificates_of, case.number)[0]


def text_of(town, document):
    content = read(town, documents.content, document.id)
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def sent(town, case):
    return {
        (each.template, each.addressee.value)
        for each in read(town, notices.notices_of, case.number)
    }


def test_a_conform_dwelling_gets_its_free_certificate(town):
    case = town.visited()
    town.reported(case, SMALL)
    assert town.incidents() == []
    town.certified(case)
    town.do(
        case,
        "report_intake_outcome",
        by="sofie",
        taken_in_lease=True,
        lease_started_on=date(2026, 4, 1),
    )

    certificate = newest(town, case)

    assert town.incidents() == []
    assert (town.case(case.number).status, town.case(case.number).outcome) == (
        CaseStatus.CLOSED,
        "taken_in",
    )
    assert (certificate.number, certificate.status) == (
        "CA-2026-0001",
        CertificateStatus.VALID,
    )
    assert certificate.fee.amount == 0
    assert certificate.valid_until == certificate.issued_on.replace(year=2031)
    assert {
        ("certificate_valid", "owner"),
        ("certificate_valid", "housing_agency"),
    } <= sent(town, case)


def test_works_are_told_done_and_checked_again(town):
    case = town.visited()
    town.reported(case, SERIOUS, SMALL)
    with town.reading() as work:
        task = town.tasks(case)["compose_works_list"]
        proposed = town.engine.tasks.form(work, task.id).variables["works"]
    town.do(case, "compose_works_list", by="els", works=proposed)
    town.do(
        case,
        "record_owner_answer",
        by="an",
        owner_answer="repair",
        works_target_on=date(2026, 6, 1),
    )
    town.pass_time(days=10)
    with town.transaction() as work:
        done = WorksDone(on=local_day(town.clock.now()), remarks="Klaar")
        case_service.report_works_done(
            work, town.engine, case.number, by=town.actor("sofie"), done=done
        )
    town.do(
        case,
        "plan_reinspection",
        by="an",
        inspector="els",
        visit_at=town.clock.now() + timedelta(days=1),
    )
    town.pass_time(days=1)
    town.checked_again(case, "repaired", "not")
    town.sent(case)

    (told,) = read(town, works.works_of, case.number)
    kinds = [
        each.kind.value for each in read(town, inspections.inspections_of, case.number)
    ]

    assert [(line.category.value, line.must) for line in told.works] == [
        ("II", True),
        ("I", False),
    ]
    assert (told.remarks, told.document_id is not None) == ("Klaar", True)
    assert kinds == ["first", "reinspection"]
    assert list(town.tasks(case)) == ["prepare_certificate"]
    assert town.incidents() == []


def test_the_guarantee_runs_reminds_and_is_breached(town):
    case = town.visited()
    town.do(
        case, "record_findings", by="els", findings=[], occupants=2, occupancy_norm=4
    )
    town.pass_time(days=15)

    (deadline,) = read(town, deadlines.deadlines_of, case.number)

    assert deadline.status is DeadlineStatus.BREACHED
    assert local_day(deadline.due_at) == date(2026, 3, 19)
    assert {
        ("report_reminder", "inspector"),
        ("report_warning", "head_of_service"),
        ("guarantee_breached_internal", "head_of_service"),
    } <= sent(town, case)
    assert [item.case_number for item in read(town, agenda.open_items)] == [case.number]
    assert read(town, deadlines.running, [case.number])[case.number] == deadline


def test_a_late_report_stays_late(town):
    case = town.visited()
    town.found(case)
    town.pass_time(days=15)
    town.do(
        case,
        "explain_breach",
        by="dirk",
        breach_reason="Ziekte",
        breach_new_date=date(2026, 3, 25),
    )
    town.do(case, "sign_report", by="els")
    with town.transaction() as work:
        deadline_service.explain_breach(
            work, case.number, "report_guarantee", reason="Ziekte"
        )

    guarantee = read(town, deadlines.deadlines_of, case.number)[-1]

    assert guarantee.status is DeadlineStatus.BREACHED
    assert guarantee.met_at is not None
    assert guarantee.breach_reason == "Ziekte"
    assert not guarantee.is_open
    assert ("guarantee_breached", "svk") in sent(town, case)


def test_a_report_in_time_meets_the_guarantee_at_dispatch(town):
    case = town.visited()
    town.reported(case)

    (report,) = read(town, reports.reports_of, case.number)
    (guarantee,) = [
        d
        for d in read(town, deadlines.deadlines_of, case.number)
        if d.kind == "report_guarantee"
    ]

    assert report.status is ReportStatus.SENT
    assert guarantee.status is DeadlineStatus.MET
    assert guarantee.met_at == report.sent_at


def test_the_report_tells_the_works_that_are_needed_within_the_guarantee(town):
    case = town.visited()
    town.reported(case, SERIOUS, SMALL)
    (report,) = read(town, reports.reports_of, case.number)
    told = text_of(town, read(town, documents.document, report.document_id))
    needed = told.partition("Nodige werken")[2]

    assert read(town, works.works_of, case.number) == []
    assert "Hersteld: Geen rookmelder" in needed
    assert "Hersteld: Vochtig" not in needed


def test_a_signed_report_is_locked_with_its_hash(town):
    case = town.visited()
    town.reported(case, SMALL)
    (report,) = read(town, reports.reports_of, case.number)
    document = read(town, documents.document, report.document_id)

    assert report.sha256 == document.sha256
    assert report.vlok_reference == "V-1"
    assert town.case(case.number).vlok.inspection == "V-1"
    assert "vochtige kelder" in text_of(town, document)
    with (
        pytest.raises(NotAllowedNowError, match="al ondertekend"),
        town.transaction() as work,
    ):
        report_service.sign(work, report.id, by="els")


def test_a_report_that_goes_back_becomes_a_new_version(town):
    case = town.visited()
    town.do(
        case, "record_findings", by="els", findings=[], occupants=2, occupancy_norm=4
    )
    town.do(case, "draft_report", by="els", report_summary="Eerste")
    town.do(
        case,
        "review_form",
        by="an",
        form_in_order_choice="no",
        form_remarks="Foto ontbreekt",
    )
    town.do(case, "draft_report", by="els", report_summary="Tweede")

    versions = [
        (each.version, each.summary)
        for each in read(town, reports.reports_of, case.number)
    ]

    assert sorted(versions) == [(1, "Eerste"), (2, "Tweede")]


def test_a_draft_can_not_be_sent(town):
    case = town.visited()
    town.found(case)
    (report,) = read(town, reports.reports_of, case.number)

    with (
        pytest.raises(NotAllowedNowError, match="nog niet ondertekend"),
        town.transaction() as work,
    ):
        report_service.mark_sent(work, report.id)


def test_photos_of_findings_are_in_the_report(town):
    case = town.visited()
    picture = BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "PNG")
    new = cleaned("..\\kelder.PNG", picture.getvalue())
    with town.transaction() as work:
        photo = uploads.add(work, case.number, new, by=town.actor("els"))
    town.reported(case, SMALL | {"photos": [str(photo.id), "weg"]})
    (document,) = [
        d
        for d in read(town, documents.documents_of, case.number)
        if d.kind is DocumentKind.TECHNICAL_REPORT
    ]

    assert photo.file_name == "kelder.jpg"
    assert "Foto 1 · vochtige kelder" in text_of(town, document)


def test_photos_and_documents_are_for_the_people_of_the_case(town):
    case = town.visited()
    picture = BytesIO()
    Image.new("RGB", (6, 4)).save(picture, "PNG")
    new = cleaned("a.png", picture.getvalue())
    with town.transaction() as work:
        photo = uploads.add(work, case.number, new, by=town.actor("sofie"))
    town.reported(case)
    document = read(town, documents.documents_of, case.number)[0]
    with town.reading() as work:
        assert uploads.read(work, photo.id, by=town.actor("sofie"))[1].startswith(
            b"\xff\xd8"
        )
        assert document_service.read(work, document.id, by=town.actor("sofie"))[
            1
        ].startswith(b"%PDF")

    with town.transaction() as work:
        stranger = town.actor("rik")
        for refused in (
            lambda: uploads.read(work, photo.id, by=stranger),
            lambda: document_service.read(work, document.id, by=stranger),
            lambda: uploads.add(work, case.number, new, by=stranger),
        ):
            with pytest.raises(ForbiddenError):
                refused()


def test_who_has_no_mail_address_gets_a_letter(town):
    case = town.open_case(owner_email=None)
    town.do(case, "check_completeness", by="an", complete=True)
    town.do(
        case,
        "plan_visit",
        by="an",
        inspector="els",
        visit_at=town.clock.now() + timedelta(days=3),
    )

    letters = {each.name for each in read(town, notices.letters)}
    mailed = {
        e.name
        for e in read(town, notices.notices_of, case.number)
        if e.channel is Channel.MAIL
    }

    assert letters == {"Bea Bewoner", "Jan Janssens"}
    assert mailed == {"Sofie Svk", "Els Peeters"}


def test_without_access_nothing_was_inspected(town):
    case = town.open_case()
    town.do(case, "check_completeness", by="an", complete=True)
    town.do(
        case,
        "plan_visit",
        by="an",
        inspector="els",
        visit_at=town.clock.now() + timedelta(days=1),
    )
    town.pass_time(days=1)
    town.do(case, "site_visit", by="els", access=False, no_access_note="Niemand thuis")

    (inspection,) = read(town, inspections.inspections_of, case.number)

    assert (inspection.status, inspection.note) == (
        InspectionStatus.NO_ACCESS,
        "Niemand thuis",
    )
    assert list(town.tasks(case)) == ["plan_visit"]


def test_one_signature_is_not_a_certificate(town):
    case = town.visited()
    town.reported(case)
    town.do(
        case, "prepare_certificate", by="an", issue_decision="issue", max_occupants=4
    )
    town.do(case, "sign_mayor", by="bart", agrees=True)

    certificate = newest(town, case)

    assert certificate.status is CertificateStatus.TO_SIGN
    assert (
        certificate.mayor.by,
        certificate.general_director,
        certificate.issued_on,
    ) == ("bart", None, None)
    with pytest.raises(NotAllowedNowError), town.transaction() as work:
        certificate_service.notify(work, certificate.id, vlok_reference="")


def test_a_signed_certificate_has_no_effect_before_notification(town):
    case = town.visited()
    town.reported(case)
    town.pass_time(days=1)
    town.signed(case)

    certificate = newest(town, case)

    assert certificate.status is CertificateStatus.SIGNED
    assert certificate.issued_on == local_day(town.clock.now())
    assert read_valid(town, case) is None
    assert "Bart Burgemeester" in text_of(
        town, read(town, documents.document, certificate.document_id)
    )


def read_valid(town, case):
    with town.reading() as work:
        return certificates.valid_number(
            work.session, case.unit_id, on=local_day(work.now)
        )


def test_a_certificate_asks_for_two_people_and_neither_inspected(town):
    case = town.visited()
    town.reported(case)
    town.do(
        case, "prepare_certificate", by="an", issue_decision="issue", max_occupants=4
    )
    certificate = newest(town, case)
    with (
        pytest.raises(ForbiddenError, match="woningcontroleur"),
        town.transaction() as work,
    ):
        certificate_service.sign(
            work, certificate.id, capacity=Capacity.MAYOR, by="els"
        )
    town.do(case, "sign_mayor", by="bart", agrees=True)

    with (
        pytest.raises(ForbiddenError, match="twee verschillende"),
        town.transaction() as work,
    ):
        certificate_service.sign(
            work, certificate.id, capacity=Capacity.GENERAL_DIRECTOR, by="bart"
        )


def test_a_certificate_that_was_sent_back_keeps_its_number(town):
    case = town.visited()
    town.reported(case)
    town.do(
        case, "prepare_certificate", by="an", issue_decision="issue", max_occupants=4
    )
    town.do(case, "sign_mayor", by="bart", agrees=True)
    town.do(
        case,
        "sign_director",
        by="greet",
        agrees=False,
        signing_remark="Aantal bewoners klopt niet",
    )
    town.do(
        case, "prepare_certificate", by="an", issue_decision="issue", max_occupants=3
    )

    (certificate,) = read(town, certificates.certificates_of, case.number)

    assert (certificate.number, certificate.max_occupants, certificate.mayor) == (
        "CA-2026-0001",
        3,
        None,
    )


def test_a_refusal_keeps_its_reasons_and_tells_the_way_on(town):
    case = town.visited()
    town.reported(case)
    town.do(
        case,
        "prepare_certificate",
        by="an",
        issue_decision="refuse",
        refusal_reasons="Onveilige trap",
    )
    while "prepare_refusal" in town.tasks(case):
        town.do(case, "prepare_refusal", by="an", refusal_reasons="Onveilige trap")

    refusal = newest(town, case)
    document = read(town, documents.document, refusal.document_id)

    assert (refusal.status, refusal.number) == (CertificateStatus.REFUSED, None)
    assert "Onveilige trap" in text_of(town, document)
    assert "30 dagen" in text_of(town, document)


def test_withdrawing_stops_a_certificate_that_is_being_signed(town):
    case = town.visited()
    town.reported(case)
    town.do(
        case, "prepare_certificate", by="an", issue_decision="issue", max_occupants=4
    )
    with town.transaction() as work:
        case_service.withdraw(
            work, town.engine, case.number, by=town.actor("sofie"), reason="Verkocht"
        )

    assert newest(town, case).status is CertificateStatus.STOPPED


def test_a_valid_certificate_is_offered_for_reuse(town):
    first = town.visited()
    town.reported(first)
    town.certified(first)

    again = town.open_case(street="HOOGSTR.")

    assert again.unit_id == first.unit_id
    assert list(town.tasks(again)) == ["confirm_reuse"]


def test_a_recent_conform_inspection_is_offered_for_reuse(town):
    first = town.visited()
    town.reported(first)

    again = town.open_case()

    assert list(town.tasks(again)) == ["decide_reuse_inspection"]


def test_an_inspection_of_more_than_a_year_ago_is_not_reused(town):
    first = town.visited()
    town.reported(first)
    town.clock.advance(timedelta(days=366))

    again = town.open_case()

    assert list(town.tasks(again)) == ["check_completeness"]


def end_certificate(town, case, message, **variables):
    number = newest(town, case).number
    with town.transaction() as work:
        town.engine.messages.correlate(
            work, name=message, correlation_key=number, variables=variables, by="dirk"
        )


@pytest.mark.parametrize(
    ("message", "variables", "status"),
    [
        (
            "certificate_lapses",
            {"ground": "Grondige verbouwing"},
            CertificateStatus.LAPSED,
        ),
        (
            "certificate_withdrawn",
            {"motivation": "Grondige verbouwing"},
            CertificateStatus.WITHDRAWN,
        ),
    ],
)
def test_a_valid_certificate_can_end_early_with_its_ground(
    town, message, variables, status
):
    case = town.visited()
    town.reported(case)
    town.certified(case)
    end_certificate(town, case, message, **variables)

    certificate = newest(town, case)
    texts = [each.text for each in read(town, notices.notices_of, case.number)]

    assert (certificate.status, certificate.ground) == (status, "Grondige verbouwing")
    assert any("Reden: Grondige verbouwing" in text for text in texts)
    assert read_valid(town, case) is None


def test_a_certificate_reminds_and_expires_by_itself(town):
    case = town.visited()
    town.reported(case)
    town.certified(case)
    town.pass_time(days=365 * 4 + 200)
    reminded = sent(town, case)
    town.pass_time(days=400)

    assert ("renewal_reminder", "owner") in reminded
    assert newest(town, case).status is CertificateStatus.EXPIRED
    assert ("certificate_expired", "svk") in sent(town, case)
    with pytest.raises(NotAllowedNowError), town.transaction() as work:
        certificate_service.end(
            work, newest(town, case).number, CertificateStatus.LAPSED, ground="x"
        )


def test_a_request_of_an_owner_reaches_its_certificate(town):
    case = town.open_case(
        by="an", kind=CaseKind.CERTIFICATE, request={"received_on": date(2026, 3, 2)}
    )
    town.do(
        case,
        "plan_visit",
        by="an",
        inspector="els",
        visit_at=town.clock.now() + timedelta(days=1),
    )
    town.pass_time(days=1)
    town.reported(case, element="inspect")
    town.certified(case)

    assert town.case(case.number).outcome == "certificate_valid"
    assert {
        ("certificate_acknowledgement", "applicant"),
        ("certificate_valid", "applicant"),
    } <= sent(town, case)
    assert town.incidents() == []


def test_an_agenda_item_leaves_the_list_by_a_conclusion_only(town):
    case = town.open_case()
    with town.transaction() as work:
        for _ in range(2):
            agenda_service.add(work, case.number, reason="Passieve eigenaar")
    dirk = town.actor("dirk")
    (item,) = read(town, agenda.open_items)
    with pytest.raises(InvalidDataError), town.transaction() as work:
        agenda_service.conclude(work, item.id, conclusion=" ", by=dirk)
    with town.transaction() as work:
        agenda_service.conclude(
            work, item.id, conclusion="Nog een maand wachten", by=dirk
        )

    assert read(town, agenda.open_items) == []
    assert (
        read(town, agenda.items_of, case.number)[0].conclusion
        == "Nog een maand wachten"
    )
    with pytest.raises(NotAllowedNowError), town.transaction() as work:
        agenda_service.conclude(work, item.id, conclusion="x", by=dirk)


def complete_and_fail(town, task):
    with town.transaction() as work:
        town.engine.tasks.complete(work, task.id, data={"findings": [SMALL]}, by="els")
        raise ZeroDivisionError


def test_a_rolled_back_step_leaves_no_row_of_the_domain(town):
    case = town.visited()
    task = town.tasks(case)["record_findings"]
    with pytest.raises(ZeroDivisionError):
        complete_and_fail(town, task)

    (inspection,) = read(town, inspections.inspections_of, case.number)

    assert inspection.status is InspectionStatus.PLANNED
    assert list(town.tasks(case)) == ["record_findings"]


def course(town, case):
    with town.reading() as work:
        found = progress(work, town.case(case.number))
    return [(phase.name, phase.state.value) for phase in found]


def test_the_course_of_a_case_follows_its_rows(town):
    case = town.visited()
    assert course(town, case)[1] == ("Plaatsbezoek", "now")
    town.reported(case, SERIOUS)
    assert course(town, case)[2:4] == [("Technisch verslag", "done"), ("Werken", "now")]

    with town.transaction() as work:
        case_service.withdraw(
            work, town.engine, case.number, by=town.actor("sofie"), reason="Verkocht"
        )

    assert course(town, case)[3:] == [
        ("Werken", "missed"),
        ("Conformiteitsattest", "missed"),
        ("Inhuurneming", "missed"),
    ]


def test_the_course_of_a_certified_case_ends_with_the_intake(town):
    case = town.visited()
    town.reported(case)
    town.certified(case)

    assert course(town, case)[-2:] == [
        ("Conformiteitsattest", "done"),
        ("Inhuurneming", "now"),
    ]
