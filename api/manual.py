"""The page at ``/docs`` (接口说明): the OpenAPI document as plain HTML, readable offline and without scripts.

What does not live here: the document itself (describing).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from html import escape
from typing import Any

STYLE = """
:root{color-scheme:light dark;font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",
system-ui,sans-serif}
body{max-width:64rem;margin:0 auto;padding:1rem}
details{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:.4rem;margin:.4rem 0;
padding:.3rem .8rem}
summary{cursor:pointer}code,pre{font-family:ui-monospace,monospace;font-size:.9em}
pre{overflow-x:auto;padding:.5rem;background:color-mix(in srgb,currentColor 8%,transparent)}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.15rem .6rem .15rem 0}
b.method{display:inline-block;min-width:4.5rem}
"""
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
"""What the page may load: its own style and nothing else."""

METHODS = ("get", "post", "put", "patch", "delete")


def page(document: dict[str, Any]) -> str:
    """The whole page for an OpenAPI document."""
    info = document["info"]
    groups: dict[str, list[str]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                tag = (item[method].get("tags") or ["-"])[0]
                groups.setdefault(tag, []).append("".join(_operation(method, path, item[method])))
    hooks = [
        "".join(_operation("post", name, item["post"])) for name, item in sorted(document.get("webhooks", {}).items())
    ]
    sections = [f"<h2>{escape(tag)}</h2>{''.join(found)}" for tag, found in groups.items()]
    schemas = "".join(_schema(name, one) for name, one in sorted(document["components"]["schemas"].items()))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"<p>{escape(info.get('description', ''))}</p>"
        '<p>机器可读:<a href="/openapi.json">openapi.json</a></p>'
        f"<main>{''.join(sections)}<h2>webhooks</h2>{''.join(hooks)}<h2>schemas</h2>{schemas}</main></body></html>"
    )


def _operation(method: str, path: str, one: dict[str, Any]) -> Iterator[str]:
    summary = escape(one.get("summary") or one.get("operationId") or "")
    yield f'<details><summary><b class="method">{method.upper()}</b> <code>{escape(path)}</code> {summary}</summary>'
    if one.get("description"):
        yield f"<p>{escape(one['description'])}</p>"
    if one.get("parameters"):
        yield "<table><tr><th>参数</th><th>位置</th><th>必填</th><th>说明</th></tr>"
        for parameter in one["parameters"]:
            told = parameter.get("description") or parameter.get("schema", {}).get("title", "")
            required = "是" if parameter.get("required") else ""
            cells = (parameter.get("name", ""), parameter.get("in", ""), required, told)
            yield "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
        yield "</table>"
    if one.get("requestBody"):
        yield f"<p>请求体</p><pre>{_shown(one['requestBody'].get('content', {}))}</pre>"
    yield "<table><tr><th>应答</th><th>说明</th></tr>"
    for status, answer in sorted(one.get("responses", {}).items()):
        yield f"<tr><td>{escape(status)}</td><td>{escape(answer.get('description', ''))}</td></tr>"
    yield "</table></details>"


def _schema(name: str, one: dict[str, Any]) -> str:
    return f"<details><summary><code>{escape(name)}</code></summary><pre>{_shown(one)}</pre></details>"


def _shown(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False, indent=1))
