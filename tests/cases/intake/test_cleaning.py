"""Single cells: phones, flags, coordinates, file names, texts."""

from __future__ import annotations

import pytest

from cases.intake import cleaning


@pytest.mark.parametrize(
    ("given", "digits"),
    [
        ("13800131390", "13800131390"),
        ("199-0000-3735", "19900003735"),
        ("138 0013 2326", "13800132326"),
        ("+86 13800133046", "13800133046"),
        ("0086-13800133046", "13800133046"),
        ("8613800133046", "13800133046"),
        ("１３８００１３３０４６", "13800133046"),
        ("（0519）8281-2345", "051982812345"),
        ("82812345", "82812345"),
        ("12345", "12345"),
        ("400-123-4567", "4001234567"),
        ("", ""),
        ("\u200b ", ""),
        ("1380013", None),
        ("13800131390/13800131391", None),
        ("=1+1", None),
        ("١٣٨٠٠١٣١٣٩٠", None),
        ("阿姨", None),
    ],
)
def test_phones(given: str, digits: str | None) -> None:
    assert cleaning.phone(given) == digits


@pytest.mark.parametrize(
    ("given", "meaning"),
    [
        ("yes", True),
        (" YES ", True),
        ("是", True),
        ("１", True),
        ("no", False),
        ("否", False),
        ("", None),
        ("yesno", None),
    ],
)
def test_flags(given: str, meaning: bool | None) -> None:
    assert cleaning.flag(given) is meaning


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("a.jpg;b.pdf", ("a.jpg", "b.pdf")),
        ("a.jpg；b.pdf;;", ("a.jpg", "b.pdf")),
        ("../../etc/passwd", ("passwd",)),
        ("C:\\照片\\门口.jpg", ("门口.jpg",)),
        ("..;.;/", ()),
        (".htaccess", ("htaccess",)),
        ("a.jpg;a.jpg", ("a.jpg",)),
        ("照\u202egpj.exe", ("照gpj.exe",)),
        ("a:b?.jpg", ("a_b_.jpg",)),
        ("长" * 300 + ".jpg", ("长" * 100 + ".jpg",)),
        ("停工告知签收(拒签).jpg", ("停工告知签收(拒签).jpg",)),
        ("", ()),
    ],
)
def test_file_names_carry_no_path(given: str, names: tuple[str, ...]) -> None:
    assert cleaning.file_names(given).names == names


def test_emoji_stay_whole() -> None:
    family = "👨\u200d👩\u200d👧 ❤\ufe0f 🤡"
    assert cleaning.plain_text(family) == (family, None)
    assert cleaning.plain_text("门\u200d厅").text == "门厅"


def test_spaces_become_ordinary_ones() -> None:
    assert cleaning.plain_text("\t插座在\xa0消防箱\u3000后\u3000").text == "插座在 消防箱 后"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "＝1", "\n=1"])
def test_formulas_are_recognised(text: str) -> None:
    assert cleaning.looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "3-101", "a=b", "楼道@物业"])
def test_plain_words_are_not_formulas(text: str) -> None:
    assert not cleaning.looks_like_formula(text)


def test_a_quotation_is_short_and_on_one_line() -> None:
    quoted = cleaning.clip("a\nb\u202e" + "c" * 1_000_000)
    assert quoted.startswith("a bc")
    assert len(quoted) == cleaning.CLIP + 1


@pytest.mark.parametrize(
    ("lng", "lat", "point"),
    [
        ("119.6", "31.7", (119.6, 31.7)),
        ("１１９．６", "31.7", (119.6, 31.7)),
        ("31.7", "119.6", (119.6, 31.7)),
        ("", "", (None, None)),
        ("119.6", "", (None, None)),
        ("1e2", "31", (None, None)),
        ("inf", "31", (None, None)),
        ("999", "31", (None, None)),
        ("120.6", "31.7", (None, None)),
    ],
)
def test_points(lng: str, lat: str, point: tuple[float | None, float | None]) -> None:
    assert cleaning.point(lng, lat, (119.57, 31.74))[:2] == point
