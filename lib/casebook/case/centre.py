"""The data centre: every source of a set with its facts, the contracts the set lacks, and what expires next.

    centre = Centre.open("sample", models)
    centre.holdings, centre.absent, centre.attention

It reads the store and the contracts only; no row leaves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl

from casebook.case import attention, delivery, holding
from casebook.case.attention import Look
from casebook.case.holding import Facts, Holding, Sentence
from casebook.case.job import Job
from casebook.case.scenario import Scenario
from casebook.errors import CasebookError, ParameterError, SourceError
from casebook.intake import contract as contracts
from casebook.intake import sources
from casebook.intake.contract import Contract
from casebook.intake.deliveries import Delivery
from casebook.intake.sources import SourceSet

NAME = "data_centre"
_COUNTS: Final = {
    "contract": pl.String, "title": pl.String, "agency": pl.String, "rows_read": pl.Int64, "rows_rejected": pl.Int64,
    "rows_in_question": pl.Int64, "columns_kept": pl.Int64,
}  # fmt: skip
Received = Mapping[str, Delivery | Sentence]


@dataclass(frozen=True)
class Centre:
    """What the data centre holds for one set.

    Attributes:
        absent: contracts of the project that the set does not have.
        today: the day retention is told for.
    """

    sources: SourceSet
    holdings: tuple[Holding, ...]
    absent: tuple[Contract, ...]
    today: date

    @classmethod
    def open(cls, source_set: str, models: Sequence[Scenario], folder: Path | None = None) -> "Centre":
        """The centre of a set of the project around `folder` (default: the current one); what was not read before is read now."""
        job = Job.find(NAME, folder)
        chosen, known = sources.load(job.sources_file(source_set)), contracts.load_all(job.contracts)
        columns = {name: _columns(name, models) for name in known}
        received = {
            name: receive(known[name], chosen, job.store, columns[name]) for name in chosen.sources if name in known
        }
        return of_set(chosen, known, models, received, job.store)

    def __repr__(self) -> str:
        """Name of the set and counts only."""
        return f"Centre(set={self.sources.set}, sources={len(self.holdings)}, rows_read={self.rows_read})"

    @property
    def read(self) -> tuple[tuple[Holding, Facts], ...]:
        """The sources that were read, with their facts."""
        return tuple((one, one.facts) for one in self.holdings if one.facts is not None)

    @property
    def rows_read(self) -> int:
        """Rows of all sources that were read."""
        return sum(facts.rows_read for _, facts in self.read)

    @cached_property
    def attention(self) -> tuple[Look, ...]:
        """What needs a look, the worst first."""
        return attention.of_holdings(self.holdings, self.today)

    @property
    def worst(self) -> str:
        """The contract that most needs a look; the first where none does."""
        looks, names = self.attention, [one.contract.id for one in self.holdings]
        return looks[0].contract if looks else names[0]

    @property
    def counts(self) -> pl.DataFrame:
        """One row for each source that was read: `contract, title, agency, rows_read, rows_rejected, rows_in_question, columns_kept`."""
        rows = [
            (c.id, c.title, c.agency, f.rows_read, f.rows_rejected, f.rows_in_question, len(f.kept))
            for c, f in ((one.contract, facts) for one, facts in self.read)
        ]
        return pl.DataFrame(rows, schema=_COUNTS, orient="row")

    def holding(self, contract_id: str) -> Holding:
        """The source of that contract.

        Raises:
            ParameterError: the set does not have it; the sentence lists what it has.
        """
        for one in self.holdings:
            if one.contract.id == contract_id:
                return one
        have = ", ".join(one.contract.id for one in self.holdings)
        raise ParameterError(f"set {self.sources.set} has no source for {contract_id}; it has {have}")


def of_set(
    chosen: SourceSet,
    known: Mapping[str, Contract],
    models: Sequence[Scenario],
    received: Received,
    store_folder: Path,
) -> Centre:
    """The centre of a set whose sources were received; one that is neither received nor refused was not read."""
    ours = [name for name in known if name in chosen.sources]
    holdings = (_holding(known[name], chosen, models, received.get(name), store_folder) for name in ours)
    absent = tuple(one for name, one in known.items() if name not in chosen.sources)
    return Centre(chosen, tuple(holdings), absent, date.today())


def receive(contract: Contract, chosen: SourceSet, store_folder: Path, columns: Iterable[str]) -> Delivery | Sentence:
    """The set's delivery of the contract, or the sentence (Chinese, English) that says why there is none."""
    try:
        return delivery.take_in(contract, chosen, store_folder, frozenset(columns))
    except CasebookError as caught:
        return _said(caught)
    except (OSError, ValueError, pl.exceptions.PolarsError) as caught:
        what = type(caught).__name__
        return f"{contract.id}：文件无法读取（{what}）。", f"{contract.id}: its files could not be read ({what})"


def _said(caught: CasebookError) -> Sentence:
    zh = caught.zh if isinstance(caught, SourceError) else ""
    return zh or str(caught), str(caught)


def _columns(contract_id: str, models: Sequence[Scenario]) -> frozenset[str]:
    """The columns that any of the models reads."""
    return frozenset(name for use in holding.uses_of(contract_id, models) for name in use.why)


def _holding(
    contract: Contract,
    chosen: SourceSet,
    models: Sequence[Scenario],
    received: Delivery | Sentence | None,
    store_folder: Path,
) -> Holding:
    source, uses = chosen.sources[contract.id], holding.uses_of(contract.id, models)
    if not isinstance(received, Delivery):
        return Holding(contract, source, uses, refusal=received)
    try:
        return Holding(contract, source, uses, holding.facts_of(received, contract, store_folder))
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as caught:
        return Holding(contract, source, uses, refusal=_damaged(received, type(caught).__name__))


def _damaged(received: Delivery, what: str) -> Sentence:
    place = f"{received.contract}/{received.key}"
    return (
        f"存储中的 {place} 无法读出（{what}）；请删除该文件夹后重新运行。",
        f"{place} of the store cannot be read ({what}); delete that folder and run again.",
    )
