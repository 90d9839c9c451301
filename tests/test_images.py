"""Sizes of pictures, read from their first bytes."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from osai_essay.images import ORIENTATION, picture_size


def picture(kind: str, size: tuple[int, int] = (30, 20), **more) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind, **more)
    return buffer.getvalue()


def size_of(tmp_path, name: str, content: bytes | str) -> tuple[int, int] | None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return picture_size(path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.gif", "GIF"), ("a.webp", "WEBP")],
)
def test_size_of_a_raster_picture(tmp_path, name, kind):
    assert size_of(tmp_path, name, picture(kind)) == (30, 20)


@pytest.mark.parametrize(
    ("turn", "size"), [(1, (30, 20)), (3, (30, 20)), (6, (20, 30)), (8, (20, 30))]
)
def test_photo_taken_with_the_camera_on_its_side_is_turned(tmp_path, turn, size):
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    assert size_of(tmp_path, "a.jpg", picture("JPEG", exif=exif)) == size


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ('<svg width="10" height="20px"/>', (10, 20)),
        ("<svg\n width = '10.4' height='20'>", (10, 20)),
        ('<svg viewBox="0 0 100.4 50"/>', (100, 50)),
        ('<svg viewBox="0,0,7,8" width="100%" height="5em"/>', (7, 8)),
        ('<svg data-width="9" stroke-width="3" width="4" height="5"/>', (4, 5)),
        (
            '<?xml version="1.0"?><!-- <svg width="1" height="1"> --><svg width="4" height="5"/>',
            (4, 5),
        ),
        ('<svg width="1.2.3" height="5"/>', None),
        ('<svg viewBox="0 0 inf nan"/>', None),
        ('<svg viewBox="0 0 -1 5"/>', None),
        ('<svg viewBox="0 0 5"/>', None),
        ('<svg width="0" height="0"/>', None),
        ("<svg/>", None),
        ("no picture", None),
        ("", None),
    ],
)
def test_size_of_a_drawing(tmp_path, source, size):
    assert size_of(tmp_path, "a.svg", source) == size


@pytest.mark.parametrize(
    "content", [b"", b"no picture", picture("PNG")[:20]], ids=["empty", "text", "cut"]
)
def test_broken_picture_has_no_size(tmp_path, content):
    assert size_of(tmp_path, "a.png", content) is None


def test_picture_too_large_to_open_has_no_size_or_its_own(tmp_path):
    def header(side: int) -> bytes:
        data = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + struct.pack(">I", 13)
            + data
            + struct.pack(">I", zlib.crc32(data))
        )

    assert size_of(tmp_path, "big.png", header(10_000)) in (None, (10_000, 10_000))
    assert size_of(tmp_path, "bomb.png", header(100_000)) is None
