"""Files of cases (附件)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Response, UploadFile
from fastapi.responses import FileResponse

from api.deps import HouseOf, ReaderOf, StrictRoute, respond
from api.describing import problems
from api.filing import Filing
from api.shapes import FileView, Items, encode
from cases.store.idempotency import Answer

router = APIRouter(tags=["files"], route_class=StrictRoute)


def get_filing(house: HouseOf) -> Filing:
    """The filing of this house."""
    return Filing(house)


FilingOf = Annotated[Filing, Depends(get_filing)]


@router.post(
    "/cases/{case_id}/attachments",
    summary="添加材料",
    status_code=201,
    responses={201: {"model": FileView}, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
)
def add_file(case_id: str, file: Annotated[UploadFile, File()], filing: FilingOf, reader: ReaderOf) -> Response:
    """Add a photograph, a recording or a document to a case."""
    return respond(Answer(201, encode(filing.add(reader, case_id, file.filename or "", file.file))))


@router.get(
    "/cases/{case_id}/attachments", summary="材料清单", responses={200: {"model": Items}, **problems(401, 403, 404)}
)
def list_files(case_id: str, filing: FilingOf, reader: ReaderOf) -> Response:
    """The files of a case the caller may see."""
    return respond(Answer(200, encode(filing.listed(reader, case_id))))


@router.get(
    "/attachments/{attachment_id}",
    summary="取材料",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}}, **problems(401, 403, 404)},
)
def read_file(attachment_id: str, filing: FilingOf, reader: ReaderOf) -> Response:
    """A file, always to be saved and never shown in the page's own right."""
    found, path = filing.one(reader, attachment_id)
    policy = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(path, headers=policy, media_type=found.media_type, filename=found.name)
