"""Runs of a scenario on rows written by hand, and on the synthetic district made once per session and seed."""

import json
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
import pytest

import casebook
from casebook import clean, scenarios
from casebook.batch import parameters as parameter_files
from casebook.case import inputs, standards
from casebook.case.delivery import Delivery, Table
from casebook.case.job import Job
from casebook.case.run import Run
from casebook.intake import contract as contract_files
from casebook.intake.dataset import FLAG_SCHEMA, Dataset, FilePart
from casebook.intake.sources import Source, SourceSet
from casebook.synth import make
from casebook.synth.world import Scale

ROOT = Path(casebook.__file__).resolve().parents[2]
OBTAINED = date(2026, 3, 20)


@lru_cache
def _contracts():
    return contract_files.load_all(ROOT / "data_contracts")


@pytest.fixture(scope="session")
def contracts():
    """Every contract of the project by id."""
    return _contracts()


@pytest.fixture(scope="session")
def parameters_of():
    """Parameters of a scenario for the sample district, with what a test wants otherwise."""

    @lru_cache
    def values(scenario_id):
        return parameter_files.read(ROOT / f"parameters/{scenario_id}/900001_2025.yml")

    def make_parameters(scenario_id, **changes):
        chosen = {"source_set": "by hand", **values(scenario_id), **changes}
        return scenarios.load(scenario_id).parameters(**chosen)

    return make_parameters


def _dataset(contract, rows):
    """Rows keyed by delivered header (any synonym of the contract) or canonical name, as a dataset of one part."""
    names = {header: c.name for c in contract.columns for header in (c.name, *c.headers)}
    plain = [{names[header]: cell for header, cell in row.items()} for row in rows]
    frame = pl.DataFrame(plain, schema=dict.fromkeys(contract.names, pl.String))
    frame = frame.with_columns(
        pl.lit(0, pl.UInt32).alias("part"), (pl.int_range(pl.len()) + 2).cast(pl.UInt32).alias("row")
    )
    digest = f"{contract.id:x<64}"[:64]
    part = FilePart(
        f"{contract.id}.csv",
        digest,
        "",
        1,
        "utf-8",
        {c.name: c.headers[0] for c in contract.columns},
        {},
        len(rows),
        len(rows),
        0,
    )
    return Dataset(contract, frame, (part,))


@lru_cache
def _no_rows(contract_id, columns):
    return clean.columns(_dataset(_contracts()[contract_id], []), columns)


def _cleaned(table):
    """Cleaned rows of a table; one without rows is cleaned once per session."""
    columns = tuple(table.needs.columns)
    if table.dataset.frame.is_empty():
        return _no_rows(table.contract.id, columns)
    return clean.columns(table.dataset, columns, part_offset=table.offset)


@lru_cache
def _links_of_nobody(scenario_id):
    """The links of a scenario whose tables are all empty, made once: ten empty links are most of the cost of a tiny run."""
    scenario = scenarios.load(scenario_id)
    frames = {t.contract: _no_rows(t.contract, tuple(t.columns)) for t in scenario.inputs}
    return inputs.build(scenario, frames, {}, {}).linked


def _inputs(run):
    """The run's inputs, linking only to registers that have rows."""
    received, scenario = run.delivery, run.scenario
    live = tuple(spec for spec in scenario.links if not received.frames[spec.right].is_empty())
    built = inputs.build(replace(scenario, links=live), received.frames, received.standards, received.obtained)
    return replace(built, linked={**_links_of_nobody(scenario.id), **built.linked})


@pytest.fixture(scope="session")
def run_of_rows(contracts, parameters_of):
    """A `Run` on rows written by hand: `run_of_rows(scenario_id, {contract: [row, …]}, rates, **parameters)`.

    A row maps a Chinese header (or canonical name) to its cell as delivered; cells left out are null. The rows go through the
    real cleaning, keys and links. A contract that is not named stands with no rows; `rates` replace the parameter tables of the sample.
    """

    def build(scenario_id, tables, rates=None, **changes):
        scenario = scenarios.load(scenario_id)
        made = tuple(
            Table(
                contracts[need.contract],
                need,
                _dataset(contracts[need.contract], tables.get(need.contract, [])),
                {},
                number,
                pl.DataFrame(schema=FLAG_SCHEMA),
            )
            for number, need in enumerate(scenario.inputs, 1)
        )
        frames = {t.contract.id: _cleaned(t) for t in made}
        sources = {t.contract.id: Source(OBTAINED, "by hand", (f"{t.contract.id}.csv",)) for t in made}
        chosen = SourceSet("by-hand", date(2026, 3, 31), ROOT, sources, "900001", synthetic=True)
        rates = rates or standards.load_all(ROOT / "parameters" / scenario_id)
        job = Job.of_project(ROOT, scenario_id)
        run = Run(scenario, parameters_of(scenario_id, **changes), job, Delivery(chosen, made, frames, rates))
        run.__dict__["inputs"] = _inputs(run)
        return run

    return build


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    """Folder of the synthetic district at sample scale for a seed, made once per session: `district(seed)`."""

    @lru_cache
    def made(seed=1):
        folder = tmp_path_factory.mktemp(f"district-{seed}")
        make.make(folder, seed, Scale.of("sample"))
        return folder

    return made


