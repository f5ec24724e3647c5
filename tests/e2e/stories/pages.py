"""Each page of the site with somebody who uses it, in the demo city."""

from datetime import timedelta

from engine.model import TaskState
from workflows.actions import repository as actions
from workflows.actions.model import ActionQuery, ActionState
from workflows.bodies.sharing import shared_with
from workflows.cases.model import CaseQuery
from workflows.cases.repository import find
from workflows.certificates.repository import certificates_of
from workflows.meetings.repository import meetings_between, points_of
from workflows.people.model import OrganisationKind
from workflows.people.repository import organisations
from workflows.remarks.repository import remarks
from workflows.weekly import service as weekly
from workflows.weekly.repository import places
from workflows.work_groups import repository as work_groups

OFFICE = [
    "/taken",
    "/taken?q=bestaatniet",
    "/dossiers",
    "/dossiers?toestand=closed",
    "/dossiers/nieuw",
    "/dossiers/nieuw/svk_intake",
    "/dossiers/nieuw/certificate",
    "/sessies",
    "/beheer/berichten",
    "/bestaat/niet",
]
CONSULTATION = [
    "/overleg",
    "/overleg/agendapunten",
    "/overleg/organen",
    "/overleg/organen/core_group",
    "/overleg/organen/core_group/leiding",
    "/overleg/organen/core_group/leden/nieuw",
    "/overleg/jaar/2026",
    "/overleg/jaar/2027/reeks?orgaan=core_group",
    "/overleg/jaar/2026/verplaatsen?orgaan=core_group",
    "/overleg/cijfers",
    "/overleg/vergaderingen",
    "/overleg/vergaderingen/nieuw",
    "/overleg/actiepunten",
    "/overleg/actiepunten?toestand=open&laat=1",
    "/overleg/besluiten",
    "/overleg/werkgroepen",
    "/overleg/beleidsvragen",
    "/overleg/beleidsvragen/nieuw",
    "/overleg/opmerkingen",
]
PARTNER = [
    "/overleg",
    "/overleg/organen",
    "/overleg/organen/quality_quarterly",
    "/overleg/gedeeld",
]
AGENCY = ["/svk", "/svk?q=bestaatniet", "/dossiers/nieuw/svk_intake"]
MANAGER = [
    "/taken",
    "/processen",
    "/processen/svk",
    "/processen/svk/concept",
    "/overleg/opmerkingen",
    "/beheer/incidenten",
]
ADMINISTRATOR = [
    "/beheer",
    "/beheer/gebruikers",
    "/beheer/gebruikers/an",
    "/beheer/instellingen",
    "/beheer/instellingen/works",
    "/beheer/feestdagen",
    "/beheer/klok",
]


def pages(site):
    """Name all pages, by the account that looks at them."""
    with site.engine.reading() as work:
        found = find(work.session, CaseQuery(limit=100)).cases
        open_tasks = {
            task.element_id: task
            for case in found
            for task in site.engine.tasks.of_instance(work, case.instance_id)
            if task.state is TaskState.OPEN
        }
        mail = site.engine.outbox.newest(work, limit=1)[0]
    closed = next(case for case in found if case.outcome == "taken_in")
    running = f"/dossiers/{a_running_case(site)}"
    tasks = [f"/taken/{task.id}" for task in open_tasks.values()]
    meeting, shared = a_shared_talk(site)
    return {
        None: ["/aanmelden"],
        "an": [
            *OFFICE,
            f"/dossiers/{closed.number}",
            f"/beheer/berichten/{mail.id}",
            *a_core_group(site),
            *its_matters(site),
            f"/overleg/opmerkingen/nieuw?taak={next(iter(open_tasks.values())).id}",
        ],
        "griet": [
            running,
            *tasks,
            *CONSULTATION,
            f"{running}/verloop/opschorten",
            f"{running}/verloop/stopzetten",
            f"/attesten/{a_valid_certificate(site)}/einde",
            meeting,
            f"{meeting}/bundel",
            f"{meeting}/dossiers",
            f"/dossiers/{shared}/delen",
            *a_weekly_talk(site),
        ],
        "karel": [f"/attesten/{a_valid_certificate(site)}/einde"],
        "sofie": [*AGENCY, running, f"{running}/werken-klaar", f"{running}/intrekken"],
        "dirk": [
            *PARTNER,
            f"/overleg/gedeeld/{shared}",
            meeting,
            f"{meeting}/bundel",
            f"{meeting}/verslag",
        ],
        "pieter": MANAGER,
        "beheer": ADMINISTRATOR,
    }


def a_weekly_talk(site):
    """Return the list of the weekly meeting that is on, and the screen of a case."""
    with site.engine.reading() as work:
        number = weekly.current(work).number
        first = places(work.session, number)[0].number
    return [f"/overleg/wekelijks/{number}", f"/overleg/wekelijks/{number}/{first}"]


def a_core_group(site):
    """Return the pages of two core meetings: one is prepared, one is noted."""
    *_, held, coming = meetings_of(site, "core_group")
    paths = [f"/overleg/vergaderingen/{each.number}" for each in (held, coming)]
    return [f"{path}{page}" for path in paths for page in ("", "/verslag", "/bundel")]


def its_matters(site):
    """Return the pages of questions, work groups, remarks and action points."""
    with site.engine.reading() as work:
        session = work.session
        open_only = ActionQuery(state=ActionState.OPEN)
        action = actions.find(session, open_only).actions[0].action
        return [
            *(
                f"/overleg/beleidsvragen/{q.number}"
                for q in work_groups.questions(session)
            ),
            *(
                f"/overleg/werkgroepen/{group.question_number}"
                for group in work_groups.groups(session)
            ),
            *(f"/overleg/opmerkingen/{each.number}" for each in remarks(session)),
            f"/overleg/actiepunten/{action.id}/vervallen",
        ]


def meetings_of(site, body_key):
    """Return the meetings of a body around this day, in the order of time."""
    year = timedelta(days=365)
    with site.engine.reading() as work:
        return meetings_between(
            work.session, site.today - year, site.today + year, body_key=body_key
        )


def a_shared_talk(site):
    """Return the page of the quarterly meeting, and a case that the police may see."""
    talk = meetings_of(site, "quality_quarterly")[-1].number
    with site.engine.reading() as work:
        points = points_of(work.session, talk)
        (police,) = organisations(
            work.session, kinds=[OrganisationKind.NEIGHBOURHOOD_POLICE]
        )
        (case, *_) = shared_with(work.session, [police.id])
    assert case in {point.case_number for point in points}
    return f"/overleg/vergaderingen/{talk}", case


def a_valid_certificate(site):
    """Return the number of a certificate that can still end."""
    with site.engine.reading() as work:
        found = find(work.session, CaseQuery(limit=100)).cases
        certificates = [
            each
            for case in found
            for each in certificates_of(work.session, case.number)
        ]
    return next(each.number for each in certificates if each.status == "VALID")


def a_running_case(site):
    """Return the number of a case of SVK Mechelen whose works are being done."""
    with site.engine.reading() as work:
        found = find(work.session, CaseQuery(limit=100)).cases
    return next(
        case.number
        for case in found
        if case.milestone == "Werken: in uitvoering"
        and case.organisation_name == "SVK Mechelen"
    )
