"""One hand-made run of a persons' and of a firms' model: every bin, both directions, hostile texts where data may stand."""

import json
import shutil
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import nbformat
import polars as pl
import pytest

from casebook.case.delivery import Delivery, Table
from casebook.case.job import Job
from casebook.case.run import Run
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import FLAG_SCHEMA, Dataset, FilePart
from casebook.intake.sources import Source, SourceSet
from casebook.report import show
from casebook.report.page import write_report
from tests.report.small_model import FIRMS, PERSONS, Small

PAYLOAD = "</script></style><img src=x onerror=alert(1)>\u2028{{7*7}}"
JANUARY = 2025 * 12


def _row(number, subject, month, **facts):
    start = date(2025, month, 1)
    plain = {
        "unit": f"u{number}",
        "entity": f"900001199001{number // 12 + 1:02d}0{number % 12:02d}1",
        "subject_name": subject,
        "period": JANUARY + month - 1,
        "period_start": start,
        "period_end": date(2025, month, 28),
        "paid_fen": 15000,
        "due_fen": 20000,
        "is_entitled": False,
        "has_death": False,
        "death_month": 0,
        "refunded": False,
        "renewal": False,
        "place": "柳湾镇",
    }
    return {**plain, **facts}


def _facts():
    """Eight dead in one township, then one of each other bin; a hostile name and place in the list."""
    dead = {"has_death": True, "death_month": JANUARY - 1}
    rows = [_row(i, f"张三{'丰' * (i % 3)}", 1 + i % 2, **dead) for i in range(8)]
    rows += [
        _row(8, PAYLOAD, 1, **dead, place=PAYLOAD),
        _row(9, "李明", 2, paid_fen=5_000_000, renewal=True),
        _row(10, "王芳", 2, paid_fen=5_000_000, refunded=True),
        _row(11, "赵敏", 2, entity=None, **dead),
        _row(12, "钱一", 3),
        _row(13, "孙二", 3, paid_fen=0, is_entitled=True, place="石桥镇"),
        _row(14, "周三", 3, paid_fen=0),
        _row(15, "吴四", 3, has_death=None),
    ]
    return [{**r, "ref": (1 << 32) | (i + 3), "entity_raw": f"raw{i}"} for i, r in enumerate(rows)]


def _frame():
    types = {"period": pl.Int32, "death_month": pl.Int32, "entity": pl.String, "has_death": pl.Boolean}
    facts = pl.DataFrame(_facts(), schema_overrides=types)
    return facts.with_columns(
        name=pl.col("subject_name"),
        name_raw=pl.col("subject_name") + " ",
        citizen_id=pl.col("entity"),
        citizen_id_raw=pl.coalesce("entity", pl.lit("90000119900101")),
        citizen_id_problem=pl.when(pl.col("entity").is_null()).then(pl.lit("check_digit")),
        citizen_id_repair=pl.when(pl.col("unit") == "u3").then(pl.lit("from_15,full_width")),
        amount=pl.col("paid_fen"),
        amount_raw=(pl.col("paid_fen") / 100).cast(pl.String),
    )


def _delivery(frame):
    columns = (
        Column("name", ("姓名",), mask="name"),
        Column("citizen_id", ("身份证号",), mask="citizen_id"),
        Column("amount", ("发放金额<b>",)),
    )
    contract = Contract("payments", "补贴发放明细", "民政局", "民政局", "1.0.0", "公益", columns, sha256="c" * 64)
    deaths = Contract("deaths", "死亡名单", "公安局", "公安局", "1.0.0", "公益", ())
    headers = {c.name: c.headers[0] for c in columns}
    part = FilePart(f"发放{PAYLOAD}.csv", "a" * 64, "一月", 2, "utf-8", headers, {}, frame.height + 2, frame.height, 2)
    delivered = frame.select(pl.col(f"{c.name}_raw").alias(c.name) for c in columns).with_columns(
        pl.lit(0, pl.UInt32).alias("part"), (frame["ref"] & 0xFFFF).cast(pl.UInt32).alias("row")
    )
    dataset = Dataset(contract, delivered, (part,))
    return (
        Table(
            contract,
            PERSONS.inputs[0],
            dataset,
            {"row.total": 1, "value.missing": 1},
            1,
            pl.DataFrame(schema=FLAG_SCHEMA),
        ),
        Table(deaths, PERSONS.inputs[1], None, {}, 2, pl.DataFrame(schema=FLAG_SCHEMA)),
    )


LAW = """code,value,valid_from,valid_to,source,verified,article,title_zh,title_en,text_zh,text_en
law_a,,2021-01-01,,公报,true,第十三条,民法典,Civil Code,自然人从出生时起到死亡时止。,From birth to death.
law_b,,2016-01-01,,公报<b>,false,第一条,补贴意见,Opinion,应补尽补。,All due is paid.
"""


