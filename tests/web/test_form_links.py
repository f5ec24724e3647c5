"""The links in the forms of the families lead to pages that exist."""

import json
import re

import pytest

from workflows.definitions import bundles

LINK = re.compile(r"\]\((/[^)]*)\)")
KNOWN = {
    "meeting_number": "KG-2026-1",
    "question_number": "BV-2026-1",
    "remark_number": "OPM-2026-1",
    "body_key": "core_group",
    "year": "2027",
}


def texts(component):
    if component.get("type") == "text":
        yield component["text"]
    for inside in component.get("components", []):
        yield from texts(inside)


def links():
    forms = {
        name: json.loads(content)
        for one in bundles()
        for name, content in one.files.items()
        if name.endswith(".form")
    }
    return sorted(
        (name, link)
        for name, form in forms.items()
        for text in texts(form)
        for link in LINK.findall(text)
    )


@pytest.mark.parametrize(("form", "link"), links())
def test_a_link_in_a_form_is_a_page(city, form, link):
    path = re.sub(r"{{(\w+)}}", lambda found: KNOWN[found[1]], link)

    assert city.app.url_map.bind("localhost").match(path, method="GET")
