"""The guarantee of two weeks, watched on the training clock."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from engine.calendar import WorkingCalendar
from tests.e2e.stories.backstage import inspected
from tests.e2e.stories.steps import section

pytestmark = pytest.mark.e2e

# After how many days which step is done, and whom it mails, by the agreement.
LADDER = (
    (7, "Controleur herinneren", ["Tom Wouters"]),
    (10, "Diensthoofd verwittigen", ["Tom Wouters", "Griet Declercq"]),
    (12, "Op de agenda zetten", []),
)


@pytest.mark.timeout(300)
def test_the_guarantee_warns_at_7_10_and_12_days_and_breaks_at_14(fresh_site, person):
    case = inspected(fresh_site)
    visit = case.today
    nele, an = person("beheer", at=fresh_site), person("an", at=fresh_site)

    told = 0
    for days, step, receivers in LADDER:
        _moves_to(nele, fresh_site, visit + timedelta(days=days))
        an.goes(f"/dossiers/{case.number}?alles=1")
        told += len(receivers)
        _did(an, step)
        expect(_late_mails(an)).to_have_count(told)
        expect(section(an, "Termijnen")).not_to_contain_text("verschreden")
    _moves_to(nele, fresh_site, visit + timedelta(days=15))
    an.goes(f"/dossiers/{case.number}?alles=1")

    _did(an, "Overschrijding vastleggen")
    expect(
        section(an, "Termijnen").get_by_text("overschreden", exact=True)
    ).to_be_visible()
    expect(section(an, "Verzonden berichten")).to_contain_text("overschreden")
    _ledger_tells_each_on_its_day(an, visit)
    griet = person("griet", at=fresh_site)
    griet.opens_task(case.number, "Reden en nieuwe datum geven")


def _moves_to(nele, site, day):
    """Move the clock to the end of a day, by the page of the administrator."""
    nele.goes("/beheer/klok")
    nele.types("Dag en uur", site.at(day, 12))
    nele.presses("Klok verzetten")
    expect(nele.page.get_by_role("status").first).to_contain_text("De klok staat nu op")


def _did(who, step):
    expect(section(who, "Logboek")).to_contain_text(f"‘{step}’ is uitgevoerd")


def _late_mails(who):
    return section(who, "Verzonden berichten").get_by_text("erslag van")


def _ledger_tells_each_on_its_day(who, visit):
    table = section(who, "Tijdklokken")
    for days in (7, 10, 12):
        day = WorkingCalendar().on_or_before(visit + timedelta(days=days))
        expect(table).to_contain_text(f"{day.day} mrt {day.year}")
