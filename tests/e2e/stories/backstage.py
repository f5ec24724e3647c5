"""How far a case is when a story begins, led by the use cases of the city."""

from tests.e2e.stories.site import Site

DAMP = (("wall_rising_damp", "II", "keuken", "Optrekkend vocht tot 60 cm."),)


def planned(site: Site):
    """A case whose offer is complete and whose visit is planned for now."""
    case = site.offered()
    case.does("an", "check_completeness", complete=True)
    now = case.engine.clock.now()
    case.does("an", "plan_visit", inspector=case.inspector, visit_at=now)
    return case


def visited(site: Site):
    """A case of which the inspector still has to enter what he found."""
    case = planned(site)
    case.does(case.inspector, "site_visit", access=True, acute_danger=False)
    return case


def inspected(site: Site, defects=DAMP):
    """A case of which the report has to be written."""
    case = visited(site)
    case.finds("record_findings", defects)
    return case


def reported(site: Site, defects=DAMP):
    """A case whose report is signed and sent."""
    case = inspected(site, defects)
    case.does(case.inspector, "draft_report", report_summary="Zie de vaststellingen.")
    case.does("an", "review_form", form_in_order_choice="yes")
    case.does(case.inspector, "sign_report", vlok_inspection_reference="VLOK-1")
    return case


def prepared(site: Site):
    """A case whose certificate waits for two signatures."""
    case = reported(site, defects=())
    case.does("an", "prepare_certificate", issue_decision="issue", max_occupants=4)
    return case


def asked(site: Site):
    """A case whose owner was told which works are needed."""
    case = reported(site)
    work = {
        "rubric": None,
        "category": "II",
        "room": "keuken",
        "goal": "De muur is droog.",
        "proof": "Foto",
        "must": True,
    }
    case.does(case.inspector, "compose_works_list", works=[work])
    return case
