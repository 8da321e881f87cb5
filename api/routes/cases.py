"""Cases: opening, listing, reading (案件)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Response

from api.counter import Counter
from api.deps import HouseOf, KeyOf, ReaderOf, StrictRoute, respond
from api.describing import body_of, problems
from api.shapes import CaseList, CaseView, Items, OpenedView, SavedViewCounts, encode
from api.timing import DeadlineList, HoldingList
from api.wishes import CaseQuery, Reason
from cases.machines.clue_forms import ClueReport
from cases.store.idempotency import Answer, Once
from cases.store.queue.asked import Asked

router = APIRouter(prefix="/cases", tags=["cases"], route_class=StrictRoute)

Filled = Annotated[dict[str, Any], Body()]


def get_counter(house: HouseOf) -> Counter:
    """The counter of this house."""
    return Counter(house)


def asked_of(wish: CaseQuery) -> Asked:
    """The filters of a list."""
    return Asked(**wish.model_dump(exclude={"schemas"}))


CounterOf = Annotated[Counter, Depends(get_counter)]


@router.post(
    "",
    summary="登记线索",
    status_code=201,
    responses={201: {"model": OpenedView}, **problems(400, 401, 403, 409, 413, 415, 422)},
    openapi_extra=body_of(ClueReport),
)
def open_case(filled: Filled, counter: CounterOf, reader: ReaderOf, key: KeyOf) -> Response:
    """A report becomes a clue; the query code is told once."""
    once = Once.of(reader.actor.id, key, "POST /cases", filled)
    return respond(counter.open(reader, filled, once))


@router.get("", summary="案件清单", responses={200: {"model": CaseList}, **problems(401, 403, 422)})
def list_cases(counter: CounterOf, reader: ReaderOf, wish: Annotated[CaseQuery, Query()]) -> Response:
    """The cases of a saved view the caller may know of; ``schemas=true`` adds the forms of the actions."""
    return respond(Answer(200, encode(counter.cases(reader, asked_of(wish), wish.schemas))))


@router.get("/views", summary="清单视图", responses={200: {"model": SavedViewCounts}, **problems(401, 403, 422)})
def list_views(counter: CounterOf, reader: ReaderOf, wish: Annotated[CaseQuery, Query()]) -> Response:
    """The saved views with how many cases each holds for the caller under the filters; view, sort and cursor do not
    count."""
    return respond(Answer(200, encode(counter.views(reader, asked_of(wish)))))


@router.get("/{case_id}", summary="案件", responses={200: {"model": CaseView}, **problems(401, 403, 404)})
def read_case(case_id: str, counter: CounterOf, reader: ReaderOf) -> Response:
    """One case; the ETag is its version."""
    view = counter.case(reader, case_id)
    response = respond(Answer(200, encode(view)))
    response.headers["ETag"] = f'"{view["version"]}"'
    return response


@router.get("/{case_id}/entries", summary="办理记录", responses={200: {"model": Items}, **problems(401, 403, 404)})
def read_entries(case_id: str, counter: CounterOf, reader: ReaderOf) -> Response:
    """The history of a case, line by line."""
    return respond(Answer(200, encode(counter.entries(reader, case_id))))


@router.get("/{case_id}/deadlines", summary="时限", responses={200: {"model": DeadlineList}, **problems(401, 403, 404)})
def read_deadlines(case_id: str, counter: CounterOf, reader: ReaderOf) -> Response:
    """The clocks of a case, each with its source, what moved it, and the days that made it."""
    return respond(Answer(200, encode(counter.deadlines(reader, case_id))))


@router.get(
    "/{case_id}/holdings", summary="经手时间", responses={200: {"model": HoldingList}, **problems(401, 403, 404)}
)
def read_holdings(case_id: str, counter: CounterOf, reader: ReaderOf) -> Response:
    """Who held a case from when to when; told to the offices at work on it, not to whoever reported."""
    return respond(Answer(200, encode(counter.holdings(reader, case_id))))


@router.post(
    "/{case_id}/reporter",
    summary="查看报告人身份",
    responses={200: {"model": dict[str, Any]}, **problems(400, 401, 403, 404, 415, 422)},
)
def read_reporter(case_id: str, wish: Reason, counter: CounterOf, reader: ReaderOf) -> Response:
    """The reporter's identity in full, for a reason that is written down."""
    return respond(Answer(200, encode(counter.reporter(reader, case_id, wish.reason))))
