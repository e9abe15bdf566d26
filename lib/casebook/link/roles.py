"""Raw columns of any table → the cleaned role columns that linking reads.

A table says which of its columns plays which role; several columns in one role (street and number) are joined by a blank. Chinese text
goes through the cleaner of its kind, words in letters keep their blanks. The raw citizen ids stay beside the cleaned.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from casebook.clean import door
from casebook.errors import LinkError
from casebook.ids import citizen, disability, organisation
from casebook.link import doors, role_cells
from casebook.link.residual import Entity
from casebook.link.role_cells import chinese_or_text, text
from casebook.text import firms, people
from casebook.text.distinct import once

if TYPE_CHECKING:
    from casebook.clean.door import Frame

ROLES: Final[Mapping[Entity, tuple[str, ...]]] = {
    "person": (
        *("id", "name", "given_name", "family_name", "sex", "birth_date"),
        *("address", "place", "phone", "account"),
        *("certificate", "former_name"),
    ),
    "firm": ("code", "name", "address", "representative", "phone", "former_name", "representative_id"),
}
Mapped = Mapping[str, str | Sequence[str]]

_HAN: Final = r"[〇\p{Han}]"
_CITIZEN_SHARE: Final = 0.5
_CITIZEN_SHAPE: Final = r"^[0-9]{15}$|^[0-9]{17}[0-9X]$"
_LOST: Final = r"^[0-9]\.[0-9]+E\+?17$"
_MALE: Final = ("男", "男性", "1", "M", "MALE", "先生")
_FEMALE: Final = ("女", "女性", "2", "F", "FEMALE", "女士")


def prepared(frame: "Frame", mapping: Mapped, entity: Entity, rows: pl.Series | None = None) -> pl.DataFrame:
    """The table in roles, one row for each of its rows, in order: what `link.matching.match` and the linkers take.

    Persons: `ref`, and of each role asked for: `id` → `citizen_id`, `citizen_id_problem`, `citizen_id_repair`, `citizen_id_raw` where
    most of the numbers have the shape of citizen ids, else `id` (text); `name` → `name`, `name_problem`, `homophone_key`,
    `former_name`; `given_name`, `family_name`; `sex` (男, 女); `birth_date` (ISO text; eight digits that are no date stay
    digits); `address`, `place`, `phone` and `account` (see `role_cells`); further `certificate` (of the disabled) →
    `certificate_id`, the citizen id inside; `former_name`. Firms: `code` → `code`, `code_problem`, `code_repair`, `organisation`;
    `name` → `name`, `core`, `place`, `branch`, `former_name`; `address`; `representative` → `representative`,
    `representative_problem`; `phone`; further `former_name` and `representative_id` (a citizen id that holds).

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
    pieces = [doors.numbered(rows, given.height)]
    for role, columns in sorted(mapping.items(), key=lambda one: one[0] in _TOLD_BY_NAME):
        cleaner = _CLEANERS.get((entity, role)) or _CLEANERS["", role]
        pieces += cleaner(_joined(given, [columns] if isinstance(columns, str) else columns)).get_columns()
    return pl.DataFrame(_merged(pieces))


def _merged(pieces: list[pl.Series]) -> list[pl.Series]:
    """Each column once: what a role of its own says comes before what the name tells beside itself (原名 in brackets)."""
    found: dict[str, pl.Series] = {}
    for piece in pieces:
        known = found.get(piece.name)
        found[piece.name] = piece if known is None else piece.fill_null(known)
    return list(found.values())


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
        raise doors.lacks(missing, frame.columns)
    if len(columns) == 1:
        return frame[columns[0]]
    joined = pl.concat_str(columns, separator=" ", ignore_nulls=True)
    return frame.select(joined.alias("joined")).to_series().replace("", None)


