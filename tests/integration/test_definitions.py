import pytest
from sqlalchemy import func, select

from engine.errors import DefinitionRefusedError, NotFoundError
from engine.model import Bundle
from engine.persistence.tables.definitions import BundleFileRow, ContentRow
from tests.factories import a_bundle, begin, deploy, two_tasks
from tests.unit.engine.spiff.drawing import (
    chain,
    end,
    extended,
    node,
    process,
    start,
    timer,
    user,
    zeebe,
)


def calling(target, key="caller"):
    called = extended(zeebe("calledElement", processId=target))
    body = start() + node("callActivity", "call", called) + end()
    return process(body, chain("s", "call", "e"), key=key)


def test_a_deployed_bundle_is_found_with_its_files(engine):
    deployed = deploy(engine, two_tasks())

    with engine.reading() as work:
        found = engine.definitions.get(work, deployed.content_hash)
    assert found == a_bundle(two_tasks())
    assert deployed.version == 1


def test_the_same_content_twice_is_one_version(engine):
    first = deploy(engine, two_tasks())
    second = deploy(engine, two_tasks())

    assert second == first


def test_a_changed_bundle_is_the_next_version(engine):
    deploy(engine, two_tasks())
    changed = deploy(engine, two_tasks(name="Anders"))

    with engine.reading() as work:
        versions = engine.definitions.versions(work, "k")
        newest = engine.definitions.list(work)
    assert [one.version for one in versions] == [2, 1]
    assert newest == [changed]


def test_going_back_to_an_old_content_is_a_new_version_of_it(engine):
    old = deploy(engine, two_tasks())
    deploy(engine, two_tasks(name="Anders"))
    back = deploy(engine, two_tasks())

    assert back.version == 3
    assert back.content_hash == old.content_hash


def test_an_unchanged_file_is_stored_once(engine):
    form = b'{"id": "f", "type": "default", "components": []}'
    for name in ("Eerste", "Anders"):
        bundle = Bundle(
            key="k", files=dict(a_bundle(two_tasks(name=name)).files) | {"f.form": form}
        )
        with engine.transaction() as work:
            engine.definitions.deploy(work, bundle, by="eva")

    with engine.reading() as work:
        files = work.session.scalar(select(func.count()).select_from(BundleFileRow))
        contents = work.session.scalar(select(func.count()).select_from(ContentRow))
    assert (files, contents) == (4, 3)


def test_a_bundle_with_errors_is_refused_with_its_findings(engine):
    with pytest.raises(DefinitionRefusedError) as caught:
        deploy(engine, process(start(), node("complexGateway", "g"), key="p"))

    assert any(finding.element == "g" for finding in caught.value.findings)
    with engine.reading() as work, pytest.raises(NotFoundError):
        engine.definitions.latest(work, "k")


def test_a_running_case_keeps_the_version_that_it_began_with(engine):
    deploy(engine, two_tasks())
    old = begin(engine)
    deploy(engine, two_tasks(name="Anders"))
    new = begin(engine, case="2026-0002")

    assert old.bundle_hash != new.bundle_hash


def test_a_called_process_of_another_bundle_is_bound_when_the_case_begins(engine):
    deploy(engine, two_tasks("called"), key="other")
    deploy(engine, calling("called"))
    instance = begin(engine, "caller")
    deploy(engine, process(start(), end(), chain("s", "e"), key="called"), key="other")

    with engine.reading() as work:
        tasks = engine.tasks.of_instance(work, instance.id)
    assert [task.name for task in tasks] == ["Eerste"]


def test_a_case_that_calls_an_unknown_process_does_not_begin(engine):
    deploy(engine, calling("nowhere"))

    with pytest.raises(NotFoundError, match="nowhere"):
        begin(engine, "caller")


def test_an_unknown_process_of_a_known_bundle_is_not_found(engine):
    deploy(engine, two_tasks())

    with pytest.raises(NotFoundError):
        begin(engine, "nothing")


def test_only_the_newest_version_starts_on_time(engine, clock):
    for name in ("Oud", "Nieuw"):
        body = start("s", timer("timeDate", "2026-12-01T08:00:00Z"))
        deploy(
            engine,
            process(body, user("u", name=name), end(), chain("s", "u", "e")),
        )
    clock.moment = clock.moment.replace(month=12, day=2)
    fired = []
    with engine.transaction() as work:
        fired.append(engine.timers.fire_due(work))
    with engine.transaction() as work:
        fired.append(engine.timers.fire_due(work))

    assert [one is not None for one in fired] == [True, False]
    with engine.reading() as work:
        (task,) = engine.tasks.of_instance(work, fired[0].instance_id)
    assert task.name == "Nieuw"
