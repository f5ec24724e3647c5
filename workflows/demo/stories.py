"""The stories of the demo city; one that is not over yet is a running case."""

from collections.abc import Callable
from functools import partial

from workflows.demo import scenes
from workflows.demo.case import DemoCase, Findings
from workflows.demo.pace import Later, Story
from workflows.demo.scenes import DAMP, GAS, MANY_SMALL, SMALL, STAIRS


def conform(
    case: DemoCase, defects: Findings = SMALL, *, taken_in: bool = True
) -> Story:
    """All goes well."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, defects)
    yield from scenes.report(case)
    yield from scenes.certificate(case)
    yield from scenes.outcome(case, taken_in=taken_in)


def repaired(case: DemoCase, defects: Findings = DAMP, *, rounds: int = 1) -> Story:
    """Works are needed; *rounds* re-inspections until the dwelling is conform."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, defects)
    yield from scenes.report(case)
    for number in range(1, rounds + 1):
        yield from scenes.works(case, days=25 if rounds > 1 else 40)
        yield from scenes.reinspection(case, SMALL if number == rounds else defects)
        yield from scenes.report(case, days=3)
    yield from scenes.certificate(case)
    yield from scenes.outcome(case)


def breached(case: DemoCase, *, explained: bool) -> Story:
    """The report is late: the guarantee is broken, and a reason is owed."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, STAIRS)
    yield Later(days=15, hour=10)
    if explained:
        case.does(
            "griet",
            "explain_breach",
            breach_reason="De controleur was langdurig ziek.",
            breach_new_date=case.today,
        )
    yield from scenes.report(case, days=1)
    if explained:
        yield from scenes.works(case)
        yield from scenes.reinspection(case, ())
        yield from scenes.report(case)
        yield from scenes.certificate(case)
        yield from scenes.outcome(case)


def passive(case: DemoCase, decision: str) -> Story:
    """The owner never answers, and the head of service decides."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, DAMP)
    yield from scenes.report(case)
    yield Later(days=2, hour=10)
    case.does(case.inspector, "compose_works_list", works=[])
    yield Later(days=46, hour=10)
    case.does(
        "griet",
        "decide_passive_owner",
        passive_owner_decision=decision,
        passive_owner_motivation="De eigenaar antwoordt niet na twee herinneringen.",
    )


def danger(case: DemoCase) -> Story:
    """Acute danger: the mayor hears it the same day."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, GAS, danger=True)
    case.is_noted("griet", "Bewoner tijdelijk ondergebracht, toestel afgesloten.")
    yield from scenes.report(case, days=1)
    yield from scenes.works(case, days=10)
    yield from scenes.reinspection(case, ())
    yield from scenes.report(case, days=2)
    yield from scenes.certificate(case)
    yield from scenes.outcome(case)


def no_access(case: DemoCase) -> Story:
    """Three times nobody opens."""
    yield from scenes.intake(case)
    for _ in range(3):
        yield from scenes.closed_door(case)


def withdrawn(case: DemoCase) -> Story:
    """The rental agency withdraws after the report."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, DAMP)
    yield from scenes.report(case)
    yield Later(days=6)
    case.is_withdrawn("De eigenaar verkoopt de woning.")


def incomplete(case: DemoCase, *, completed: bool) -> Story:
    """The offer lacks something; it is completed or it lapses."""
    case.offered()
    yield Later(days=2, hour=9)
    missing = "Het EPC en de foto van de voorgevel ontbreken."
    case.does("an", "check_completeness", complete=False, missing=missing)
    if completed:
        yield Later(days=5, hour=15)
        case.does(case.agency, "complete_offer", offer=dict(case.offer))
        yield Later(days=1, hour=9)
        case.does("an", "check_completeness", complete=True)
        yield from scenes.visit(case, SMALL)
        yield from scenes.report(case)
        yield from scenes.certificate(case)
        yield from scenes.outcome(case)


def sent_back(case: DemoCase) -> Story:
    """The mayor doesn't sign at first."""
    yield from scenes.intake(case)
    yield from scenes.visit(case, ())
    yield from scenes.report(case)
    yield Later(days=2, hour=9)
    case.does("an", "prepare_certificate", issue_decision="issue", max_occupants=6)
    yield Later(days=1, hour=11)
    remark = "Het aantal bewoners klopt niet met het verslag."
    case.does("karel", "sign_mayor", agrees=False, signing_remark=remark)
    case.does("ines", "sign_director", agrees=True)
    yield from scenes.certificate(case)
    yield from scenes.outcome(case)


def requested(case: DemoCase, *, is_conform: bool = True) -> Story:
    """An owner asks for a certificate himself."""
    case.requested()
    yield Later(days=2, hour=9)
    visit_at = case.plans("plan_visit", days=8, hour=9)
    yield Later(days=8, hour=9)
    while case.engine.clock.now() < visit_at:
        yield Later(days=1, hour=9)
    case.finds("inspect", SMALL if is_conform else STAIRS, access=True)
    yield from scenes.report(case)
    yield Later(days=2, hour=10)
    if not is_conform:
        reasons = "De trap en de rookmelders voldoen niet."
        case.does("an", "prepare_refusal", refusal_reasons=reasons)
        return
    yield from scenes.certificate(case)


def reused(case: DemoCase) -> Story:
    """The dwelling is offered again; its certificate still holds."""
    case.offered()
    yield Later(days=2, hour=9)
    if case.is_waiting_for("confirm_reuse"):
        case.does("an", "confirm_reuse", reuse_certificate_choice="reuse")


Plot = Callable[[DemoCase], Story]

PLOTS: tuple[tuple[int, Plot], ...] = (
    (232, conform),
    (228, partial(repaired, rounds=2)),
    (221, partial(passive, decision="close")),
    (214, repaired),
    (207, conform),
    (200, partial(breached, explained=True)),
    (193, withdrawn),
    (186, partial(conform, taken_in=False)),
    (180, partial(incomplete, completed=False)),
    (173, partial(repaired, defects=MANY_SMALL)),
    (166, no_access),
    (159, requested),
    (152, danger),
    (145, partial(passive, decision="warning")),
    (138, partial(repaired, defects=STAIRS)),
    (131, conform),
    (124, partial(passive, decision="unfit")),
    (117, partial(requested, is_conform=False)),
    (110, sent_back),
    (103, repaired),
    (96, partial(repaired, defects=STAIRS)),
    (89, partial(incomplete, completed=True)),
    (82, repaired),
    (75, conform),
    (68, partial(repaired, defects=MANY_SMALL)),
    (61, partial(passive, decision="wait")),
    (54, conform),
    (47, partial(breached, explained=False)),
    (40, repaired),
    (34, conform),
    (31, requested),
    (28, repaired),
    (25, conform),
    (22, conform),
    (20, partial(repaired, defects=STAIRS)),
    (18, conform),
    (15, danger),
    (12, partial(incomplete, completed=False)),
    (9, conform),
    (6, no_access),
    (4, conform),
    (2, requested),
    (1, conform),
)
"""When each story begins, in days before today, and how it goes."""
