import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from workflows.errors import InvalidDataError
from workflows.uploads import model
from workflows.uploads.model import LONGEST_SIDE, clean


def picture(size=(40, 30), *, kind="JPEG", mode="RGB", **facts):
    target = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(target, kind, **facts)
    return target.getvalue()


def reopened(photo):
    return Image.open(BytesIO(photo.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_accepted_kind_becomes_a_jpeg(kind):
    photo = clean(picture(kind=kind))

    assert reopened(photo).format == "JPEG"
    assert (photo.width, photo.height) == (40, 30)


def test_place_and_camera_do_not_survive():
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    dirty = picture(exif=exif)
    assert b"Camera" in dirty

    photo = clean(dirty)

    assert b"Camera" not in photo.content
    assert not reopened(photo).getexif()


def test_a_picture_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = clean(picture(exif=exif))

    assert (photo.width, photo.height) == (30, 40)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "LA"])
def test_transparency_and_other_modes_become_plain_colour(mode):
    assert reopened(clean(picture(kind="PNG", mode=mode))).mode == "RGB"


def test_a_large_picture_is_made_smaller():
    photo = clean(picture((LONGEST_SIDE * 2, 100)))

    assert (photo.width, photo.height) == (LONGEST_SIDE, 50)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"tekst",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture()[:60],
        picture(kind="GIF", mode="P"),
    ],
    ids=["empty", "text", "svg", "pdf", "cut off", "gif"],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(InvalidDataError, match="geen foto die we kunnen lezen"):
        clean(content)


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    with pytest.raises(InvalidDataError, match="hoogstens 15 MB"):
        clean(b"x" * (model.LARGEST_FILE + 1))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(model, "LARGEST_PICTURE", 1000)

    with pytest.raises(InvalidDataError, match="te veel beeldpunten"):
        clean(picture())


def test_the_same_photo_gives_the_same_hash():
    assert clean(picture()).sha256 == clean(picture()).sha256


def test_a_bomb_of_pixels_is_refused_by_its_header_alone():
    bomb = bytearray(picture(kind="PNG"))
    bomb[16:24] = struct.pack(">II", 40_000, 40_000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bomb[12:29]))

    with pytest.raises(InvalidDataError, match="beeldpunten"):
        clean(bytes(bomb))


def test_a_large_picture_on_its_side_is_set_upright_too():
    exif = Image.Exif()
    exif[0x0112] = 6

    photo = clean(picture((LONGEST_SIDE * 2, 100), exif=exif))

    assert (photo.width, photo.height) == (50, LONGEST_SIDE)