@pytest.fixture(scope="session")
def make_run(tmp_path_factory):
    def make(language="zh", scenario=PERSONS):
        tmp_path = tmp_path_factory.mktemp("project")
        law = tmp_path / "law"
        law.mkdir()
        (law / "law.csv").write_text(LAW)
        job = Job(**{**{f.name: tmp_path for f in fields(Job)}, "law": law})
        parameters = Small(
            source_set="sample", language=language, purpose=f"核查{PAYLOAD}", legal_basis="人民检察院组织法", approver="检察长",
            limit_yuan=200, share=0.03,
        )  # fmt: skip
        frame = _frame()
        tables = _delivery(frame)
        entry = Source(date(2026, 3, 20), f"调取证据通知书{PAYLOAD}", ("x.csv",))
        sources = SourceSet("sample", date(2026, 3, 31), tmp_path, {"payments": entry}, synthetic=True)
        frames = {"payments": frame, "deaths": pl.DataFrame(schema={"ref": pl.Int64})}
        return Run(scenario, parameters, job, Delivery(sources, tables, frames, {}))

    return make


@pytest.fixture
def payload():
    """Hostile text that stands in names, places, headers, file names and parameters of the hand-made run."""
    return PAYLOAD


@pytest.fixture(scope="session")
def firm_run(make_run):
    """The same rows under a firms' model."""
    return make_run(scenario=FIRMS)


@pytest.fixture(scope="session")
def run(make_run):
    return make_run()


@pytest.fixture(scope="session")
def result(run):
    return run.assess()


def output(fragment):
    """A fragment as the notebook stores it."""
    data, metadata = fragment._repr_mimebundle_()
    return nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=1)


def code(source, *outputs, tags=()):
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def prose(source, *tags):
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})


@pytest.fixture(scope="session")
def notebook(run, result):
    """An executed notebook with every section, prose in two languages, hostile Markdown and a foreign output."""
    hostile = nbformat.v4.new_output(
        "display_data", data={"text/html": "<script>alert(1)</script>", "text/plain": f"900001199001011234 {PAYLOAD}"}
    )
    scenario = run.scenario
    return nbformat.v4.new_notebook(
        cells=[
            code('limit_yuan: int = 200  # 限额 # (元)\npurpose: str = "a # b"\n', tags=["parameters"]),
            code("limit_yuan = 300", tags=["injected-parameters"]),
            code("from casebook.report import show", tags=["plumbing"]),
            prose("# 关键词与要旨\n\n中文**要旨** <img src=x onerror=alert(1)> [x](javascript:alert(1))", "lang-zh"),
            prose("# Keywords\n\nEnglish gist", "lang-en"),
            prose("## 数据来源"),
            code("show.sources(run)", output(show.sources(run)), output(show.quality(run)), output(show.fields(run))),
            prose("## 数据分析步骤"),
            code("show.rule(scenario, result)", output(show.rule(scenario, result))),
            code("show.ledger(result)", output(show.ledger(result)), output(show.exemptions(result))),
            prose("## 线索清单"),
            code("show.bins(result)", output(show.bins(result))),
            code("show.leads(result)", output(show.leads(result))),
            prose("## 类案分析"),
            code(
                "show.months(result)",
                *(output(f(result)) for f in (show.months, show.years, show.places, show.amounts)),
            ),
            code("show.evidence(result)", output(show.evidence(result, run=run)), hostile),
            prose("## 法律依据 · 思维导图"),
            code(
                "show.law(run, result)",
                output(show.law(run, result)),
                output(show.mindmap(run)),
                output(show.limits(run)),
            ),
            code("show.trace(result)", output(show.trace(result)), output(show.browse(run, result).printed())),
        ]
    )


@pytest.fixture(scope="session")
def finished(run, result, notebook, tmp_path_factory):
    """The run's folder with its report."""
    out = tmp_path_factory.mktemp("runs") / "small"
    replace(run, job=replace(run.job, out=out)).close(result)
    write_report(out, notebook, run.scenario, run.law.on)
    return out


@pytest.fixture
def folder(finished, tmp_path):
    """A copy of the run's folder that a test may alter."""
    return Path(shutil.copytree(finished, tmp_path / "small"))


@pytest.fixture(scope="session")
def report(finished):
    """Path of the report of the hand-made run."""
    return finished / "report.html"


@pytest.fixture(scope="session")
def island(report):
    """The data island of the report, read back as the script reads it."""
    text = report.read_text().split('id="lead-data">')[1].split("</script>")[0]
    return json.loads(text)
