"""Which cleaners there are, what each hands back beside the value, and what can be asked of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import polars as pl

Cleaner = Callable[..., pl.DataFrame]

FACTS: Final = ("value", "problem", "repair")


@dataclass(frozen=True)
class Kind:
    """A cleaner as scripts know it.

    Attributes:
        module: where its `clean` stands.
        parts: the parts of a csv of this kind, in their fixed order.
        options: what may be asked: `form` (of a date), `unit` (of a bare number).
        is_dated: whether it can be told the day the data were drawn (`as_of`), after which nobody in them was born.
    """

    module: str
    parts: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    is_dated: bool = False


TABLE: Final[Mapping[str, Kind]] = {
    "citizen_id": Kind(
        "casebook.ids.citizen",
        ("birth_date", "sex", "region_code", "region_known", "region_at_birth", "id_type"),
        is_dated=True,
    ),
    "organisation_code": Kind("casebook.ids.organisation", ("department", "category", "division", "organisation")),
    "food_licence": Kind("casebook.ids.permit"),
    "disability_certificate": Kind("casebook.ids.disability", ("citizen_id", "category", "grade")),
    "parcel": Kind("casebook.ids.parcel"),
    "division": Kind("casebook.ids.division", ("province", "prefecture", "county", "status", "successor")),
    "person_name": Kind("casebook.text.people", ("homophone_key", "pinyin")),
    "firm_name": Kind("casebook.text.firms", ("place", "brand", "trade", "form")),
    "address": Kind("casebook.text.addresses", ("province", "prefecture", "county", "code", "rest")),
    "date": Kind("casebook.measure.dates", (), ("form",)),
    "number": Kind("casebook.measure.numbers"),
    "money": Kind("casebook.measure.money", ("yuan",), ("unit",)),
    "area": Kind("casebook.measure.area", ("m2",), ("unit",)),
    "document_number": Kind("casebook.ids.document"),
    "text": Kind("casebook.text.width"),
    "dish": Kind("casebook.text.dishes"),
}


def _of(module: str) -> Cleaner:
    """The module's `clean`, imported when first called: address and name tables are large and not every run needs them."""

    def cleaned(series: pl.Series, **options: Any) -> pl.DataFrame:  # noqa: ANN401
        frame: pl.DataFrame = import_module(module).clean(series, **options)
        return frame

    return cleaned


KINDS: Final[Mapping[str, Cleaner]] = {name: _of(kind.module) for name, kind in TABLE.items()}
