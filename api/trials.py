"""Packs tried (地区包试行): which are published, the check of a folder, the back-test as an errand.

What does not live here: what a pack must hold (cases.packs), the comparison itself (cases.desk), publishing (the
command line).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.errands import Hear
from api.house import House
from api.mailroom import require
from cases.desk.backtesting import Findings, Proposal, Replay
from cases.desk.views import Reader
from cases.errors import NotFound
from cases.packs.check import Finding, check_folder
from cases.packs.loader import load_pack
from cases.packs.reading import BUNDLED, MANIFEST, bundled_or
from cases.packs.schema import Pack
from cases.store.errands import Progress
from cases.store.records import By
from cases.store.replaying import Chosen, how_many, newest_of

KIND = "backtest"
ADMINS = frozenset({"admin"})
FOR_ADMINS = "只有系统管理员可以检查和回测地区包"
BASE = "base"
STEPS = (200, 1000, 5000)
"""How many recorded cases a back-test may take, the newest."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a folder found; ``pack`` only where it may be used."""

    name: str
    findings: list[Finding]
    pack: Pack | None


class Trials:
    """Packs for an administrator."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.office = house.office

    def versions(self, reader: Reader) -> list[dict[str, Any]]:
        """Every published version, the newest first: how many open cases lie under it, whether it is in force here, or
        waits for the services to be started again."""
        require(reader, ADMINS, FOR_ADMINS)
        with self.office.database.reading() as connection:
            found = self.office.shelf.every(connection)
        ours = self.office.pack_id
        waits = {one["id"] for one in found if one["name"] == self.office.pack.name and one["id"] > ours}
        return [{**one, "in_force": one["id"] == ours, "waits": one["id"] in waits} for one in found]

    def pack(self, reader: Reader, pack_id: int) -> Pack:
        """A published version; NotFound for a number there is not."""
        require(reader, ADMINS, FOR_ADMINS)
        with self.office.database.reading() as connection:
            if pack_id not in {one["id"] for one in self.office.shelf.every(connection)}:
                raise NotFound("没有这个版本的地区包")
            return self.office.shelf.pack(connection, pack_id)

    def folders(self) -> dict[str, Path]:
        """The folders of packs on this machine by name: those that come with the house, and the one it is set to."""
        found = {file.parent.name: file.parent for file in sorted(BUNDLED.glob(f"*/{MANIFEST}"))}
        found.pop(BASE, None)
        own = bundled_or(self.office.settings.pack)
        return {**found, own.name: own}

    def check(self, reader: Reader, name: str) -> Checked:
        """Everything wrong with a folder."""
        require(reader, ADMINS, FOR_ADMINS)
        folder = self._folder(name)
        findings = check_folder(folder)
        return Checked(name, findings, None if findings else load_pack(folder))

    def begin(self, reader: Reader, name: str, many: int) -> str:
        """Begin to replay the newest recorded cases under a folder's pack; answers the errand."""
        require(reader, ADMINS, FOR_ADMINS)
        new = load_pack(self._folder(name))
        what = {"pack": name, "version": new.version, "digest": new.digest, "many": many}
        by = By(reader.actor.id, reader.actor.name)
        return self.house.errands.begin(KIND, what, by, lambda hear: self._replay(new, many, hear))

    def last(self) -> Progress | None:
        """The newest back-test."""
        return self.house.errands.newest(KIND)

    def _folder(self, name: str) -> Path:
        folder = self.folders().get(name)
        if folder is None:
            raise NotFound("没有这个地区包文件夹")
        return folder

    def _replay(self, new: Pack, many: int, hear: Hear) -> dict[str, Any]:
        with self.office.database.reading() as connection:
            ids = tuple(one.id for one in self.office.shelf.versions(connection, new.name))
            chosen = newest_of(connection, Chosen(ids), many)
            total = how_many(connection, chosen)
            hear(0, total)
            proposal = Proposal(new, chosen, self.office.clock.now())
            found = Replay(self.office.desk, proposal).run(connection, lambda done: hear(done, total))
        return told(found)


def told(found: Findings) -> dict[str, Any]:
    """What a replay came to, by kind; only cases left without a next step are named."""
    return {
        "cases": found.cases,
        "clocks": found.clocks,
        "deadlines": dict(found.deadlines.most_common()),
        "matters": dict(found.matters.most_common()),
        "lights": dict(found.lights.most_common()),
        "routes": found.routes,
        "stranded": found.stranded,
        "named": found.named,
    }
