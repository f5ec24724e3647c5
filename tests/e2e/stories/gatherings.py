"""What people do around meetings, page by page, and how a story gets there."""

import io
from datetime import date, time, timedelta

from playwright.sync_api import expect
from pypdf import PdfReader

from engine.persistence.repositories.training_clock import TrainingClockRepository
from workflows.calendar import local_moment
from workflows.demo.office import Office
from workflows.meetings.repository import points_of
from workflows.meetings.service import NewMeeting, PointText, write_point


def office(site):
    """The people of the city behind the scenes, at the time of the site."""
    with site.engine.reading() as work:
        site.engine.clock.ahead = TrainingClockRepository(work.session).ahead()
    return Office(engine=site.engine, until=site.engine.clock.now())


def plans(site, *days, body_key="core_group", hour=14):
    """Plan meetings behind the scenes; return their numbers."""
    return office(site).plans(
        NewMeeting(body_key=body_key, starts_at=local_moment(day, time(hour)))
        for day in days
    )


def moves_to(nele, site, day, hour=12):
    """Move the training clock, by the page of the administrator."""
    nele.goes("/beheer/klok")
    nele.types("Dag en uur", site.at(day, hour))
    nele.presses("Klok verzetten")
    expect(nele.page.get_by_role("status").first).to_contain_text("De klok staat nu op")
    office(site)


def opens(who, number, name):
    """Open a task of a meeting, from the page of the meeting."""
    who.goes(f"/overleg/vergaderingen/{number}")
    who.page.get_by_role("link", name=name, exact=True).first.click()
    expect(who.page.get_by_role("heading", level=1)).to_have_text(name)


def finishes(who, number, name, tick):
    """Complete a task of a meeting that only asks for a tick."""
    opens(who, number, name)
    who.ticks(tick)
    who.finishes()


def is_refused(who, words):
    """Press the button, and read why the task stays open."""
    who.presses("Taak afwerken")
    summary = who.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(words)


def duty(who, year, title):
    """Return the row of a duty on the page of the year."""
    who.goes(f"/overleg/jaar/{year}")
    table = who.page.locator("#verplichtingen")
    return table.get_by_role("row").filter(has_text=title)


def mail(nele, subject, to):
    """Open the newest mail with such a subject to somebody; return its page."""
    nele.goes("/beheer/berichten")
    row = nele.page.get_by_role("row").filter(has_text=subject).filter(has_text=to)
    row.first.get_by_role("link").first.click()
    return nele.page.locator("main")


def paper(who, number, title):
    """Download a paper of a meeting; return its text."""
    who.goes(f"/overleg/vergaderingen/{number}")
    link = who.page.get_by_role("link", name=title, exact=True)
    answer = who.downloads(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def later(day, days):
    """Return a day so many days after another."""
    return date.fromordinal(day.toordinal() + days)


def meeting_day(site, weeks):
    """Return a Tuesday some weeks from the Monday on which a story begins."""
    return office(site).today + timedelta(weeks=weeks, days=1)


def is_held(site, number):
    """Hold a core meeting behind the scenes, on its day, and write its minutes."""
    there = office(site)
    there.meets(number, {}, by="an")
    there.does("an", "record_attendance", number, attendance_complete=True)
    is_told(site, number)
    there.does("an", "draft_minutes", number, minutes_ready=True)


def is_noted(site, number, reference):
    """Approve the minutes behind the scenes, and let the college take note."""
    there = office(site)
    there.does("eva", "approve_minutes", number, approval_choice="approve")
    there.does(
        "ines",
        "take_note",
        number,
        noted_on=there.today,
        decision_reference=reference,
    )


def is_told(site, number):
    """Write minutes behind the scenes, of the points of which nothing is said yet."""
    with site.engine.transaction() as work:
        for point in points_of(work.session, number):
            if not point.is_discussed:
                text = PointText(discussion="Besproken.")
                write_point(work, point.id, text, version=point.version, by="an")
