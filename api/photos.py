"""Photographs of the public (照片): drawn anew from their pixels, so that nothing but the picture is kept.

Turned as the camera held it, at most 1600 pixels long, without place, time or camera. What no decoder of a photograph
reads is refused with a sentence, and so is a picture that would unpack to more than a machine should hold. What does
not live here: files as an office sends them (filing) and the folder (store).
"""

from __future__ import annotations

import re
import struct
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from cases.errors import Malformed
from cases.ids import new_id
from cases.store.attachments import Folder, Stored, TooLarge

LONGEST = 1600
"""Pixels of the longer side of what is kept."""

MOST_PIXELS = 50_000_000
MOST_PLAIN_PIXELS = 25_000_000
"""A photograph may have more pixels if it is a JPEG: that is unpacked at the size wanted, anything else in full."""

MOST_SCANS = 100
"""A JPEG draws its picture in so many passes at most: a camera's has about ten, and each pass goes over the whole
picture, however few bytes it is written in."""

DECODERS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 85
MOST_AT_ONCE = 2
_STARTS_SCAN, _ENDS_PICTURE = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff+([^\x00\x01\xd0-\xd8\xff])")
"""A marker of a JPEG; not a byte of the picture that only looks like one, nor one that stands in its midst."""

_UNPACKING = threading.BoundedSemaphore(MOST_AT_ONCE)
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What the decoders raise on a file that is broken or means harm."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as it lies in the folder, under the id it will have as a file of a case."""

    id: str
    name: str
    stored: Stored


def keep_photos(folder: Folder, sources: Sequence[BinaryIO]) -> list[Photo]:
    """Draw photographs anew and put them into the folder; Malformed or TooLarge, with its place in the row, for the
    first that is none. Belonging to no case yet, they are nobody's."""
    drawn: list[bytes] = []
    for place, source in enumerate(sources, start=1):
        try:
            drawn.append(redrawn(source, folder.limit))
        except Malformed as refusal:
            sentence = f"第 {place} 张照片:{refusal.sentence}"
            raise Malformed(sentence, {"photos": sentence}) from refusal
    return [Photo(new_id(), f"照片{place}.jpg", folder.take(BytesIO(one))) for place, one in enumerate(drawn, start=1)]


def redrawn(source: BinaryIO, limit: int, longest: int = LONGEST) -> bytes:
    """A photograph as a JPEG of its pixels and nothing else; ``limit`` is the largest file looked at, in bytes,
    ``longest`` its longer side in pixels."""
    sent = source.read(limit + 1)
    if len(sent) > limit:
        raise TooLarge(f"照片超过 {limit // 1_000_000} MB", limit=limit)
    if not sent:
        raise Malformed("文件是空的,请重新选择")
    with _UNPACKING:
        try:
            return _draw(sent, longest)
        except _BROKEN as error:
            raise Malformed("不是照片,或者已经损坏,请换一张(JPEG、PNG 或 WebP)") from error


def _draw(sent: bytes, longest: int) -> bytes:
    with Image.open(BytesIO(sent), formats=DECODERS) as found:
        width, height = found.size
        plain = found.format not in {"JPEG", "MPO"}
        if width * height > (MOST_PLAIN_PIXELS if plain else MOST_PIXELS):
            raise Malformed("照片的尺寸太大,请缩小后再选")
        if not plain and scans_of(sent, MOST_SCANS + 1) > MOST_SCANS:
            raise Malformed("照片的编码方式不正常,请换一张(JPEG、PNG 或 WebP)")
        found.draft("RGB", (longest, longest))
        found.thumbnail((longest, longest))
        turned = ImageOps.exif_transpose(found)
        # A copy of the pixels alone: comments, profiles and places stay behind.
        clean = Image.new("RGB", turned.size, "white")
        if turned.has_transparency_data:
            shown = turned.convert("RGBA")
            clean.paste(shown, mask=shown.getchannel("A"))
        else:
            clean.paste(turned.convert("RGB"))
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def scans_of(sent: bytes, most: int) -> int:
    """In how many passes a JPEG draws its picture, counted up to ``most``; what stands in its other parts, such as a
    small picture beside the camera's notes, and what follows its end are not counted."""
    at, found = 0, 0
    while found < most and (marker := _MARKER.search(sent, at)):
        code = marker[1][0]
        if code == _ENDS_PICTURE:
            break
        found += code == _STARTS_SCAN
        at = marker.end() + int.from_bytes(sent[marker.end() : marker.end() + 2], "big")
    return found