def _number(series: pl.Series) -> pl.DataFrame:
    """Citizen ids where most cells have the shape of one; else numbers of another kind, as text."""
    said = citizen.clean(series)
    plain = series.str.strip_chars().str.to_uppercase()
    is_shaped = said["value"].is_not_null() | plain.str.contains(_CITIZEN_SHAPE) | plain.str.contains(_LOST)
    filled = len(series) - int(said["problem"].is_in(["blank", "placeholder"]).sum())
    if int(is_shaped.sum()) < _CITIZEN_SHARE * filled:
        return pl.DataFrame({"id": text(series)})
    facts = {"value": "citizen_id", "problem": "citizen_id_problem", "repair": "citizen_id_repair"}
    return said.rename(facts).select(facts.values()).with_columns(series.alias("citizen_id_raw"))


_TOLD_BY_NAME: Final = {"name_problem": "problem", "homophone_key": "homophone_key", "former_name": "former_name"}


def _person_name(series: pl.Series) -> pl.DataFrame:
    said = once(series, people.clean)
    is_han = series.str.contains(_HAN).fill_null(value=False)
    name = chinese_or_text(series, said["value"])
    told = {column: said[given].set(~is_han, None) for column, given in _TOLD_BY_NAME.items()}
    return pl.DataFrame({"name": name, **told})


def _sex(series: pl.Series) -> pl.DataFrame:
    known = dict.fromkeys(_MALE, "男") | dict.fromkeys(_FEMALE, "女")
    return pl.DataFrame({"sex": text(series).replace_strict(known, default=None, return_dtype=pl.String)})


def _representative(series: pl.Series) -> pl.DataFrame:
    return _person_name(series).select(representative="name", representative_problem="name_problem")


def _code(series: pl.Series) -> pl.DataFrame:
    facts = {"value": "code", "problem": "code_problem", "repair": "code_repair", "organisation": "organisation"}
    return organisation.clean(series).rename(facts).select(facts.values())


def _firm_name(series: pl.Series) -> pl.DataFrame:
    return once(series, firms.clean).select("core", "place", "branch", "former_name", name="value")


def _certificate(series: pl.Series) -> pl.DataFrame:
    """The citizen id inside a disability certificate."""
    return disability.clean(series).select(certificate_id="citizen_id")


def _former_name(series: pl.Series) -> pl.DataFrame:
    said = _person_name(series)
    return said.select(former_name=pl.when(pl.col("name_problem").is_null()).then("name"))


def _former_firm(series: pl.Series) -> pl.DataFrame:
    return once(series, firms.clean).select(former_name="value")


def _representative_id(series: pl.Series) -> pl.DataFrame:
    """The citizen id of a representative, where it holds."""
    said = citizen.clean(series)
    return said.select(representative_id=pl.when(pl.col("problem").is_null()).then("value"))


def _cells(clean: Callable[[pl.Series], pl.Series]) -> Callable[[pl.Series], pl.DataFrame]:
    return lambda series: clean(series).to_frame()


def _plainly(role: str) -> Callable[[pl.Series], pl.DataFrame]:
    return lambda series: pl.DataFrame({role: text(series)})


_CLEANERS: Final[Mapping[tuple[str, str], Callable[[pl.Series], pl.DataFrame]]] = {
    ("", "id"): _number,
    ("person", "name"): _person_name,
    ("firm", "name"): _firm_name,
    ("", "given_name"): _plainly("given_name"),
    ("", "family_name"): _plainly("family_name"),
    ("", "sex"): _sex,
    ("", "birth_date"): _cells(role_cells.birth_date),
    ("", "address"): _cells(role_cells.address),
    ("", "place"): _cells(role_cells.place),
    ("", "phone"): _cells(role_cells.phone),
    ("", "account"): _cells(role_cells.account),
    ("person", "certificate"): _certificate,
    ("person", "former_name"): _former_name,
    ("firm", "former_name"): _former_firm,
    ("", "representative_id"): _representative_id,
    ("", "code"): _code,
    ("", "representative"): _representative,
}
