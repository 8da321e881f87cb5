"""The post room (收发室): claimed notices go out, a few at a time to each recipient, and their fates are written down.

One post room a process. A recipient is served by one group at a time; a group settles by itself, so a recipient that
does not answer holds up nobody else. One that was silent is tried with a single notice after a growing pause. A notice
whose lease would run out before its answer is given back untried. What does not live here: sockets (gates), the order
of notices (store), the flow (delivery).
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update

from cases.desk.courier import settle_batch
from cases.desk.telling import PARTY, REPORTER
from cases.office import Office
from cases.rules.retrying import next_try
from cases.settings import Settings
from cases.store.notices import Claimed, Fate, claim, release_expired
from cases.store.sheaf import table
from workflows.gates.answer import Answer
from workflows.gates.messages import Messages
from workflows.gates.webhook import CONNECTIONS, CONNECTIONS_EACH, GONE, Receiver, Webhooks

LOG = logging.getLogger("huiyin.delivery")

MARGIN_SECONDS = 10.0
"""What a lease must be longer than an answer may take."""

SETTLE_SECONDS = 5.0
"""What of a lease is kept for writing down the fates."""

LONGEST_PAUSE = 60.0
OUTCOMES = ("delivered", "retry", "parked", "given_back")


def check_lease(settings: Settings) -> None:
    """A lease shorter than a try would let two senders send the same notice: ValueError."""
    least = settings.answer_seconds + MARGIN_SECONDS
    if settings.lease_seconds < least:
        raise ValueError(f"HUIYIN_LEASE_SECONDS is {settings.lease_seconds}; it must be at least {least:.0f}")


@dataclass(slots=True)
class Tally:
    """What came of some notices: counts of outcomes by recipient."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def count(self, fates: Iterable[Fate]) -> None:
        """Count fates in."""
        for fate in fates:
            row = self.counts.setdefault(fate.notice.recipient, dict.fromkeys(OUTCOMES, 0))
            row[fate.outcome] += 1

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        for recipient, row in other.counts.items():
            mine = self.counts.setdefault(recipient, dict.fromkeys(OUTCOMES, 0))
            for outcome, number in row.items():
                mine[outcome] += number

    def total(self, outcome: str) -> int:
        """How many met this fate."""
        return sum(row[outcome] for row in self.counts.values())


