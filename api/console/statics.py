"""Static files (静态文件) at ``/static``: our own style, script and mark, each under an address that names its content.

What does not live here: anything a case holds.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from starlette.responses import Response

from api.console.frame import STATIC, asset
from cases.errors import NotFound

router = APIRouter()
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def read_static(name: str, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """A static file; kept by the browser as long as its address names this content."""
    known = {one.name: one for one in STATIC.iterdir() if one.suffix in KINDS}
    if name not in known:
        raise NotFound("没有这个地址")
    same = asset(name) == f"/static/{name}?v={v}"
    headers = {"Cache-Control": FOREVER if same else "no-cache"}
    return FileResponse(known[name], media_type=KINDS[known[name].suffix], headers=headers)
