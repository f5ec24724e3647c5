"""The scenes that stories are made of; each yields how long it waits."""

from datetime import date

from workflows.demo.case import DemoCase, Findings
from workflows.demo.pace import At, Later, Story

SMALL: Findings = (
    ("window_door_condition", "I", "slaapkamer", "Raam sluit slecht."),
    ("finish_walls_ceilings_floors", "I", "gang", "Plaasterwerk komt los."),
)
DAMP: Findings = (
    ("wall_rising_damp", "II", "keuken", "Optrekkend vocht tot 60 cm."),
    ("electricity_dwelling", "I", "woonkamer", "Te weinig stopcontacten."),
)
STAIRS: Findings = (
    ("stairs_parapets_private", "II", "traphal", "Leuning en borstwering ontbreken."),
    ("smoke_detector_missing", "II", "verdieping 1", "Geen rookmelder."),
)
GAS: Findings = (
    ("co_danger", "III", "badkamer", "Open toestel zonder afvoer: gevaar voor CO."),
)
MANY_SMALL: Findings = tuple(
    ("finish_walls_ceilings_floors", "I", room, "Afwerking beschadigd.")
    for room in ("gang", "keuken", "woonkamer", "slaapkamer", "badkamer", "hal", "wc")
)


def intake(case: DemoCase, *, days: int = 2) -> Story:
    """Offer a dwelling and find the offer complete."""
    case.offered()
    yield Later(days=days, hour=9)
    case.does("an", "check_completeness", complete=True)


def visit(case: DemoCase, defects: Findings, *, danger: bool = False) -> Story:
    """Plan the visit, go there, and enter what was found."""
    yield Later(days=1, hour=11)
    visit_at = case.plans("plan_visit", days=7, hour=14)
    yield At(moment=visit_at)
    case.does(case.inspector, "site_visit", access=True, acute_danger=danger)
    yield Later(days=0, hour=16)
    case.finds("record_findings", defects)


def closed_door(case: DemoCase) -> Story:
    """Plan the visit and find nobody at home."""
    yield Later(days=1, hour=11)
    visit_at = case.plans("plan_visit", days=6, hour=10)
    yield At(moment=visit_at)
    case.does(
        case.inspector,
        "site_visit",
        access=False,
        no_access_note="Niemand aanwezig, kaartje in de bus gelaten.",
    )


def report(case: DemoCase, *, days: int = 4) -> Story:
    """Write, review and sign the report; it is sent by itself."""
    yield Later(days=days, hour=10)
    case.does(case.inspector, "draft_report", report_summary="Zie de vaststellingen.")
    yield Later(days=1, hour=9)
    case.does("an", "review_form", form_in_order_choice="yes")
    yield Later(days=1, hour=15)
    reference = f"VLOK-{case.number}"
    case.does(case.inspector, "sign_report", vlok_inspection_reference=reference)


def works(case: DemoCase, *, days: int = 40) -> Story:
    """List the works, hear the owner, and wait until they are done."""
    yield Later(days=2, hour=10)
    case.does(case.inspector, "compose_works_list", works=_works(case))
    yield Later(days=9, hour=11)
    target = date.fromordinal(case.today.toordinal() + 90)
    case.does(
        case.agency,
        "record_owner_answer",
        owner_answer="repair",
        works_target_on=target,
    )
    yield Later(days=days, hour=13)
    case.works_are_done()


def reinspection(case: DemoCase, defects: Findings) -> Story:
    """Plan and do the re-inspection."""
    yield Later(days=2, hour=9)
    visit_at = case.plans("plan_reinspection", days=6, hour=13)
    yield At(moment=visit_at)
    case.finds("reinspect", defects, access=True)


def certificate(case: DemoCase, *, days: int = 2) -> Story:
    """Prepare, sign twice, and notify."""
    yield Later(days=days, hour=9)
    case.does("an", "prepare_certificate", issue_decision="issue", max_occupants=4)
    yield Later(days=1, hour=11)
    case.does("karel", "sign_mayor", agrees=True)
    yield Later(days=1, hour=14)
    case.does("ines", "sign_director", agrees=True)
    yield Later(days=2, hour=10)
    case.does("an", "notify_certificate", vlok_reference=f"VLOK-CA-{case.number}")


def outcome(case: DemoCase, *, taken_in: bool = True) -> Story:
    """The rental agency tells what became of the dwelling."""
    yield Later(days=12, hour=11)
    day = case.today if taken_in else None
    case.does(
        case.agency,
        "report_intake_outcome",
        taken_in_lease=taken_in,
        lease_started_on=day,
    )


def _works(case: DemoCase) -> list[dict[str, object]]:
    return [
        {
            "rubric": None,
            "category": "II",
            "room": "zie verslag",
            "goal": "Het gebrek is duurzaam hersteld.",
            "proof": "Factuur of foto",
            "must": True,
        }
    ]
