"""How the pages of the public say no (公众错误页): one sentence and what to do next. Other addresses ask on.

What does not live here: the kinds of problems (api.problems), forms that are shown again with what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.console.phone.frame import concerns, show
from api.problems import Pages

NEXT: Mapping[str, str] = {
    "not_found": "请核对地址或二维码,也可以从选择小区开始。",
    "not_allowed": "请从本网站的页面重新打开表单再提交。",
    "too_large": "照片太多或太大。请返回上一页,少选几张再提交。",
    "rate_limited": "请过一会儿再来。着急的事请直接打电话。",
    "malformed": "请返回上一页改正后再提交。",
}
OTHERWISE = "请返回上一页再试;一直不行,请打电话给工作站,并说出下面的编号。"


class PublicPages:
    """Says no on the pages of the public; ``others`` says it on all other pages."""

    def __init__(self, others: Pages) -> None:
        self.others = others

    def concern(self, path: str) -> bool:
        """Whether this address is one a person looks at."""
        return concerns(path) or self.others.concern(path)

    def say(self, request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
        """The problem as a page."""
        if not concerns(request.scope["path"]):
            return self.others.say(request, body, headers)
        next_step = NEXT.get(body["code"], OTHERWISE)
        answer = show(request, "phone_problem.html", body["status"], problem=body, next_step=next_step, switch="")
        answer.headers.update({name: value for name, value in headers.items() if name.lower() == "retry-after"})
        return answer
