"""Matter suggestion: what is suggested and why, what it learns, what it survives, and that its measure is honest."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cases.packs
from cases.errors import PackBroken
from cases.suggest import (
    Example,
    Suggester,
    Suggestion,
    clean,
    cross_validate,
    deal,
    read_examples,
    read_keywords,
    score,
)

BASE_WORDS = Path(cases.packs.__file__).parent / "base" / "keywords.csv"


@dataclass(frozen=True)
class AMatter:
    code: str
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()


MATTERS = (
    AMatter("GA01", "高空抛物", "从楼上往下扔东西", ("扔下来", "砸到")),
    AMatter("GA02", "社会生活噪声", "邻里音响扰民", ("吵", "音响", "睡不着")),
    AMatter("XF01", "飞线充电", "从窗户拉线给电瓶车充电", ("飞线", "插线板", "充电")),
    AMatter("MS02", "漏水", "楼上漏水渗水", ("漏水", "渗水", "天花板")),
)
EXAMPLES = (
    Example("六楼扔下来一个啤酒瓶", "GA01"),
    Example("有人往窗外扔垃圾", "GA01"),
    Example("隔壁半夜放音响吵得人睡不着", "GA02"),
    Example("楼上天天打牌吵", "GA02"),
    Example("三楼吊了根插线板下来充电", "XF01"),
    Example("窗户里拉出电线给电动车充", "XF01"),
    Example("楼上漏水天花板鼓包", "MS02"),
    Example("卫生间渗水没人修", "MS02"),
)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(EXAMPLES, MATTERS)


@pytest.fixture(scope="module")
def by_pack_words() -> Suggester:
    words = read_keywords(BASE_WORDS)
    return Suggester((), [AMatter(code, "") for code in words], words)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("四楼往下扔下来一袋垃圾", "GA01"),
        ("音响开得太大,吵", "GA02"),
        ("又有人飞线充电", "XF01"),
        ("天花板在漏水", "MS02"),
    ],
)
def test_the_fitting_matter_comes_first(suggester: Suggester, text: str, matter: str) -> None:
    ranked = suggester.rank(text)
    assert ranked[0].matter == matter
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert sum(one.score for one in ranked) <= 1


def test_a_suggestion_names_the_words_of_the_text_that_spoke_for_it(suggester: Suggester) -> None:
    first = suggester.rank("半夜音响声让人睡不着")[0]
    assert first.because == ("睡不着", "音响")


def test_a_word_inside_a_longer_one_is_not_named_twice() -> None:
    long_and_short = Suggester((), [AMatter("A", "甲", keywords=("飞线充电", "飞线")), AMatter("B", "乙")])
    assert long_and_short.rank("有人飞线充电")[0].because == ("飞线充电",)


def test_without_a_known_word_the_shared_pieces_are_named() -> None:
    by_name_alone = Suggester((), [AMatter("A", "高空抛物"), AMatter("B", "楼上漏水")])
    (only,) = by_name_alone.rank("抛物伤人")
    assert (only.matter, only.because) == ("A", ("抛物",))


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_no_more_than_k_are_suggested(suggester: Suggester, k: int) -> None:
    assert len(suggester.rank("楼上扔东西砸到充电的电瓶车又吵又漏水", k)) == k


def test_many_are_ranked_as_each_is_alone(suggester: Suggester) -> None:
    texts = [one.text for one in EXAMPLES] * 40 + [""]
    alone = {text: suggester.rank(text) for text in set(texts)}
    together = suggester.rank_many(texts)
    assert [[one.matter for one in ranked] for ranked in together] == [
        [one.matter for one in alone[text]] for text in texts
    ]


@pytest.mark.parametrize("text", ["飞线充电", "飛線充电飞线充电", "飞\u200b线充电", "【飞线充电】!!", "Ｘ飞线充电９"])
def test_width_invisible_characters_and_punctuation_do_not_matter(suggester: Suggester, text: str) -> None:
    assert suggester.rank(text)[0].matter == "XF01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "😀👍🏽🏳️‍🌈",
        "\x00\x07\x1b[31m",
        "\ud800\udfff",
        "\u200b\u2028\u2029\ufeff",
        "20261121 13800000000",
        "???",
    ],
)
def test_a_text_that_says_nothing_gets_no_suggestion(suggester: Suggester, text: str) -> None:
    assert suggester.rank(text) == []


def test_what_has_nothing_to_do_with_any_matter_gets_no_suggestion(suggester: Suggester) -> None:
    assert suggester.rank("请问末班公交几点") == []


def test_a_very_long_text_is_read_from_its_beginning_only(suggester: Suggester) -> None:
    beginning = suggester.rank("楼上漏水")
    assert suggester.rank("楼上漏水" + " " * 10_000_000 + "飞线充电" * 1000) == beginning
    assert len(clean("ﷺ" * 10_000)) <= 2_000


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    ranked = ANY_TEXT.rank(text)
    assert len(ranked) <= 3
    assert all(0 <= one.score <= 1 and one.because for one in ranked)
    assert all(piece in clean(text) for one in ranked for piece in one.because)


ANY_TEXT = Suggester(EXAMPLES, MATTERS)


def test_it_learns_from_what_people_decided(suggester: Suggester) -> None:
    new_jargon = "对面天井冒老白烟"
    assert "GA02" not in [one.matter for one in suggester.rank(new_jargon, 1)]
    taught = suggester.relearn([*EXAMPLES, Example("天井冒老白烟", "GA02")])
    first = taught.rank(new_jargon)[0]
    assert first.matter == "GA02"
    assert set(first.because) <= {"天井", "井冒", "冒老", "老白", "白烟"}


def test_many_decisions_outweigh_the_words_of_the_pack() -> None:
    matters = (AMatter("A", "甲", keywords=("充电桩",)), AMatter("B", "乙", keywords=("车位",)))
    assert Suggester((), matters).rank("充电桩装不了")[0].matter == "A"
    decided = [Example(f"充电桩装不了{sign}", "B") for sign in "东南西北上下左右前后"]
    assert Suggester(decided, matters).rank("充电桩装不了")[0].matter == "B"


def test_a_matter_no_longer_in_the_catalogue_is_never_suggested() -> None:
    left = Suggester(EXAMPLES, [one for one in MATTERS if one.code != "XF01"])
    assert {one.matter for one in left.examples} == {"GA01", "GA02", "MS02"}
    assert all(one.matter != "XF01" for one in left.rank("窗户里拉出电线给电动车充", 4))


def test_weights_of_the_pack_decide_between_two_matters_with_the_same_word() -> None:
    matters = (AMatter("A", "甲"), AMatter("B", "乙"))
    for heavy, light in (("A", "B"), ("B", "A")):
        ranked = Suggester((), matters, {heavy: (("摆摊", 3.0),), light: (("摆摊", 0.5), ("鸽子", 3.0))}).rank("摆摊")
        assert ranked[0].matter == heavy


def test_a_catalogue_without_words_suggests_nothing() -> None:
    assert Suggester((), ()).rank("漏水") == []
    assert Suggester((), [AMatter("A", "")]).rank("漏水") == []
    assert Suggester([Example("😀", "A")], [AMatter("A", "")]).rank("漏水") == []


def test_nothing_is_preselected_before_the_examples_can_show_it(suggester: Suggester) -> None:
    assert suggester.sure == math.inf


def test_with_enough_right_examples_a_clear_first_is_preselected() -> None:
    many = [Example(f"{one.text}{sign}", one.matter) for one in EXAMPLES for sign in "甲乙丙丁戊己庚辛"]
    taught = Suggester(many, MATTERS)
    assert 0 < taught.sure < 1
    assert taught.rank("楼上漏水天花板鼓包")[0].score >= taught.sure


def test_wrong_labels_take_the_right_to_preselect_away() -> None:
    codes = [one.code for one in MATTERS]
    wrong = [
        Example(f"{one.text}{sign}", codes[(codes.index(one.matter) + at) % 4])
        for one in EXAMPLES
        for at, sign in enumerate("甲乙丙丁戊己庚辛")
    ]
    assert Suggester(wrong, MATTERS).sure == math.inf


def test_each_example_is_held_out_once_and_never_learnt_from_meanwhile() -> None:
    examples = [*EXAMPLES, Example("楼上 漏水,天花板鼓包!", "MS02")]
    seen: list[Example] = []
    for kept, asked in deal(examples, 3):
        assert not {clean(one.text) for one in kept} & {clean(one.text) for one in asked}
        seen += asked
    assert sorted(one.text for one in seen) == sorted(one.text for one in examples)


def test_cross_validation_never_scores_on_training_texts() -> None:
    """Texts without anything in common, and no words: only a suggester that has seen them could be right."""
    matters = [AMatter(code, "") for code in "ABC"]
    apart = [
        Example(text, code)
        for code, text in zip("ABC" * 2, ["东风", "西瓜", "南瓜子", "北极", "上坡", "下棋"], strict=True)
    ]
    assert Suggester(apart, matters).rank("东风")[0].matter == "A"
    assert cross_validate(apart, matters).top1 == 0


def test_cross_validation_counts_words_that_are_no_texts() -> None:
    found = cross_validate(EXAMPLES, MATTERS)
    assert found.n == len(EXAMPLES)
    assert found.top1 >= 0.75
    blank = cross_validate(EXAMPLES, [AMatter(one.code, "") for one in MATTERS])
    assert blank.top1 < found.top1


def test_one_fold_is_no_cross_validation() -> None:
    with pytest.raises(ValueError, match="two folds"):
        cross_validate(EXAMPLES, MATTERS, folds=1)


def test_a_score_counts_first_places_first_threes_and_silence() -> None:
    def ranked(*codes: str) -> list[Suggestion]:
        return [Suggestion(code, 0.1, ("词",)) for code in codes]

    asked = Example("x", "A")
    found = score(
        [(asked, ranked("A")), (asked, ranked("B", "C", "A")), (asked, ranked("B", "C", "D", "A")), (asked, [])]
    )
    assert (found.top1, found.top3, found.n) == (0.25, 0.5, 4)
    assert score([]).n == 0


@pytest.mark.parametrize(
    ("report", "matter"),
    [
        ("二楼从阳台拉了根拖线板到楼下给电瓶车充电", "XF01"),
        ("电梯里困了两个人,按铃没人应", "SJ02"),
        ("一楼院子里养了几只公鸡,天不亮就打鸣", "CG10"),
        ("老物业合同到期了赖着不走,也不肯移交资料", "ZJ12"),
        ("单元里闻到很浓的煤气味", "RQ01"),
        ("自来水放出来是黄的,水箱好久没清洗", "WS01"),
        ("我们要装充电桩,物业不肯盖章出证明", "MS04"),
    ],
)
def test_the_base_words_know_everyday_reports(by_pack_words: Suggester, report: str, matter: str) -> None:
    assert matter in [one.matter for one in by_pack_words.rank(report)]


def test_every_matter_of_the_base_words_is_found_by_its_heaviest_words(by_pack_words: Suggester) -> None:
    for code, words in read_keywords(BASE_WORDS).items():
        heaviest = [word for word, weight in words if weight >= 2]
        assert len(heaviest) >= 5
        assert code in [one.matter for one in by_pack_words.rank(",".join(heaviest[:5]))]


def test_words_and_texts_are_read_from_files(tmp_path: Path) -> None:
    words, texts = tmp_path / "keywords.csv", tmp_path / "texts.csv"
    words.write_text("\ufeffmatter,word,weight\nA,飞线,2\nA,插座,0.5\nB,狗,1\n", encoding="utf-8")
    texts.write_text('text,matter_code\n"有狗,没牵绳",B\n', encoding="utf-8")
    assert read_keywords(words) == {"A": (("飞线", 2.0), ("插座", 0.5)), "B": (("狗", 1.0),)}
    assert read_examples(texts) == [Example("有狗,没牵绳", "B")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("matter,word,weight\nA,狗,1\nA,,1\n", "第 3 行：word"),
        ("matter,word,weight\n,狗,1\n", "第 2 行：matter"),
        ("matter,word,weight\nA,狗,重\n", "第 2 行：weight"),
        ("matter,word,weight\nA,狗,0\n", "第 2 行：weight"),
        ("matter,word,weight\nA,狗,nan\n", "第 2 行：weight"),
        ("matter,word\nA,狗\n", "第 2 行：weight"),
    ],
)
def test_a_faulty_word_file_is_refused_by_file_line_and_column(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "keywords.csv"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(PackBroken) as refused:
        read_keywords(path)
    assert f"keywords.csv {said}" in refused.value.sentence


def test_a_word_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keywords.csv"
    path.write_bytes("matter,word,weight\nA,狗,1\n".encode("gb18030"))
    with pytest.raises(PackBroken):
        read_keywords(path)


def test_importing_it_does_not_import_scikit_learn() -> None:
    ask = "import sys, cases.suggest; raise SystemExit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], check=False, timeout=30).returncode == 0
