"""What is installed is what was locked, the wheel holds the three packages, and nobody else answers to their names."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOMS, ROOT

LOCKS = ("requirements.lock", "requirements.run.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@dataclass(frozen=True)
class Pin:
    """One locked requirement and the hashes that its files may have."""

    requirement: Requirement
    hashes: frozenset[str]


def pins(text: str) -> list[Pin]:
    """Read a lock file; a requirement runs on over lines that end in a backslash."""
    lines = [
        line
        for line in text.replace("\\\n", " ").splitlines()
        if line.strip() and not line.lstrip().startswith(("#", "--"))
    ]
    found: list[Pin] = []
    for line in lines:
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        found.append(Pin(Requirement(requirement), frozenset(hashes)))
    return found


def unlocked(text: str) -> list[str]:
    """What makes a lock file less than a lock."""
    found = [
        f"an address: {line.strip()}" for line in text.splitlines() if re.search(r"://|--(extra-)?index|--find", line)
    ]
    for pin in pins(text):
        if [spec.operator for spec in pin.requirement.specifier] != ["=="]:
            found.append(f"{pin.requirement.name}: not one exact version")
        if not pin.hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in pin.hashes):
            found.append(f"{pin.requirement.name}: no sha256 hash")
    return found


@pytest.fixture(scope="module")
def locked() -> dict[str, Pin]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {canonicalize_name(pin.requirement.name): pin for pin in pins(text)}


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_else_provides_our_names(room: str):
    providers = set(importlib.metadata.packages_distributions().get(room, ["huiyin"]))
    assert providers == {"huiyin"}
    file = importlib.import_module(room).__file__
    assert file is not None
    assert Path(file).is_relative_to(ROOT)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_one_version_and_hashes_and_no_address(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert len(pins(text)) > 50
    assert unlocked(text) == []


@pytest.mark.parametrize(
    "text",
    ["fastapi>=0.139", "fastapi==0.142.2", "fastapi==0.142.2 --hash=md5:00", "--index-url https://example.org/simple"],
)
def test_a_loose_lock_is_found(text: str):
    assert len(unlocked(text)) >= 1


def test_the_lock_answers_every_dependency(locked: dict[str, Pin]):
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for wanted in map(Requirement, asked):
        (pinned,) = locked[canonicalize_name(wanted.name)].requirement.specifier
        assert wanted.specifier.contains(pinned.version), f"{wanted} is locked at {pinned.version}"


def test_what_runs_in_an_image_is_a_part_of_what_is_tested(locked: dict[str, Pin]):
    for pin in pins((ROOT / "requirements.run.lock").read_text(encoding="utf-8")):
        assert locked[canonicalize_name(pin.requirement.name)].hashes == pin.hashes


def test_what_is_installed_is_what_is_locked(locked: dict[str, Pin]):
    for name, pin in locked.items():
        if pin.requirement.marker is None or pin.requirement.marker.evaluate():
            assert pin.requirement.specifier.contains(importlib.metadata.version(name)), f"{name}: run `make setup`"


def test_the_wheel_holds_the_three_packages_and_their_data_and_nothing_else(tmp_path: Path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("huiyin-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == set(ROOMS)
    ours = [
        file
        for room in ROOMS
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    assert {file.relative_to(ROOT).as_posix() for file in ours} <= held
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["license"] == "Apache-2.0"
