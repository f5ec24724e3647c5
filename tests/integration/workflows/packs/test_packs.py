"""Packs hold what each audience may see, and are mailed with the invitation."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from workflows.bodies import service as bodies
from workflows.bodies.checks import NewMember
from workflows.bodies.model import CaseView
from workflows.bodies.partner_rights import NewRight, give_right
from workflows.bodies.sharing import share
from workflows.errors import ForbiddenError
from workflows.meetings import service as meetings
from workflows.meetings.model import PointKind
from workflows.meetings.tables import MeetingRow
from workflows.packs import service
from workflows.packs.audiences import audiences, partner
from workflows.packs.contents import pack_of
from workflows.packs.sources import Sources
from workflows.papers import repository as papers
from workflows.papers import service as paper_service
from workflows.papers.model import CITY
from workflows.people import service as people

PRIVATE = ("Jan Janssens", "Janssens", "Bea Bewoner", "Bewoner", "jan@owner.example")


def pack_for(table, name):
    who = None if name is None else table.partners[name]
    with table.reading() as work:
        eyes = partner(work, who) if name else audiences(work, "quality_quarterly")[0]
        return pack_of(Sources(work, table.number), eyes)


def strings(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in strings(each)]
    return [str(value)]


def words_of(pack):
    return "\n".join(strings(pack.as_data()))


def printed(content):
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())


def test_the_city_sees_each_selected_case_on_a_page_of_its_own(round_table, inspected):
    other = round_table.town.open_case(street="Molenweg")
    round_table.put(inspected, explanation="Twee diensten nodig.")
    round_table.put(other)

    pack = pack_for(round_table, None)

    first, second = pack.cases
    assert [first.number, second.number] == [inspected.number, other.number]
    assert first.explanation == "Twee diensten nodig."
    assert first.inspections[0].findings[0].category == "II"
    assert "Bea Bewoner" in first.inspections[0].findings[0].note
    assert first.works[0].must
    assert first.applicant == "SVK Mechelen"
    assert second.inspections == ()


@pytest.mark.parametrize(
    ("view", "progress", "findings"),
    [
        (CaseView.MINIMAL, False, False),
        (CaseView.PROGRESS, True, False),
        (CaseView.FINDINGS, True, True),
    ],
)
def test_a_partner_sees_as_much_as_his_right_gives(
    round_table, inspected, view, progress, findings
):
    round_table.give_right("wim", view)
    round_table.share(inspected, "wim")
    round_table.put(inspected)

    (sheet,) = pack_for(round_table, "wim").cases

    assert (sheet.number, sheet.address) == (inspected.number, inspected.address)
    assert sheet.phase == "Werken"
    assert bool(sheet.course and sheet.terms) is progress
    assert bool(sheet.inspections and sheet.works) is findings
    assert sheet.applicant == sheet.inspector == ""


def test_a_partner_reads_no_name_nor_number_of_who_owns_or_lives_there(
    round_table, inspected
):
    round_table.give_right("wim")
    round_table.share(inspected, "wim")
    round_table.put(inspected, explanation="Jan Janssens weigert, jan@owner.example")
    round_table.act("Bel Bea Bewoner", case=inspected)

    words = words_of(pack_for(round_table, "wim"))

    assert "Geen rookmelder" in words
    assert "weigert" in words
    assert not [name for name in (*PRIVATE, "0475") if name in words]


def test_what_hangs_on_a_hidden_case_is_not_there_and_not_counted(
    round_table, inspected
):
    hidden = round_table.town.open_case(street="Molenweg")
    round_table.give_right("wim")
    round_table.share(inspected, "wim")
    round_table.say("Eerste punt")
    point = round_table.put(hidden, "Een titel die niemand zag")
    on_case = round_table.act("Iets over dat dossier", case=hidden)
    round_table.act("Volgt uit het verborgen punt", point=point)
    round_table.act("Voor iedereen")
    round_table.say("Actiepunt", kind=PointKind.ACTION, reference=on_case.number)
    round_table.say("Tussendoor", f"Zoals bij {hidden.number} in de Molenweg")
    round_table.put(inspected)

    pack = pack_for(round_table, "wim")

    assert [point.title for point in pack.points] == [
        "Eerste punt",
        f"Dossier {inspected.number}, {inspected.address}",
    ]
    assert [point.position for point in pack.points] == [1, 2]
    assert [action.text for action in pack.actions] == ["Voor iedereen"]
    assert hidden.number not in words_of(pack)
    assert "Molenweg" not in words_of(pack)
    assert len(pack_for(round_table, None).points) == 5


def test_a_year_like_number_that_is_no_case_hides_nothing(round_table):
    round_table.say("Begroting 2027-2030", "Bedragen voor 2027-2030.")

    (point,) = pack_for(round_table, "wim").points

    assert point.title == "Begroting 2027-2030"


def test_a_remark_on_a_process_is_told_to_the_city_only(round_table):
    round_table.say("Opmerking", "Duurt te lang", kind=PointKind.REMARK)

    assert [topic.text for topic in pack_for(round_table, None).topics] == [
        "Duurt te lang"
    ]
    partners = pack_for(round_table, "wim")
    assert partners.topics == ()
    assert "Duurt te lang" not in words_of(partners)


RIGHTS = st.none() | st.tuples(st.sampled_from(CaseView), st.booleans())


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_word_of_a_hidden_case_is_in_the_pack_of_a_partner(
    round_table, inspected, data
):
    cases = _cases_once(round_table, inspected)
    names = list(round_table.partners)
    rights = data.draw(st.fixed_dictionaries(dict.fromkeys(names, RIGHTS)))
    pairs = [(case.number, name) for case in cases for name in names]
    shared = data.draw(st.sets(st.sampled_from(pairs)))

    with round_table.writing() as work:
        _set(work, round_table, rights, shared)
        sources = Sources(work, round_table.number)
        packs = {
            name: pack_of(sources, partner(work, round_table.partners[name]))
            for name in names
        }
        work.session.rollback()

    for name, pack in packs.items():
        seen = {
            case.number
            for case in cases
            if rights[name] and (not rights[name][1] or (case.number, name) in shared)
        }
        words = words_of(pack)
        assert {sheet.number for sheet in pack.cases} == seen
        for case in cases:
            told = [mark for mark in _marks(case) if mark in words]
            assert bool(told) is (case.number in seen)
        assert not [mark for mark in PRIVATE if mark in words]


def _marks(case):
    """What only this case says: its number, its street, and its own point."""
    street = case.address.split(" ")[0]
    return (case.number, street, f"Merk van {case.number}")


def _cases_once(table, inspected):
    """Make the cases at the first example only: the fixtures outlive an example."""
    if not hasattr(table, "cases"):
        table.cases = [
            inspected,
            *(
                table.town.open_case(street=f"Straat{letter}")
                for letter in ("alfa", "beta", "gamma")
            ),
        ]
        for case in table.cases:
            point = table.put(case, explanation=f"Merk van {case.number}")
            table.act(f"Merk van {case.number}", case=case)
            table.act(f"Merk van {case.number}, via het punt", point=point)
    return table.cases


def _set(work, table, rights, shared):
    by = people.actor(work, "dirk")
    for name, right in rights.items():
        if right is not None:
            new = NewRight(
                organisation_id=table.partners[name],
                view=right[0],
                shared_only=right[1],
                legal_ground="Boek 3",
            )
            give_right(work, "quality_quarterly", new, by=by)
    for number, name in shared:
        share(
            work,
            number,
            organisation_id=table.partners[name],
            legal_ground="Toezicht",
            by=by,
        )


@pytest.fixture
def made(round_table, inspected):
    """The packs of a meeting over one case that one partner may see."""
    round_table.give_right("wim")
    round_table.give_right("dirkje", CaseView.MINIMAL)
    round_table.share(inspected, "wim")
    round_table.put(inspected)
    with round_table.writing() as work:
        found = service.make_all(work, round_table.number, by="an")
    return {paper.audience: paper for paper in found}


def test_the_city_and_each_partner_get_a_paper_of_their_own(
    round_table, inspected, made
):
    wim, dirkje = (str(round_table.partners[name]) for name in ("wim", "dirkje"))
    with round_table.reading() as work:
        texts = {
            audience: printed(papers.content(work.session, paper.id))
            for audience, paper in made.items()
        }

    assert texts.keys() == {
        CITY,
        *(str(each) for each in round_table.partners.values()),
    }
    assert inspected.number in texts[CITY]
    assert inspected.number in texts[wim]
    assert inspected.number not in texts[dirkje]
    assert "Kerkstraat" not in texts[dirkje]
    assert "Geen rookmelder" in texts[wim]
    assert not [name for name in PRIVATE if name in texts[wim]]


def test_each_reads_the_paper_that_was_made_for_him(round_table, made):
    dirkje = made[str(round_table.partners["dirkje"])]
    with round_table.reading() as work:
        own, content = paper_service.read(
            work, dirkje.id, by=round_table.actor("dirkje")
        )
        with pytest.raises(ForbiddenError):
            paper_service.read(work, made[CITY].id, by=round_table.actor("dirkje"))

    assert own == dirkje
    assert content.startswith(b"%PDF")


def test_each_member_is_mailed_with_his_own_pack_and_an_invitation(
    round_table, inspected, made
):
    mails = {
        mail.to: mail for mail in round_table.mails() if len(mail.attachments) == 2
    }

    assert mails.keys() >= {
        "els@mechelen.example",
        "wim@partner.example",
        "dirkje@partner.example",
        "an@mechelen.example",
        "dirk@mechelen.example",
    }
    for mail in mails.values():
        bundle, calendar = mail.attachments
        (event,) = Calendar.from_ical(calendar.content).walk("VEVENT")
        told = f"{mail.subject}\n{mail.text}\n{calendar.content.decode()}"
        assert bundle.media_type == "application/pdf"
        assert "REQUEST" in calendar.media_type
        assert event["ATTENDEE"] == f"mailto:{mail.to}"
        assert not [mark for mark in (inspected.number, "Kerkstraat") if mark in told]
    seen = printed(mails["dirkje@partner.example"].attachments[0].content)
    assert inspected.number not in seen


def test_the_sequence_of_the_invitation_grows_with_the_meeting(round_table, made):
    with round_table.writing() as work:
        row = work.session.get(MeetingRow, round_table.number)
        row.version, row.invited_for = row.version + 1, row.starts_at
        work.session.flush()
        service.make_all(work, round_table.number, by="an")

    to_wim = [m for m in round_table.mails() if m.to == "wim@partner.example"]
    events = [
        Calendar.from_ical(mail.attachments[1].content).walk("VEVENT")[0]
        for mail in to_wim
        if len(mail.attachments) == 2
    ]
    assert [event["SEQUENCE"] for event in events] == [0, 1]
    assert events[0]["UID"] == events[1]["UID"]
    assert to_wim[-1].subject.startswith("Nieuwe datum")


def test_a_cancelled_meeting_leaves_the_calendars_of_all_who_were_invited(
    round_table, made
):
    with round_table.writing() as work:
        row = work.session.get(MeetingRow, round_table.number)
        row.invited_at, row.invited_for = work.now, row.starts_at
        work.session.flush()
        meetings.cancel(
            work,
            round_table.town.engine,
            round_table.number,
            reason="Staking",
            by=people.actor(work, "an"),
        )

    told = [m for m in round_table.mails() if m.subject.startswith("Afgelast")]
    invited = {m.to for m in round_table.mails() if m.subject.startswith("Uitnod")}
    mail = next(m for m in told if m.to == "wim@partner.example")
    (calendar,) = mail.attachments
    (event,) = Calendar.from_ical(calendar.content).walk("VEVENT")
    assert {m.to for m in told} == invited
    assert {m.to.split("@")[0] for m in told} >= {"an", "dirk", "wim"}
    assert "method=CANCEL" in calendar.media_type
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1


def test_a_partner_reads_the_page_with_his_own_eyes_only(round_table, inspected, made):
    wim, dirkje = round_table.actor("wim"), round_table.actor("dirkje")
    with round_table.reading() as work:
        own = service.read_pack(work, round_table.number, by=dirkje)
        citys = service.read_pack(
            work,
            round_table.number,
            by=round_table.actor("an"),
            organisation_id=round_table.partners["wim"],
        )
        with pytest.raises(ForbiddenError):
            service.read_pack(
                work,
                round_table.number,
                by=wim,
                organisation_id=round_table.partners["dirkje"],
            )
        with pytest.raises(ForbiddenError):
            service.read_pack(work, round_table.number, by=round_table.actor("rik"))

    assert own.cases == ()
    assert citys.audience_name.endswith("Wim Wooninspectie")
    assert [sheet.applicant for sheet in citys.cases] == [""]


def test_a_member_of_whom_nothing_is_known_gets_no_case(round_table, inspected):
    round_table.put(inspected)
    with round_table.writing() as work:
        guest = NewMember(name="Gust Gast", email="gust@guest.example", capacity="gast")
        by = people.actor(work, "dirk")
        bodies.add_member(work, "quality_quarterly", guest, by=by)
        service.make_all(work, round_table.number, by="an")

    (mail,) = [each for each in round_table.mails() if each.to == "gust@guest.example"]
    assert inspected.number not in printed(mail.attachments[0].content)
