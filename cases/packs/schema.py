"""The jurisdiction pack (地区包) as the rest of the house sees it: rows, lookups, and one canonical document.

What does not live here: files (``reading``, ``loader``), faults (``check``), and who is competent for a matter, which
is a question of law with a reason (``cases.rules.competence``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cases.errors import NotFound
from cases.packs.document import revive, written
from cases.packs.mediation import Exclusion, Tier
from cases.packs.names import plain
from cases.packs.paper_rows import Organ, Paper
from cases.packs.rows import (
    Area,
    ClockRule,
    Community,
    Competence,
    Duty,
    Ground,
    Law,
    Limit,
    Matter,
    Organisation,
    Rung,
    Wording,
    in_force,
    matches,
)
from cases.packs.screening import ScreeningCheck, ScreeningSignal

__all__ = [
    "Area", "ClockRule", "Community", "Competence", "Duty", "Ground", "Law", "Limit", "Matter", "Organ",
    "Organisation", "Pack", "Paper", "Rung", "ScreeningCheck", "ScreeningSignal", "Wording", "in_force", "matches",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Pack:
    """地区包: everything one city decides, in one version. Never changed after it was built.

    ``law_as_of`` is the day on which the keeper of the pack last compared it with the law in force.
    ``working_hours`` are windows of a working day such as ``09:00-12:00``, in order. ``deems_signed`` says whether a
    task that arrived and was not signed for in time counts as signed for (视为签收).
    """

    name: str
    version: str
    title: str
    extends: str
    law_as_of: date
    area: Area
    working_hours: tuple[str, ...]
    notes: tuple[str, ...]
    deems_signed: bool
    matters: dict[str, Matter]
    limits: dict[str, Limit]
    clocks: tuple[ClockRule, ...]
    ladder: tuple[Rung, ...]
    grounds: tuple[Ground, ...]
    organisations: dict[str, Organisation]
    communities: dict[str, Community]
    competences: tuple[Competence, ...]
    wording: dict[str, Wording]
    duties: dict[str, Duty]
    laws: dict[str, Law]
    # With defaults, for versions published before these rows existed: a running case keeps its version.
    screening: dict[str, ScreeningCheck] = field(default_factory=dict)
    signals: dict[str, ScreeningSignal] = field(default_factory=dict)
    organs: dict[str, Organ] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    tiers: dict[str, Tier] = field(default_factory=dict)
    exclusions: dict[str, Exclusion] = field(default_factory=dict)

    def matter(self, code: str) -> Matter | None:
        """The matter (事项) of this code, or ``None``."""
        return self.matters.get(code)

    def limit(self, code: str) -> Limit | None:
        """The limit (期限) of this code, or ``None``."""
        return self.limits.get(code)

    def organisation(self, code: str) -> Organisation | None:
        """The organisation (机构) of this code, or ``None``."""
        return self.organisations.get(code)

    def organ_short(self, code: str) -> str | None:
        """The short name (机关代字) an organisation's numbers begin with: its own, else that of what it belongs to."""
        seen: set[str] = set()
        while code and code not in seen:
            if code in self.organs:
                return self.organs[code].short
            seen.add(code)
            one = self.organisations.get(code)
            code = (one.parent or "") if one else ""
        return None

    def clock_limit(self, case_type: str, clock: str, matter: Matter | None, emergency: bool) -> Limit | None:
        """The limit that runs on a clock: most specific rule wins, the matter's classes are tried in order."""
        ruled, key = self._ruled, (case_type, clock, matter.code if matter else "", emergency)
        if key not in ruled:
            ruled[key] = self._ruling_code((case_type, clock), matter, "yes" if emergency else "no")
        return self.limits.get(ruled[key])

    def rungs(self, case_type: str, clock: str, matter: str, severity: int, emergency: bool) -> tuple[Rung, ...]:
        """The rungs (督办阶梯) of a clock in time order: those of the most specific ladder that fits, and no others."""
        key = (case_type, clock, matter, severity, emergency)
        if key not in self._climbed:
            self._climbed[key] = self._ladder_for(
                case_type, clock, matter, (str(severity), "yes" if emergency else "no")
            )
        return self._climbed[key]

    def _ladder_for(self, case_type: str, clock: str, matter: str, rest: tuple[str, str]) -> tuple[Rung, ...]:
        best: tuple[tuple[bool, bool, int, bool, bool], tuple[Rung, ...]] | None = None
        for (kind, code, pattern, severity, urgency), rungs in self._ladders.items():
            fits = kind in ("*", case_type) and code in ("*", clock) and matches(pattern, matter)
            if not fits or severity not in ("*", rest[0]) or urgency not in ("*", rest[1]):
                continue
            rank = (code != "*", kind != "*", _specificity(pattern), severity != "*", urgency != "*")
            if best is None or rank > best[0]:
                best = rank, rungs
        return best[1] if best else ()

    def ground(self, code: str, family: str) -> Ground | None:
        """What the pack says of a ground for standing still (停表事由) for a family of limits, or ``None``."""
        return self._grounds.get((code, family))

    def hours_of(self, organisation: str | None) -> str:
        """The office hours an organisation keeps, its own or the pack's, as ``09:00-12:00,13:30-17:30``."""
        found = self.organisations.get(organisation or "")
        return (found.hours.replace(";", ",") if found else "") or ",".join(self.working_hours)

    def community_named(self, text: str) -> Community | None:
        """The community (小区) a text names: by name, by alias, or by either after the area's or its street's name.

        A street's name before a community of another street is a contradiction and finds nothing.
        """
        name = self._without_area(plain(text))
        found = self._communities_by_name.get(name)
        if found is not None:
            return found
        for prefix, street in self._street_prefixes:
            if name.startswith(prefix):
                found = self._communities_by_name.get(name[len(prefix) :])
                if found is not None and found.street == street:
                    return found
        return None

    def organisation_named(self, text: str) -> Organisation | None:
        """The organisation a text names exactly, by name or alias; spaces and invisible signs do not count."""
        return self._organisations_by_name.get(plain(text))

    @cached_property
    def streets(self) -> tuple[str, ...]:
        """Codes of the streets and towns (街道、镇) of the area, in the order of the file."""
        return tuple(one.code for one in self.organisations.values() if one.kind == "street")

    def station_for(self, street: str) -> Organisation | None:
        """The joint-enforcement station (联合执法工作站) of a street, or ``None``."""
        return self._stations.get(street)

    def carriers(self, duty: str, street: str) -> tuple[Organisation, ...]:
        """Organisations carrying a duty at a street; those named for the street go before the area-wide ones."""
        everyone = self._carriers.get(duty, ())
        local = tuple(one for one in everyone if street in one.streets)
        return local or tuple(one for one in everyone if not one.streets)

    def competences_over(self, matter: str) -> tuple[Competence, ...]:
        """All designations (指定、赋权) whose pattern covers a matter, whatever place and date."""
        return self._competences_by_matter.get(matter, ())

    def designations(self, matter: str, street: str, on: date) -> tuple[Competence, ...]:
        """The most specific designations (指定、赋权) in force: by matter first, then by street.

        More than one means that they contradict each other, which a checked pack excludes.
        """
        apt = [
            (_specificity(row.matter), row.street != "*", row)
            for row in self.competences_over(matter)
            if row.street in ("*", street) and in_force(row.valid_from, row.valid_to, on)
        ]
        best = max((entry[:2] for entry in apt), default=None)
        return tuple(entry[2] for entry in apt if entry[:2] == best)

    def words(self, key: str, lang: str = "zh") -> str:
        """The phrase for a key, ``zh`` or ``en``; raises :class:`NotFound` for a key the pack does not word."""
        phrase = self.wording.get(key)
        if phrase is None:
            raise NotFound(f"地区包没有用语:{key}", key=key)
        return phrase.en if lang == "en" else phrase.zh

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical document: two packs with the same digest say the same."""
        text = json.dumps(self.document(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def document(self) -> dict[str, Any]:
        """The pack as one JSON-able object; :meth:`from_document` reads it back."""
        return written(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Pack:
        """The pack written in ``document``; raises :class:`PackBroken` when a part is missing or of another shape."""
        return revive(cls, document)

    def _ruling_code(self, key: tuple[str, str], matter: Matter | None, urgency: str) -> str:
        classes = matter.limits if matter else ()
        best: tuple[int, bool, int] | None = None
        code = ""
        for rule in self._clock_rules.get(key, ()):
            if rule.emergency not in ("*", urgency) or not _covers(rule, matter, classes):
                continue
            place = -classes.index(rule.limits_class) if rule.limits_class != "*" else -len(classes) - 1
            rank = (_specificity(rule.matter), rule.emergency != "*", place)
            if best is None or rank > best:
                best, code = rank, rule.limit
        return code

    def _without_area(self, name: str) -> str:
        for prefix in self._area_prefixes:
            if name.startswith(prefix) and len(name) > len(prefix):
                return name[len(prefix) :]
        return name

    @cached_property
    def _area_prefixes(self) -> tuple[str, ...]:
        return _longest_first(plain(name) for name in (self.area.name, *self.area.aliases) if name)

    @cached_property
    def _street_prefixes(self) -> tuple[tuple[str, str], ...]:
        streets = (self.organisations[code] for code in self.streets)
        pairs = {plain(name): one.code for one in streets for name in (one.name, *one.aliases)}
        return tuple((prefix, pairs[prefix]) for prefix in _longest_first(pairs))

    @cached_property
    def _communities_by_name(self) -> dict[str, Community]:
        return {plain(name): one for one in self.communities.values() for name in (one.name, *one.aliases)}

    @cached_property
    def _organisations_by_name(self) -> dict[str, Organisation]:
        return {plain(name): one for one in self.organisations.values() for name in (one.name, *one.aliases)}

    @cached_property
    def _stations(self) -> dict[str, Organisation]:
        stations = (one for one in self.organisations.values() if one.kind == "station")
        return {street: one for one in stations for street in one.streets}

    @cached_property
    def _carriers(self) -> dict[str, tuple[Organisation, ...]]:
        by_duty: dict[str, list[Organisation]] = {}
        for one in self.organisations.values():
            for duty in one.duties:
                by_duty.setdefault(duty, []).append(one)
        return {duty: tuple(carriers) for duty, carriers in by_duty.items()}

    @cached_property
    def _competences_by_matter(self) -> dict[str, tuple[Competence, ...]]:
        return {code: tuple(row for row in self.competences if matches(row.matter, code)) for code in self.matters}

    @cached_property
    def _clock_rules(self) -> dict[tuple[str, str], tuple[ClockRule, ...]]:
        by_clock: dict[tuple[str, str], list[ClockRule]] = {}
        for rule in self.clocks:
            by_clock.setdefault((rule.case_type, rule.clock), []).append(rule)
        return {key: tuple(rules) for key, rules in by_clock.items()}

    @cached_property
    def _grounds(self) -> dict[tuple[str, str], Ground]:
        return {(ground.code, ground.family): ground for ground in self.grounds}

    @cached_property
    def _ruled(self) -> dict[tuple[str, str, str, bool], str]:
        return {}

    @cached_property
    def _climbed(self) -> dict[tuple[str, str, str, int, bool], tuple[Rung, ...]]:
        return {}

    @cached_property
    def _ladders(self) -> dict[tuple[str, str, str, str, str], tuple[Rung, ...]]:
        by_clock: dict[tuple[str, str, str, str, str], list[Rung]] = {}
        for rung in self.ladder:
            rungs = by_clock.setdefault(rung.ladder, [])
            if rung.deed != "quiet":
                rungs.append(rung)
        return {key: tuple(sorted(rungs, key=lambda rung: rung.n)) for key, rungs in by_clock.items()}


def _specificity(pattern: str) -> int:
    """A full code beats any prefix, a longer prefix a shorter one, and ``*`` nothing."""
    return len(pattern) - 1 if pattern.endswith("*") else 1000


def _covers(rule: ClockRule, matter: Matter | None, classes: tuple[str, ...]) -> bool:
    if rule.limits_class != "*" and rule.limits_class not in classes:
        return False
    return rule.matter == "*" if matter is None else matches(rule.matter, matter.code)


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=len, reverse=True))
