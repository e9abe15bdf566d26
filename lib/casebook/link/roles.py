"""Raw columns of any table → the cleaned role columns that linking reads.

A table says which of its columns plays which role; several columns in one role (street and number) are joined by a blank. Chinese text
goes through the cleaner of its kind, words in letters keep their blanks. The raw citizen ids stay beside the cleaned.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from casebook.clean import door
from casebook.errors import LinkError
from casebook.ids import citizen, organisation
from casebook.link.residual import Entity
from casebook.measure import dates
from casebook.text import addresses, firms, people, width
from casebook.text.distinct import once

if TYPE_CHECKING:
    from casebook.clean.door import Frame

ROLES: Final[Mapping[Entity, tuple[str, ...]]] = {
    "person": (
        *("id", "name", "given_name", "family_name", "sex", "birth_date"),
        *("address", "place", "phone", "account"),
    ),
    "firm": ("code", "name", "address", "representative", "phone"),
}
Mapped = Mapping[str, str | Sequence[str]]

_HAN: Final = r"[〇\p{Han}]"
_CITIZEN_SHARE: Final = 0.5
_CITIZEN_SHAPE: Final = r"^[0-9]{15}$|^[0-9]{17}[0-9X]$"
_LOST: Final = r"^[0-9]\.[0-9]+E\+?17$"
_MALE: Final = ("男", "男性", "1", "M", "MALE", "先生")
_FEMALE: Final = ("女", "女性", "2", "F", "FEMALE", "女士")
_LEAST_PHONE: Final = 5


def prepared(frame: "Frame", mapping: Mapped, entity: Entity, rows: pl.Series | None = None) -> pl.DataFrame:
    """The table in roles, one row for each of its rows, in order: what `link.matching.match` and the linkers take.

    Persons: `ref`, and of each role asked for: `id` → `citizen_id`, `citizen_id_problem`, `citizen_id_repair`, `citizen_id_raw` where
    most of the numbers have the shape of citizen ids, else `id` (text); `name` → `name`, `name_problem`, `homophone_key`,
    `former_name`; `given_name`, `family_name`; `sex` (男, 女); `birth_date` (ISO text; eight digits that are no date stay
    digits); `address`, `place`, `phone` and `account` (digits and letters only). Firms: `code` → `code`, `code_problem`,
    `code_repair`, `organisation`;
    `name` → `name`, `core`; `address`; `representative` → `representative`, `representative_problem`; `phone`.

    Args:
        frame: polars or pandas.
        mapping: role → column, or columns to be joined.
        entity: person or firm.
        rows: the reference of each row; None: they are counted from 1.

    Raises:
        LinkError: no such entity, role or column, or nothing to link by.

    >>> table = pl.DataFrame({"姓名": ["李　明"], "身份证": ["11010519491231002x"]})
    >>> prepared(table, {"name": "姓名", "id": "身份证"}, "person").select("ref", "name", "citizen_id").rows()
    [(1, '李明', '11010519491231002X')]
    """
    check(mapping, entity)
    given = door.frame_of(frame)
    numbers = pl.Series(range(1, given.height + 1)) if rows is None else rows
    pieces = [numbers.cast(pl.Int64).alias("ref")]
    for role, columns in mapping.items():
        cleaner = _CLEANERS.get((entity, role)) or _CLEANERS["", role]
        pieces += cleaner(_joined(given, [columns] if isinstance(columns, str) else columns)).get_columns()
    return pl.DataFrame(pieces)


def check(mapping: Mapped, entity: Entity) -> None:
    """The roles are those of the entity, and enough to link by.

    Raises:
        LinkError: naming the roles there are.
    """
    if entity not in ROLES:
        raise LinkError(f"Expected the entity person or firm, got {entity}.")
    if unknown := [role for role in mapping if role not in ROLES[entity]]:
        raise LinkError(f"A {entity} has no role {', '.join(unknown)}; the roles are {', '.join(ROLES[entity])}.")
    if not {"id", "name", "given_name", "family_name", "code"} & set(mapping):
        needed = "id, name, given_name or family_name" if entity == "person" else "code or name"
        raise LinkError(f"To link a {entity} at least one role of {needed} is needed.")


def _joined(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    if missing := [name for name in columns if name not in frame.columns]:
        raise LinkError(f"The table has no column {', '.join(missing)}; it has {', '.join(frame.columns[:40])}.")
    if len(columns) == 1:
        return frame[columns[0]]
    joined = pl.concat_str(columns, separator=" ", ignore_nulls=True)
    return frame.select(joined.alias("joined")).to_series().replace("", None)


def _text(series: pl.Series) -> pl.Series:
    """Simplified, in capitals, single blanks; null where the cell says nothing."""
    return once(series, width.clean)["value"].str.to_uppercase()


def _chinese_or_text(series: pl.Series, cleaned: pl.Series) -> pl.Series:
    """The cleaner's value where the cell has Chinese characters; words in letters keep the blanks between them."""
    is_han = series.str.contains(_HAN).fill_null(value=False)
    return cleaned if is_han.all() else cleaned.zip_with(is_han, _text(series))


