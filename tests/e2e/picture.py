"""Make the picture of the README: ``python -m tests.e2e.picture``.

Loads the demo city in a folder of its own, serves it, and takes a part of the
page of a running case as its administrative worker sees it.
"""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.e2e.browser import launch
from tests.e2e.stories.pages import a_running_case
from tests.e2e.stories.person import Person
from tests.e2e.stories.site import load_demo, serve

TARGET = Path("docs/images/woonflow.png")
COLOURS = 128


def main():
    """Write the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load_demo(folder / "demo")
        with serve(folder / "demo", folder / "city") as site, sync_playwright() as play:
            browser = launch(play)
            _take(browser, site, folder / "page.png")
            browser.close()
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(folder / "page.png") as picture:
            picture.quantize(COLOURS).save(TARGET, optimize=True)


def _take(browser, site, path):
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 1440, "height": 1000},
        locale="nl-BE",
        timezone_id="Europe/Brussels",
    )
    an = Person(context.new_page(), "an").signs_in()
    an.goes(f"/dossiers/{a_running_case(site)}")
    an.page.wait_for_load_state("networkidle")
    an.page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main()
