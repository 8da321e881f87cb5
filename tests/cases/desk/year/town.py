"""The town of the simulated year (虚拟城区): who works there, how quick they are, and when what is out of order.

Everything is drawn from the seed by name, so the same seed makes the same town on every database. What does not live
here: what somebody does about a case (``habits``) and the running of time (``season``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from cases.grammar import Actor
from cases.packs.schema import Pack
from tests.builders import an_actor

MOODS = ("prompt", "usual", "slow", "idle")
SHARES = (55, 31, 10, 4)
"""How many offices out of a hundred are of each mood."""

DELAYS: dict[str, tuple[float, float]] = {
    "prompt": (0.1, 4),
    "usual": (1, 20),
    "slow": (12, 100),
    "idle": (40, 300),
}
"""Hours within which a mood acts."""

NEVER: dict[str, float] = {"prompt": 0.01, "usual": 0.03, "slow": 0.06, "idle": 0.2}
"""How often a mood never acts at all."""

ROLES = ("operator", "colleague", "station_head", "dept_officer", "dept_head", "supervisor")


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which something is out of order."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends


@dataclass
class Town:
    """The people of a pack's organisations; ``sweep_down`` and ``dead`` are the outages, by what they stop."""

    pack: Pack
    seed: str
    begins: datetime
    ends: datetime
    people: dict[tuple[str, str], Actor] = field(default_factory=dict)
    moods: dict[str, str] = field(default_factory=dict)
    sweep_down: list[Spell] = field(default_factory=list)
    dead: dict[str, list[Spell]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        days = (self.ends - self.begins).days
        self.sweep_down = [*self._storms(days), *self._spells("sweep", max(days // 18, 2), (3, 150))]
        for org in (*self.pack.organisations, "reporter"):
            dice = self.dice(org)
            self.moods[org] = dice.choices(MOODS, SHARES)[0]
            if dice.random() < 0.6:
                self.dead[org] = self._spells(org, max(days // 25, 1), (2, 110))

    def dice(self, *about: object) -> Random:
        """Dice that fall the same way whenever the same is thrown for."""
        return Random(":".join(map(str, (self.seed, *about))))

    def _storms(self, days: int) -> list[Spell]:
        """One long outage a quarter, and one in any case."""
        dice = self.dice("storm")
        starts = [self.begins + timedelta(days=days * (n + dice.random()) / max(days // 90, 1))
                  for n in range(max(days // 90, 1))]  # fmt: skip
        return [Spell(at, at + timedelta(hours=dice.uniform(90, 200))) for at in starts]

    def _spells(self, what: str, many: int, hours: tuple[float, float]) -> list[Spell]:
        dice, length = self.dice("out of order", what), (self.ends - self.begins).total_seconds()
        starts = [self.begins + timedelta(seconds=dice.random() * length) for _ in range(many)]
        return [Spell(at, at + timedelta(hours=dice.uniform(*hours))) for at in starts]

    def sweeps(self, moment: datetime) -> bool:
        """Whether the sweep of the clocks works."""
        return not any(spell.holds(moment) for spell in self.sweep_down)

    def reaches(self, recipient: str, moment: datetime) -> bool:
        """Whether what is sent to a recipient arrives."""
        return not any(spell.holds(moment) for spell in self.dead.get(recipient, ()))

    def who(self, org: str, role: str) -> Actor:
        """The one person of an organisation in a role."""
        found = self.people.get((org, role))
        if found is None:
            held = "operator" if role == "colleague" else role
            found = self.people[org, role] = an_actor(f"{org}/{role}", org, held)
        return found

    def delay(self, org: str, dice: Random) -> timedelta | None:
        """How long an organisation takes over something, mostly in its own mood; None: for ever."""
        mood = self.moods[org] if dice.random() < 0.4 else dice.choices(MOODS, SHARES)[0]
        if dice.random() < NEVER[mood]:
            return None
        return timedelta(hours=dice.uniform(*DELAYS[mood]))
