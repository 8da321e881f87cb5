"""How two spellings of one name are compared.

What does not live here: guessing. A name that is merely similar is not the same name.
"""

from __future__ import annotations

import unicodedata

_SILENT = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def plain(text: str) -> str:
    """The name without what the eye does not see: spaces, invisible characters, full-width forms (NFKC)."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if unicodedata.category(sign) not in _SILENT)
