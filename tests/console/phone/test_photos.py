"""What is kept of a photograph, and what is no photograph."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from api.photos import LONGEST, MOST_SCANS, redrawn, scans_of
from cases.errors import Malformed
from cases.store.attachments import TooLarge
from tests.console.phone.street import a_bomb, a_photo

LIMIT = 20_000_000


def draw(sent: bytes) -> Image.Image:
    return Image.open(BytesIO(redrawn(BytesIO(sent), LIMIT)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_pixels_are_kept_and_they_stand_upright(kind: str):
    sent = a_photo(turned=6, kind=kind)
    kept = redrawn(BytesIO(sent), LIMIT)
    image = Image.open(BytesIO(kept))
    assert (image.format, image.size) == ("JPEG", (32, 64)), "turned a quarter to the right"
    top, bottom = image.getpixel((16, 8)), image.getpixel((16, 56))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 100 > top[2]
    assert bottom[2] > 200 > 100 > bottom[0]
    assert not image.getexif()
    assert b"SECRET" not in kept
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(image.info)


def test_a_large_photograph_becomes_small_and_a_small_one_stays():
    assert draw(a_photo(4000, 1000)).size == (LONGEST, 400)
    assert draw(a_photo(10, 12)).size == (10, 12)


def test_what_is_transparent_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")
    assert draw(out.getvalue()).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7\n" + b"0" * 64,
        b"PK\x03\x04" + b"0" * 64,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        a_photo()[:200],
        b"\xff\xd8\xff" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
        a_bomb(30_000, 30_000),
        a_bomb(6_000, 6_000),
        a_bomb(65_535, 65_535, lines=1),
        a_bomb(0, 0),
    ],
)
def test_what_is_no_photograph_is_refused_with_a_sentence(sent: bytes):
    with pytest.raises(Malformed) as caught:
        redrawn(BytesIO(sent), LIMIT)
    assert caught.value.sentence


def in_passes(many: int, note: bytes = b"-") -> bytes:
    """A photograph drawn in many passes over the picture: the last one of its own, again and again."""
    out = BytesIO()
    Image.linear_gradient("L").save(out, "JPEG", progressive=True, comment=note)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * many + b"\xff\xd9"


def test_a_photograph_that_is_drawn_over_and_over_is_refused_before_it_is_drawn():
    with pytest.raises(Malformed, match="编码方式"):
        redrawn(BytesIO(in_passes(MOST_SCANS)), LIMIT)


def test_passes_are_counted_in_the_picture_and_nowhere_else():
    note = b"\xff\xda" * (MOST_SCANS + 1)
    sent = in_passes(1, note) + note
    assert draw(sent).size == (256, 256)
    assert 1 < scans_of(sent, MOST_SCANS) < 20
    assert scans_of(in_passes(40), MOST_SCANS) == scans_of(sent, MOST_SCANS) + 39


def test_a_file_that_is_too_large_is_not_looked_at():
    with pytest.raises(TooLarge):
        redrawn(BytesIO(b"0" * 101), 100)
