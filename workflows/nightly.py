"""The nightly flow (夜间核验): every history is verified, a checkpoint ties the chains together, and files of lawfully
erased content are destroyed.

Runs on a schedule in a process of its own. What does not live here: what makes a history whole (journal).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from prefect import flow, get_run_logger, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from cases.clocks import SystemClock
from cases.desk.shredding import Shredded, shred
from cases.errors import Conflict
from cases.journal import Verdict, verify_store, write_checkpoint
from cases.office import Office, open_office
from cases.settings import Settings
from cases.store.attachments import FILES, Folder

NAME = "nightly"
PROBLEMS_SHOWN = 50
LAID_DOWN_LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the night found: entries and cases read, problems, and the root of the checkpoint ("" if none)."""

    entries: int
    cases: int
    problems: int
    root: str


class Broken(Exception):
    """核验发现不符:the run fails, so that it is seen."""


@task(name="verify the chains", retries=2, retry_delay_seconds=[5, 60], cache_policy=NO_CACHE)
async def verify_chains(office: Office) -> Verdict:
    """Read every history; changes nothing."""
    return await asyncio.to_thread(verify_store, office.database.engine)


@task(name="write a checkpoint", retries=2, retry_delay_seconds=[5, 60], cache_policy=NO_CACHE)
async def take_checkpoint(office: Office) -> str:
    """A checkpoint over all chains; its root. "" when the histories do not allow one."""
    return await asyncio.to_thread(_checkpoint, office)


def _checkpoint(office: Office) -> str:
    try:
        with office.database.writing() as connection:
            return write_checkpoint(connection, office.clock.now()).root
    except Conflict:
        return ""


@task(name="destroy erased files", retries=2, retry_delay_seconds=[5, 60], cache_policy=NO_CACHE)
async def destroy_files(office: Office) -> Shredded:
    """Files of lawfully erased content go; one that was laid down within a day is left for the next night."""
    return await asyncio.to_thread(_destroy, office)


def _destroy(office: Office) -> Shredded:
    before = SystemClock().now() - LAID_DOWN_LATELY
    return shred(office.database, Folder(office.settings.home / FILES, 0), office.clock.now(), before)


@flow(name=NAME)
async def nightly() -> Checked:
    """Verify every chain, take a checkpoint, destroy what was erased. Fails when anything does not hold."""
    office = open_office(Settings())
    try:
        verdict = await verify_chains(office)
        root = await take_checkpoint(office) if verdict.ok else ""
        shredded = await destroy_files(office)
    finally:
        office.close()
    checked = Checked(verdict.entries, verdict.cases, verdict.found, root)
    await acreate_markdown_artifact(key=NAME, markdown=page(checked, verdict))
    log = get_run_logger()
    log.info("verified %d entries of %d cases", checked.entries, checked.cases)
    log.info("destroyed %d files of %d erasures, %d left", shredded.files, shredded.erasures, shredded.left)
    if not verdict.ok or not root:
        raise Broken(f"{verdict.found} 处不符,检查点{'已' if root else '未'}生成")
    return checked


def page(checked: Checked, verdict: Verdict) -> str:
    """What the run says, for a person."""
    lines = [
        f"# 夜间核验:{'全部相符' if verdict.ok else f'{checked.problems} 处不符'}",
        f"核验 {checked.entries} 条办理记录、{checked.cases} 件案件;依法删除 {verdict.erased} 条。",
        f"检查点:`{checked.root or '未生成'}`",
    ]
    found = [f"- `{one.case_id}` 第 {one.seq} 条:{one.what}" for one in verdict.problems[:PROBLEMS_SHOWN]]
    return "\n\n".join(lines) + ("\n\n" + "\n".join(found) if found else "")
