"""What each command answers, and with which exit code."""

import json
import socket
import sqlite3
from contextlib import closing
from importlib.resources import as_file, files
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from web.cli import definitions
from workflows.errors import UnknownError

INTAKE = "svk_intake.bpmn"


@pytest.fixture
def family():
    with as_file(files("bpmn") / "svk") as folder:
        kinds = {".bpmn", ".dmn", ".form"}
        yield sorted(path for path in folder.iterdir() if path.suffix in kinds)


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.bpmn"
    path.write_text("<definitions><process/></definitions>")
    return path


def test_a_clean_family_passes_the_check(command, family):
    result = command("check", *family)

    assert (result.exit_code, result.output) == (0, "")


def test_a_finding_names_file_element_severity_sentence_and_code(command, broken):
    result = command("check", broken)

    assert result.exit_code == 1
    assert result.output.startswith("broken.bpmn:")
    assert ": error: " in result.output
    assert result.output.rstrip().endswith("]")


def test_findings_can_be_had_as_json(command, broken):
    findings = json.loads(command("check", "--format", "json", broken).output)

    assert {"file", "element", "severity", "sentence", "code"} == set(findings[0])


def test_a_file_of_another_kind_is_an_unusable_call(command, tmp_path):
    path = tmp_path / "letter.docx"
    path.write_text("x")

    assert command("check", path).exit_code == 2


def test_a_process_runs_in_memory_until_it_waits(command, family):
    intake = next(path for path in family if path.name == INTAKE)
    data = json.dumps({"terms": {"completeness": "P3D"}, "case_number": "2026-0001"})

    report = json.loads(
        command("run", intake, "--data", data, "--format", "json").output
    )

    assert report["open"] == ["check_completeness"]
    assert report["trace"][0] == "offer_received"
    assert report["incidents"] == []


def test_data_that_is_no_json_is_an_unusable_call(command, family):
    assert command("run", family[0], "--data", "{").exit_code == 2


def test_migrating_twice_changes_nothing_the_second_time(command):
    first, second = command("migrate"), command("migrate")

    assert "leeg →" in first.output
    assert "al bij" in second.output


def test_the_families_are_deployed_exported_and_imported(command, tmp_path):
    target = tmp_path / "svk.zip"
    deployed = command("deploy")
    exported = command("export", "svk", target)
    imported = command("import", "svk", target)

    assert deployed.exit_code == exported.exit_code == imported.exit_code == 0
    assert imported.output in deployed.output


def test_a_refused_bundle_changes_nothing(command, broken):
    result = command("deploy", "mine", broken)

    assert result.exit_code == 1
    assert command("export", "mine", "x.zip").exit_code != 0


def test_an_archive_that_is_none_is_refused(command, broken):
    assert command("import", "mine", broken).exit_code == 2


@pytest.mark.parametrize(
    "members",
    [
        [("a/x.bpmn", b"1"), ("b/x.bpmn", b"2")],
        [("../../letter.docx", b"1")],
        [("x.bpmn", bytes(definitions.MOST_BYTES + 1))],
    ],
    ids=["twice the same name", "another kind of file", "a bomb"],
)
def test_an_archive_with_what_is_no_bundle_is_refused(command, tmp_path, members):
    source = tmp_path / "bundle.zip"
    with ZipFile(source, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)

    assert command("import", "mine", source).exit_code == 2


def test_a_locked_archive_is_refused(command, tmp_path):
    source = tmp_path / "bundle.zip"
    with ZipFile(source, "w") as archive:
        archive.writestr("x.bpmn", b"<x/>")
    locked = bytearray(source.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + at] |= 1
    source.write_bytes(locked)

    assert command("import", "mine", source).exit_code == 2


def test_a_first_administrator_gets_an_account_and_a_token(command):
    made = command(
        "user", "nele", "--full-name", "Nele Goossens", "--email", "nele@stad.example",
        input="een-lang-wachtwoord\neen-lang-wachtwoord\n",
    )  # fmt: skip
    token = command("token", "nele")

    assert made.exit_code == 0, made.output
    assert token.output.startswith("wf_")


def test_a_token_is_listed_until_it_is_revoked(command):
    command(
        "user", "nele", "--full-name", "Nele Goossens", "--email", "nele@stad.example",
        input="een-lang-wachtwoord\neen-lang-wachtwoord\n",
    )  # fmt: skip
    command("token", "nele", "--label", "export")
    listed = command("tokens", "nele").output
    token_id = listed.split()[0]

    revoked = command("tokens", "nele", "--revoke", token_id)

    assert "export" in listed
    assert (revoked.exit_code, revoked.output) == (0, "")
    assert isinstance(command("tokens", "nobody").exception, UnknownError)


def test_a_backup_can_be_restored(command, tmp_path):
    copy = tmp_path / "copy.db"
    command("deploy")
    assert command("backup", copy).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "data" / "woonflow.db")) as database:
        database.execute("DELETE FROM alembic_version")
        database.commit()

    restored = command("restore", copy, "--yes")

    assert restored.exit_code == 0
    assert "al bij" in command("migrate").output


def test_a_backup_never_overwrites(command, tmp_path):
    command("migrate")
    there = tmp_path / "copy.db"
    there.write_text("mine")

    assert command("backup", there).exit_code == 2
    assert there.read_text() == "mine"


def test_a_file_that_is_no_copy_is_not_restored(command, broken):
    assert command("restore", broken, "--yes").exit_code == 2


def test_the_doctor_says_what_is_wrong(command, monkeypatch):
    monkeypatch.setenv("WOONFLOW_SMTP_URL", "smtp://127.0.0.1:1")
    command("migrate")

    result = command("doctor")

    assert result.exit_code == 1
    assert "De mailserver 127.0.0.1 antwoordt niet" in result.output
    assert "De databank antwoordt (sqlite)" in result.output


def test_the_doctor_says_what_to_start_when_nothing_works_in_the_background(command):
    before = command("doctor").output
    command("migrate")
    after = command("doctor").output

    assert "voer woonflow migrate uit" in before
    assert "voer woonflow migrate uit" not in after
    assert "FOUT     Het achtergrondwerk gaf nog geen teken van leven: start" in after


@pytest.mark.parametrize("name", ["demo", "serve"])
def test_a_port_that_is_taken_is_told_before_anything_is_done(command, tmp_path, name):
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = command(name, "--port", other.getsockname()[1])

    assert result.exit_code == 2
    assert "Kies een andere poort met WOONFLOW_PORT" in result.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org"])  # noqa: S104
def test_the_demo_listens_on_loopback_only(command, host):
    result = command("demo", "--host", host)

    assert result.exit_code == 2
    assert "alleen op deze machine" in result.output
