"""Whose failures count: the caller's, not those of the proxy before the site."""

import pytest
from sqlalchemy import select

from tests.web.city import open_city
from workflows.people.tables import LoginThrottleRow


@pytest.fixture
def behind(city):
    """Open the same city behind a number of proxies; give what it counts."""
    opened = []

    def addresses(proxies, forwarded):
        url = city.engine.database.engine.url.render_as_string(hide_password=False)
        site = open_city(url, trusted_proxies=proxies)
        opened.append(site)
        site.client().post(
            "/aanmelden",
            data={"_name": "niemand", "_password": "nee"},
            headers={"X-Forwarded-For": forwarded},
        )
        with site.engine.reading() as work:
            keys = work.session.scalars(select(LoginThrottleRow.key)).all()
        return {key for key in keys if key.startswith("address:")}

    yield addresses
    for site in opened:
        site.engine.database.dispose()


def test_without_proxies_nobody_chooses_his_address(behind):
    assert behind(0, "10.1.1.1") == {"address:127.0.0.1"}


def test_behind_a_proxy_the_address_is_that_of_the_caller(behind):
    assert behind(1, "10.1.1.1") == {"address:10.1.1.1"}


def test_what_a_caller_adds_before_his_address_is_not_believed(behind):
    assert behind(1, "192.0.2.9, 10.1.1.1") == {"address:10.1.1.1"}


def test_behind_two_proxies_the_second_address_from_the_end_counts(behind):
    assert behind(2, "192.0.2.9, 10.1.1.1, 10.0.0.5") == {"address:10.1.1.1"}
