"""Who is sued and where to be found: identity of the defendant (被告身份), address and telephone.

Nothing found here repeats a name, an address or a number: the answer goes out in a report. What does not live here:
reading a telephone number (``cases.intake``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.packs.names import plain
from cases.rules.screening.sheet import Found, Sheet

_BUILDING = re.compile(r"\d[幢栋座]|单元|\d号楼")
_ROOM = re.compile(r"\d[A-Z]?(?:室|户|号房)|\d+-\d+(?:-\d+)?(?!\d)|\d(?:单元|层|[幢栋座])\d{3,4}$")
_DOOR = re.compile(r"\d(?:号|组|室|户)|[一二三四五六七八九十]+组")
_PLACE = re.compile(r"(\d+)(?:幢|栋|座|号楼)(\d+)单元(\d+)(?:室|户)")
_ROOM_CODE = re.compile(r"(\d+)-(\d+)-(\d+)")
_BETWEEN = re.compile(r"[/\\|]")
_COURTESY_REST = 2


def address(sheet: Sheet) -> Iterator[Found]:
    """Can papers reach the defendant (民诉法 124), and is the flat the one sued for?"""
    suit = sheet.suit
    place = plain(suit.address)
    if not place:
        yield Found("address_missing")
    elif phrase := sheet.cell_says(suit.address, "doubtful_address"):
        yield Found("address_doubtful", {"phrase": phrase})
    elif not (_ROOM if _BUILDING.search(place) else _DOOR).search(place):
        yield Found("address_incomplete")
    if not suit.room or not suit.community:
        yield Found("premises_unclear")
    elif _another_flat(place, plain(suit.community), plain(suit.room)):
        yield Found("premises_mismatch")
    if suit.phone == "":
        yield Found("phone_missing")
    elif suit.phone is None:
        yield Found("phone_unread")


def _another_flat(place: str, community: str, room: str) -> bool:
    """Whether an address inside the same community names another flat; one elsewhere is where the owner lives."""
    lived, sued = _PLACE.search(place), _ROOM_CODE.fullmatch(room)
    if not lived or not sued or community not in place:
        return False
    return tuple(map(int, lived.groups())) != tuple(map(int, sued.groups()))


def defendant(sheet: Sheet) -> Iterator[Found]:
    """Is it certain who is sued (民诉法 122), is that the owner who owes (民法典 944), and can they be sued?"""
    yield from _name(sheet)
    yield from _debtor(sheet)
    for signal, code in (("died", "died"), ("ward", "guardian_needed"), ("dissolved", "dissolved")):
        if sheet.notes_say(signal) or sheet.cell_says(sheet.suit.defendant, signal):
            yield Found(code)


def _name(sheet: Sheet) -> Iterator[Found]:
    name = plain(sheet.suit.defendant)
    courtesy = sheet.book.ends(name, "courtesy")
    if not name:
        yield Found("name_missing")
    elif sheet.cell_says(name, "doubtful_name") or _BETWEEN.search(name) or not any(map(str.isalpha, name)):
        yield Found("name_doubtful")
    elif courtesy and len(name) - len(courtesy) <= _COURTESY_REST:
        yield Found("name_courtesy")


def _debtor(sheet: Sheet) -> Iterator[Found]:
    """The fee is owed by whoever was the owner then, not by a namesake, a tenant or the next or former owner."""
    for signal in ("not_owner", "former_owner", "title_unclear"):
        if sheet.notes_say(signal):
            yield Found(signal)
    if sheet.notes_say("tenant"):
        yield Found("tenant_not_liable" if sheet.notes_say("tenant_not_liable") else "tenant_unclear")
