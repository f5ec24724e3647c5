"""Photos of a case: kept by the browser of who may see them, and by nobody else."""

import io

import pytest
from PIL import Image


@pytest.fixture
def case(city):
    return city.offer()


@pytest.fixture
def photo(city, case):
    """The address of a photo, as the page of the case shows it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    form = {"photos": (io.BytesIO(buffer.getvalue()), "gang.jpg")}
    client = city.client("bram.claes")
    path = f"/dossiers/{case.number}"
    client.post(f"{path}/fotos", data=form, content_type="multipart/form-data")
    return client.get(path).text.split('src="/fotos/')[1].split('"')[0]


def test_a_photo_is_asked_for_again_each_time_and_travels_once(city, photo):
    client = city.client("bram.claes")
    first = client.get(f"/fotos/{photo}")
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(f"/fotos/{photo}", headers=known)

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_a_kept_photo_is_not_shown_after_signing_out_nor_to_others(city, photo):
    client = city.client("bram.claes")
    known = {"If-None-Match": client.get(f"/fotos/{photo}").headers["ETag"]}
    client.post("/afmelden")
    stranger = city.client("jef.mertens").get(f"/fotos/{photo}", headers=known)

    assert client.get(f"/fotos/{photo}", headers=known).status_code == 302
    assert stranger.status_code == 403


def test_also_without_files_only_who_may_add_photos_comes_in(city, case):
    path = f"/dossiers/{case.number}/fotos"

    assert city.client("jef.mertens").post(path, data={}).status_code == 403
    assert city.client("bram.claes").post("/dossiers/2026-9/fotos").status_code == 404


def test_who_sends_no_file_reads_what_to_do(city, case):
    client = city.client("bram.claes")
    answer = client.post(f"/dossiers/{case.number}/fotos", data={})

    assert "Kies eerst een foto." in client.get(answer.location).text
