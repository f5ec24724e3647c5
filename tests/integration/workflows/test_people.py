from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from tests.concurrency.rival import Rival
from workflows.errors import InvalidDataError, NotAllowedNowError, UnknownError
from workflows.people import access, repository, service, sessions, throttle, tokens
from workflows.people.access import Attempt
from workflows.people.model import OrganisationKind, Role
from workflows.people.service import NewOrganisation, NewUser

PASSWORD = "een goed wachtwoord"


@pytest.fixture
def an(town):
    with town.transaction() as work:
        access.set_password(work, "an", PASSWORD)
    return "an"


def sign_in(town, password=PASSWORD, *, name="an", address="10.0.0.1"):
    attempt = attempting(password, name=name, address=address)
    with town.reading() as work:
        known = access.recall(work, attempt)
    if known.refused is not None:
        return known.refused
    proven = access.verify(known.stored, attempt.password)
    with town.transaction() as work:
        return access.sign_in(work, attempt, proven=proven)


def attempting(password=PASSWORD, *, name="an", address="10.0.0.1"):
    return Attempt(user_name=name, password=password, address=address, device="Firefox")


def prove(town, attempt):
    with town.reading() as work:
        stored = access.recall(work, attempt).stored
    return access.verify(stored, attempt.password)


def holder(town, token):
    with town.reading() as work:
        return sessions.holder(work, token)


def test_the_right_password_opens_a_session(town, an):
    answer = sign_in(town)

    assert answer.refusal is None
    assert holder(town, answer.token).user_name == "an"
    assert answer.actor.roles == {Role.ADMIN}


@pytest.mark.parametrize(
    ("name", "password"), [("an", "fout"), ("niemand", PASSWORD), ("els", PASSWORD)]
)
def test_each_wrong_sign_in_gets_the_same_answer(town, an, name, password):
    answer = sign_in(town, password, name=name)

    assert answer.token is None
    assert answer.refusal == "Deze gebruikersnaam en dit wachtwoord horen niet samen."


def test_who_was_shut_out_can_not_sign_in(town, an):
    token = sign_in(town).token
    with town.transaction() as work:
        service.set_active(work, "an", active=False)

    assert sign_in(town).token is None
    assert holder(town, token) is None


def test_after_five_failures_even_the_right_password_waits(town, an):
    for _ in range(5):
        sign_in(town, "fout")

    blocked = sign_in(town)
    town.clock.advance(timedelta(seconds=31))

    assert blocked.refusal.startswith("Te veel mislukte pogingen")
    assert blocked.retry_at is not None
    assert sign_in(town).token is not None


def test_failures_under_many_names_block_the_address(town, an, monkeypatch):
    monkeypatch.setattr(throttle, "FREE_OF_ADDRESS", 7)
    for number in range(7):
        sign_in(town, name=f"gok{number}", address="10.9.9.9")

    assert sign_in(town, address="10.9.9.9").retry_at is not None
    assert sign_in(town, address="10.0.0.1").token is not None


def test_some_failures_in_an_office_keep_no_colleague_out(town, an):
    for number in range(9):
        sign_in(town, name=f"gok{number}", address="10.9.9.9")

    assert sign_in(town, address="10.9.9.9").token is not None


def test_guesses_at_the_same_time_all_count(town, an, monkeypatch):
    together = Barrier(6)

    def guess(*_):
        together.wait(20)

    monkeypatch.setattr(access, "verify", guess)
    with ThreadPoolExecutor(6) as guessers:
        answers = list(guessers.map(lambda _: sign_in(town, "fout"), range(6)))

    assert sorted(answer.retry_at is not None for answer in answers) == [
        *[False] * 5,
        True,
    ]
    assert sign_in(town).retry_at is not None


def test_a_right_guess_beside_too_many_wrong_ones_learns_nothing(town, an):
    right = attempting()
    proven = prove(town, right)
    for _ in range(4):
        sign_in(town, "fout")
    with town.transaction() as work:
        access.sign_in(work, attempting("fout"), proven=None)
        beside = Rival(
            town.engine, lambda work: access.sign_in(work, right, proven=proven)
        ).go()

    answer = beside.outcome()
    assert answer.token is None
    assert answer.retry_at is not None


