"""A real server process, a real browser, and people in front of it."""

import re

import pytest

from tests.e2e.stories.person import Person
from tests.e2e.stories.site import found, load_demo, once, serve

# The page of a refusal is a 4xx answer; Chromium tells so in its console.
REFUSAL = re.compile(r"Failed to load resource: .* status of 4\d\d")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def small_city(shared_folder):
    """The data of a city with people and processes, and without cases."""
    return once(shared_folder / "small-city", found)


@pytest.fixture(scope="session")
def demo_city(shared_folder):
    """The data of the demo city, with its 44 cases."""
    return once(shared_folder / "demo-city", load_demo)


@pytest.fixture(scope="session")
def site(small_city, tmp_path_factory):
    """A served city for stories that leave its clock alone."""
    with serve(small_city, tmp_path_factory.mktemp("site") / "city") as site:
        yield site


@pytest.fixture
def fresh_site(small_city, tmp_path):
    """A served city whose clock the story may move."""
    with serve(small_city, tmp_path / "city") as site:
        yield site


@pytest.fixture(scope="session")
def demo_site(demo_city, tmp_path_factory):
    """The demo city, served; for reading only."""
    with serve(demo_city, tmp_path_factory.mktemp("demo") / "city") as site:
        yield site


@pytest.fixture
def person(chromium):
    """Let somebody sit down at a site: ``person("tom", at=site)``.

    At the end of the story no page may have told an error in its console; the
    policy against foreign scripts and styles tells its blocks there too.
    """
    contexts, told = [], []

    def hear(what):  # Playwright takes no method of a list
        told.append(what)

    def person(name=None, *, at, width=1440, scheme="light", javascript=True):
        context = chromium.new_context(
            base_url=at.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="nl-BE",
            timezone_id="Europe/Brussels",
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.on("console", hear)
        context.on("weberror", hear)
        somebody = Person(context.new_page(), name)
        return somebody.signs_in() if name else somebody

    yield person
    for context in contexts:
        context.close()
    wrong = [_words(each) for each in told if _is_wrong(each)]
    assert wrong == []


def _is_wrong(told):
    kind = getattr(told, "type", "error")
    return kind in {"error", "warning"} and not REFUSAL.search(_words(told))


def _words(told):
    return str(getattr(told, "text", None) or getattr(told, "error", told))