def _number(series: pl.Series) -> pl.DataFrame:
    """Citizen ids where most cells have the shape of one; else numbers of another kind, as text."""
    said = citizen.clean(series)
    text = series.str.strip_chars().str.to_uppercase()
    is_shaped = said["value"].is_not_null() | text.str.contains(_CITIZEN_SHAPE) | text.str.contains(_LOST)
    filled = len(series) - int(said["problem"].is_in(["blank", "placeholder"]).sum())
    if int(is_shaped.sum()) < _CITIZEN_SHARE * filled:
        return pl.DataFrame({"id": _text(series)})
    facts = {"value": "citizen_id", "problem": "citizen_id_problem", "repair": "citizen_id_repair"}
    return said.rename(facts).select(facts.values()).with_columns(series.alias("citizen_id_raw"))


_TOLD_BY_NAME: Final = {"name_problem": "problem", "homophone_key": "homophone_key", "former_name": "former_name"}


def _person_name(series: pl.Series) -> pl.DataFrame:
    said = once(series, people.clean)
    is_han = series.str.contains(_HAN).fill_null(value=False)
    name = _chinese_or_text(series, said["value"])
    told = {column: said[given].set(~is_han, None) for column, given in _TOLD_BY_NAME.items()}
    return pl.DataFrame({"name": name, **told})


def _sex(series: pl.Series) -> pl.DataFrame:
    known = dict.fromkeys(_MALE, "男") | dict.fromkeys(_FEMALE, "女")
    return pl.DataFrame({"sex": _text(series).replace_strict(known, default=None, return_dtype=pl.String)})


def _birth_date(series: pl.Series) -> pl.DataFrame:
    day = once(series, lambda texts: dates.clean(texts, serials=True))["value"].dt.to_string("iso")
    digits = series.str.replace_all("[^0-9]", "")
    return pl.DataFrame({"birth_date": day.fill_null(digits.set(digits.str.len_chars() != 8, None))})


def _phone(series: pl.Series) -> pl.DataFrame:
    """Digits only, without the country code of China."""
    digits = _text(series).str.replace_all("[^0-9]", "").str.replace(r"^(?:00)?86(1[0-9]{10})$", "$1")
    return pl.DataFrame({"phone": digits.set(digits.str.len_chars() < _LEAST_PHONE, None)})


def _account(series: pl.Series) -> pl.DataFrame:
    plain = _text(series).str.replace_all("[^0-9A-Z]", "")
    return pl.DataFrame({"account": plain.set(plain == "", None)})


def _address(series: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"address": _chinese_or_text(series, once(series, addresses.clean)["value"])})


def _representative(series: pl.Series) -> pl.DataFrame:
    return _person_name(series).select(representative="name", representative_problem="name_problem")


def _code(series: pl.Series) -> pl.DataFrame:
    facts = {"value": "code", "problem": "code_problem", "repair": "code_repair", "organisation": "organisation"}
    return organisation.clean(series).rename(facts).select(facts.values())


def _firm_name(series: pl.Series) -> pl.DataFrame:
    return once(series, firms.clean).select(name="value", core="core")


def _plainly(role: str) -> Callable[[pl.Series], pl.DataFrame]:
    return lambda series: pl.DataFrame({role: _text(series)})


_CLEANERS: Final[Mapping[tuple[str, str], Callable[[pl.Series], pl.DataFrame]]] = {
    ("", "id"): _number,
    ("person", "name"): _person_name,
    ("firm", "name"): _firm_name,
    ("", "given_name"): _plainly("given_name"),
    ("", "family_name"): _plainly("family_name"),
    ("", "sex"): _sex,
    ("", "birth_date"): _birth_date,
    ("", "address"): _address,
    ("", "place"): _plainly("place"),
    ("", "phone"): _phone,
    ("", "account"): _account,
    ("", "code"): _code,
    ("", "representative"): _representative,
}
