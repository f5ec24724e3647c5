"""Drafts of bundles: begun from what is in use, changed, taken into use, forgotten."""

import pytest

from engine import drafts
from engine.errors import NotFoundError
from tests.factories import a_bundle, deploy, two_tasks


@pytest.fixture
def in_use(engine):
    return deploy(engine, two_tasks())


def test_a_draft_begins_as_a_copy_of_what_is_in_use(engine, in_use):
    with engine.transaction() as work:
        draft = drafts.open_draft(work, "k", by="eva")

    assert draft.bundle == a_bundle(two_tasks())
    assert draft.based_on == in_use.content_hash


def test_a_draft_that_is_there_is_opened_again_as_it_was_left(engine, in_use):
    changed = a_bundle(two_tasks(name="Anders"))
    with engine.transaction() as work:
        drafts.open_draft(work, "k", by="eva")
        drafts.put_files(work, "k", changed.files, by="jan")
        again = drafts.open_draft(work, "k", by="eva")
        names = drafts.changed_files(work, again)

    assert again.bundle == changed
    assert names == ["p.bpmn"]
    assert again.files[0].edited_by == "jan"


def test_a_draft_falls_behind_when_another_version_is_taken_into_use(engine, in_use):
    with engine.transaction() as work:
        draft = drafts.open_draft(work, "k", by="eva")
        before = drafts.is_behind(work, draft)
    deploy(engine, two_tasks(name="Anders"))

    with engine.reading() as work:
        assert (before, drafts.is_behind(work, draft)) == (False, True)


def test_a_discarded_draft_is_gone(engine, in_use):
    with engine.transaction() as work:
        drafts.open_draft(work, "k", by="eva")
        drafts.discard_draft(work, "k")

    with engine.reading() as work, pytest.raises(NotFoundError):
        drafts.draft_of(work, "k")


def test_a_bundle_that_is_not_in_use_has_no_draft(engine):
    with engine.transaction() as work, pytest.raises(NotFoundError):
        drafts.open_draft(work, "k", by="eva")
