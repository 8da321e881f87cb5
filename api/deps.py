"""What endpoints ask for (依赖): the house, the caller, the version and key of a request, checked once for all routes.

What does not live here: what a caller may do with a case (machines, visibility).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Header, Query, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.house import House
from api.identity import Caller, unauthenticated
from api.problems import AtTheEdge
from api.throttle import by_tls, client_of
from cases.desk.views import Reader
from cases.store.idempotency import Answer

COOKIE = "huiyin_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DEEPEST = 20
HANDED = "初始密码尚未更改,请先改成自己的密码"
OPEN_TO_NEWCOMERS = ("/me", "/me/password", "/logout")
"""Where one gets with a password somebody else gave."""

_VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"|([0-9]{1,9})')
_KEY = re.compile(r"[!-~]{1,200}")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")

bearer = HTTPBearer(auto_error=False, description="接口密钥 hy_…,或登录所得的令牌 hs_…")
cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="登录会话")


class StrictRequest(Request):
    """A request whose JSON is read strictly: UTF-8, no name twice, not too deep, no signs nobody can store."""

    async def json(self) -> Any:
        """The parsed body; 400 for what is no JSON, 422 for what is JSON but cannot be kept."""
        return read_json(await self.body())


class StrictRoute(APIRoute):
    """A route that reads bodies strictly and takes nothing but JSON, or a form where it asks for one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the strict request in front."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            if self.body_field is not None:
                _check_kind(
                    request, "multipart/form-data" if self.path.endswith("/attachments") else "application/json"
                )
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


