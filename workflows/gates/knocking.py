"""Knocking once (试投): a single signed message through the webhook gate, for somebody who waits for the answer.

What does not live here: sending notices (post room), which addresses are allowed (egress).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cases.ports import Door, Knock, Knocked
from workflows.gates.answer import Answer
from workflows.gates.egress import Resolve, resolve
from workflows.gates.webhook import Receiver, Webhooks


def knocker(connect: float, total: float, approved: Sequence[str], *, ask: Resolve = resolve) -> Knock:
    """What knocks, waiting at most so many seconds for the connection and the whole answer; ``approved`` are the
    private networks the administrator approves."""

    async def send(door: Door, message_id: str, body: bytes) -> Answer:
        async with Webhooks(connect, total, approved, ask=ask) as gate:
            return await gate.send(Receiver(door.org, door.url, door.secret, door.networks), message_id, body)

    def knock(door: Door, message_id: str, body: bytes) -> Knocked:
        answer = asyncio.run(send(door, message_id, body))
        return Knocked(answer.kind, answer.status, answer.milliseconds, answer.detail)

    return knock
