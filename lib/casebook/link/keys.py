"""The key a row's subject is known by, and the tier of that key.

A person is a citizen id. A firm is its organisation code (GB 11714, 9 characters): it stands inside the unified code and
inside the old tax number, so that both meet; where there is none, the owner's citizen id used as tax number.
Placeholders, masked codes and one character repeated are never keys.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from casebook.ids import eighteen, organisation
from casebook.link.repair import holds
from casebook.text.width import problem_of_trimmed

_UNIFIED_LENGTH: Final = 18
_PERSON_NUMBER: Final = r"^[0-9A-Z]{15}(?:[0-9A-Z]{3})?$"
_ORGANISATION: Final = r"^[0-9A-HJ-NP-RTUW-Y]{8}[0-9X]$"
# The foreigner's permanent residence number before 2023 has no check digit.
_OLD_PERMIT: Final = r"^[A-Z]{3}[0-9]{12}$"
# An ending 000 is what a spreadsheet leaves of any number; the sequence 000 is never given out (see `ids.citizen`).
_SPOILT: Final = r"000.?$"
_NOT_ONE_NAME: Final = r"[×xX#某○□■\x{fffd}、,;/，；]"
# Words that a table puts in the place of a name: totals, and a reference to the row above.
_NO_NAMES: Final = (
    r"^(?:合计|总计|共计|小计|累计|本页合计|本页小计|同上|同前|同左|上同|以下空白|户主|本人|姓名|名称|签名|签字|盖章|制表人?|审核人?"
    r"|其他|其它|〃|″|\")+[:：]?$"
)
# Problems of the kind person_name beside which the text that stands there is not the name of this one person.
_OF_NOBODY: Final = [
    *("kin", "surname_only", "private_glyph", "mixed_script", "several_names", "masked", "organisation"),
    *("described_glyph", "not_a_name", "proxy", "former_only", "same_as_above"),
]
_HIDDEN: Final = r"[*＊?？]|^(?:\s*|" + "|".join(f"{sign}+" for sign in "0123456789XZ") + r")$"


def usable(text: pl.Series) -> pl.Series:
    """The text where it can be a key; null where it is a placeholder, masked, or one character repeated.

    >>> usable(pl.Series(["暂无", "000000000", "9111******741K", "李明", None])).to_list()
    [None, None, None, '李明', None]
    """
    plain = text.cast(pl.String)
    if plain.null_count() == len(plain):
        return plain
    is_key = problem_of_trimmed(plain).is_null() & ~plain.str.contains(_HIDDEN)
    return plain.set(~is_key.fill_null(value=False), None)


def usable_name(text: pl.Series) -> pl.Series:
    """The name of one person where it is written out; null where it is masked (李某, 李×明), of several people, or none (合计, 同上).

    >>> usable_name(pl.Series(["李明", "李某", "李×明", "李明、王芳", "Anna Max", "合计"])).to_list()
    ['李明', None, None, None, 'Anna Max', None]
    """
    names = usable_title(text)
    is_whole = ~names.str.contains(_NOT_ONE_NAME) | ~names.str.contains(r"\p{Han}")
    return names.set(~is_whole.fill_null(value=False), None)


def usable_title(text: pl.Series) -> pl.Series:
    """The name of a person or firm where it can be a key; null where the cell holds a word in the place of a name.

    >>> usable_title(pl.Series(["恒丰食品", "合 计：", "同上", "暂无"])).to_list()
    ['恒丰食品', None, None, None]
    """
    names = usable(text)
    is_word = names.str.replace_all(" ", "").str.contains(_NO_NAMES)
    return names.set(is_word.fill_null(value=False), None)


def name_of_one(frame: pl.DataFrame, column: str) -> pl.Series:
    """The names of a column that are of one person, written out, by `usable_name` and by their problem code where there is one."""
    names, problem = usable_name(frame[column]), f"{column}_problem"
    if problem not in frame.columns:
        return names
    return names.set(frame[problem].cast(pl.String).is_in(_OF_NOBODY).fill_null(value=False), None)


def with_roles(frame: pl.DataFrame, roles: Iterable[str]) -> pl.DataFrame:
    """The frame with a null String column for each role it lacks."""
    return frame.with_columns(pl.lit(None, pl.String).alias(role) for role in roles if role not in frame.columns)


def valid_id(frame: pl.DataFrame, column: str) -> pl.Series:
    """The citizen ids of a column that hold: by their problem code, or by check digit and ending where that column lacks."""
    return valid_numbers(frame, column)[0]


def valid_numbers(frame: pl.DataFrame, column: str) -> tuple[pl.Series, pl.Series]:
    """The citizen ids of a column that hold, and the packed form (Int64) of those that have one."""
    text, problem = frame[column].cast(pl.String), f"{column}_problem"
    nothing = pl.Series(column, [None], dtype=pl.Int64).new_from_index(0, len(text))
    if text.null_count() == len(text):
        return text, nothing
    is_sound = frame[problem].is_null() if problem in frame.columns else None
    packed = eighteen.pack(text)
    is_valid = packed.is_not_null() & (~text.str.contains(_SPOILT) if is_sound is None else is_sound)
    odd = (text.is_not_null() & packed.is_null()).arg_true()
    if len(odd):
        ids = usable(text.gather(odd))
        stands = ids.str.contains(_OLD_PERMIT) if is_sound is None else is_sound.gather(odd)
        is_valid = is_valid.scatter(odd, (stands & ids.str.contains(_PERSON_NUMBER)).fill_null(value=False))
    return text.set(~is_valid, None).alias(column), packed.set(~is_valid, None).alias(column)


def person_entity(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `entity`, `entity_tier`, `entity_reason`, `id_conflict`.

    Reasons: `id_valid` (T1), `id_repaired` (T2), `id_in_certificate` (T2: own id missing or broken, the one inside the
    disability certificate holds), and with a null entity `id_missing`, `id_broken`. `id_conflict` is true when the row's
    own id and the one inside its certificate both hold and differ (a guardian's id, or a slip): the own id stays the
    entity and the scenario flags the row.

    Args:
        frame: columns `citizen_id`, `citizen_id_problem`, `citizen_id_repair`, `certificate_no_citizen_id`; any may lack.
    """
    full = with_roles(frame, ("citizen_id", "citizen_id_repair", "certificate_no_citizen_id"))
    asked = pl.DataFrame(
        {
            "own": valid_id(full, "citizen_id"),
            "inner": valid_id(full, "certificate_no_citizen_id"),
            "given": usable(full["citizen_id"]),
            "repair": full["citizen_id_repair"],
        }
    )
    own, inner = pl.col("own"), pl.col("inner")
    reason = (
        pl.when(own.is_not_null() & pl.col("repair").is_null())
        .then(pl.lit("id_valid"))
        .when(own.is_not_null())
        .then(pl.lit("id_repaired"))
        .when(inner.is_not_null())
        .then(pl.lit("id_in_certificate"))
        .when(pl.col("given").is_null())
        .then(pl.lit("id_missing"))
        .otherwise(pl.lit("id_broken"))
    )
    answer = asked.select(
        entity=pl.coalesce(own, inner), entity_reason=reason, id_conflict=(own != inner).fill_null(value=False)
    )
    return _answered(frame, answer, first_tier="id_valid")