def _check_kind(request: Request, wanted: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given and given != wanted:
        raise AtTheEdge("unsupported_media", f"请求内容应为 {wanted}")


def read_json(raw: bytes) -> Any:
    """Strict JSON from bytes."""
    try:
        found = json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise AtTheEdge("bad_request", "请求内容不是有效的 JSON(UTF-8)") from error
    if any(depth > DEEPEST for depth, _ in _walk(found)):
        raise AtTheEdge("bad_request", "请求内容层次过深")
    if b"\\u" in raw and any(isinstance(value, str) and _FORBIDDEN.search(value) for _, value in _walk(found)):
        raise AtTheEdge("malformed", "含有不能保存的字符")
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _walk(value: Any) -> Iterator[tuple[int, Any]]:
    """Every value in a parsed structure, names included, with its depth; no deeper than is allowed anyway."""
    todo = [(0, value)]
    while todo:
        depth, one = todo.pop()
        yield depth, one
        if depth > DEEPEST:
            continue
        if isinstance(one, dict):
            todo += [(depth + 1, part) for pair in one.items() for part in pair]
        elif isinstance(one, list):
            todo += [(depth + 1, part) for part in one]


async def get_house(request: Request) -> House:
    """The house this app was built for."""
    return request.app.state.house


HouseOf = Annotated[House, Depends(get_house)]


def _token(request: Request, given: HTTPAuthorizationCredentials | None, kept: str | None) -> tuple[str, bool]:
    """The token, and whether the browser sent it by itself."""
    if given is not None:
        return given.credentials, False
    if "authorization" in request.headers or not kept:
        raise unauthenticated()
    return kept, True


def same_origin(request: Request) -> None:
    """A page of somebody else must not use a visitor's session (CSRF)."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if site not in {"same-origin", "none"} or (origin is not None and _host_of(origin) != host):
        raise AtTheEdge("not_allowed", "不接受来自其他网站的操作")


def _host_of(origin: str) -> str | None:
    """The host of a page's origin, with its port; None for what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def enter(scope: str | None = None) -> Callable[..., Caller]:
    """The dependency that lets a caller in; by default reading needs the scope read and all else write."""

    def caller(
        request: Request,
        house: HouseOf,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
        kept: Annotated[str | None, Depends(cookie)],
    ) -> Caller:
        token, by_browser = _token(request, given, kept)
        if by_browser and request.method not in SAFE:
            same_origin(request)
        found = house.identity.caller(token)
        request.state.actor = found.actor
        if found.handed and not request.scope["path"].endswith(OPEN_TO_NEWCOMERS):
            raise AtTheEdge("not_allowed", HANDED)
        wanted = scope or ("read" if request.method in SAFE else "write")
        if wanted not in found.scopes:
            raise AtTheEdge("not_allowed", "这个接口密钥没有此项权限范围")
        return found

    return caller


CallerOf = Annotated[Caller, Depends(enter())]
KeeperOf = Annotated[Caller, Depends(enter("endpoint"))]


async def get_reader(house: HouseOf, caller: CallerOf) -> Reader:
    """The caller as somebody who looks at cases."""
    return house.reader(caller.actor)


ReaderOf = Annotated[Reader, Depends(get_reader)]


def get_keeper(house: HouseOf, caller: KeeperOf) -> Reader:
    """The caller, who may also keep endpoints and deliveries."""
    return house.reader(caller.actor)


KeeperReaderOf = Annotated[Reader, Depends(get_keeper)]


def get_version(
    if_match: Annotated[str | None, Header(description='所见版本号,如 "3";* 表示不论版本', max_length=40)] = None,
) -> int | None:
    """The version the asker saw; None for ``*``; 428 when it is left out."""
    if if_match is None:
        raise AtTheEdge("precondition_required", '请用 If-Match 给出所见的版本号,如 "3",或 *')
    return read_version(if_match)


def read_version(given: str) -> int | None:
    """A version as it is written in If-Match."""
    if given.strip() == "*":
        return None
    found = _VERSION.fullmatch(given.strip())
    if found is None:
        raise AtTheEdge("malformed", "版本号写法不正确", fields={"If-Match": '如 "3"'})
    return int(found.group(1) or found.group(2))


VersionOf = Annotated[int | None, Depends(get_version)]


def get_key(
    idempotency_key: Annotated[str | None, Header(description="幂等键:重复发送同一请求只办一次")] = None,
) -> str | None:
    """The idempotency key, if any."""
    if idempotency_key is not None and not _KEY.fullmatch(idempotency_key):
        raise AtTheEdge("malformed", "幂等键写法不正确", fields={"Idempotency-Key": "1 至 200 个可见字符"})
    return idempotency_key


KeyOf = Annotated[str | None, Depends(get_key)]


def client(request: Request, house: HouseOf) -> str:
    """The address the request came from."""
    return client_of(request, house.proxies)


ClientOf = Annotated[str, Depends(client)]


def is_secure(request: Request) -> bool:
    """Whether the browser is on an encrypted way, so that its cookies may be kept to that."""
    house: House = request.app.state.house
    return by_tls(request, house.proxies)


def visitor(house: HouseOf, address: ClientOf) -> str:
    """A visitor of the public counter, who may not come too often."""
    house.throttles.public.demand(address)
    return address


VisitorOf = Annotated[str, Depends(visitor)]


def get_code(
    huiyin_query_code: Annotated[str | None, Header(max_length=64)] = None,
    code: Annotated[str | None, Query(max_length=64, description="查询码;优先使用消息头 Huiyin-Query-Code")] = None,
) -> str:
    """The query code of a report."""
    return huiyin_query_code or code or ""


CodeOf = Annotated[str, Depends(get_code)]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a request says besides its body: the version that was seen, and the idempotency key."""

    version: int | None
    key: str | None


def get_stated(version: VersionOf, key: KeyOf) -> Stated:
    """Version and key of a step; the version must be said."""
    return Stated(version, key)


def get_freely(
    key: KeyOf, if_match: Annotated[str, Header(max_length=40, description="所见版本号;可不给")] = "*"
) -> Stated:
    """Version and key of a reporter's step; the version may be left out."""
    return Stated(read_version(if_match), key)


StatedOf = Annotated[Stated, Depends(get_stated)]
FreelyOf = Annotated[Stated, Depends(get_freely)]

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=64)]
Short = Annotated[str | None, Query(max_length=64)]


def respond(answer: Answer) -> Response:
    """An answer as a response: exactly the bytes that were, or will be, stored."""
    return Response(answer.body, answer.status, media_type="application/json")
