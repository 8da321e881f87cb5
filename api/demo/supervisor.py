"""The scripted supervisor (督办岗) of an office that issues supervision orders: reads the answers and closes them.

What does not live here: issuing, which the ladder does, and answering, which the supervised unit does.
"""

from __future__ import annotations

import logging

from api.receiver.client import Client, Problem

log = logging.getLogger(__name__)

VERDICT = "答复属实,措施可行,同意销号。"


class Supervisor:
    """One issuing office."""

    def __init__(self, org: str, client: Client) -> None:
        self._org = org
        self._client = client

    def work(self) -> int:
        """Close the orders that were answered; answers how many."""
        done = 0
        for case in self._client.cases(holder=self._org, type="supervision", state="answered"):
            try:
                self._client.take(case, "close_order", {"text": VERDICT})
                done += 1
            except Problem as problem:
                log.warning("%s: %s in state %s: %s", self._org, case["number"], case["state"], problem)
        return done

    def answered(self) -> list[str]:
        """A supervisor answers no reporter."""
        return []

    def close(self) -> None:
        """Give back the connection."""
        self._client.close()