def firm_entity(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `entity`, `entity_tier`, `entity_reason`.

    Reasons: `unified_code` (T1: the organisation code inside a valid unified code), `code_repaired` (T2),
    `organisation_bridge` (T2: the one inside an old tax number, written alone, or passing its own check inside a code that
    fails), `citizen_id_as_tax_number` (T2), and
    with a null entity `code_missing`, `code_broken`, `no_organisation_inside` (an old registration number has none).

    Args:
        frame: columns `code`, `code_problem`, `code_repair`, `organisation` (the part of the cleaner); any may lack.
    """
    full = firm_codes(frame)
    inside, citizen, code = pl.col("organisation"), pl.col("citizen"), pl.col("code")
    is_unified = inside.is_not_null() & (code.str.len_chars() == _UNIFIED_LENGTH)
    reason = (
        pl.when(is_unified & pl.col("repair").is_null())
        .then(pl.lit("unified_code"))
        .when(is_unified)
        .then(pl.lit("code_repaired"))
        .when(inside.is_not_null())
        .then(pl.lit("organisation_bridge"))
        .when(citizen.is_not_null())
        .then(pl.lit("citizen_id_as_tax_number"))
        .when(pl.col("given").is_null())
        .then(pl.lit("code_missing"))
        .when(code.is_null())
        .then(pl.lit("code_broken"))
        .otherwise(pl.lit("no_organisation_inside"))
    )
    answer = full.select(entity=pl.coalesce(inside, citizen), entity_reason=reason)
    return _answered(frame, answer, first_tier="unified_code")


def firm_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """What a firm's code says.

    Columns `given` (no placeholder), `code` (valid), `repair`, `organisation` (inside it), `citizen` (as tax number).
    """
    full = with_roles(frame, ("code", "code_problem", "code_repair"))
    given = usable(full["code"])
    code = given.set(full["code_problem"].is_not_null(), None)
    is_id = holds(code).fill_null(value=False)
    code = code.set(is_id & code.str.contains(_SPOILT).fill_null(value=False), None)
    citizen = code.set(~is_id, None)
    said = pl.DataFrame({"given": given, "code": code, "citizen": citizen, "repair": full["code_repair"]})
    inside = usable(full["organisation"]) if "organisation" in full.columns else _organisation_inside(said)
    said = said.with_columns(
        organisation=inside.set(~_inside_stands(inside, full["code_problem"].cast(pl.String)), None)
    )
    return said.with_columns(citizen=pl.when(pl.col("organisation").is_null()).then("citizen"))


def _inside_stands(inside: pl.Series, problem: pl.Series) -> pl.Series:
    """True where the whole code is good, or fails its check digit while the organisation code inside passes its own."""
    doubtful = (problem == "check_digit").fill_null(value=False) & inside.is_not_null()
    stands = problem.is_null()
    if not doubtful.any():
        return stands
    checked = organisation.clean(inside.filter(doubtful))["problem"].is_null()
    return stands.scatter(doubtful.arg_true(), checked)


def _organisation_inside(said: pl.DataFrame) -> pl.Series:
    """Read off a unified code or an organisation code; an old tax number needs the cleaner's part `organisation`."""
    code = pl.col("code")
    inside = (
        pl.when(pl.col("citizen").is_not_null())
        .then(None)
        .when(code.str.len_chars() == _UNIFIED_LENGTH)
        .then(code.str.slice(8, 9))
        .otherwise(code)
    )
    found = said.select(organisation=inside)
    return found.select(pl.when(pl.col("organisation").str.contains(_ORGANISATION)).then("organisation")).to_series()


def _answered(frame: pl.DataFrame, answer: pl.DataFrame, first_tier: str) -> pl.DataFrame:
    tier = (
        pl.when(pl.col("entity").is_null())
        .then(None)
        .when(pl.col("entity_reason") == first_tier)
        .then(pl.lit("T1"))
        .otherwise(pl.lit("T2"))
    )
    answer = answer.with_columns(entity_tier=tier)
    order = ["entity", "entity_tier", "entity_reason", *(c for c in answer.columns if c == "id_conflict")]
    return frame.with_columns(answer.select(order).get_columns())
