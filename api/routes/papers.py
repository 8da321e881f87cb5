"""Official documents (文书)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from api.deps import HouseOf, KeyOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.papering import Fetched, Papering
from api.shapes import Items, PaperAsked, PaperList, PaperView, encode
from api.wishes import DraftWish, PaperWish, VoidWish
from cases.desk.papers import FORMATS, Wanted
from cases.store.idempotency import Answer, Once

router = APIRouter(tags=["papers"], route_class=StrictRoute)

PREVIEW = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""What a PDF shown in the browser may load: nothing but the browser's own viewer, framed by our own pages only."""


def get_papering(house: HouseOf) -> Papering:
    """The documents of this house."""
    return Papering(house)


PaperingOf = Annotated[Papering, Depends(get_papering)]


def handed_out(fetched: Fetched, *, inline: bool) -> Response:
    """A file as a response: shown in the browser, or saved."""
    kind = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f"{kind}; filename*=UTF-8''{quote(fetched.name, safe='')}"}
    if inline:
        headers |= {"Content-Security-Policy": PREVIEW, "X-Frame-Options": "SAMEORIGIN"}
    else:
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return Response(fetched.content, headers=headers, media_type=fetched.media_type)


PDF = {200: {"content": {FORMATS["pdf"]: {"schema": {"type": "string", "format": "binary"}}}}}
DOCX = {200: {"content": {FORMATS["docx"]: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/papers", summary="文书种类", responses={200: {"model": Items}, **problems(401, 403)})
def list_declared(papering: PaperingOf, reader: ReaderOf) -> Response:  # noqa: ARG001 - must be let in
    """The documents of the pack in force: what each asks for, who makes it, how it is numbered, on what basis."""
    return respond(Answer(200, encode(papering.declared())))


@router.get(
    "/cases/{case_id}/papers", summary="案件文书", responses={200: {"model": PaperList}, **problems(401, 403, 404)}
)
def list_papers(case_id: str, papering: PaperingOf, reader: ReaderOf) -> Response:
    """The documents of a case, every version, and those the caller may make."""
    return respond(Answer(200, encode(papering.listed(reader, case_id))))


@router.get(
    "/cases/{case_id}/papers/{code}",
    summary="文书填写要求",
    responses={200: {"model": PaperAsked}, **problems(401, 403, 404)},
)
def read_asked(case_id: str, code: str, papering: PaperingOf, reader: ReaderOf) -> Response:
    """What a document asks for, with what the case already knows filled in."""
    return respond(Answer(200, encode(papering.asked(reader, case_id, code))))


@router.post(
    "/cases/{case_id}/papers/{code}",
    summary="出具文书",
    status_code=201,
    responses={201: {"model": PaperView}, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
)
def make_paper(
    case_id: str, code: str, wish: PaperWish, papering: PaperingOf, reader: ReaderOf, key: KeyOf
) -> Response:
    """Make a document: checked, numbered, printed as PDF and Word, kept. If anything mandatory is missing it is named
    (``fields``), no number is used up and there is no document."""
    once = Once.of(reader.actor.id, key, f"POST /cases/{case_id}/papers/{code}", wish.model_dump(mode="json"))
    return respond(papering.make(reader, case_id, Wanted(code, wish.facts, wish.revises), once))


@router.get(
    "/cases/{case_id}/papers/{code}/draft.pdf",
    summary="预览草稿",
    response_class=Response,
    responses={**PDF, **problems(401, 403, 404, 422)},
)
def read_draft(case_id: str, code: str, papering: PaperingOf, reader: ReaderOf) -> Response:
    """A draft with what the case already knows: watermark, no number; what is missing is marked."""
    return handed_out(papering.draft(reader, case_id, Wanted(code, {})), inline=True)


@router.post(
    "/cases/{case_id}/papers/{code}/draft.pdf",
    summary="按填写内容预览草稿",
    response_class=Response,
    responses={**PDF, **problems(400, 401, 403, 404, 413, 415, 422)},
)
def draw_draft(case_id: str, code: str, wish: DraftWish, papering: PaperingOf, reader: ReaderOf) -> Response:
    """A draft with these facts; nothing is kept and no number is used up."""
    return handed_out(papering.draft(reader, case_id, Wanted(code, wish.facts)), inline=True)


@router.get(
    "/papers/{paper_id}.pdf",
    summary="取文书(PDF)",
    response_class=Response,
    responses={**PDF, **problems(401, 403, 404)},
)
def read_pdf(paper_id: str, papering: PaperingOf, reader: ReaderOf) -> Response:
    """A document as PDF/A, shown in the browser; exactly the bytes that were kept."""
    return handed_out(papering.fetch(reader, paper_id, "pdf"), inline=True)


@router.get(
    "/papers/{paper_id}.docx",
    summary="取文书(Word)",
    response_class=Response,
    responses={**DOCX, **problems(401, 403, 404)},
)
def read_docx(paper_id: str, papering: PaperingOf, reader: ReaderOf) -> Response:
    """A document as a Word file; exactly the bytes that were kept."""
    return handed_out(papering.fetch(reader, paper_id, "docx"), inline=False)


@router.post(
    "/papers/{paper_id}/void",
    summary="作废文书",
    responses={200: {"model": PaperView}, **problems(400, 401, 403, 404, 409, 415, 422)},
)
def void_paper(paper_id: str, wish: VoidWish, papering: PaperingOf, reader: ReaderOf) -> Response:
    """Void a document in all its versions; its number stays used up, with the reason."""
    return respond(Answer(200, encode(papering.void(reader, paper_id, wish.reason))))
