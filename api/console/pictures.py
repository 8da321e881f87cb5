"""Small pictures (缩略图) for the sheet of a case: drawn from the file when asked for, kept by nobody but the browser.

The browser asks each time whether it still may show what it keeps. What does not live here: who may see a file (filing)
and drawing one (photos).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from starlette.responses import Response

from api.console.entrance import SeatOf
from api.filing import Filing
from api.photos import redrawn

router = APIRouter()
SMALL = 480
HEADERS = {"Cache-Control": "private, no-cache", "Content-Security-Policy": "default-src 'none'; sandbox"}


@router.get("/files/{attachment_id}/small")
def show_small(
    attachment_id: str, seat: SeatOf, if_none_match: Annotated[str, Header(max_length=200)] = ""
) -> Response:
    """A file of a case as a small photograph; 422 for what is none."""
    filing = Filing(seat.house)
    found, path = filing.one(seat.reader, attachment_id)
    headers = {**HEADERS, "ETag": f'"{found.sha256}-{SMALL}"'}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    with path.open("rb") as file:
        drawn = redrawn(file, seat.house.folder.limit, SMALL)
    return Response(drawn, headers=headers, media_type="image/jpeg")
