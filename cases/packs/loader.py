"""A jurisdiction pack from its folder, or a refusal that says everything wrong with it.

What does not live here: reading and checking themselves, and the published versions in the database.
"""

from __future__ import annotations

from pathlib import Path

from cases.errors import PackBroken
from cases.packs.check import check_draft
from cases.packs.reading import bundled_or, read_folder
from cases.packs.schema import Pack


def load_pack(name_or_folder: str | Path) -> Pack:
    """The pack of a bundled name (``jintan``) or of a folder, its rows over those of the pack it extends.

    Raises :class:`PackBroken` listing every finding when the folder does not pass its check.
    """
    draft = read_folder(bundled_or(name_or_folder))
    findings = check_draft(draft)
    if findings:
        sentence = f"地区包有 {len(findings)} 处错误:" + "\n".join(map(str, findings))
        raise PackBroken(sentence, findings=tuple(map(str, findings)))
    return draft.pack()
