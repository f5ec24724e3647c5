"""Cases that are shared: on a ground, until it ends, as far as a right goes."""

from datetime import timedelta

import pytest

from workflows.bodies import partner_rights, repository, sharing
from workflows.bodies.model import CaseView
from workflows.bodies.partner_rights import NewRight
from workflows.cases import repository as cases
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    UnknownError,
)
from workflows.packs import selection, shared
from workflows.people import service as people

BODY = "quality_quarterly"


@pytest.fixture
def case(round_table):
    return round_table.town.open_case()


def seen(table, case, *names):
    ids = [table.partners[name] for name in names]
    with table.reading() as work:
        return sharing.view_of(
            work.session, ids, case_number=case.number, body_key=BODY
        )


def notes(table, case):
    with table.reading() as work:
        return [note.text for note in cases.notes(work.session, case.number)]


def test_a_right_on_shared_cases_needs_the_case_to_be_shared(round_table, case):
    round_table.give_right("wim", CaseView.PROGRESS)

    before = seen(round_table, case, "wim")
    round_table.share(case, "wim")

    assert before is None
    assert seen(round_table, case, "wim") is CaseView.PROGRESS


def test_a_case_that_is_shared_with_one_is_not_shown_to_another(round_table, case):
    round_table.give_right("wim")
    round_table.give_right("dirkje")
    round_table.share(case, "dirkje")

    assert seen(round_table, case, "wim") is None


def test_a_share_of_one_does_not_widen_the_right_of_another(round_table, case):
    round_table.give_right("wim", CaseView.MINIMAL)
    round_table.give_right("dirkje", CaseView.FINDINGS)
    round_table.share(case, "wim")

    assert seen(round_table, case, "wim", "dirkje") is CaseView.MINIMAL


def test_a_right_on_all_cases_needs_no_share(round_table, case):
    round_table.give_right("wim", CaseView.MINIMAL, shared_only=False)

    assert seen(round_table, case, "wim") is CaseView.MINIMAL


def test_sharing_is_noted_on_the_case_with_its_ground_and_so_is_its_end(
    round_table, case
):
    share = round_table.share(case, "wim")
    round_table.town.clock.advance(timedelta(minutes=1))
    with round_table.writing() as work:
        sharing.end(work, share.id, by=people.actor(work, "dirk"))
    with round_table.reading() as work:
        left = sharing.shares(work, case.number)

    ended, begun = notes(round_table, case)[:2]
    assert begun == "Gedeeld met Dienst van Wim Wooninspectie. Rechtsgrond: Toezicht"
    assert ended == "Niet meer gedeeld met Dienst van Wim Wooninspectie."
    assert left == []


def test_a_case_is_shared_with_somebody_once_and_ended_once(round_table, case):
    share = round_table.share(case, "wim")
    with pytest.raises(NotAllowedNowError):
        round_table.share(case, "wim")
    with round_table.writing() as work:
        by = people.actor(work, "dirk")
        sharing.end(work, share.id, by=by)
        with pytest.raises(NotAllowedNowError):
            sharing.end(work, share.id, by=by)

    assert round_table.share(case, "wim").id != share.id


def test_only_the_head_of_service_shares(round_table, case):
    with round_table.reading() as work:
        by = people.actor(work, "an")
        with pytest.raises(ForbiddenError):
            sharing.share(
                work,
                case.number,
                organisation_id=round_table.partners["wim"],
                legal_ground="Toezicht",
                by=by,
            )


def test_a_partner_is_offered_once_with_the_widest_of_his_rights(round_table, case):
    round_table.give_right("wim", CaseView.PROGRESS)
    round_table.give_right("dirkje", CaseView.MINIMAL, shared_only=False)
    with round_table.reading() as work:
        (choice,) = sharing.choices(work, case.number)
    round_table.share(case, "wim")
    with round_table.reading() as work:
        none = sharing.choices(work, case.number)

    assert choice.organisation_id == round_table.partners["wim"]
    assert choice.view is CaseView.PROGRESS
    assert none == []


