"""The report with its guarantee of two weeks."""

from datetime import date


def test_the_guarantee_reminds_warns_and_breaches_day_by_day(story, case, city):
    story.offered().visited().found("II")
    seen = {}
    for day in (7, 10, 12, 14):
        case.advance(days=day - max(seen, default=0))
        seen[day] = (list(city.notices), len(city.asked("agenda.add")))

    assert seen[7][0][-1] == "report_reminder"
    assert seen[10][0][-1] == "report_warning"
    assert seen[12][1] == 1
    assert seen[14][0][-1] == "guarantee_breached_internal"
    assert case.open == ["draft_report", "explain_breach"]
    assert len(city.asked("deadline.breach")) == 1


def test_the_svk_hears_the_reason_and_the_new_date_of_a_breach(story, case, city):
    story.offered().visited().found("II")
    case.advance(days=14)
    case.complete("explain_breach", breach_reason="ziekte", breach_new_date=None)

    assert city.asked("notice.send")[-1]["data"]["reason"] == "ziekte"


def test_a_breach_keeps_the_report_open_until_its_reason_is_given(story, case):
    story.offered().visited().found("II")
    case.advance(days=14)
    story.reported()

    assert case.open == ["explain_breach"]

    case.complete("explain_breach", breach_reason="ziekte", breach_new_date=None)

    assert case.open == ["compose_works_list"]


def test_a_report_sent_in_time_leaves_no_timer_behind(story, case, city):
    story.offered().visited().found("II").reported()
    reminded = list(city.notices)
    case.advance(days=10)

    assert city.notices == reminded
    assert city.asked("deadline.meet") == [{"kind": "report_guarantee"}]


def test_a_report_that_is_not_in_order_goes_back_to_the_inspector(story, case):
    story.offered().visited().found("II")
    case.complete("draft_report", report_summary="gezien")
    case.complete(
        "review_form", form_in_order_choice="no", form_remarks="foto ontbreekt"
    )

    assert case.open == ["draft_report"]


def test_an_old_inspection_can_not_carry_a_new_decision(story, case):
    story.offered().visited()
    case.services["inspection.record"] = lambda asked: {
        "inspection_id": "i1",
        "inspection_date": date(2020, 5, 1),
        "counts": {"i": 0, "ii": 0, "iii": 0, "iv": 0},
    }
    story.found()
    case.complete("draft_report", report_summary="gezien")

    assert case.open == ["plan_visit"]