@pytest.fixture(scope="session")
def run_of_district(district, parameters_of, tmp_path_factory):
    """A `Run` on the synthetic district: `run_of_district(scenario_id, seed)`; `sources` names another sources.yml instead."""

    def opened(scenario_id, seed=1, sources=None):
        folder = tmp_path_factory.mktemp("job")
        plain = Job.of_project(ROOT, scenario_id)
        job = replace(
            plain, sources=sources or district(seed) / "sources.yml", store=folder / "store", out=folder / "out"
        )
        told = {name: str(path) for name, path in asdict(job).items()}
        (folder / "job.json").write_text(json.dumps(told))
        return Run.open(scenarios.load(scenario_id), parameters_of(scenario_id), folder)

    return opened


@pytest.fixture(scope="session")
def assessed(run_of_district):
    """(Run, Result) of a scenario on the synthetic district of a seed, once per session: `assessed(scenario_id, seed)`."""

    @lru_cache
    def at(scenario_id, seed=1):
        run = run_of_district(scenario_id, seed)
        return run, run.assess()

    return at


@pytest.fixture(scope="session")
def planted_in(district, assessed):
    """Planted cases of a scenario and seed: case_id, kind, bin, exemption, amount_fen and the source addresses `refs` they rest on."""

    @lru_cache
    def at(scenario_id, seed=1):
        run, _ = assessed(scenario_id, seed)
        hashes = {part.file: part.sha256 for t in run.delivery.tables if t.dataset for part in t.dataset.parts}
        truth = pl.read_csv(district(seed) / "truth" / f"{scenario_id}.csv", infer_schema=False).fill_null("")
        digest = pl.col("file").map_elements(lambda f: hashes[Path(f).name], return_dtype=pl.String)
        facts = ("case_id", "kind", "bin", "exemption", pl.col("amount_fen").cast(pl.Int64))
        return truth.group_by(*facts, maintain_order=True).agg(
            refs=pl.concat_str(digest, pl.lit(":"), "sheet", pl.lit(":"), "row")
        )

    return at


@pytest.fixture(scope="session")
def cited_in(assessed):
    """Leads of a scenario and seed, a row for each source address `ref` they cite: `cited_in(scenario_id, seed)`."""

    @lru_cache
    def at(scenario_id, seed=1):
        return assessed(scenario_id, seed)[1].leads.explode("source_refs").rename({"source_refs": "ref"})

    return at


@pytest.fixture(scope="session")
def unlike_planted(planted_in, cited_in):
    """Planted cases of a scenario and seed that are not listed as planted, each with what is wrong in words."""

    def at(scenario_id, seed=1):
        cited = cited_in(scenario_id, seed)
        cases = planted_in(scenario_id, seed).iter_rows(named=True)
        return {case["case_id"]: why for case in cases if (why := _differs(case, cited))}

    return at


def _differs(case, cited):
    """What is wrong with a planted case, in words; empty when rows, bin, kind, exemption and fen are as planted."""
    if case["bin"] == "clear":
        return ", ".join(cited.filter(pl.col("ref").is_in(case["refs"]))["bin"].unique())
    is_ours = pl.col("ref").is_in(case["refs"]) & (pl.col("bin") == case["bin"])
    if case["bin"] != "unmatched" and case["kind"]:
        is_ours &= pl.col("kinds").list.contains(case["kind"])
    ours = cited.filter(is_ours)
    leads = ours.unique("lead_id").to_dicts()
    doubts = [[x["name"] for x in lead["exemptions"] if x["answer"] != "not_applicable"] for lead in leads]
    fen = sum(lead["amount_fen"] for lead in leads)
    if set(ours["ref"]) != set(case["refs"]):
        return "rows missing"
    if case["exemption"] and not all(case["exemption"] in names for names in doubts):
        return f"exemptions {doubts}"
    return "" if fen == case["amount_fen"] or case["bin"] == "unmatched" else f"{fen} fen"
