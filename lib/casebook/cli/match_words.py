"""What `casebook match` says, in Chinese and English."""

from collections.abc import Mapping
from typing import Final

from casebook.link.wording import Language

_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "taken": ("根据表头认定：--map {asked}", "taken from the headers: --map {asked}"),
    "no_name": ("姓名(名称)不参与比对：{why}", "names are not compared: {why}"),
    "no_id": ("不比对任何身份号码：{why}", "no id is compared: {why}"),
    "no_code": ("不比对任何代码：{why}", "no code is compared: {why}"),
    "not_mapped": ("--map 没有指定", "--map names no column of it"),
    "not_known": ("{file} 没有可识别的列", "{file} has no column that is known as one"),
    "several": (
        "{file} 有几列可能是（{columns}），请用 --map 指明",
        "{file} has several that may be it ({columns}): say with --map which",
    ),
    "not_both": ("请用 --map 指明两表的列", "name the columns of both tables with --map"),
    "name_alone": (
        "仅凭姓名(名称)不能认定同一主体：请再指定一项信息（T4 仅供排查）",
        "a name alone never links: map one more attribute (T4 pairs are for a search only)",
    ),
    "pairs": ("{pairs:,} 对{tiers}", "{pairs:,} pairs{tiers}"),
    "tiers_sign": ("：", ": "),
    "tier": ("{tier} {pairs:,}", "{tier} {pairs:,}"),
    "between": ("，", ", "),
    "conflicts": (
        "（其中 {pairs:,} 对姓名(名称)明显不同：数据错误，不作线索）",
        " ({pairs:,} say that the names conflict: data errors, never leads)",
    ),
    "side": ("{file}：{rows:,} 行，{without:,} 行没有对象", "{file}: {rows:,} rows, {without:,} without partner"),
    "not_read": ("未能读取 {rows:,} 行 {code}", "{rows:,} {code}"),
    "note": ("{rows:,} 行不是记录（{code}：{word}）", "{rows:,} rows are no records ({code}: {word})"),
    "ambiguous": (
        "{pairs:,} 对两可：另有一行可能性相近（--tier T4）",
        "{pairs:,} pairs are ambiguous: another candidate is about as likely (--tier T4)",
    ),
    "skipped": (
        "未按 {rule} 比对：{keys:,} 个值出现在太多行中，{pairs:,} 对",
        "not compared by {rule}: {keys:,} values that stand in too many rows, {pairs:,} pairs",
    ),
    "out": ("结果：{out}", "pairs: {out}"),
    "replaced": ("（已替换旧文件）", " (an older file was replaced)"),
    "usable_id": ("{file}：{rows:,} 个身份号码中有效 {valid:,} 个", "{file}: {valid:,} of {rows:,} ids are valid"),
    "usable_code": ("{file}：{rows:,} 个代码中有效 {valid:,} 个", "{file}: {valid:,} of {rows:,} codes are valid"),
    "usable_number": (
        "{file}：{rows:,} 行中 {valid:,} 行有号码（非身份号码）",
        "{file}: {valid:,} of {rows:,} rows have a number, no citizen id",
    ),
    "problem": ("{rows:,} 个{word}({code})", "{rows:,} {code} ({word})"),
    "compared": ("已比对：{roles}", "compared: {roles}"),
    "no_id_mapped": ("没有指定身份号码列。", "No id column was mapped."),
    "no_code_mapped": ("没有指定代码列。", "No code column was mapped."),
    "id_unusable": ("本行身份号码不可用：{why}。", "The id of this row is unusable: {why}."),
    "code_unusable": ("本行代码不可用：{why}。", "The code of this row is unusable: {why}."),
    "id_blank": ("本行没有身份号码。", "This row has no id."),
    "code_blank": ("本行没有代码。", "This row has no code."),
    "other_number": (
        "该列号码不是公民身份号码，与其他信息一并加权。",
        "The number is no citizen id; it is weighed beside the other attributes.",
    ),
    "nothing": ("没有可比对的候选。", "There is no candidate to compare with."),
    "names_differ": ("两处姓名(名称)：{left} / {right}。", "The two names: {left} / {right}."),
    "rivals": (
        "另有候选分享可能性：单独看为 {alone}",
        "rivals: other candidates share the probability; by itself it would be {alone}",
    ),
    "missing": ("缺失", "missing"),
    "told_by_id": ("由号码得出，不重复计", "told by the id, not counted twice"),
    "head_comparison": ("项目", "comparison"),
    "head_level": ("一致程度", "agreement"),
    "head_left": ("本行", "this row"),
    "head_right": ("对方", "other row"),
    "head_bits": ("分量(比特)", "bits"),
    "head_cumulative": ("累计", "sum"),
}  # fmt: skip


def words(key: str, language: Language, **facts: object) -> str:
    """The sentence in the language, facts filled in; KeyError for a key that there is not.

    >>> words("side", "en", file="a.csv", rows=1200, without=3)
    'a.csv: 1,200 rows, 3 without partner'
    """
    return _SAID[key][language == "en"].format(**facts)


def per_cent(share: float | None) -> str:
    """A measured probability with two digits at most; it is never told as certain or impossible, and a dash where there is none.

    >>> per_cent(0.9737), per_cent(0.053), per_cent(0.997), per_cent(0.99999), per_cent(0.0)
    ('97 %', '5.3 %', '> 99 %', '> 99.9 %', '< 0.1 %')
    """
    if share is None:
        return "–"
    if share >= 0.999:
        return "> 99.9 %"
    if share >= 0.99:
        return "> 99 %"
    return "< 0.1 %" if share < 0.001 else f"{100 * share:.2g} %"