def test_a_right_that_is_given_again_replaces_the_old_one(round_table):
    round_table.give_right("wim", CaseView.MINIMAL)
    round_table.give_right("wim", CaseView.FINDINGS, shared_only=False)
    with round_table.reading() as work:
        (right,) = repository.partner_rights(work.session, BODY)

    assert (right.view, right.shared_only) == (CaseView.FINDINGS, False)


@pytest.mark.parametrize(
    ("ground", "of_city", "field"),
    [(" ", False, "legal_ground"), ("Boek 3", True, "organisation_id")],
)
def test_a_right_needs_a_ground_and_a_partner(round_table, ground, of_city, field):
    home = round_table.town.city.id if of_city else round_table.partners["wim"]
    new = NewRight(organisation_id=home, view=CaseView.MINIMAL, legal_ground=ground)
    with round_table.reading() as work:
        by = people.actor(work, "dirk")
        with pytest.raises(InvalidDataError) as caught:
            partner_rights.give_right(work, BODY, new, by=by)

    assert field in caught.value.problems


def test_a_partner_lists_and_opens_what_is_shared_with_him(round_table, case):
    other = round_table.town.open_case(street="Molenweg")
    round_table.give_right("wim", CaseView.PROGRESS)
    round_table.share(case, "wim")
    wim = round_table.actor("wim")
    with round_table.reading() as work:
        (listed,) = shared.shared_cases(work, by=wim)
        sheet = shared.shared_case(work, case.number, by=wim)
        with pytest.raises(UnknownError):
            shared.shared_case(work, other.number, by=wim)
        with pytest.raises(UnknownError):
            shared.shared_case(work, "2026-9999", by=wim)
        with pytest.raises(ForbiddenError):
            shared.shared_cases(work, by=round_table.actor("an"))

    assert (listed.sheet, listed.legal_ground) == (sheet, "Toezicht")
    assert sheet.number == case.number
    assert sheet.course
    assert not sheet.inspections


def test_what_is_no_longer_shared_is_gone_at_once(round_table, case):
    round_table.give_right("wim")
    share = round_table.share(case, "wim")
    with round_table.writing() as work:
        sharing.end(work, share.id, by=people.actor(work, "dirk"))
    with round_table.reading() as work:
        assert shared.shared_cases(work, by=round_table.actor("wim")) == []


def test_running_cases_are_found_with_who_may_see_them(round_table, case):
    round_table.town.open_case(street="Molenweg")
    round_table.give_right("wim", CaseView.PROGRESS)
    round_table.share(case, "wim")
    an = round_table.actor("an")
    with round_table.reading() as work:
        found = selection.selection(work, round_table.number, text="hoog", by=an)
        every = selection.selection(work, round_table.number, text="", by=an)

    (candidate,) = found.candidates
    assert candidate.case.number == case.number
    assert [each.view for each in candidate.onlookers] == ["ook termijnen en verloop"]
    assert len(every.candidates) == 2
    assert every.has_partners


def test_a_case_comes_on_the_agenda_once(round_table, case):
    an = round_table.actor("an")
    with round_table.writing() as work:
        first = selection.choose(work, round_table.number, [case.number] * 2, by=an)
        again = selection.choose(work, round_table.number, [case.number], by=an)
        found = selection.selection(work, round_table.number, text="", by=an)

    assert (first, again) == (1, 0)
    assert [point.case_number for point, _ in found.chosen] == [case.number]
    assert found.candidates == ()


def test_choosing_nothing_or_what_does_not_exist_is_refused(round_table):
    an = round_table.actor("an")
    with round_table.reading() as work:
        with pytest.raises(InvalidDataError):
            selection.choose(work, round_table.number, [], by=an)
        with pytest.raises(UnknownError):
            selection.choose(work, round_table.number, ["2026-9999"], by=an)
        with pytest.raises(ForbiddenError):
            selection.choose(
                work, round_table.number, ["x"], by=round_table.actor("wim")
            )
