"""Imports run downhill. The contracts are in pyproject.toml; here they are kept, and shown to be able to break."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, Source, sources

# The ways to open a socket that the standard library has; import-linter sees whole packages only.
SOCKETS = {"socket", "urllib.request", "http.client", "smtplib", "ftplib", "xmlrpc.client", "socketserver"}
MAY_OPEN = ("workflows/gates/", "api/receiver/", "api/cli", "api/bench/")

# One import that must break each contract, by the contract's order in pyproject.toml.
TRESPASSES = [
    {"cases/rules/routing.py": "import api.app\n"},
    {"workflows/routing.py": "import api.deps\n"},
    {"cases/rules/routing.py": "import cases.desk\n"},
    {"cases/desk.py": "import prefect\n"},
    {"cases/rules/routing.py": "import sqlmodel\n"},
    {"cases/machines/clue.py": "import transitions\n"},
    {"api/deps.py": "import prefect\n"},
    {"workflows/routing.py": "import fastapi\n"},
    {"workflows/routing.py": "import httpx\n"},
    {"cases/rules/scoring.py": "import sklearn\n"},
    {"cases/desk.py": "import docx\n"},
]
# What the same contracts allow; written into the invented tree first, so that a broken contract is the trespass alone.
ALLOWED = {
    "api/cli.py": "import prefect\nimport typer\nimport api.app\nimport workflows.routing\n",
    "api/app.py": "import fastapi\nimport cases.desk\n",
    "api/deps.py": "import cases.desk\n",
    "api/receiver/inbox.py": "import httpx\n",
    "workflows/routing.py": "import prefect\nimport cases.desk\nimport workflows.gates.webhook\n",
    "workflows/gates/webhook.py": "import httpx\n",
    "cases/desk.py": "import cases.engine\nimport cases.store\nimport cases.suggest\nimport cases.papers\n",
    "cases/engine.py": "import transitions\nimport cases.grammar\nimport cases.rules.routing\n",
    "cases/store.py": "import sqlmodel\nimport cases.models\n",
    "cases/models.py": "import sqlmodel\n",
    "cases/papers.py": "import typst\nimport docx\n",
    "cases/suggest.py": "import sklearn\n",
    "cases/machines/clue.py": "import cases.rules.routing\nimport cases.grammar\n",
    "cases/rules/routing.py": "import cases.packs\n",
    "cases/rules/scoring.py": "import cases.errors\n",
    "cases/packs/__init__.py": "import cases.errors\n",
    "cases/grammar.py": "import cases.errors\n",
    "cases/errors.py": "",
}


def contracts() -> list[str]:
    """The names of the contracts, in the order of the configuration."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in configuration["tool"]["importlinter"]["contracts"]]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter as the test command does, on the packages of ``folder``."""
    libraries = [path for path in sys.path if "site-packages" in path]
    program = (
        f"import sys; sys.path = [{str(folder)!r}, *sys.path, *{libraries!r}];"
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    # -S leaves the editable install out, which would put the real packages in front of invented ones.
    command = [sys.executable, "-S", "-c", program]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def broken(output: str) -> list[str]:
    """The contracts that the linter reports as broken, in their order."""
    flat = " ".join(output.split())
    return [name for name in contracts() if f"{name} BROKEN" in flat]


def furnish(folder: Path, files: dict[str, str]) -> None:
    for place, text in files.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for level in file.relative_to(folder).parents:
            if level != Path():
                (folder / level / "__init__.py").touch()


def test_the_floors_are_kept():
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("number", range(len(TRESPASSES)))
def test_each_contract_breaks_when_its_floor_is_left(tmp_path: Path, number: int):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    trespass = TRESPASSES[number]
    furnish(tmp_path, ALLOWED | {place: ALLOWED.get(place, "") + line for place, line in trespass.items()})
    assert contracts()[number] in broken(lint(tmp_path).stdout)


def test_what_the_contracts_allow_passes(tmp_path: Path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    furnish(tmp_path, ALLOWED)
    outcome = lint(tmp_path)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert len(TRESPASSES) == len(contracts())


def socket_openers(source: Source) -> list[str]:
    """Imports of a standard module that opens sockets, outside the rooms that may."""
    if source.place.startswith(MAY_OPEN):
        return []
    found: list[str] = []
    for node in source.nodes():
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found += [f"{source.place}: {name}" for name in named if name in SOCKETS]
    return found


def test_nobody_opens_a_socket_by_the_back_door():
    files = sources(rooms=ROOMS)
    assert [opener for source in files for opener in socket_openers(source)] == []
    assert socket_openers(Source("cases/desk.py", "from urllib import request")) == ["cases/desk.py: urllib.request"]
    assert socket_openers(Source("workflows/gates/webhook.py", "import socket")) == []
