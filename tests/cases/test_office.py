"""The key for digests of identity numbers: made once, kept for its owner alone, the same for every process."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

from cases.office import IDENTITY_KEY, Office
from cases.settings import Settings


def an_office(office: Office, home: Path, key: str = "") -> Office:
    return replace(office, settings=Settings(home=home, identity_key=key))


def test_the_key_is_made_once_and_only_its_owner_reads_it(office: Office, tmp_path: Path):
    home = tmp_path / "home"
    keys: list[bytes] = []
    start = Barrier(4)

    def ask() -> None:
        start.wait(10)
        keys.append(an_office(office, home).secret)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    assert len(keys[0]) == 64
    assert stat.S_IMODE((home / IDENTITY_KEY).stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == [IDENTITY_KEY]


def test_a_key_of_the_settings_goes_before(office: Office, tmp_path: Path):
    assert an_office(office, tmp_path, "shared by all hosts").secret == b"shared by all hosts"
    assert not (tmp_path / IDENTITY_KEY).exists()
