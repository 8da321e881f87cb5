"""Every folder says what lives in it; every level of the tests is a package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, folders

# Made by a tool or handed out as it is; the folder above explains them.
EXPLAINED_ABOVE = {"versions", "static", "templates", "calendar"}


def unexplained(room: Path) -> list[str]:
    """Folders without a README of at least a heading and a sentence."""
    found: list[str] = []
    for folder in folders(room):
        if EXPLAINED_ABOVE & set(folder.relative_to(room).parts):
            continue
        readme = folder / "README.md"
        text = readme.read_text(encoding="utf-8") if readme.exists() else ""
        if not text.startswith("# ") or len(text.strip().splitlines()) < 3:
            found.append(folder.name if folder == room else folder.relative_to(room.parent).as_posix())
    return found


@pytest.mark.parametrize("room", [*ROOMS, ".github/decisions"])
def test_every_folder_says_what_lives_in_it(room: str):
    assert unexplained(ROOT / room) == []


def test_the_house_and_its_tests_introduce_themselves():
    for readme in (ROOT / "README.md", ROOT / "tests" / "README.md"):
        assert readme.read_text(encoding="utf-8").startswith("# ")


def test_every_level_of_the_tests_is_a_package():
    missing = [
        folder
        for folder in folders(ROOT / "tests")
        if any(folder.glob("*.py")) and not (folder / "__init__.py").exists()
    ]
    assert missing == []


def test_a_folder_without_a_readme_is_found(tmp_path: Path):
    room = tmp_path / "cases"
    for folder, text in {"rules": "# Rules\n\nPure questions.\n", "packs": "packs", "machines": None}.items():
        (room / folder).mkdir(parents=True)
        (room / folder / "one.py").touch()
        if text is not None:
            (room / folder / "README.md").write_text(text, encoding="utf-8")
    (room / "README.md").write_text("# Cases\n\nThe matter itself.\n", encoding="utf-8")
    assert unexplained(room) == ["cases/machines", "cases/packs"]
