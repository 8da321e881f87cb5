"""Somebody on the street with a telephone (路人): sends forms with photographs, which are drawn here.

What does not live here: expectations.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

from tests.console.browser import HOME, Browser, Page, read

PLACE = "JT-C01"
FORM = f"/r/{PLACE}"
EMPTY = ("photos", ("", b"", "application/octet-stream"))
"""What a browser sends for an input of files in which nothing was chosen."""


def a_photo(width: int = 64, height: int = 32, turned: int = 1, kind: str = "JPEG") -> bytes:
    """A photograph: red on the left, blue on the right, taken somewhere, with the camera held as said."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 44.0, 33.0), 3: "E", 4: (119.0, 34.0, 17.0)})
    out = BytesIO()
    image.save(out, kind, exif=exif, **({"comment": b"SECRET-NOTE"} if kind == "JPEG" else {}))
    return out.getvalue()


def a_bomb(width: int, height: int, lines: int = 10) -> bytes:
    """A picture file of a few bytes that says it is enormous."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 + width // 8) * lines, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def send(browser: Browser, path: str, filled: dict[str, Any], *photos: bytes, **headers: str) -> Page:
    """Send a form as a browser does that has files to choose in it."""
    head = {"Origin": HOME, "Sec-Fetch-Site": "same-origin", **headers}
    files: list[Any] = [("photos", (f"IMG_{n}.jpg", one, "image/jpeg")) for n, one in enumerate(photos)] or [EMPTY]
    return read(browser.ask("POST", path, data=filled, files=files, headers=head))


def report(browser: Browser, *photos: bytes, **said: str) -> Page:
    """Fill in the form of the community and send it."""
    filled = {**browser.look(FORM).form(FORM), "description": "楼道里有人拉线充电", **said}
    return send(browser, FORM, filled, *photos)


def key_of(receipt: Page) -> dict[str, str]:
    """Number and code, as the page of a receipt hands them on."""
    return receipt.form("/f")
