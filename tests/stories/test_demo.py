"""The whole product once, with real processes: ``huiyin demo`` on a score of raw reports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cases.packs

CLUES = Path(cases.packs.__file__).parent / "jintan" / "demo" / "clues.csv"
ROWS = 24
OUTCOMES = ("rejected", "declined", "needs_more", "redirected", "merged", "accepted")


@pytest.mark.xdist_group("processes")
@pytest.mark.timeout(900)
def test_every_accepted_report_reaches_an_end_and_its_reporter(tmp_path: Path) -> None:
    """演示:导入、受理、派遣、送达、办理、反馈、归档,一件不丢,件件有回音。"""
    found = play(tmp_path)
    assert found["reported"] == ROWS
    assert sum(found[outcome] for outcome in OUTCOMES) == found["reported"]
    assert found["rejected"] >= 1, "the sample holds a repeated row"
    assert found["accepted"] == found["closed"] == found["answers_delivered"]
    assert (found["lost"], found["open"]) == (0, 0)
    assert found["dispatched"] >= found["accepted"]
    assert found["webhooks"]["delivered"] >= found["dispatched"]
    rows = found["cases"]
    assert len(rows) == ROWS
    by_id = {row["external_id"]: row for row in rows if row["outcome"] == "accepted"}
    assert by_id["WY-260923-001"]["lead"] == "fire"
    assert by_id["WY-260922-002"]["lead"] == "urban", "the property authority of this district"
    assert by_id["WG/0926/01"]["lead"] == "police"


def play(folder: Path) -> dict[str, Any]:
    """Run the demonstration on the first rows of the sample; its JSON document."""
    clues, result = folder / "clues.csv", folder / "out.json"
    lines = CLUES.read_text(encoding="utf-8").splitlines(keepends=True)
    clues.write_text("".join(lines[: ROWS + 1]), encoding="utf-8")
    command = [sys.executable, "-m", "api.cli", "demo", "--clues", str(clues), "--json", str(result)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return json.loads(result.read_text(encoding="utf-8"))
