"""Tables of the guide to matching, in Markdown, both languages: figures in, text out."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from casebook.link.reasons import REASONS

HEADS: Final = {
    "reasons": {
        "en": ("tier", "reason", "pairs", "wrong", "right", "what it says"),
        "zh": ("等级", "理由代码", "配对数", "错误数", "正确率", "理由"),
    },
    "found": {
        "en": ("what happened to the number", "true pairs", "linkable", "found", "of linkable", "only as conflict"),
        "zh": ("号码遇到什么", "真实配对", "可比对", "找到", "占可比对", "其中仅作冲突提示"),
    },
    "curve": {"en": ("told", "right", "pairs"), "zh": ("所报概率", "实际正确率", "配对数")},
}
CONFLICT: Final = {
    "en": " **Says that the names conflict**: a data error to be settled, never a lead.",
    "zh": " **同时提示姓名（名称）冲突**：按数据错误先核实，绝不作为线索。",
}
KINDS: Final = {
    "plain": ("nothing", "无误"),
    "lost_x": ("final X lost", "末位 X 丢失"),
    "one_digit": ("one digit wrong", "错一位"),
    "transposed": ("two neighbours exchanged", "相邻两位颠倒"),
    "from_15": ("old number of 15 digits", "十五位旧号码"),
    "digit_lost": ("one digit too few", "少一位"),
    "digit_doubled": ("one digit too many", "多一位"),
    "e_notation": ("turned into 3.7E+17 by a spreadsheet", "被表格软件写成科学计数法"),
    "id_empty": ("left empty", "空缺"),
    "id_placeholder": ("a word for nothing in its place", "填的是占位词"),
    "id_masked": ("masked", "已脱敏"),
    "typography": ("full width, blanks, apostrophes", "全角、空格、撇号"),
    "member_id": ("a relative's number", "用了家人的号码"),
    "father_id": ("the father's number on a child's row", "孩子的行用了父亲的号码"),
    "twin_swapped": ("the twin's number", "用了双胞胎的号码"),
}


def reasons(figures: Mapping[str, Any], entity: str, language: str) -> str:
    """One line for each reason: how many pairs, how many of them wrong."""
    lines = []
    for row in figures["reasons"]:
        if row["entity"] != entity:
            continue
        known = REASONS[row["reason"]]
        said = (known.zh if language == "zh" else known.en) + (CONFLICT[language] if row["name_conflict"] else "")
        wrong = row["pairs"] - row["right"]
        lines.append(
            (
                row["tier"],
                f"`{row['reason']}`",
                count(row["pairs"]),
                count(wrong),
                share(row["right"], row["pairs"]),
                said,
            )
        )
    return table(HEADS["reasons"][language], lines)


def found(figures: Mapping[str, Any], language: str) -> str:
    """One line for each thing that happened to a number."""
    lines = [
        (
            KINDS[row["id_kind"]][language == "zh"],
            *(count(row[name]) for name in ("pairs", "linkable", "found")),
            share(row["found"], row["linkable"]),
            count(row["disputed"]),
        )
        for row in figures["found"]
    ]
    return table(HEADS["found"][language], lines)


def curve(figures: Mapping[str, Any], language: str) -> str:
    """What was told against what was right, in bins."""
    lines = [(f"{row['told']:.3f}", f"{row['right']:.3f}", count(row["pairs"])) for row in figures["curve"]]
    return table(HEADS["curve"][language], lines)


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns of figures stand to the right."""
    rules = ["---:" if all(line[at][:1].isdigit() for line in lines) else "---" for at in range(len(heads))]
    rows = [heads, rules, *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def count(number: int) -> str:
    """With thousands separators."""
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """Per cent with three places: the differences that matter stand there."""
    return f"{part / whole:.3%}" if whole else "–"
