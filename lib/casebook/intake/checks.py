"""The rules of a contract at work: every reason of every row, batch by batch, from the text as delivered.

A row may break several rules and is told once for each. A rule that reads a column the file does not have is not asked: that
columns are absent is a note on the file, not a fault of each row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import polars as pl

from casebook.intake import sentences
from casebook.intake.cells import cells
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import CODE, COLUMN, FINDING_SCHEMA, FilePart
from casebook.intake.rulebook import predicates, tree
from casebook.intake.rulebook.rowrule import MISSING, OWN, RowRule
from casebook.intake.sentences import Sentence, Use
from casebook.intake.watch import NOTHING_MORE, More, Seen, Watch


@dataclass(frozen=True)
class Checks:
    """What is asked of the rows of one contract; `compiled` makes it."""

    contract: Contract

    def refused(self, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
        """`row`, `column`, `code` of each broken rule of severity error: such rows are rejected.

        Args:
            batch: rows under canonical names (String, as delivered), with `part` and `row`.
            part: their file: its units, and which columns it has.
        """
        return self._seen(batch, part, is_error=True).findings

    def flagged(self, batch: pl.DataFrame, part: FilePart) -> pl.DataFrame:
        """The same for all other rules: such rows are kept and flagged."""
        return self._seen(batch, part, is_error=False).findings

    def begin(self, obtained: date | None = None) -> Watch:
        """A watch over the whole delivery: it flags batches and tells at the end what only all rows together show.

        Args:
            obtained: the day of the delivery; days after it say nothing on how fresh it is.
        """
        return Watch(self.contract, partial(self._seen, is_error=False), obtained)

    def sentences(self, use: Use) -> Mapping[str, Sentence]:
        """Every sentence of intake of that use, and those of the contract's own rules."""
        own = {rule.code: (rule.zh, rule.en) for rule in self.contract.rules.rows if rule.code.startswith(OWN)}
        return {**sentences.of(use), **own}

    def _asked(self, part: FilePart, *, is_error: bool) -> list[RowRule]:
        known = part.headers.keys()
        return [
            rule
            for rule in self.contract.rules.rows
            if rule.is_error == is_error and known >= set(tree.names(rule.node))
        ]

    def _seen(self, batch: pl.DataFrame, part: FilePart, *, is_error: bool, more: More = NOTHING_MORE) -> Seen:
        """The cells, and what is found in them; `more` columns are read for the watch."""
        asked, of = self._asked(part, is_error=is_error), self._columns
        valued = [name for rule in asked if rule.code != MISSING for name in tree.names(rule.node)]
        present = [rule.column for rule in asked if rule.code == MISSING]
        read = [of[name] for name in dict.fromkeys([*valued, *more.valued])]
        frame = cells(batch, read, [of[name] for name in dict.fromkeys([*present, *more.present])], part.units)
        return Seen(frame, _findings(asked, of, frame))

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {column.name: column for column in self.contract.columns}


def compiled(contract: Contract) -> Checks:
    """The checks of a contract."""
    return Checks(contract)


def _findings(asked: Sequence[RowRule], columns: Mapping[str, Column], frame: pl.DataFrame) -> pl.DataFrame:
    if not asked or frame.is_empty():
        return pl.DataFrame(schema=FINDING_SCHEMA)
    broken = frame.select(
        pl.col("row").cast(pl.UInt32),
        *((~predicates.compiled(r.node, columns)).fill_null(value=False).alias(str(at)) for at, r in enumerate(asked)),
    )
    found = [pl.DataFrame(schema=FINDING_SCHEMA)]
    for at, rule in enumerate(asked):
        if broken[str(at)].any():
            said = {COLUMN: pl.lit(rule.column), CODE: pl.lit(rule.code)}
            found.append(broken.filter(pl.col(str(at))).select("row", **said))
    return pl.concat(found)