def test_a_password_that_was_changed_meanwhile_opens_nothing(town, an):
    right = attempting()
    proven = prove(town, right)
    with town.transaction() as work:
        access.set_password(work, "an", "een ander wachtwoord")
    with town.transaction() as work:
        answer = access.sign_in(work, right, proven=proven)

    assert answer.token is None


def test_a_success_forgets_the_failures_of_a_name(town, an):
    for _ in range(3):
        for _ in range(4):
            sign_in(town, "fout", address="")
        town.clock.advance(timedelta(minutes=20))
        assert sign_in(town, address="10.0.0.2").token is not None


def test_a_session_ends_by_itself(town, an):
    token = sign_in(town).token
    town.clock.advance(sessions.LENGTH)

    assert holder(town, token) is None


def test_signing_out_ends_one_session_and_leaves_the_other(town, an):
    one, other = sign_in(town).token, sign_in(town).token
    with town.transaction() as work:
        sessions.end_session(work, one)

    assert holder(town, one) is None
    assert holder(town, other) is not None


def test_a_session_can_be_ended_from_another_device_by_its_owner_only(town, an):
    token = sign_in(town).token
    with town.transaction() as work:
        (session,) = sessions.sessions_of(work, "an")
        sessions.revoke_session(work, "els", session.id)
    assert holder(town, token) is not None

    with town.transaction() as work:
        sessions.revoke_session(work, "an", session.id)

    assert session.device == "Firefox"
    assert holder(town, token) is None


def test_a_new_password_ends_all_sessions(town, an):
    token = sign_in(town).token
    with town.transaction() as work:
        access.set_password(work, "an", "nog een wachtwoord")

    assert holder(town, token) is None
    assert sign_in(town).token is None


def test_use_of_a_session_is_noted_once_in_five_minutes(town, an):
    token = sign_in(town).token
    assert not holder(town, token).needs_touch
    town.clock.advance(timedelta(minutes=5))

    due = holder(town, token).needs_touch
    with town.transaction() as work:
        sessions.touch(work, token)

    assert due
    assert not holder(town, token).needs_touch


def test_a_short_password_is_refused(town):
    with (
        pytest.raises(InvalidDataError, match="minstens 10 tekens"),
        town.transaction() as work,
    ):
        access.set_password(work, "an", "kort")


def test_who_share_a_password_each_sign_in_for_themselves(town):
    with town.transaction() as work:
        access.share_password(work, ["an", "els"], PASSWORD)

    names = [sign_in(town, name=name).actor.name for name in ("an", "els")]
    assert names == ["an", "els"]


def test_a_token_gives_its_owner_with_the_scopes(town):
    with town.transaction() as work:
        token = tokens.issue_token(work, "an", label="Rapport", scopes=["read_case"])
        tokens.note_use(work, token)

    with town.reading() as work:
        actor, scopes = tokens.token_actor(work, token)
        (kept,) = tokens.tokens_of(work, "an")

    assert actor.name == "an"
    assert scopes == {"read_case"}
    assert kept.last_used_at == town.clock.now()


def test_a_token_ends_by_time_and_by_revoking(town):
    with town.transaction() as work:
        short = tokens.issue_token(
            work, "an", label="Kort", lifetime=timedelta(hours=1)
        )
        long = tokens.issue_token(work, "an", label="Lang")
        kept = {token.label: token for token in tokens.tokens_of(work, "an")}
        tokens.revoke_token(work, "an", kept["Lang"].id)
    town.clock.advance(timedelta(hours=1))

    with town.reading() as work:
        assert tokens.token_actor(work, short) is None
        assert tokens.token_actor(work, long) is None
        assert tokens.token_actor(work, "wf_onzin") is None


def test_an_unknown_scope_is_refused(town):
    with pytest.raises(InvalidDataError, match="alles"), town.transaction() as work:
        tokens.issue_token(work, "an", label="x", scopes=["alles"])


def test_neither_tokens_nor_passwords_are_stored_as_they_are(town, an):
    token = sign_in(town).token

    with town.reading() as work:
        assert repository.user_row(work.session, "an").password_hash.startswith(
            "$argon2id$"
        )
        digests = work.session.connection().exec_driver_sql(
            "SELECT token_hash FROM user_session"
        )
        assert token not in {row[0] for row in digests}


