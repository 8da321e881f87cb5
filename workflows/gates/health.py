"""Whether a server of ours answers (探活): Prefect's and the API's own health page.

What does not live here: starting and stopping them.
"""

from __future__ import annotations

import asyncio
import time

import httpx

LOOK_SECONDS = 3.0


async def answers(url: str) -> bool:
    """Whether a GET of this page succeeds now."""
    async with httpx.AsyncClient(timeout=LOOK_SECONDS, trust_env=False) as client:
        try:
            return (await client.get(url)).is_success
        except httpx.HTTPError:
            return False


async def wait_for(url: str, seconds: float, pause: float = 0.25) -> bool:
    """Wait until the page answers; False when it has not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not await answers(url):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(pause)
    return True
