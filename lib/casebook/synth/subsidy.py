"""Agencies of the two subsidies for disabled persons: payments, certificates and the lists that bar or end them."""

import polars as pl

from casebook.synth import subsidy_clear, subsidy_doubt, subsidy_over, subsidy_under
from casebook.synth.subsidy_book import PAYMENTS, Book, frame_of
from casebook.synth.subsidy_clerks import lists
from casebook.synth.subsidy_offices import OFFICES
from casebook.synth.subsidy_people import ADULTS, MINORS, background, payments, residents
from casebook.synth.subsidy_registers import HANDLE, registers
from casebook.synth.table import Table
from casebook.synth.truth import Truth
from casebook.synth.world import World

Places = dict[tuple[str, int], tuple[str, int]]


def make(world: World, truth: Truth) -> list[Table]:
    """Every table of the model, with its cases planted and recorded in `truth`."""
    book = plant(world)
    people = background(world, world.scale.payments - len(book.rows[PAYMENTS]))
    places: Places = {}
    tables = _payment_tables(payments(people), book, places)
    tables += [_register_table(name, frame, places) for name, frame in registers(world, people, book).items()]
    for case, contract, handles in book.planted:
        for handle in handles:
            table, row = places[contract, handle]
            truth.add(case, table, [row])
    return tables


def plant(world: World) -> Book:
    """All cases of the model, the same kinds and numbers at every scale."""
    adults = residents(world, "case adults", 320, ADULTS, 60).filter(pl.col("township") != "北岭乡")
    book = Book(adults.iter_rows(named=True), residents(world, "case minors", 12, MINORS).iter_rows(named=True))
    for recipes in (subsidy_over, subsidy_under, subsidy_doubt, subsidy_clear):
        recipes.plant(book)
    return book


def _payment_tables(rows: pl.DataFrame, book: Book, places: Places) -> list[Table]:
    cases = frame_of(book.rows[PAYMENTS], rows.columns)
    both = pl.concat(
        [
            rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(HANDLE)),
            cases.with_columns(pl.int_range(cases.height, dtype=pl.Int64).alias(HANDLE)),
        ]
    )
    tables = []
    for number, (frame, shape) in enumerate(lists(both), 1):
        name = f"{PAYMENTS}_{number:02d}"
        tables.append(Table(PAYMENTS, name, _noted(frame, PAYMENTS, name, places), shape))
    return tables


def _register_table(contract: str, frame: pl.DataFrame, places: Places) -> Table:
    shape, habits, renamed = OFFICES[contract]
    for habit in habits:
        frame = habit(frame)
    return Table(contract, contract, _noted(frame.rename(renamed), contract, contract, places), shape)


def _noted(frame: pl.DataFrame, contract: str, table: str, places: Places) -> pl.DataFrame:
    """The frame as it is written; where its case rows lie goes into `places`."""
    index = frame.select(pl.int_range(pl.len()).alias("index"), HANDLE).drop_nulls()
    places.update({(contract, handle): (table, row) for row, handle in index.iter_rows()})
    return frame.drop(HANDLE)