def test_a_role_ends_with_yesterday_and_can_end_once(town):
    with town.transaction() as work:
        (membership,) = repository.memberships(work.session, "an")
        service.end_membership(work, membership.id)

    assert town.actor("an").roles == frozenset()
    with pytest.raises(NotAllowedNowError), town.transaction() as work:
        service.end_membership(work, membership.id)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.RENTAL_AGENCY, "city"),
        (Role.PARTNER, "city"),
        (Role.ADMIN, "agency"),
    ],
)
def test_a_role_must_fit_its_organisation(town, role, place):
    with pytest.raises(InvalidDataError, match="past niet"), town.transaction() as work:
        service.add_membership(
            work, "an", role=role, organisation_id=getattr(town, place).id
        )


def test_a_deputy_stands_in_until_that_ends(town):
    with town.transaction() as work:
        service.set_deputy(work, "els", "an")
    assert town.actor("an").stands_in_for == {"els"}

    with town.transaction() as work:
        service.set_deputy(work, "els", None)

    assert town.actor("an").stands_in_for == frozenset()


@pytest.mark.parametrize(
    ("deputy", "error"), [("els", InvalidDataError), ("niemand", UnknownError)]
)
def test_a_deputy_is_somebody_else_who_exists(town, deputy, error):
    with pytest.raises(error), town.transaction() as work:
        service.set_deputy(work, "els", deputy)


@pytest.mark.parametrize(
    "name", ["\u0430n", "a\u200bn", "a/b", "..", "an peeters", "x" * 61]
)
def test_a_user_name_looks_like_no_other_and_fits_an_address(town, name):
    new = NewUser(name=name, full_name="An", email="an@stad.example")

    with pytest.raises(InvalidDataError, match="letters"), town.transaction() as work:
        service.add_user(work, new)


def test_a_user_name_is_taken_once_whatever_its_case(town):
    with (
        pytest.raises(InvalidDataError, match="bestaat al"),
        town.transaction() as work,
    ):
        service.add_user(
            work, NewUser(name=" AN ", full_name="An Ander", email="a@x.example")
        )


def test_a_renamed_organisation_keeps_its_old_name_for_the_past(town):
    with town.transaction() as work:
        renamed = service.rename_organisation(
            work, town.agency.id, name="Woonmaatschappij", since=date(2026, 7, 1)
        )

    assert renamed.name_on(date(2026, 6, 30)) == "SVK Mechelen"
    assert renamed.name_on(date(2026, 7, 1)) == "Woonmaatschappij"


def test_a_new_name_starts_after_the_present_one(town):
    with (
        pytest.raises(InvalidDataError, match="later ingaan"),
        town.transaction() as work,
    ):
        service.rename_organisation(
            work, town.agency.id, name="X", since=date(2026, 3, 2)
        )


def test_an_organisation_with_a_wrong_number_is_not_kept(town):
    new = NewOrganisation(
        kind=OrganisationKind.OTHER, name="X", enterprise_number="0431150351"
    )

    with pytest.raises(InvalidDataError), town.transaction() as work:
        service.add_organisation(work, new)

    with town.reading() as work:
        assert "X" not in {each.name for each in repository.organisations(work.session)}


@pytest.fixture
def administrators(town):
    """Two administrators who can sign in, with the roles by which they are."""
    roles = {}
    with town.transaction() as work:
        for name in ("an", "els"):
            service.add_membership(
                work, name, role=Role.SYSTEM_ADMIN, organisation_id=town.city.id
            )
            access.set_password(work, name, PASSWORD)
            held = repository.memberships(work.session, name)
            (roles[name],) = (
                each.id for each in held if each.role is Role.SYSTEM_ADMIN
            )
    return roles


@pytest.mark.parametrize("first", ["access", "role"])
@pytest.mark.parametrize("second", ["access", "role"])
def test_two_administrators_at_once_do_not_lock_everybody_out(
    town, administrators, first, second
):
    def take(way, whose, by):
        if way == "access":
            return lambda work: service.set_active(work, whose, active=False, by=by)
        role = administrators[whose]
        return lambda work: service.end_membership(work, role, by=by)

    with town.transaction() as work:
        take(first, "els", "an")(work)
        rival = Rival(town.engine, take(second, "an", "els")).go()

    with pytest.raises(InvalidDataError, match="laatste systeembeheerder"):
        rival.outcome()
