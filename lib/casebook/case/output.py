"""Files of one run in its work folder: leads for machines (parquet) and people (xlsx), ledger, evidence, run facts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

if TYPE_CHECKING:
    from casebook.case.run import Result, Run

TEXT_ONLY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
FIXED_DATE = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Written:
    """Names of the files written, for the last cell of a notebook."""

    files: tuple[str, ...]

    def __repr__(self) -> str:
        return "written: " + ", ".join(self.files)


def write(run: "Run", result: "Result") -> Written:
    """Write all files of the run where its job says; byte-equal for equal inputs."""
    out = run.job.out
    out.mkdir(parents=True, exist_ok=True)
    result.leads.write_parquet(out / "leads.parquet", compression="zstd", statistics=False)
    write_workbook(result.leads, out / "leads.xlsx")
    _json(out / "ledger.json", result.ledger.to_json())
    _lines(out / "evidence.json", [e.to_json() for e in result.evidence])
    _json(out / "run.json", facts(run))
    return Written(("leads.parquet", "leads.xlsx", "ledger.json", "evidence.json", "run.json"))


def facts(run: "Run") -> dict[str, Any]:
    """What identifies the run: model, parameters, sources with hashes, contracts, rule digests."""
    return {
        "scenario": run.scenario.id,
        "version": run.scenario.version,
        "is_draft": run.scenario.is_draft,
        "rule_digest": run.scenario.digest,
        "conditions": {c.column: c.digest for c in run.scenario.conditions},
        "parameters": run.parameters.model_dump(mode="json"),
        "parameter_tables": dict(run.delivery.table_digests),
        "set": run.delivery.sources.set,
        "as_of": str(run.delivery.sources.as_of),
        "sources": [_source(run, t.contract.id) for t in run.delivery.tables if t.dataset is not None],
        "absent": [t.contract.id for t in run.delivery.tables if t.dataset is None],
    }


def _source(run: "Run", contract_id: str) -> dict[str, Any]:
    table = next(t for t in run.delivery.tables if t.contract.id == contract_id)
    parts = table.dataset.parts if table.dataset else ()
    entry = run.delivery.sources.sources[contract_id]
    return {
        "contract": contract_id,
        "title": table.contract.title,
        "contract_version": table.contract.version,
        "contract_digest": table.contract.sha256,
        "obtained": str(entry.obtained),
        "by": entry.by,
        "columns_used": sorted(table.needs.columns),
        "files": [
            {"file": p.file, "sheet": p.sheet, "sha256": p.sha256, "rows_read": p.rows_read, "rows_kept": p.rows_kept}
            for p in parts
        ],
    }


def _json(path: Path, value: Any) -> None:  # noqa: ANN401
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str))


def _lines(path: Path, values: Sequence[Any]) -> None:
    """A JSON list with a value on each line: thousands of leads are written three times as fast as indented."""
    texts = (json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) for value in values)
    path.write_text("[\n" + ",\n".join(texts) + "\n]\n")


def write_workbook(leads: pl.DataFrame, path: Path) -> None:
    """The lead table for people: text as text, amounts as numbers in yuan, never a formula or a link."""
    flat = leads.with_columns(
        pl.col("kinds", "source_refs", "law_refs", "computation").list.join("\n"),
        exemptions=pl.col("exemptions").list.eval(
            pl.element().struct.field("name") + ":" + pl.element().struct.field("answer")
        ).list.join("\n"),
        amount_yuan=pl.col("amount_fen") / 100,
        surcharge_yuan=pl.col("surcharge_fen") / 100,
    ).drop("amount_fen", "surcharge_fen")  # fmt: skip
    with xlsxwriter.Workbook(path, TEXT_ONLY) as book:
        book.set_properties({"created": FIXED_DATE})
        sheet = book.add_worksheet("leads")
        text, yuan = book.add_format({"num_format": "@"}), book.add_format({"num_format": "#,##0.00"})
        for column, name in enumerate(flat.columns):
            sheet.write_string(0, column, name, text)
        for row, values in enumerate(flat.iter_rows(), start=1):
            for column, value in enumerate(values):
                if isinstance(value, float):
                    sheet.write_number(row, column, value, yuan)
                elif value is not None:
                    sheet.write_string(row, column, str(value), text)
