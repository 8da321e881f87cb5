"""When two reports speak of the same place (地点): a normalised key of community, building, unit and room.

People write 3幢101, 3-101 or 3号楼101室 and mean the same; the key makes these equal and nothing else. What does
not live here: nearness by coordinates, the decision to merge, and which community is meant (the pack).
"""

from __future__ import annotations

import re
import unicodedata

SEPARATOR = "|"

_DIGITS = "零一二三四五六七八九"
_NUMERAL = re.compile(r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九])(?=[幢栋座单号楼层室])")
_NUMBER = r"[A-Z]?\d{1,4}[A-Z]?|[A-Z]"
_WORD = r"(?:号楼|幢楼|栋楼|幢|栋|座|楼|#楼|#)"
_BUILDING = re.compile(rf"({_NUMBER}){_WORD}|(\d{{1,4}})号?$")
_UNIT = re.compile(r"([甲乙丙丁戊己庚辛壬癸]|\d{1,3}|[A-Z])(?:单元|门栋)")
_ROOM = re.compile(r"([A-Z]?-?\d{1,5}[A-Z]?)(?:室|号房|号|房)?")
_FLOOR = re.compile(r"(\d{1,3})(?:楼|层)")
_THREE = re.compile(rf"({_NUMBER})-(\d{{1,2}}|[A-Z甲乙丙丁戊己庚辛])-(\d{{1,5}}[A-Z]?)(?:室|号)?")
_TWO = re.compile(rf"({_NUMBER})-(\d{{3,5}}[A-Z]?)(?:室|号)?")
_UNIT_AND_ROOM = re.compile(r"(\d{1,2})-(\d{1,5}[A-Z]?)(?:室|号)?")


def place_key(community_code: str, building: str, room: str) -> str:
    """The identity of a place, ``community|building|unit|room``; unknown parts stay empty.

    幢, 栋, 号楼, 楼 and 座 are one; full-width signs, spaces, leading zeros and Chinese numerals do not count;
    ``3-101`` and ``6-2-602`` are taken apart. In a building of the same number, ``3-101`` repeats the building rather
    than naming a unit. What is no number (门卫, 架空层) stays as it is written.
    """
    place = _plain(building)
    spot = _plain(room)
    number, rest = _building(place)
    if not place:
        number, spot = _building_of_room(spot)
        rest = ""
    unit, spot = _inside(number, rest, spot)
    return SEPARATOR.join((community_code, number, unit, spot))


def names_a_spot(key: str) -> bool:
    """Whether a key says more than the community; two reports that say no more need not mean the same place."""
    return any(key.split(SEPARATOR)[1:])


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    solid = "".join(sign for sign in folded if unicodedata.category(sign)[0] not in "CZ" and sign != SEPARATOR)
    return re.sub("[‐-―−~]", "-", _NUMERAL.sub(lambda found: str(_value(found[0])), solid)).removeprefix("第")


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    high = (_DIGITS.index(tens) if tens else 1) if ten else 0
    return high * 10 + (_DIGITS.index(ones) if ones else 0)


def _trimmed(number: str) -> str:
    return re.sub(r"^([A-Z]?-?)0+(?=\d)", r"\1", number)


def _building(place: str) -> tuple[str, str]:
    """The building's number and what else its cell says; the whole cell is the number when it has none."""
    if _TWO.fullmatch(place) or _THREE.fullmatch(place):
        number, _, rest = place.partition("-")
        return _trimmed(number), rest
    found = _BUILDING.match(place)
    if not found:
        return place, ""
    return _trimmed(found[1] or found[2]), place[found.end() :].lstrip("-")


def _building_of_room(spot: str) -> tuple[str, str]:
    """Building and remainder when only the room's cell is filled: 3-101, 3幢101, but 7楼 is a floor."""
    if _TWO.fullmatch(spot) or _THREE.fullmatch(spot):
        number, _, rest = spot.partition("-")
        return _trimmed(number), rest
    found = _BUILDING.match(spot)
    if not found or not found[1] or _FLOOR.fullmatch(spot):
        return "", spot
    return _trimmed(found[1]), spot[found.end() :].lstrip("-")


def _inside(number: str, rest: str, spot: str) -> tuple[str, str]:
    """Unit and room of what stands behind the building's number in either cell."""
    repeated = _THREE.fullmatch(spot) or _TWO.fullmatch(spot)
    if repeated and _trimmed(repeated[1]) == number:
        spot = spot.partition("-")[2]
    if _UNIT_AND_ROOM.fullmatch(spot):
        unit, _, spot = spot.partition("-")
        return _trimmed(unit), _joined(rest, _room(spot))
    if not spot and _UNIT_AND_ROOM.fullmatch(rest):
        unit, _, rest = rest.partition("-")
        return _trimmed(unit), _room(rest)
    unit, rest = _unit(rest)
    if not unit:
        unit, spot = _unit(spot)
    return unit, _joined(_room(rest), _room(spot))


def _joined(*parts: str) -> str:
    return "-".join(part for part in parts if part)


def _unit(text: str) -> tuple[str, str]:
    found = _UNIT.match(text)
    return (_trimmed(found[1]), text[found.end() :].lstrip("-")) if found else ("", text)


def _room(text: str) -> str:
    floor = _FLOOR.fullmatch(text)
    if floor:
        return f"{_trimmed(floor[1])}层"
    found = _ROOM.fullmatch(text)
    return _trimmed(found[1]) if found else text
