"""Recognising people without keeping who they are (身份识别): checked identity numbers, masks, keyed digests.

A plain digest of an identity number could be guessed back, there being few of them; the key of the installation makes
that impossible for whoever has only the database. What does not live here: the key (office) and the rows (store).
"""

from __future__ import annotations

import hashlib
import hmac
import re

from cases.errors import Malformed

_NUMBER = re.compile(r"\d{17}[\dX]")
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def checked_identity(number: str, kind: str) -> str:
    """A citizen's identity number (公民身份号码, GB 11643) or an organisation's credit code (统一社会信用代码,
    GB 32100), in capitals; "" stays "". Malformed when it cannot be one."""
    plain = "".join(number.split()).upper()
    if not plain:
        return ""
    right = _is_citizens(plain) if kind == "person" else _CREDIT.fullmatch(plain)
    if not right:
        raise Malformed("证件号码不正确", {"identity_number": "请核对号码,不确定可留空"})
    return plain


def _is_citizens(number: str) -> bool:
    if not _NUMBER.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[-1]


def masked_number(number: str) -> str:
    """An identity number as it may be shown: stars and the last four signs."""
    return "*" * (len(number) - 4) + number[-4:] if number else ""


def digest_of(key: bytes, *parts: str) -> str:
    """The keyed digest of what recognises somebody; "" where a part is missing."""
    plain = ["".join(part.split()).upper() for part in parts]
    if not all(plain):
        return ""
    return hmac.new(key, "\x1f".join(plain).encode(), hashlib.sha256).hexdigest()


def tail_of(identity_masked: str, phone: str) -> str:
    """What a party must know to answer by link: the last four signs of the number on file, else of the telephone."""
    return (identity_masked or phone)[-4:]
