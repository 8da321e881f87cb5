"""The language of the pages of the public (语言) at ``/language``.

What does not live here: the words (english_phone).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.console.phone.frame import speak

router = APIRouter()


@router.get("/language")
def choose_language(
    request: Request, to: Annotated[str, Query(max_length=2)], back: Annotated[str, Query(max_length=200)] = "/r"
) -> Response:
    """Remember the language and go back."""
    return speak(request, to, back)
