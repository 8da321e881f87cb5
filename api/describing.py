"""The OpenAPI document (接口文档): what the framework cannot know by itself is derived from the case types.

Step forms, the webhooks departments get, and the problem every route may answer with. What does not live here: routes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.mailroom import TEST
from api.problems import MEDIA_TYPE, TABLE
from api.shapes import Event, Problem
from api.window import VERBS, PublicReport
from cases.desk.desk import ENGINES
from cases.desk.digesting import EVENT as DIGEST
from cases.engine import Engine
from cases.grammar import Form, read_effect
from cases.machines.clue_forms import ClueReport

TITLE = "Huiyin 回音"
VERSION = "1"
SUMMARY = "住宅小区联合执法与矛盾纠纷:件件有回音"
TAGS = [
    {"name": "login", "description": "登录"},
    {"name": "accounts", "description": "账号、接口密钥、管理记录:系统管理员"},
    {"name": "cases", "description": "案件"},
    {"name": "files", "description": "附件"},
    {"name": "papers", "description": "文书"},
    {"name": "catalogue", "description": "事项、机构、小区"},
    {"name": "calendar", "description": "时限试算"},
    {"name": "mail", "description": "收件箱、投递、接收地址"},
    {"name": "mediation", "description": "调解:名册、当事人、同意、会议"},
    {"name": "suits", "description": "诉讼:提交诉状、查询码、批次、同类案件组、批次漏斗"},
    {"name": "oversight", "description": "执法监督:只有件数和编号"},
    {"name": "public", "description": "公众:无须账号"},
    {"name": "house", "description": "运行状况"},
]
COMPONENT = "#/components/schemas/{model}"
BODY = "x-body"
"""Where a route leaves the description of its body for the document."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem responses of a route, for its decorator."""
    content = {MEDIA_TYPE: {"schema": {"$ref": COMPONENT.format(model="Problem")}}}
    titles: dict[int, list[str]] = {}
    for code, (status, title) in TABLE.items():
        titles.setdefault(status, []).append(f"{code}: {title}")
    return {status: {"description": ";".join(titles[status]), "content": content} for status in (*statuses, 500)}


def body_of(*forms: type[BaseModel]) -> dict[str, Any]:
    """What to say about a body that is one of these forms; it takes the place of the framework's own description."""
    refs = [{"$ref": COMPONENT.format(model=form.__name__)} for form in forms]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {BODY: {"required": True, "content": {"application/json": {"schema": schema}}}}


def step_forms(engines: list[Engine], verbs: tuple[str, ...] = ()) -> list[type[Form]]:
    """The forms of all steps people may take, each once; of these verbs only, if any are named."""
    found: dict[str, type[Form]] = {}
    for engine in engines:
        for step in engine.case_type.steps:
            if any(not role.inside for role in step.roles) and (not verbs or step.does in verbs):
                found.setdefault(step.form.__name__, step.form)
    return [found[name] for name in sorted(found)]


def any_step() -> dict[str, Any]:
    """The body of a step: the form of its verb."""
    return body_of(*step_forms(list(ENGINES.values())))


def public_step() -> dict[str, Any]:
    """The body of a step of a reporter."""
    return body_of(*step_forms([ENGINES["clue"]], VERBS))


def events() -> Iterator[tuple[str, str]]:
    """The webhooks a department gets, with a sentence: whatever tells the assignee, or whoever holds its task."""
    for engine in ENGINES.values():
        case_type = engine.case_type
        if "assignee" not in {state.holder for state in case_type.states}:
            continue
        told = {read_effect(name).arg for name in case_type.opening.then}
        if "assignee" in told:
            yield f"{case_type.code}.open", f"{case_type.label}:新任务"
        seen: set[str] = set()
        for step in case_type.steps:
            to = {effect.arg for effect in map(read_effect, step.then) if effect.kind == "tell"}
            # The parties of a mediation are people; elsewhere they are the two offices of an order.
            heard = {"assignee", "named"} | (set() if case_type.folder else {"parties"})
            if to & heard and step.does not in seen:
                seen.add(step.does)
                yield f"{case_type.code}.{step.does}", f"{case_type.label}:{case_type.verbs[step.does][0]}"
    yield DIGEST, "时限提醒汇总:同一时间的多件提醒合为一件"
    yield TEST, "测试消息:登记地址的人试一试地址和签名,与任何案件无关"


def _receiver(name: str) -> Callable[..., None]:
    """What a receiver implements; never called here."""

    def receive(body: Event) -> None:
        del body  # only its type is read, for the document

    receive.__name__ = name.replace(".", "_")
    return receive


def add_webhooks(app: FastAPI) -> None:
    """Describe the webhooks."""
    for event, sentence in events():
        app.webhooks.add_api_route(event, _receiver(event), methods=["POST"], summary=sentence, tags=["mail"])


def _settle(operation: dict[str, Any]) -> None:
    """Bodies as the case types have them; a malformed request is a problem like any other."""
    if BODY in operation:
        operation["requestBody"] = operation.pop(BODY)
    if "422" in operation["responses"]:
        operation["responses"]["422"] = problems(422)[422]


def describe(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=TITLE,
            version=VERSION,
            summary=SUMMARY,
            routes=app.routes,
            webhooks=app.webhooks.routes,
            tags=TAGS,
        )
        models: list[tuple[type[BaseModel], Literal["validation"]]] = [
            (model, "validation") for model in (Problem, ClueReport, PublicReport, *step_forms(list(ENGINES.values())))
        ]
        _, definitions = models_json_schema(models, ref_template=COMPONENT)
        schemas = document["components"].setdefault("schemas", {})
        schemas.update(definitions["$defs"])
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for operation in (one for path in document["paths"].values() for one in path.values()):
            _settle(operation)
        for operation in (one for path in document["webhooks"].values() for one in path.values()):
            operation["responses"] = {"2XX": {"description": "已收到"}}
        app.openapi_schema = document
    return app.openapi_schema
