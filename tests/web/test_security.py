"""Posts from other sites are refused, without a token that goes stale."""

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from web.security import CONTENT_SECURITY_POLICY, is_local_path, is_same_site


def incoming(method="POST", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(EnvironBuilder(method=method, headers=names).get_environ())


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Sec_Fetch_Site": "none"}, True),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec_Fetch_Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Cookie": "woonflow_session=x"}, False),
        ({}, True),
    ],
)
def test_a_post_must_come_from_our_own_pages(headers, ours):
    assert is_same_site(incoming(**headers)) is ours


def test_reading_is_open_to_links_from_elsewhere():
    assert is_same_site(incoming("GET", Sec_Fetch_Site="cross-site"))


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/taken?q=a", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("", False),
        ("/a\r\nSet-Cookie: x", False),
    ],
)
def test_only_a_path_of_this_site_is_followed_after_sign_in(path, local):
    assert is_local_path(path) is local


def test_the_policy_lets_no_inline_script_or_style_in():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "script-src 'self'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/aanmelden?next=%00", "/dossiers/a%00", "/?%00=a"])
def test_an_address_with_a_sign_that_nobody_can_type_is_refused(city, path):
    assert city.client("an.peeters").get(path).status_code == 400


def test_a_form_with_a_sign_that_nobody_can_type_is_refused(city):
    form = {"_name": "an.peeters\0", "_password": "x"}

    assert city.client().post("/aanmelden", data=form).status_code == 400
