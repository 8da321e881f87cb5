"""What codes are called on a page (名称): organisations, states, case types, matters, lights, in the page's language.

What does not live here: the names of facts (facts) and of fields of forms (the forms themselves).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.console.frame import say
from cases.desk.clockrows import clock_name
from cases.machines.roles import ROLES
from cases.office import Office
from cases.packs.schema import Pack

LIGHTS: Mapping[str, str] = {"red": "超期", "yellow": "将到期", "green": "正常", "grey": "停表", "none": "无时限"}
HOUSE_ROLES: Mapping[str, str] = {"admin": "系统管理员", "auditor": "审计员", "justice": "司法行政监督"}
"""Roles no step asks for, so that no case type names them."""

DUTIES: Mapping[str, str] = {"lead": "主办", "assist": "协办"}
SEALED = "sealed"
SYSTEM = "system:"


@dataclass(frozen=True)
class Labels:
    """Names in one language, by the pack in force."""

    office: Office
    lang: str

    @property
    def pack(self) -> Pack:
        """The pack in force: what a code is called does not change the case."""
        return self.office.pack

    def say(self, text: str, **filled: object) -> str:
        """A text of the console."""
        return say(self.lang, text, **filled)

    def org(self, code: str | None) -> str:
        """An organisation; "reporter" stands for a reporter without one."""
        if not code:
            return ""
        found = self.pack.organisation(code)
        return found.name if found else self.say("报告人") if code == "reporter" else code

    def case_type(self, code: str) -> str:
        """A kind of case."""
        engine = self.office.desk.engines[code].case_type
        return engine.label_en if self.lang == "en" else engine.label

    def state(self, case_type: str, code: str) -> str:
        """A state of a kind of case; a line behind the seal has none."""
        found = self.office.desk.engines[case_type].states.get(code)
        if found is None:
            return ""
        return found.label_en if self.lang == "en" else found.label

    def verb(self, case_type: str, code: str) -> str:
        """What a step is called."""
        verbs = self.office.desk.engines[case_type].case_type.verbs
        return verbs[code][self.lang == "en"] if code in verbs else self.say("登记") if code == "open" else code

    def action(self, action: Mapping[str, Any]) -> str:
        """A button."""
        return action["label_en"] if self.lang == "en" else action["label"]

    def clock(self, code: str) -> str:
        """A clock."""
        phrase = self.pack.wording.get(f"clock.{code}") if self.lang == "en" else None
        return phrase.en if phrase else clock_name(self.pack, code)

    def light(self, code: str) -> str:
        """A light as a word, because a colour alone says nothing to many."""
        return self.say(LIGHTS[code])

    def duty(self, code: str | None) -> str:
        """Lead or assisting."""
        return self.say(DUTIES[code or ""]) if code in DUTIES else ""

    def actor(self, line: Mapping[str, Any]) -> str:
        """Who stands behind a line of history, as far as it is told."""
        if line["actor_name"] and not (self.lang == "en" and line["actor"].startswith(SYSTEM)):
            return line["actor_name"]
        role = ROLES.get(line["actor"].removeprefix(SYSTEM)) if line["actor"].startswith(SYSTEM) else None
        if role:
            return role.label_en if self.lang == "en" else role.label
        return self.org(line["actor_org"])

    def role(self, code: str) -> str:
        """A role."""
        found = ROLES.get(code)
        if code in HOUSE_ROLES:
            return self.say(HOUSE_ROLES[code])
        return code if found is None else found.label_en if self.lang == "en" else found.label