class Batch:
    """Claimed notices on their way. What has a fate is not sent again when the work on the batch is repeated."""

    def __init__(self, notices: list[Claimed], send_until: float) -> None:
        self.notices = notices
        self.send_until = send_until
        self.fates: dict[str, Fate] = {}
        self.settled: set[str] = set()

    def groups(self) -> dict[str, list[Claimed]]:
        """What is not settled yet, by recipient."""
        found: dict[str, list[Claimed]] = {}
        for notice in self.notices:
            if notice.id not in self.settled:
                found.setdefault(notice.recipient, []).append(notice)
        return found


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the notices of a batch go: receivers by organisation, contacts of reporters by case and of parties by their
    address."""

    receivers: dict[str, Receiver]
    contacts: dict[str, str]


class PostRoom:
    """The senders of one process."""

    def __init__(self, office: Office, webhooks: Webhooks, messages: Messages) -> None:
        check_lease(office.settings)
        self._office = office
        self._webhooks, self._messages = webhooks, messages
        self._all = asyncio.Semaphore(CONNECTIONS)
        self._serving: set[str] = set()
        self._silences: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    def busy(self) -> set[str]:
        """The recipients not to be claimed for now: being served, or left alone after a silence."""
        now = time.monotonic()
        return self._serving | {recipient for recipient, moment in self._not_before.items() if moment > now}

    async def take(self) -> Batch | None:
        """Claim a batch of what is due; None when there is nothing."""
        settings = self._office.settings
        began = time.monotonic()
        busy = self.busy()
        notices = await asyncio.to_thread(self._take, busy)
        if not notices:
            return None
        self._serving |= {notice.recipient for notice in notices}
        return Batch(notices, began + settings.lease_seconds - settings.answer_seconds - SETTLE_SECONDS)

    def _take(self, busy: set[str]) -> list[Claimed]:
        settings, now = self._office.settings, self._office.clock.now()
        probes = [(recipient, 1) for recipient in self._silences]
        with self._office.database.writing() as connection:
            release_expired(connection)
            return claim(connection, now, settings.batch, settings.lease_seconds, busy=busy, at_most=probes)

    async def deliver(self, batch: Batch) -> Tally:
        """Send what has no fate yet and settle it, each recipient by itself; raises when some could not be settled,
        and may then be repeated."""
        groups = batch.groups()
        addresses = await asyncio.to_thread(self._look_up, groups)
        served = [self._serve(batch, notices, addresses) for notices in groups.values()]
        troubles = [one for one in await asyncio.gather(*served, return_exceptions=True) if one is not None]
        for trouble in troubles:
            raise trouble
        tally = Tally()
        tally.count(batch.fates.values())
        return tally

    def let_go(self, batch: Batch) -> None:
        """The work on a batch is over, one way or the other; what was not settled waits for its lease to run out."""
        self._serving -= batch.groups().keys()

    def _look_up(self, groups: dict[str, list[Claimed]]) -> Addresses:
        cases = [notice.case_id for notice in groups.get(REPORTER, [])]
        endpoint, reporter = table("endpoint"), table("reporter")
        ways = select(endpoint.c.org, endpoint.c.url, endpoint.c.secret, endpoint.c.networks)
        people = select(reporter.c.case_id, reporter.c.phone).where(reporter.c.case_id.in_(cases))
        with self._office.database.reading() as connection:
            found = connection.execute(ways.where(endpoint.c.active, endpoint.c.org.in_(list(groups)))).all()
            contacts = {row[0]: row[1] for row in connection.execute(people)}
            contacts |= _contacts_of_parties(connection, groups)
        return Addresses({row[0]: Receiver(*row) for row in found}, contacts)

    async def _serve(self, batch: Batch, notices: list[Claimed], addresses: Addresses) -> None:
        """All notices of one recipient: sent side by side, then settled in one transaction."""
        recipient = notices[0].recipient
        width = asyncio.Semaphore(1 if recipient in self._silences else CONNECTIONS_EACH)

        async def one(notice: Claimed) -> None:
            async with width:
                if notice.id not in batch.fates:
                    batch.fates[notice.id] = await self._try(notice, batch.send_until, addresses)

        await asyncio.gather(*(one(notice) for notice in notices))
        fates = [batch.fates[notice.id] for notice in notices]
        await asyncio.to_thread(self._settle, fates)
        batch.settled |= {notice.id for notice in notices}
        self._serving.discard(recipient)

    async def _try(self, notice: Claimed, send_until: float, addresses: Addresses) -> Fate:
        async with self._all:
            if time.monotonic() > send_until or self._not_before.get(notice.recipient, 0.0) > time.monotonic():
                return self._fate(notice, "given_back", Answer("silent", "-"))
            answer = await self._send(notice, addresses)
        if answer is None:
            return self._fate(notice, "given_back", Answer("silent", "-"))
        self._remember(notice.recipient, answer)
        return self._judge(notice, answer)

    async def _send(self, notice: Claimed, addresses: Addresses) -> Answer | None:
        if notice.recipient == REPORTER or notice.recipient.startswith(PARTY):
            known_by = notice.case_id if notice.recipient == REPORTER else notice.recipient
            return await self._messages.send(addresses.contacts.get(known_by, ""), notice.id, notice.body)
        receiver = addresses.receivers.get(notice.recipient)
        # The address was withdrawn since the claim: back it goes, and from there into the inbox.
        return None if receiver is None else await self._webhooks.send(receiver, notice.id, notice.body)

    def _remember(self, recipient: str, answer: Answer) -> None:
        """After a silence: one at a time, after a pause that doubles. Any answer ends that."""
        if answer.kind != "silent":
            self._silences.pop(recipient, None)
            self._not_before.pop(recipient, None)
        elif self._not_before.get(recipient, 0.0) <= time.monotonic():
            self._silences[recipient] = self._silences.get(recipient, 0) + 1
            self._not_before[recipient] = time.monotonic() + min(LONGEST_PAUSE, 2.0 ** self._silences[recipient])

    def _judge(self, notice: Claimed, answer: Answer) -> Fate:
        if answer.kind == "accepted":
            return self._fate(notice, "delivered", answer)
        if answer.kind in {"gone", "unsafe"}:
            return self._fate(notice, "parked", answer)
        now = self._office.clock.now()
        following = next_try(notice.attempt, now, random.random(), answer.retry_after)
        return self._fate(notice, "parked" if following is None else "retry", answer, following)

    def _fate(self, notice: Claimed, outcome: str, answer: Answer, next_at: Any = None) -> Fate:
        return Fate(
            notice=notice,
            outcome=outcome,
            channel=answer.channel,
            at=self._office.clock.now(),
            next_at=next_at,
            status=answer.status,
            milliseconds=answer.milliseconds,
            detail=answer.detail,
        )

    def _settle(self, fates: list[Fate]) -> None:
        now = self._office.clock.now()
        parked = [fate for fate in fates if fate.outcome == "parked"]
        with self._office.database.writing() as connection:
            settle_batch(self._office.desk, connection, fates, now)
            _withdraw(connection, [fate.notice.recipient for fate in fates if fate.status == GONE])
        if parked:
            LOG.warning("parked %d notices for %s: %s", len(parked), parked[0].notice.recipient, parked[0].channel)


def _withdraw(connection: Connection, orgs: list[str]) -> None:
    """An address that said 410 Gone is not written to again; the organisation reads its inbox."""
    if orgs:
        endpoint = table("endpoint")
        connection.execute(update(endpoint).where(endpoint.c.org.in_(orgs)).values(active=False))
        LOG.warning("receiving address withdrawn after 410 Gone: %s", ", ".join(sorted(set(orgs))))


def _contacts_of_parties(connection: Connection, recipients: Iterable[str]) -> dict[str, str]:
    """The telephone numbers of the parties among these recipients, by the recipient."""
    wanted = [one.removeprefix(PARTY) for one in recipients if one.startswith(PARTY)]
    party = table("party")
    found = select(party.c.id, party.c.phone).where(party.c.id.in_(wanted))
    return {f"{PARTY}{row[0]}": row[1] for row in connection.execute(found)} if wanted else {}
