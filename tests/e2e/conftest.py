"""A real Chromium on a real server, over a city of its own."""

import json
import shutil
from pathlib import Path
from threading import Thread

import axe_playwright_python
import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from tests.e2e.browser import launch
from tests.web.city import PASSWORD, found, open_city

# A busy machine may take long to answer; a page that is right is seen at once.
expect.set_options(timeout=20_000)

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
RUN = f"""axe.run(document, {{runOnly: {RULES}}}).then((found) => JSON.stringify(
  found.violations.map((each) => [each.id, ...each.nodes.map((node) => node.target)])
))"""


@pytest.fixture(scope="session")
def founded(sqlite_template, tmp_path_factory):
    """A database file with the people and processes of the city."""
    path = tmp_path_factory.mktemp("city") / "city.db"
    shutil.copy(sqlite_template, path)
    city = found(f"sqlite:///{path}")
    with city.engine.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    city.engine.database.dispose()
    return path


@pytest.fixture
def city(founded, tmp_path):
    """The city, open and served."""
    path = tmp_path / "city.db"
    shutil.copy(founded, path)
    city = open_city(f"sqlite:///{path}")
    yield city
    city.engine.database.dispose()


@pytest.fixture
def address(city):
    """Where the city is served."""
    server = make_server("127.0.0.1", 0, city.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium():
    """The browser of this run."""
    with sync_playwright() as play:
        browser = launch(play)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, address):
    """Open a page as somebody: ``browse("an.peeters", width=390)``."""
    contexts = []

    def browse(user=None, *, width=1440, scheme="light", javascript=True):
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="nl-BE",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if user:
            page.goto("/aanmelden")
            page.fill("#name", user)
            page.fill("#password", PASSWORD)
            page.click("button.primary")
        return page

    yield browse
    for context in contexts:
        context.close()


@pytest.fixture
def violations():
    """Ask axe, past the policy of the page: ``violations(page)``."""

    def violations(page):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE})
        asked = {"expression": RUN, "awaitPromise": True, "returnByValue": True}
        return json.loads(session.send("Runtime.evaluate", asked)["result"]["value"])

    return violations
