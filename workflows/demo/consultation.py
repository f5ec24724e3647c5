"""The stories of the consultation bodies, in the year that the demo city shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from workflows.bodies import sharing
from workflows.calendar import local_moment
from workflows.demo.office import Office, Told
from workflows.demo.pace import At, Later, Story
from workflows.demo.talk import (
    AUTUMN,
    FIGURES,
    GRANTS,
    INVENTED,
    NOTE,
    SUMMER,
    WAITING_LIST,
)
from workflows.figures import service as figures
from workflows.figures.model import Theme
from workflows.figures.service import NewTable
from workflows.meetings.model import Presence
from workflows.meetings.points import Handed
from workflows.meetings.service import NewMeeting
from workflows.packs import selection
from workflows.people.model import OrganisationKind
from workflows.people.repository import organisations
from workflows.weekly.repository import places
from workflows.work_groups import service as work_groups
from workflows.work_groups.model import Choice
from workflows.work_groups.service import NewQuestion, WorkGroupDecision

_BEGINS = 200
_CITY_HALL = "Stadhuis, Grote Markt 21, Mechelen"
_CORE = (-140, -40, 20)
"""The core meetings, in days from today: two were held, one is being prepared."""
_DOER = ("griet", "an")
"""Who does in time what the meetings that were held asked of him."""
_GROUND = "Vlaamse Codex Wonen, boek 3; na te kijken door de stad."
_BOARD, _QUALITY, _SOCIAL = 15, 5, 16


@dataclass
class _Diary:
    """The numbers that the stories need of one another."""

    core: list[str] = field(default_factory=list)
    board: str = ""
    quality: str = ""
    question: str = ""


def stories(office: Office) -> Iterator[tuple[datetime, Story]]:
    """Return when each story begins, and how it goes."""
    diary = _Diary()
    yield office.at(-_BEGINS), _year(office, diary)
    yield office.at(-_BEGINS, after=10), _work_group(office, diary)
    for turn, told in enumerate((SUMMER, AUTUMN)):
        opened = office.at(_CORE[turn], after=-27)
        yield opened, _core_meeting(office, diary, turn, told)
    yield office.at(_CORE[1], after=-20), _figures(office)
    yield office.at(-7), _next_core_meeting(office, diary)
    yield office.at(_QUALITY, after=-12), _quality_meeting(office, diary)
    yield office.at(_BOARD, after=-26), _sounding_board(office, diary)


def _year(office: Office, diary: _Diary) -> Story:
    """Plan the year; in December the next one, which opens by itself."""
    office.opens_year()
    moments = [office.at(days, 14) for days in _CORE]
    diary.core = office.plans(
        NewMeeting(body_key="core_group", starts_at=moment, place=_CITY_HALL)
        for moment in moments
    )
    others = {
        "sounding_board": _BOARD,
        "quality_quarterly": _QUALITY,
        "social_housing_quarterly": _SOCIAL,
    }
    diary.board, diary.quality, _ = office.plans(
        NewMeeting(body_key=key, starts_at=office.at(days), place=_CITY_HALL)
        for key, days in others.items()
    )
    year = office.today.year
    office.finishes_plan(year)
    yield At(moment=local_moment(date(year, 12, 8), time(10)))
    office.finishes_plan(year + 1)


def _work_group(office: Office, diary: _Diary) -> Story:
    """A question of a partner becomes a work group that meets and reports."""
    asked = NewQuestion(
        title="Sneller herhuisvesten na een ongeschiktverklaring",
        question="Hoe vinden bewoners van een ongeschikte woning sneller onderdak?",
        reason="Gezinnen blijven nu weken in een woning die ongeschikt is.",
    )
    diary.question = _asks(office, "bram", asked)
    yield At(moment=office.at(_CORE[0], 17))
    office.does(
        "an",
        "appoint_responsible",
        diary.question,
        responsible="leila",
        group_name="Herhuisvesting",
        mandate="De stappen na een ongeschiktverklaring in kaart brengen en voorstellen"
        " doen om bewoners sneller te herhuisvesten.",
        members="Leila Benali\nAn Peeters\nBram Verbeeck\nSaskia Pauwels",
        frequency="P1M",
        ends_on=office.day(120),
    )
    for days, note in (
        (21, "Startvergadering: wie doet nu wat?"),
        (49, "De stappen na een ongeschiktverklaring op een rij."),
        (77, "Nota voor de kerngroep."),
    ):
        yield At(moment=office.at(_CORE[0], 16, after=days))
        _group_met(office, diary.question, note)
    yield At(moment=office.at(_CORE[1], 9, after=-12))
    office.does("leila", "give_feedback", diary.question, feedback_note=NOTE)
    yield At(moment=office.at(-18, 16))
    _group_met(office, diary.question, "Een gedeelde lijst van noodwoningen.")


def _core_meeting(
    office: Office, diary: _Diary, turn: int, told: Mapping[str, Told]
) -> Story:
    """A core group from its agenda to the college that takes note."""
    number, held = diary.core[turn], _CORE[turn]
    office.does("an", "open_agenda", number)
    yield At(moment=office.at(held, 11, after=-13))
    office.does("eva", "approve_agenda", number, agenda_approved=True)
    yield At(moment=office.at(held, 16))
    office.meets(number, {"Hilde Baert": (Presence.EXCUSED, "")}, by="an")
    office.does("an", "record_attendance", number, attendance_complete=True)
    if turn == 0:
        _founds(office, diary.question)
    office.writes(number, told)
    yield Later(days=5)
    office.does("an", "draft_minutes", number, minutes_ready=True)
    yield Later(days=3)
    office.comments("bram", number, "Bij het aanbod ontbreken de noodwoningen.")
    yield Later(days=2)
    office.answers_comments(number, "Toegevoegd aan het overzicht.")
    yield Later(days=7)
    office.does("eva", "approve_minutes", number, approval_choice="approve")
    yield Later(days=4)
    reference = f"CBS/{office.today.year}/{411 + 38 * turn}"
    today = office.today
    office.does(
        "ines", "take_note", number, noted_on=today, decision_reference=reference
    )
    yield Later(days=4)
    office.carries_out(number, who=_DOER[turn], result="Bezorgd aan alle leden.")


def _next_core_meeting(office: Office, diary: _Diary) -> Story:
    """The agenda of the next core group is open, with a question that waits."""
    number = diary.core[2]
    office.does("an", "open_agenda", number)
    yield At(moment=office.at(-3, 11))
    asked = NewQuestion(
        title="Doorstroming van grote sociale woningen",
        question="Hoe moedigen we huurders aan om naar een kleinere woning te gaan?",
        reason="Grote gezinnen wachten het langst.",
    )
    _asks(office, "nadia", asked)
    yield Later(days=1)
    handed = Handed(title="Stand van het plan Ragheno", explanation="Zie K7.")
    office.brings("griet", number, handed)


def _sounding_board(office: Office, diary: _Diary) -> Story:
    """The agenda of the sounding board waits for the alderman."""
    office.does("an", "open_agenda", diary.board)
    yield Later(days=1)


def _quality_meeting(office: Office, diary: _Diary) -> Story:
    """The quarterly talk with partners: cases are shared, and partners invited."""
    number = diary.quality
    with office.engine.reading() as work:
        chosen = [place.number for place in places(work.session, number)][:3]
    shared = {
        OrganisationKind.HOUSING_AGENCY: chosen,
        OrganisationKind.HOUSING_INSPECTORATE: chosen[:2],
        OrganisationKind.NEIGHBOURHOOD_POLICE: chosen[:1],
    }
    for kind, cases in shared.items():
        _shares(office, kind, cases)
    with office.engine.transaction() as work:
        selection.choose(work, number, chosen, by=office.who("an"))
    office.does("an", "select_cases", number)
    yield Later(days=1)


def _figures(office: Office) -> Story:
    """The city enters the figures that no case holds."""
    year = office.today.year
    waiting = ("Wachtlijsten per gezinsgrootte", Theme.NEED, WAITING_LIST)
    grants = ("Toegekende premies", Theme.GRANTS, GRANTS)
    tables = [
        NewTable(theme=theme, title=title, text=text, source=INVENTED)
        for title, theme, text in (waiting, grants)
    ]
    with office.engine.transaction() as work:
        an = office.who("an")
        figures.import_figures(work, year, FIGURES, by=an)
        for table in tables:
            figures.add_table(work, year, table, by=an)
    yield Later(days=1)


def _asks(office: Office, who: str, asked: NewQuestion) -> str:
    with office.engine.transaction() as work:
        return work_groups.ask(work, office.engine, asked, by=office.who(who)).number


def _founds(office: Office, question: str) -> None:
    """The meeting decides that there comes a work group."""
    decision = WorkGroupDecision(
        decision=Choice.FOUND, reason="Meerdere diensten zijn nodig."
    )
    with office.engine.transaction() as work:
        an = office.who("an")
        work_groups.decide(work, office.engine, question, decision, by=an)


def _group_met(office: Office, question: str, note: str) -> None:
    with office.engine.transaction() as work:
        leila, today = office.who("leila"), office.today
        work_groups.record_meeting(work, question, held_on=today, note=note, by=leila)


def _shares(office: Office, kind: OrganisationKind, cases: Iterable[str]) -> None:
    """The head of service shares cases with a partner."""
    with office.engine.transaction() as work:
        griet = office.who("griet")
        partner = organisations(work.session, kinds=[kind])[0]
        for case in cases:
            sharing.share(
                work,
                case,
                organisation_id=partner.id,
                legal_ground=_GROUND,
                by=griet,
            )
