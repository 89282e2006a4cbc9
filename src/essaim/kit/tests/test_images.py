from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from essaim.kit import images


def encoded(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return io.BytesIO(out.getvalue())


def decoded(data):
    return Image.open(io.BytesIO(data))


def claimed_png(width, height):
    """A few bytes that say they hold a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82")


def test_two_sizes_that_fit_and_are_never_enlarged():
    picture = images.clean(encoded(Image.new("RGB", (2000, 1000), "orange")))
    assert (picture.width, picture.height) == (1600, 800)
    assert decoded(picture.large).size == (1600, 800)
    assert decoded(picture.small).size == (480, 240)
    tiny = images.clean(encoded(Image.new("RGB", (30, 20))))
    assert decoded(tiny.large).size == decoded(tiny.small).size == (30, 20)


def test_where_and_how_a_picture_was_taken_is_dropped():
    exif = Image.Exif()
    exif[0x0110] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    picture = images.clean(encoded(Image.new("RGB", (60, 40)), exif=exif))
    for data in (picture.large, picture.small):
        assert dict(decoded(data).getexif()) == {}
        assert b"Secret camera" not in data


def test_the_rotation_a_camera_noted_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = images.clean(encoded(Image.new("RGB", (60, 40)), exif=exif))
    assert (picture.width, picture.height) == (40, 60)


def test_transparency_stays():
    picture = images.clean(encoded(Image.new("RGBA", (10, 10), (255, 0, 0, 0)), "PNG"))
    assert decoded(picture.large).mode == "RGBA"


def test_a_bomb_is_refused_before_it_is_decoded():
    with pytest.raises(images.PictureTooLarge):
        images.clean(claimed_png(50_000, 50_000))
    with pytest.raises(images.PictureTooLarge):
        images.clean(claimed_png(10_000, 5_000))


def test_a_heavy_file_is_refused():
    with pytest.raises(images.PictureTooHeavy):
        images.clean(io.BytesIO(b"\0" * (images.MOST_BYTES + 1)))


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"GIF89a"]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(images.PictureUnreadable):
        images.clean(io.BytesIO(data))


def test_a_cut_file_is_refused():
    whole = encoded(Image.effect_noise((300, 300), 80).convert("RGB")).getvalue()
    with pytest.raises(images.PictureUnreadable):
        images.clean(io.BytesIO(whole[: len(whole) // 2]))


def test_formats_nobody_needs_are_refused():
    with pytest.raises(images.PictureUnreadable):
        images.clean(encoded(Image.new("RGB", (5, 5)), "TIFF"))
