"""Kind `person_name`: names of people, and how far two of them agree.

The eight signs typed between the parts of a minority name become `·`, blanks inside a Chinese name go, characters become
simplified (save those that live in names only), remarks in brackets go and are reported. Equal names prove nothing: a few
surnames are shared by a hundred million people.
"""

from typing import Final

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from casebook.text import distinct, homophones, variants, width

_DOTS: Final = r"[·•・‧∙.⋅･᛫⸱●˙•]"
_HAN: Final = r"[〇\p{Han}]"
_REMARK: Final = r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>|《[^《》]*》"
_ORGANISATION: Final = (
    "(?:公司|合作社|委员会|村委会|经营部|门市部|商行|商店|超市|工厂|政府|管理局|事务所|学校|医院|中心|集团|银行)$"
)
_MASK: Final = r"[*＊×xX#某○□■?�]"
AGREEMENTS: Final = ("exact", "variant", "homophone", "one_character", "different")


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair`, `homophone_key`, `pinyin`.

    Problems (the value stays beside them, save for the first two): `blank`, `placeholder`, `masked` (李*明, 李某),
    `several_names`, `organisation`, `too_short` (one character), `not_a_name` (digits in it).
    Repairs: `full_width`, `traditional`, `separator`, `inner_blank`, `remark`.

    >>> clean(pl.Series(["李　明", "劉乾（已故）", "阿里•买买提"])).select("value", "repair", "homophone_key").rows()
    [('李明', 'inner_blank', 'li-ming'), ('刘乾', 'traditional,remark', 'liu-qian'), ('阿里·买买提', 'separator', 'a-li-mai-mai-ti')]
    """
    return distinct.once(series, _clean_distinct)


def _clean_distinct(series: pl.Series) -> pl.DataFrame:
    text = width.trim(series)
    nothing = width.problem_of_trimmed(text)
    bare = _without_remark(text)
    dotted = _dotted(bare)
    joined = _joined(dotted)
    value = variants.simplify(joined, variants.KEPT_IN_NAMES).str.to_uppercase()
    value = value.set(value == "", None)
    repair = width.repair_codes(
        {
            "full_width": width.is_widened(series.cast(pl.String).str.replace_all("[（）．]", "")),
            "traditional": value != joined.str.to_uppercase(),
            "separator": dotted != bare,
            "inner_blank": joined != dotted,
            "remark": bare != text,
        }
    )
    frame = pl.DataFrame(
        {"value": value, "nothing": nothing.fill_null(width.problem_of_trimmed(value)), "repair": repair}
    ).with_columns(_problem())
    frame = width.said(frame)
    spelled = homophones.pinyin(frame["value"])
    key = spelled.str.to_lowercase().str.replace_all(" ", "-")
    return frame.select("value", "problem", "repair", key.alias("homophone_key"), spelled.alias("pinyin"))


def _without_remark(text: pl.Series) -> pl.Series:
    """The name without what stands in brackets after it; a name that is all brackets stays."""
    if not text.str.contains(r"[(\[【〔<《]").any():
        return text
    bare = text.str.replace_all(_REMARK, "").str.replace(r"[(\[【〔<《].*$", "").str.strip_chars(" ")
    inner = text.str.replace_all(r"[()\[\]【】〔〕<>《》]", "").str.strip_chars(" ")
    return bare.zip_with(bare != "", inner)


def _dotted(text: pl.Series) -> pl.Series:
    """Chinese names with `·` for every sign between their parts, or for the blank in a long name."""
    is_chinese = text.str.contains(_HAN)
    dotted = text.str.replace_all(rf" *{_DOTS}+ *", "·").str.strip_chars("·")
    dotted = dotted.zip_with(is_chinese & ~text.str.contains("[A-Za-z]"), text)
    pieces = dotted.str.extract_groups(rf"^({_HAN}{{2,}}) +({_HAN}{{2,}})$").struct.unnest()
    pair = pieces["1"] + "·" + pieces["2"]
    is_long = (pair.str.len_chars() > 5) & ~pieces["1"].is_in(list(homophones.COMPOUND_SURNAMES))
    return pair.set(~is_long, None).fill_null(dotted)


def _joined(text: pl.Series) -> pl.Series:
    """Blanks gone between Chinese characters, single between words of letters."""
    single = text.str.replace_all(" +", " ")
    return single.zip_with(~text.str.contains(_HAN), single.str.replace_all(" ", ""))


def _problem() -> pl.Expr:
    value = pl.col("value")
    return (
        pl.when(pl.col("nothing").is_not_null())
        .then("nothing")
        .when(value.is_null())
        .then(pl.lit("not_a_name"))
        .when(value.str.contains("[、,;/，；]"))
        .then(pl.lit("several_names"))
        .when(value.str.contains(_ORGANISATION))
        .then(pl.lit("organisation"))
        .when(value.str.contains(_MASK) & value.str.contains(_HAN))
        .then(pl.lit("masked"))
        .when(value.str.contains("[0-9]") | ~value.str.contains(r"\p{Alphabetic}"))
        .then(pl.lit("not_a_name"))
        .when(value.str.len_chars() < 2)
        .then(pl.lit("too_short"))
        .alias("problem")
    )


def same_name(left: pl.Series, right: pl.Series) -> pl.Series:
    """How far two cleaned names agree: one of `AGREEMENTS`, the strongest that holds; null where either is missing.

    `variant`: spelled with a twin character (喆, 哲). `homophone`: sounds alike. `one_character`: one character of three or
    more differs, is missing or is added; in names of two characters one is half the name, so that is `different`.

    >>> same_name(pl.Series(["李明", "王喆", "李明", "张建国", "李明"]), pl.Series(["李明", "王哲", "黎鸣", "张建军", "李强"])).to_list()
    ['exact', 'variant', 'homophone', 'one_character', 'different']
    """
    pairs = pl.DataFrame({"left": left.cast(pl.String), "right": right.cast(pl.String)})
    distinct_pairs = pairs.unique()
    bare = distinct_pairs.select(pl.all().str.replace_all("[· ]", ""))
    one, two = bare["left"], bare["right"]
    columns = pl.DataFrame(
        {
            "missing": one.is_null() | two.is_null(),
            "exact": one == two,
            "variant": variants.comparison_form(one) == variants.comparison_form(two),
            "homophone": homophones.key(one) == homophones.key(two),
            "one_character": _differs_by_one(one, two),
        }
    )
    level = pl.lit(AGREEMENTS[-1])
    for name in reversed(AGREEMENTS[:-1]):
        level = pl.when(name).then(pl.lit(name)).otherwise(level)
    answers = distinct_pairs.hstack(columns.select(pl.when(~pl.col("missing")).then(level).alias("level")))
    return pairs.join(answers, on=["left", "right"], how="left", nulls_equal=True, maintain_order="left")["level"]


def _differs_by_one(left: pl.Series, right: pl.Series) -> pl.Series:
    """True where at most one character is changed, added or missing and the longer name has three or more."""
    is_long = pl.DataFrame([left.str.len_chars(), right.str.len_chars()]).max_horizontal() >= 3
    distance = process.cpdist(
        left.fill_null("").to_list(), right.fill_null("").to_list(), scorer=Levenshtein.distance, score_cutoff=1
    )
    return pl.Series(distance <= 1) & is_long.fill_null(value=False)


def compact(text: str) -> str:
    """One name as `clean` hands it back; empty when there is none.

    >>> compact("李　明")
    '李明'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds one whole name of a person.

    >>> is_valid("李明"), is_valid("李*明"), is_valid("李明、王芳")
    (True, False, False)
    """
    return clean(pl.Series([text], dtype=pl.String))["problem"].item() is None


def parts(text: str) -> dict[str, str | None]:
    """The sound of one name.

    >>> parts("解珍")
    {'homophone_key': 'xie-zhen', 'pinyin': 'xie zhen'}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("homophone_key", "pinyin").row(0, named=True)
