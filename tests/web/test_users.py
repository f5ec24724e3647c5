"""No administrator locks himself, or everybody, out."""

import re
from datetime import date

import pytest

from tests.concurrency.rival import Rival
from tests.web.city import _person
from workflows.errors import InvalidDataError
from workflows.people import repository, service
from workflows.people.model import Role

OWN = "/beheer/gebruikers/hugo.leys"
LAST = "laatste systeembeheerder"


@pytest.fixture
def second(city):
    """A second administrator."""
    with city.engine.transaction() as work:
        body = repository.memberships(work.session, "hugo.leys")[0].organisation_id
        _person(work, "kim.bos", "Kim Bos", Role.SYSTEM_ADMIN, body)
    return "kim.bos"


def end_of_role(page):
    return re.findall(r'action="([^"]+/einde)"', page)[0]


def give_role(city, user):
    with city.engine.transaction() as work:
        body = repository.memberships(work.session, user)[0].organisation_id
        service.add_membership(work, user, role=Role.SYSTEM_ADMIN, organisation_id=body)


def test_an_administrator_does_not_shut_himself_out(city, second):
    client = city.client("hugo.leys")
    refused = client.post(f"{OWN}/toegang", data={"active": "nee"})

    assert refused.status_code == 422
    assert "U kunt uzelf de toegang niet ontzeggen" in refused.text
    assert client.get("/beheer/gebruikers").status_code == 200


def test_an_administrator_keeps_his_own_last_role_as_such(city, second):
    client = city.client("hugo.leys")
    refused = client.post(end_of_role(client.get(OWN).text))

    assert refused.status_code == 422
    assert "uw eigen laatste rol van systeembeheerder" in refused.text
    assert client.get("/beheer/gebruikers").status_code == 200


def test_of_two_own_roles_as_administrator_one_may_end(city):
    give_role(city, "hugo.leys")
    client = city.client("hugo.leys")

    assert client.post(end_of_role(client.get(OWN).text)).status_code == 302
    assert client.post(end_of_role(client.get(OWN).text)).status_code == 422


def test_another_administrator_may_be_shut_out_and_let_in_again(city, second):
    client = city.client("hugo.leys")
    path = f"/beheer/gebruikers/{second}/toegang"

    assert client.post(path, data={"active": "nee"}).status_code == 302
    assert client.post(path, data={"active": "ja"}).status_code == 302


def test_the_role_of_another_administrator_may_end(city, second):
    client = city.client("hugo.leys")
    page = client.get(f"/beheer/gebruikers/{second}").text

    assert client.post(end_of_role(page)).status_code == 302


def test_who_can_not_sign_in_does_not_count_as_another_administrator(city, second):
    with city.engine.transaction() as work:
        repository.user_row(work.session, second).password_hash = None

    with pytest.raises(InvalidDataError, match=LAST), city.engine.transaction() as work:
        service.set_active(work, "hugo.leys", active=False, by="an.peeters")


def test_the_last_administrator_keeps_his_role_whoever_asks(city):
    with city.engine.reading() as work:
        (held,) = repository.memberships(work.session, "hugo.leys")

    with pytest.raises(InvalidDataError, match=LAST), city.engine.transaction() as work:
        service.end_membership(work, held.id)


def test_of_two_administrators_who_shut_each_other_out_one_stays(city, second):
    def shut_out(user, by):
        return lambda work: service.set_active(work, user, active=False, by=by)

    with city.engine.transaction() as work:
        shut_out(second, "hugo.leys")(work)
        rival = Rival(city.engine, shut_out("hugo.leys", second)).go()

    with pytest.raises(InvalidDataError, match=LAST):
        rival.outcome()
    with city.engine.reading() as work:
        left = repository.holders_of(
            work.session, Role.SYSTEM_ADMIN, on=date(2026, 11, 25)
        )
    assert [user.name for user in left] == ["hugo.leys"]
