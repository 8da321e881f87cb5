"""The page about limits (时限试算页) at ``/calendar``: a form, the end, and every day that counted or did not.

Plain HTML without scripts, Chinese unless ``lang`` is ``en``. What does not live here: counting, and its words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from api.day_words import WORDS, in_english
from api.reckoning import LONGEST, reckon
from cases.errors import Malformed
from cases.rules.calendar import WEEKDAYS, Calendar
from cases.rules.counting import Due
from cases.rules.reasons import CLOCK_UNITS

STYLE = """
:root{color-scheme:light dark;font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",
system-ui,sans-serif}
body{max-width:44rem;margin:0 auto;padding:1rem}
form{display:grid;gap:.2rem;margin:1rem 0}
input,button{font:inherit;padding:.4rem .6rem}button{justify-self:start;margin-top:.6rem}
small{opacity:.75}label{margin-top:.4rem;font-weight:600}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.15rem .6rem .15rem 0}
tr.no{opacity:.65}caption{text-align:left;font-weight:600}
.due{font-size:1.3rem;font-weight:600}.said{border-inline-start:.3rem solid #c60;padding-inline-start:.6rem}
"""
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
"""What the page may load and where its form may go: its own style, and itself."""

OK, MALFORMED = 200, 422


@dataclass(frozen=True, slots=True)
class Question:
    """What the form was filled with; ``lang`` is "zh" or "en", anything else is taken as Chinese."""

    start: str
    rule: str
    lang: str = "zh"


def page(asked: Question, calendar: Calendar) -> tuple[int, str]:
    """Status and text of the page; what cannot be read is answered with a sentence on it."""
    words = WORDS.get(asked.lang, WORDS["zh"])
    if not asked.start and not asked.rule:
        return OK, _whole(asked, words, calendar, "")
    try:
        found = reckon(asked.start, asked.rule, calendar, LONGEST)
    except Malformed as refusal:
        said = "".join(f"<br>{escape(why)}" for why in refusal.fields.values())
        return MALFORMED, _whole(
            asked, words, calendar, f'<p class="said" role="alert">{escape(refusal.sentence)}{said}</p>'
        )
    return OK, _whole(asked, words, calendar, "".join(_answer(found, words)))


def _whole(asked: Question, words: Mapping[str, str], calendar: Calendar, answer: str) -> str:
    other = "en" if words["lang"] != "en" else "zh"
    link = urlencode({"start": asked.start, "rule": asked.rule, "lang": other})
    lang = '<input type="hidden" name="lang" value="en">' if words["lang"] == "en" else ""
    years = f"{min(calendar.known_years)}-{max(calendar.known_years)}" if calendar.known_years else "-"
    hours = ", ".join(f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in calendar.windows)
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8"><title>{words["title"]}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        f'<p><a href="?{escape(link)}" hreflang="{other}">{words["other"]}</a></p><main><h1>{words["title"]}</h1>'
        f'<form method="get" action="/calendar">{lang}'
        f"{_field('start', asked.start, words)}{_field('rule', asked.rule, words)}"
        f'<button type="submit">{words["ask"]}</button></form>{answer}'
        f"<p><small>{words['known']}: {years}; {words['hours']}: {hours}</small></p></main></body></html>"
    )


def _field(name: str, value: str, words: Mapping[str, str]) -> str:
    return (
        f'<label for="{name}">{words[name]}</label><input id="{name}" name="{name}" value="{escape(value)}" required '
        f'maxlength="40" autocomplete="off" aria-describedby="{name}-hint">'
        f'<small id="{name}-hint">{words[f"{name}_hint"]}</small>'
    )


def _answer(found: Due, words: Mapping[str, str]) -> Iterator[str]:
    yield f'<section><h2>{words["due"]}</h2><p class="due"><time datetime="{found.at.isoformat()}">'
    yield f"{found.at:%Y-%m-%d %H:%M:%S}</time> {_spoken(WEEKDAYS[found.at.weekday()], words)}</p>"
    if found.provisional:
        yield f'<p class="said">{words["provisional"]}</p>'
    yield f'<p lang="zh-CN">{words["how"]}: {escape(found.rule)}</p>'
    yield f"<table><caption>{words['days']}</caption><thead><tr>"
    by_days = found.span.unit not in CLOCK_UNITS
    columns = ("date", "verdict", "number", "why") if by_days else ("date", "verdict", "why")
    yield "".join(f'<th scope="col">{words[name]}</th>' for name in columns) + "</tr></thead><tbody>"
    number = 0
    for one in found.days:
        number += one.counted
        verdict = "yes" if one.counted else "no"
        told = f"<td>{number if one.counted else ''}</td>" if by_days else ""
        yield f'<tr class="{verdict}"><th scope="row">{one.day}</th><td>{words[verdict]}</td>{told}'
        yield f"<td>{escape(_spoken(one.why, words))}</td></tr>"
    yield "</tbody></table></section>"


def _spoken(why: str, words: Mapping[str, str]) -> str:
    return in_english(why) if words["lang"] == "en" else why
