"""Organisations that sent nobody."""

from uuid import uuid4

from workflows.meetings.absence import neglected_duty, sent_nobody
from workflows.meetings.model import Attendance, Presence


def member(organisation, presence, *, replaced_by="", must_attend=False):
    return Attendance(
        member_id=uuid4(),
        member_name="Iemand",
        organisation_name=organisation,
        capacity="lid",
        must_attend=must_attend,
        presence=presence,
        replaced_by=replaced_by,
    )


def test_an_organisation_is_there_as_soon_as_one_of_its_people_is():
    listed = [member("Politie", Presence.ABSENT), member("Politie", Presence.PRESENT)]

    assert sent_nobody(listed) == []


def test_who_is_excused_or_replaced_did_not_stay_away():
    listed = [
        member("CAW", Presence.EXCUSED),
        member("Provincie", Presence.ABSENT, replaced_by="Een collega"),
        member("Politie", Presence.ABSENT),
        member(None, Presence.ABSENT),
    ]

    assert sent_nobody(listed) == ["Politie"]


def test_only_a_social_housing_organisation_has_a_duty_to_come():
    listed = [
        member("Woonmaatschappij", Presence.ABSENT, must_attend=True),
        member("Politie", Presence.ABSENT),
    ]

    assert neglected_duty(listed) == ["Woonmaatschappij"]
