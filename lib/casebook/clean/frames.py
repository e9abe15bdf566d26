"""Cleaning for notebooks: a data frame by its contract, a series by its kind. Polars or pandas in, polars out."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from casebook.clean import datasets, door, headerless
from casebook.clean.kinds import KINDS
from casebook.errors import ContractError, ParameterError
from casebook.intake import contract as contracts
from casebook.intake import headers
from casebook.intake.contract import Contract
from casebook.intake.dataset import PART, Dataset, FilePart
from casebook.intake.headers import Header
from casebook.text import distinct

if TYPE_CHECKING:
    from casebook.clean.door import Frame, Series

FOLDER: Final = "data_contracts"


def clean(frame: "Frame", contract: Contract | str | Path) -> pl.DataFrame:
    """The frame cleaned by a contract: as many rows, in order, cleaned beside delivered.

    Each column `c` of the contract that the frame has stands as `c` (cleaned), `c_raw` (as it came), `c_problem`, `c_repair` and the
    parts `c_<part>`, in the contract's order; columns the contract does not know follow as they came. The answer is polars
    whatever came; `.to_pandas()` makes the other.

    Args:
        frame: polars or pandas; columns under the contract's names or any header it accepts (姓名, 金额（万元） …).
        contract: a contract, its id (looked up in `data_contracts/` here or above), or the path of its file.

    Raises:
        ContractError: there is no such contract, what came is no frame, or the frame lacks the key columns that the contract demands, has
            two columns of one name, or a column of its own that is named like one of the answer (`name_raw`).

    >>> from casebook.intake.contract import Column
    >>> paid = Contract("paid", "", "", "", "1", "", (Column("amount_fen", ("发放金额",), kind="money", unit="元"),))
    >>> clean(pl.DataFrame({"发放金额(万元)": ["1.2", "无"]}), paid)["amount_fen"].to_list()
    [1200000, None]
    """
    known = _contract(contract)
    if not hasattr(frame, "columns"):
        raise ContractError(
            f"clean.clean takes a polars or pandas frame, got {type(frame).__name__}; read the file first, every column as text."
        )
    rows = door.frame_of(frame)
    header = _header(known, rows.columns)
    names = [name for name in known.names if name in header.positions]
    cleaned = datasets.columns(_dataset(known, rows, header), names).drop(datasets.REF)
    used = set(header.positions.values())
    spare = [name for at, name in enumerate(rows.columns) if at not in used]
    if taken := [name for name in spare if name in cleaned.columns]:
        raise ContractError(f"The cleaned frame would have {'、'.join(taken)} twice; rename that column first.")
    return cleaned.hstack(_as_came(frame, spare))


def column(series: "Series", kind: str, **options: Any) -> pl.DataFrame:  # noqa: ANN401
    """One series through the cleaner `kind`: `value`, `problem`, `repair` and the parts of the kind, row by row.

    Args:
        series: polars or pandas.
        kind: name of a cleaner, `casebook clean --list` names them.
        options: what the kind can be asked: `form` of dates, `unit` of money and areas.

    Raises:
        ParameterError: there is no such cleaner, no such form or unit, or what came is no series.

    >>> column(pl.Series(["11010519491231002x", "110105194912310021"]), "citizen_id")["problem"].to_list()
    [None, 'check_digit']
    """
    if kind not in KINDS:
        raise ParameterError(f"There is no cleaner {kind!r}; there are {', '.join(KINDS)}.")
    if not hasattr(series, "dtype"):
        raise ParameterError(f"clean.column takes a polars or pandas series, got {type(series).__name__}.")
    return distinct.once(door.texts(series), lambda texts: KINDS[kind](texts, **options))


def _contract(contract: Contract | str | Path) -> Contract:
    if isinstance(contract, Contract):
        return contract
    path = Path(contract)
    if path.suffix not in {".yaml", ".yml"}:
        name = f"{FOLDER}/{contract}{contracts.SUFFIX}"
        found = (folder / name for folder in (Path.cwd(), *Path.cwd().parents))
        path = next((place for place in found if place.is_file()), path)
    if not path.is_file():
        raise ContractError(f"There is no contract {contract}: give its path, or an id of {FOLDER}/ here or above.")
    return contracts.load(path)


def _header(contract: Contract, names: list[str]) -> Header:
    """Which column of the frame is which of the contract's; canonical names count as headers, and before all others."""
    columns = tuple(replace(column, headers=(column.name, *column.headers)) for column in contract.columns)
    header = headers.single(replace(contract, columns=columns), names)
    if not header.positions:
        given, said = headerless.shown("The frame", names), "、".join(column.headers[0] for column in contract.columns)
        raise ContractError(
            f"The frame has no column of the contract {contract.id}: it has {given}; {contract.id} knows {said}."
        )
    _check_demanded(contract, header, names)
    return header


def _check_demanded(contract: Contract, header: Header, names: list[str]) -> None:
    """The key columns are there; of a contract that demands no key column, all that it demands."""
    demanded = [column for column in contract.columns if column.header_required]
    demanded = [column for column in demanded if column.name in contract.key] or demanded
    if missing := [column.headers[0] for column in demanded if column.name not in header.positions]:
        raise ContractError(
            f"The frame lacks {'、'.join(missing)}, which the contract {contract.id} demands; it has "
            f"{headerless.shown('The frame', names)}: rename the column, or name the contract of this table."
        )


def _dataset(contract: Contract, rows: pl.DataFrame, header: Header) -> Dataset:
    used = {name: rows.columns[at] for name, at in header.positions.items()}
    asked = {name: headers.unit_of(contract.column(name), text, ()) for name, text in used.items()}
    units = {name: unit for name, unit in asked.items() if unit is not None and contract.column(name).unit is not None}
    number = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row")
    named = rows.select(*(pl.col(text).alias(name) for name, text in used.items()))
    part = FilePart("frame", "", "", 0, "", used, units, rows.height, rows.height, 0)
    return Dataset(contract, named.with_columns(pl.lit(0, pl.UInt32).alias(PART), number), (part,))


def _as_came(frame: "Frame", names: list[str]) -> pl.DataFrame:
    if isinstance(frame, pl.DataFrame):
        return frame.select(names)
    return door.frame_of(frame[names])
