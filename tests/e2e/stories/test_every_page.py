"""Each page of the demo city: no barrier that axe knows, nothing sticks out."""

import pytest

from tests.e2e.stories.pages import pages

pytestmark = pytest.mark.e2e

PEOPLE = (None, "an", "griet", "karel", "sofie", "dirk", "pieter", "beheer")
WIDTHS = (1440, 820, 390)
SCHEMES = ("light", "dark")
SHORT = {(1440, "light"), (390, "dark")}
LOOKS = [
    pytest.param(
        (width, scheme),
        marks=[] if (width, scheme) in SHORT else [pytest.mark.full],
        id=f"{width}-{scheme}",
    )
    for width in WIDTHS
    for scheme in SCHEMES
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_is_accessible_and_fits(demo_site, person, violations, name, look):
    width, scheme = look
    somebody = person(name, at=demo_site, width=width, scheme=scheme)
    wrong = {}
    for path in pages(demo_site)[name]:
        somebody.goes(path)
        somebody.page.wait_for_load_state("networkidle")
        found = violations(somebody.page)
        too_wide = somebody.page.evaluate(
            "document.documentElement.scrollWidth > innerWidth"
        )
        if found or too_wide:
            wrong[path] = (found, too_wide)

    assert wrong == {}
