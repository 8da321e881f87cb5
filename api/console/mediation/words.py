"""What one chooses from in the slips of a mediation (选项用语): codes of the API's shapes and what they are called.

What does not live here: words of steps (choices) and who or what a case has (talks).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.console import moments
from api.console.choices import Option
from api.console.labels import Labels
from api.console.talks import SIDES
from cases.rules import consents

KINDS: Mapping[str, str] = {
    "committee": "在调解室", "visit": "入户", "online": "线上", "shared_court": "在共享法庭",
}  # fmt: skip
MEANS: Mapping[str, str] = {"on_site": "当面", "phone": "电话", "written": "书面", "link": "链接"}
ANSWERS: Mapping[str, str] = {"yes": "同意", "no": "不同意"}
COMING: Mapping[str, str] = {"yes": "参加", "no": "不参加"}
STATUS: Mapping[str, str] = {"planned": "已约定", "held": "已召开", "cancelled": "已取消"}
ABOUT: Mapping[str, str] = {
    consents.MEDIATION: "同意调解", consents.LIVE_STREAM: "网络直播", consents.NAMED: "告知对方姓名",
    consents.ELECTRONIC: "电子送达", consents.EXTEND: "延长调解期限", consents.HAND_OVER: "移交案卷",
    consents.CONFIRM: "共同申请司法确认", consents.SHARE: "提供一项事实", consents.ATTEND: "参加会议",
}  # fmt: skip
"""What a party is asked, in a word or two."""

PARTY: Mapping[str, Mapping[str, str]] = {
    "side": SIDES,
    "kind": {"person": "个人", "org": "单位"},
    "agent_authority": {"general": "一般授权", "special": "特别授权"},
}
CHOSEN: Mapping[str, str] = {"parties": "当事人选定", "committee": "委员会指定"}
MEDIATIONS: Mapping[str, str] = {"people": "人民调解", "administrative": "行政调解", "judicial": "司法调解"}


def options(words: Mapping[str, str], labels: Labels, only: Iterable[str] | None = None) -> tuple[Option, ...]:
    """Words as options, in the page's language."""
    kept = words if only is None else only
    return tuple((code, labels.say(words[code])) for code in kept)


def about(what: str, meetings: Mapping[str, object], labels: Labels) -> str:
    """What a party was asked, in words: a meeting with its time, a fact with its number."""
    head, colon, rest = what.partition(":")
    word = labels.say(ABOUT.get(f"{head}{colon}", head))
    if not rest:
        return word
    starts = meetings.get(rest)
    return f"{word} {moments.full(str(starts), labels.lang) if starts else rest}"
