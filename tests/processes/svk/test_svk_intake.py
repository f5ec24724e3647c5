"""The intake of a dwelling by the SVK, from offer to each of its ends."""

from datetime import timedelta


def test_a_conform_dwelling_gets_its_free_certificate_and_is_taken_in(
    story, case, city
):
    story.offered().visited().found("I", "I").reported().certified()
    case.complete("report_intake_outcome", taken_in_lease=True)

    assert case.ended == "completed"
    assert case.outcome == "taken_in"
    assert case.variables["certificate_number"] == "CA-2026-0001"
    assert city.asked("certificate.prepare")[0]["fee"]["amount"] == 0
    assert city.asked("certificate.prepare")[0]["validity_years"] == 5
    assert "certificate_valid" in city.notices


def test_a_dwelling_may_in_the_end_not_be_taken_in(story, case):
    story.offered().visited().found().reported().certified()
    case.complete("report_intake_outcome", taken_in_lease=False)

    assert case.outcome == "not_taken_in"


def test_seven_small_defects_make_a_serious_one(story, case):
    story.offered().visited().found(*["I"] * 7).reported()

    assert case.variables["evaluation"]["derived_category_ii"] is True
    assert case.open == ["compose_works_list"]


def test_a_valid_certificate_can_be_reused(story, case):
    story.offered(valid_certificate_number="CA-2025-0009")
    case.complete("confirm_reuse", reuse_certificate_choice="reuse")

    assert case.outcome == "intake_certificate_reused"


def test_the_svk_may_want_a_new_inspection_beside_a_valid_certificate(story, case):
    story.offered(valid_certificate_number="CA-2025-0009")
    case.complete("confirm_reuse", reuse_certificate_choice="new")

    assert case.open == ["check_completeness"]


def test_a_recent_conform_inspection_leads_straight_to_the_certificate(story, case):
    story.offered(recent_inspection_id="i0")
    case.complete("decide_reuse_inspection", reuse_inspection_choice="reuse")

    assert case.open == ["prepare_certificate"]


def test_an_incomplete_offer_is_completed_by_the_svk(story, case, city):
    story.offered()
    case.complete("check_completeness", complete=False, missing="het EPC")

    assert case.open == ["complete_offer"]
    assert city.asked("notice.send")[0]["data"] == {"missing": "het EPC"}

    case.complete("complete_offer", offer={"street": "Meibloemstraat"})

    assert case.open == ["check_completeness"]


def test_an_offer_that_stays_incomplete_lapses_after_thirty_days(story, case):
    story.offered()
    case.complete("check_completeness", complete=False, missing="het EPC")
    case.advance(days=30)

    assert case.outcome == "offer_not_completed"


def test_a_visit_without_date_is_told_to_the_head_of_service(story, case, city):
    story.offered()
    case.complete("check_completeness", complete=True)
    case.advance(days=10)

    assert city.notices == ["visit_not_planned"]
    assert case.open == ["plan_visit"]


def test_the_inspector_is_reminded_of_the_visit_two_days_before(story, case, city):
    story.offered()
    case.complete("check_completeness", complete=True)
    case.complete("plan_visit", inspector="an", visit_at=case.now + timedelta(days=8))
    case.advance(days=6)

    assert city.notices == ["visit_date_notice", "visit_reminder"]
    assert [task.assignee for task in case.tasks] == ["an"]


def test_without_access_three_times_the_case_ends(story, case, city):
    story.offered()
    case.complete("check_completeness", complete=True)
    for _ in range(3):
        visit = case.now + timedelta(days=5)
        case.complete("plan_visit", inspector="an", visit_at=visit)
        case.complete("site_visit", access=False, no_access_note="niemand thuis")

    assert case.outcome == "no_access"
    assert city.notices.count("no_access") == 1
    assert len(city.asked("inspection.no_access")) == 3


def test_acute_danger_is_told_to_the_mayor_the_same_day(story, case, city):
    story.offered()
    case.complete("check_completeness", complete=True)
    case.complete("plan_visit", inspector="an", visit_at=case.now + timedelta(days=1))
    case.complete("site_visit", access=True, acute_danger=True)
    story.found("III")

    assert "acute_danger" in city.notices
    assert case.open == ["draft_report"]


def test_the_svk_may_withdraw_at_any_moment(story, case, city):
    story.offered().visited().found("II")
    case.deliver("svk_withdraws", "2026-0001")

    assert case.outcome == "withdrawn"
    assert case.open == []
    assert case.timers == []
    assert city.notices[-1] == "withdrawn"


def test_the_svk_is_reminded_of_the_outcome_after_sixty_days(story, case, city):
    story.offered().visited().found().reported().certified()
    case.advance(days=60)

    assert city.notices[-1] == "intake_outcome_reminder"
    assert case.open == ["report_intake_outcome"]
