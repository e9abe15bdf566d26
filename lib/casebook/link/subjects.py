"""What residual linkage compares: the roles of both tables, brought into one form.

Chinese text stays as its cleaner left it; words in letters are lower-cased and freed of signs. A birth date or a sex that only a
citizen id tells is marked, so that it is never counted beside that id.
"""

from typing import Final

import polars as pl

from casebook.link import keys
from casebook.link.keys import name_of_one, valid_id, with_roles
from casebook.text import homophones, variants
from casebook.text.distinct import once

_PERSON_TEXTS: Final = ("place", "address", "phone", "account", "sex")
_PERSON_ROLES: Final = (
    "citizen_id",
    "id",
    "name",
    "given_name",
    "family_name",
    "homophone_key",
    "birth_date",
    *_PERSON_TEXTS,
)
_FIRM_ROLES: Final = ("name", "core", "address", "representative", "phone", "code", "organisation", "code_problem")
_HAN: Final = r"[〇\p{Han}]"
_ID_LENGTH: Final = 18


def of_persons(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Persons of both tables: `ref`, `own` (valid citizen id), and the columns that `levels.PERSON` compares.

    Names in letters are compared by `given` and `family` where both tables have the two, else whole.
    """
    full = [with_roles(side, _PERSON_ROLES) for side in (left, right)]
    in_parts = all(_has_parts(side) for side in full)
    one, two = (_person(side, in_parts=in_parts) for side in full)
    return one, two


def of_firms(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Firms of both tables: `ref`, `own` (organisation code that stands) and the columns that `levels.FIRM` compares."""
    one, two = (_firm(with_roles(side, _FIRM_ROLES)) for side in (left, right))
    return one, two


def usable(text: pl.Series) -> pl.Series:
    """`keys.usable`, at no cost where a column is empty and once for each text of one that repeats itself."""
    if text.null_count() == len(text):
        return text.cast(pl.String)
    return once(text, lambda texts: keys.usable(texts).to_frame("value"))["value"].alias(text.name)


def plain(text: pl.Series) -> pl.Series:
    """Words in lower-case letters and digits with single blanks; Chinese text unchanged; null where nothing is left.

    >>> plain(pl.Series(["O'Brien  Street", "St. Mary", "人民路12-3号", "-"])).to_list()
    ['obrien street', 'st mary', '人民路12-3号', None]
    """
    as_given = text.cast(pl.String)
    letters = as_given.set(as_given.str.contains(_HAN), None)
    if letters.null_count() == len(letters):
        return as_given
    low = letters.str.to_lowercase().str.replace_all(r"['’`]", "")
    bare = low.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")
    return as_given.zip_with(letters.is_null(), bare.set(bare == "", None)).alias(text.name)


def sound(words: pl.Series) -> pl.Series:
    """The skeleton of a word in letters: its first letter and the consonants after it, doubled ones once.

    >>> sound(pl.Series(["szepessy", "cassimatis", "phillip", "filip"])).to_list()
    ['sps', 'ksmts', 'flp', 'flp']
    """
    if words.null_count() == len(words):
        return words
    same = words.str.replace_many(["ph", "ck", "sz", "z", "c", "q"], ["f", "k", "s", "s", "k", "k"])
    first, rest = same.str.slice(0, 1), same.str.slice(1).str.replace_all("[aeiouyhw ]", "")
    return _undoubled(first + rest)


def _undoubled(text: pl.Series) -> pl.Series:
    doubled = [letter * 2 for letter in "bdfgjklmnprstvx"]
    return text.str.replace_many(doubled, [pair[0] for pair in doubled])


def _has_parts(side: pl.DataFrame) -> bool:
    both = side.select("given_name", "family_name").drop_nulls()
    return not both.is_empty() and not both["family_name"].cast(pl.String).str.contains(_HAN).any()


def _person(side: pl.DataFrame, *, in_parts: bool) -> pl.DataFrame:
    own = valid_id(side, "citizen_id")
    numbers = pl.DataFrame({"citizen": usable(side["citizen_id"]), "other": plain(usable(side["id"]))})
    names = name_of_one(side, "name") if side["name"].null_count() < side.height else _joined_name(side)
    return (
        side.select("ref")
        .with_columns(own.alias("own"), numbers.select(number=pl.coalesce("citizen", "other")).to_series())
        .with_columns(
            _name_columns(plain(names).str.to_uppercase().alias("name"), side["homophone_key"], in_parts=in_parts)
        )
        .with_columns(_part_columns(side, in_parts=in_parts))
        .with_columns(plain(usable(side[role])).alias(role) for role in _PERSON_TEXTS)
        .with_columns(_digits(side["birth_date"]).alias("stated"))
        .with_columns(_told_by_id())
        .drop("stated")
    )


def _joined_name(side: pl.DataFrame) -> pl.Series:
    given, family = (usable(side[part]) for part in ("given_name", "family_name"))
    frame = pl.DataFrame({"given": given, "family": family})
    is_han = pl.col("family").str.contains(_HAN).fill_null(value=False)
    chinese = pl.concat_str("family", "given", ignore_nulls=True)
    letters = pl.concat_str("given", "family", separator=" ", ignore_nulls=True)
    return frame.select(name=pl.when(is_han).then(chinese).otherwise(letters).replace("", None)).to_series()


def _name_columns(name: pl.Series, stated_sound: pl.Series, *, in_parts: bool) -> list[pl.Series]:
    """`name` and what stands for it: `form` (twin characters made one, words sorted) and `sounds` (homophone key)."""
    if in_parts:
        nothing = pl.Series([None] * len(name), dtype=pl.String)
        return [nothing.alias(column) for column in ("name", "form", "sounds")]
    is_han = name.str.contains(_HAN)
    chinese = name.set(~is_han.fill_null(value=False), None)
    bare = chinese.str.replace_all("[· ]", "")
    words = name.set(is_han, None).str.split(" ").list.sort().list.join(" ")
    sounds = usable(stated_sound)
    if sounds.null_count() == len(sounds):
        sounds = homophones.key(bare)
    form = variants.comparison_form(bare)
    return [name, form.fill_null(words).alias("form"), sounds.set(chinese.is_null(), None).alias("sounds")]


def _part_columns(side: pl.DataFrame, *, in_parts: bool) -> list[pl.Series]:
    parts = {"given": plain(usable(side["given_name"])), "family": plain(usable(side["family_name"]))}
    if not in_parts:
        parts = {name: part.set(part.is_not_null(), None) for name, part in parts.items()}
    return [part.alias(name) for name, part in parts.items()]


def _digits(day: pl.Series) -> pl.Series:
    """The date as the number yyyymmdd, also of a text with an impossible day; null where there are not eight digits."""
    text = day.dt.strftime("%Y%m%d") if day.dtype.is_temporal() else usable(day).str.replace_all("[^0-9]", "")
    return text.set(text.str.len_chars() != 8, None).cast(pl.Int32)


def _told_by_id() -> list[pl.Expr]:
    own = pl.when(pl.col("own").str.len_chars() == _ID_LENGTH).then("own")
    born = own.str.slice(6, 8).cast(pl.Int32, strict=False)
    is_male = own.str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
    sex = pl.when(is_male).then(pl.lit("男")).when(is_male.not_()).then(pl.lit("女"))
    return [
        pl.coalesce("stated", born).alias("born"),
        (pl.col("stated").is_null() & born.is_not_null()).alias("born_by_id"),
        pl.coalesce("sex", sex).alias("sex"),
        (pl.col("sex").is_null() & sex.is_not_null()).alias("sex_by_id"),
    ]


def _firm(side: pl.DataFrame) -> pl.DataFrame:
    number = usable(side["code"])
    stands = pl.DataFrame(
        {"code": number, "problem": side["code_problem"].cast(pl.String), "inside": side["organisation"]}
    )
    is_unified = pl.col("code").str.len_chars() == _ID_LENGTH
    own = pl.when(pl.col("problem").is_null()).then(
        pl.coalesce("inside", pl.when(is_unified).then(pl.col("code").str.slice(8, 9)))
    )
    core, owner = pl.coalesce(pl.col("core"), pl.col("name")), name_of_one(side, "representative")
    return side.select("ref").with_columns(
        stands.select(own.alias("own")).to_series(),
        number.alias("number"),
        usable(side.select(core.cast(pl.String).alias("core")).to_series()),
        usable(side["name"]).alias("name"),
        owner.alias("owner"),
        homophones.key(owner).alias("owner_sounds"),
        plain(usable(side["address"])).alias("address"),
        plain(usable(side["phone"])).alias("phone"),
    )
