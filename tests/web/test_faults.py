"""When something breaks, the answer is clear and nothing half is kept."""

from sqlalchemy import event
from sqlalchemy.exc import OperationalError


def test_a_fault_is_answered_in_words_with_a_number_for_the_log(city):
    @city.app.get("/stuk")
    def broken():
        raise ZeroDivisionError

    answer = city.client("an.peeters").get("/stuk")

    assert answer.status_code == 500
    assert "Er is niets half bewaard" in answer.text
    assert "Nummer van de fout" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_database_that_is_away_is_told_without_asking_it(city):
    client = city.client("an.peeters")
    _take_away(city)
    page, ready = client.get("/dossiers"), client.get("/readyz")

    assert page.status_code == 503
    assert "De databank is even niet bereikbaar" in page.text
    assert ready.status_code == 503
    assert page.headers["Retry-After"] == ready.headers["Retry-After"] == "5"
    assert client.get("/healthz").status_code == 200


def test_a_program_gets_a_problem_document(city):
    headers = {"Accept": "application/json"}
    answer = city.client("an.peeters").get("/dossiers/2026-9999", headers=headers)

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "not_found"


def test_a_wrong_method_names_the_right_ones(city):
    answer = city.client("an.peeters").delete("/dossiers")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_request_that_is_too_large_is_refused(city):
    city.app.config["MAX_CONTENT_LENGTH"] = 1000
    huge = {"text": "x" * 1001}
    path = f"/dossiers/{city.offer().number}/notities"
    answer = city.client("an.peeters").post(path, data=huge)

    assert answer.status_code == 413
    assert "te groot" in answer.text


def _take_away(city):
    away = OperationalError("connect", {}, ConnectionError())

    def refuse(*_arguments):
        raise away

    city.engine.database.engine.dispose()
    city.engine.database.engine.pool._creator = refuse
    city.engine.database.engine.pool.recreate()._creator = refuse


def test_a_full_disk_is_told_and_nothing_is_half_kept(city):
    case = city.offer()
    client = city.client("an.peeters")
    path = f"/dossiers/{case.number}/notities"
    limits = []

    @event.listens_for(city.engine.database.engine, "begin")
    def limit(connection):
        # In pages: less than there are, so that the file can't grow.
        room = limits[-1] if limits else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room}")

    limits.append(1)
    full = client.post(path, data={"text": "lang " * 800})
    limits.append(2**30)
    page = client.get(f"/dossiers/{case.number}").text
    again = client.post(path, data={"text": "kort"})

    assert full.status_code == 503
    assert "De schijf van de databank is vol. Er is niets half bewaard." in full.text
    assert "Retry-After" not in full.headers
    assert "lang lang" not in page
    assert again.status_code == 302
