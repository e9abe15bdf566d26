"""The desk where the facts of the land model become rows of eight tables and lines of truth."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from casebook.synth import land_rows as rows
from casebook.synth import words_places
from casebook.synth.land_cells import square_metres
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import due_by_year
from casebook.synth.land_makers import Makers
from casebook.synth.land_payments import Slip, land_rows, other_rows
from casebook.synth.land_rows import COLUMNS, Row, office_of
from casebook.synth.truth import Planted
from casebook.synth.world import World

_OTHER_SLIPS: Final = 4


class Case(NamedTuple):
    """What a planted case is: kind, bin, exemption, and a slug that tells how it was made."""

    kind: str
    bin: str = "lead"
    exemption: str = ""
    slug: str = ""

    def named(self, slug: str) -> "Case":
        """The same case with its slug."""
        return self._replace(slug=slug)


class Desk:
    """Collects rows per contract id in the order of writing; a registry row is known by its number."""

    def __init__(self, world: World) -> None:
        self.make = Makers(world)
        self.dice = self.make.dice
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.planted: list[tuple[Planted, tuple[int, ...]]] = []
        count = 3 * world.scale.parcels + 2_000
        self._numbers = words_places.registration_numbers(world.rng("land numbers"), count).to_list()

    def certify(self, holder: Holder, plot: Plot, **over: str | None) -> int:
        """A row in the register; returns its number."""
        self.rows["registry_real_estate"].append(rows.registry_row(self.dice, holder, plot, over))
        return len(self.rows["registry_real_estate"]) - 1

    def supply(self, holder: Holder, plot: Plot, **over: str | None) -> None:
        """A supply contract."""
        self.rows["land_supply_contracts"].append(rows.contract_row(self.dice, holder, plot, over))

    def enrol(self, holder: Holder, district: str, **over: str | None) -> None:
        """A tax registration, with slips of other taxes when the taxpayer is in business."""
        office = office_of(district)
        self.rows["tax_registrations"].append(rows.registration_row(self.dice, holder, office, over))
        if holder.vat:
            slips = other_rows(self.dice, Slip(holder, office), self.dice.between(1, _OTHER_SLIPS))
            self.rows["tax_payments"].extend(slips)

    def declare(self, holder: Holder, plot: Plot, **over: str | None) -> None:
        """A land tax source."""
        self.rows["tax_land_sources"].append(rows.source_row(self.dice, holder, plot, over))

    def list_in_market(self, holder: Holder, **over: str | None) -> None:
        """A line in the market register."""
        self.rows["market_registrations"].append(rows.market_row(self.dice, holder, self._numbers.pop(), over))

    def pay(self, slip: Slip, paid: Mapping[int, int], plots: Iterable[Plot] = ()) -> None:
        """Slips of land-use tax that add up per year to `paid` (fen), for the months the plots are liable."""
        self.rows["tax_payments"].extend(land_rows(self.dice, slip, paid, plots))

    def relieve(self, holder: Holder, nature: str, window: tuple[str, str], share: str, number: str | None) -> None:
        """A relief filing with its window (ISO dates)."""
        row = (holder.code, holder.code, holder.name, nature, number, *window, share, None)
        self.rows["tax_relief_filings"].append(row)

    def penalise(self, holder: Holder, plot: Plot, decided: date, disposal: str) -> None:
        """A decision of the land bureau about the plot, with how it was disposed of."""
        number = f"青自然资罚〔{decided.year}〕{len(self.rows['land_use_penalties']) + 1}号"
        area = square_metres(plot.area_dm2)
        row = (number, holder.name, holder.code, plot.parcel, area, decided.isoformat(), disposal)
        self.rows["land_use_penalties"].append(row)

    def plant(self, case: Case, amount_fen: int, numbers: Iterable[int]) -> None:
        """Writes down a case with the money at stake and the numbers of the holder's registry rows."""
        name = f"land-{case.slug}-{len(self.planted) + 1:04d}"
        planted = Planted(name, case.kind, case.bin, case.exemption, amount_fen)
        self.planted.append((planted, tuple(numbers)))

    def hold(self, holder: Holder, plots: Iterable[Plot], **over: str | None) -> list[int]:
        """Certificates of all plots, and the contracts of those supplied by contract."""
        numbers = []
        for plot in plots:
            numbers.append(self.certify(holder, plot, **over))
            if plot.signed:
                self.supply(holder, plot)
        return numbers

    def pay_in_full(self, holder: Holder, plots: Iterable[Plot]) -> None:
        """Registers the taxpayer, declares every plot truly and pays every fen due."""
        land = tuple(plots)
        district = land[0].district
        self.enrol(holder, district)
        for plot in land:
            self.declare(holder, plot)
        self.pay(Slip(holder, office_of(district)), due_by_year(land), land)
