"""``huiyin work``: the flows of an installation in one process, with their own Prefect server where none is named.

What does not live here: the flows and how they are run (workflows).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import ExitStack

from api.processes import Child, Crew
from cases.office import ready
from cases.settings import Settings
from workflows import server
from workflows.gates.health import answers, wait_for
from workflows.postroom import check_lease

LOG = logging.getLogger("huiyin.worker")
WATCH_SECONDS = 1.0


def run() -> int:
    """Work until SIGTERM or Ctrl-C; 1 when a setting forbids it, or the Prefect server does not come up or ends by
    itself."""
    settings = Settings()
    try:
        check_lease(settings)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "transitions", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    ready(settings)
    # Prefect reads its environment when it is first imported, which has not happened yet.
    os.environ.update(server.environment(settings))
    with ExitStack() as stack:
        embedded = None
        if not settings.prefect_api and not asyncio.run(answers(server.health_url(settings))):
            crew = stack.enter_context(Crew(settings.home / "log"))
            embedded = crew.start("prefect", server.command(settings), server.environment(settings))
        return asyncio.run(_work(settings, embedded))


async def _work(settings: Settings, embedded: Child | None) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if embedded is not None and not await _comes_up(settings, embedded, stop):
        return 0 if stop.is_set() else 1
    from workflows.serve import work  # noqa: PLC0415 - Prefect, three seconds; only after the server was started

    LOG.info("the flows run; Prefect is at %s", server.page_url(settings))
    watch = asyncio.create_task(_watch(embedded, stop))
    await work(settings, stop)
    watch.cancel()
    return 1 if embedded is not None and embedded.ended is not None else 0


async def _comes_up(settings: Settings, embedded: Child, stop: asyncio.Event) -> bool:
    for _ in range(int(server.START_SECONDS)):
        if stop.is_set():
            return False
        if embedded.ended is not None:
            break
        if await wait_for(server.health_url(settings), WATCH_SECONDS):
            return True
    sys.stderr.write(
        f"Prefect 服务器未能在端口 {settings.prefect_port} 启动(可用 HUIYIN_PREFECT_PORT 更改);"
        f"详见 {embedded.log}\n{embedded.last_words()}\n"
    )
    return False


async def _watch(embedded: Child | None, stop: asyncio.Event) -> None:
    """Without its server the worker ends, to be started again with it."""
    while embedded is not None and not stop.is_set():
        if embedded.ended is not None:
            LOG.error("the Prefect server ended with %s", embedded.ended)
            stop.set()
        await asyncio.sleep(WATCH_SECONDS)
