"""All synthetic agencies of one district: files, sources.yml and the planted truth."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import yaml

from casebook.synth import catering, land, subsidy
from casebook.synth.table import Table
from casebook.synth.truth import Truth
from casebook.synth.world import AS_OF, DIVISION, Scale, World
from casebook.synth.writers import write_table

Maker = Callable[[World, Truth], list[Table]]

MODELS: Final[Mapping[str, Maker]] = {
    "land_use_tax": land.make,
    "online_catering": catering.make,
    "disabled_two_subsidies": subsidy.make,
}
"""Per scenario, the function that makes its agencies' tables and records what it planted."""

INSTRUMENTS: Final = {
    "registry": "青检调〔2026〕1号 调取证据通知书（自然资源和规划局）",
    "land": "青检调〔2026〕1号 调取证据通知书（自然资源和规划局）",
    "tax": "青检调〔2026〕2号 调取证据通知书（税务局）",
    "market": "青检调〔2026〕3号 调取证据通知书（市场监督管理局）",
    "platform": "青检调〔2026〕4号 电子数据提取笔录（网络平台公示信息）",
    "civil": "青检调〔2026〕5号 调取证据通知书（民政局）",
    "federation": "青检调〔2026〕6号 调取证据通知书（残疾人联合会）",
    "police": "青检调〔2026〕7号 调取证据通知书（公安局）",
    "justice": "青检调〔2026〕8号 调取证据通知书（司法局）",
    "hr": "青检调〔2026〕9号 调取证据通知书（人力资源和社会保障局）",
    "veterans": "青检调〔2026〕10号 调取证据通知书（退役军人事务局）",
}
"""By agency (first word of the contract id): the instrument under which the data were obtained."""


def make(out: Path, seed: int, scale: Scale) -> Path:
    """Writes OUT/<agency>/…, OUT/truth/<scenario>.csv and OUT/sources.yml; returns the path of the last.

    The same seed and scale give the same bytes on every machine.
    """
    world = World(seed, scale)
    sources: dict[str, dict[str, Any]] = {}
    for scenario, maker in MODELS.items():
        truth = Truth(scenario)
        tables = maker(world, truth)
        places = {table.name: _write(table, out) for table in tables}
        _list_sources(tables, places, sources)
        truth.write(out / "truth", places)
    path = out / "sources.yml"
    head = {"set": f"synthetic-{scale.name}-{seed}", "as_of": AS_OF, "division": DIVISION, "synthetic": True}
    text = yaml.dump({**head, "sources": sources}, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
    return path


class _Plain(yaml.SafeDumper):
    """YAML without anchors: a strict reader accepts it."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """No value is ever written as a reference to an earlier one."""
        return True


def _write(table: Table, out: Path) -> pl.DataFrame:
    """Writes the table below its agency's folder; file names in the answer are relative to `out`."""
    agency = agency_of(table.contract_id)
    places = write_table(table, out / agency)
    return places.with_columns((pl.lit(f"{agency}/") + pl.col("file")).alias("file"))


def agency_of(contract_id: str) -> str:
    """The first word of a contract id names the agency and its folder."""
    return contract_id.split("_", 1)[0]


def _list_sources(
    tables: Sequence[Table], places: Mapping[str, pl.DataFrame], sources: dict[str, dict[str, Any]]
) -> None:
    for table in tables:
        entry = sources.setdefault(
            table.contract_id,
            {"files": [], "obtained": table.obtained, "by": INSTRUMENTS[agency_of(table.contract_id)]},
        )
        entry["files"].extend(places[table.name]["file"].unique(maintain_order=True).to_list())
