"""The data centre of a small project: two deliveries of one list, a list that is refused, one the set does not have."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casebook.case import attention, id_quality
from casebook.case.centre import Centre
from casebook.case.scenario import Input, Scenario
from casebook.errors import ParameterError

ROOT = Path(__file__).parents[2]
HEADER = "姓名,身份证号,死亡日期,注销日期,注销原因"
SET = """set: {name}
as_of: 2026-03-31
synthetic: true
sources:
  police_deaths:
    files: [{name}.csv]
    obtained: {obtained}
    by: 调取证据通知书 1{more}
  civil_low_income:
    files: [gone.csv]
    obtained: {obtained}
    by: 调取证据通知书 2
"""


def number(serial):
    """A valid citizen id of somebody who does not exist."""
    body = f"90000119500101{serial + 100:03d}"
    return body + "10X98765432"[sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(body)) % 11]


def row(serial, reason="死亡", died="2020-01-02", id_=None):
    return f"王某,{number(serial) if id_ is None else id_},{died},2020-02-01,{reason}"


def model(**tables):
    asked = dict.fromkeys(Scenario.__dataclass_fields__)
    inputs = tuple(Input(name, why) for name, why in tables.items())
    empty = dict.fromkeys(("kinds", "exemptions", "scope", "links"), ())
    return Scenario(**(asked | empty | {"id": "small", "title_zh": "小模型", "title_en": "Small", "inputs": inputs}))


WHY = {"citizen_id": "比对 | to compare", "cancelled_on": "键 | key", "cancel_reason": "排除 | to exclude"}
SMALL = model(police_deaths=WHY)


@pytest.fixture
def project(tmp_path):
    """A project with three contracts and no set yet."""
    (tmp_path / "data_contracts").mkdir()
    (tmp_path / "parameters" / "sources").mkdir(parents=True)
    for name in ("police_deaths", "civil_low_income", "police_moves"):
        shutil.copy(ROOT / "data_contracts" / f"{name}.odcs.yaml", tmp_path / "data_contracts")
    return tmp_path


@pytest.fixture
def open_centre(project):
    """Delivers rows of deaths under a set's name and opens its centre."""

    def deliver(name, obtained, *rows, more=""):
        folder = project / "parameters" / "sources"
        (folder / f"{name}.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        (folder / f"{name}.yml").write_text(SET.format(name=name, obtained=obtained, more=more), encoding="utf-8")
        return Centre.open(name, (SMALL,), project)

    return deliver


def test_each_source_of_the_set_is_there_and_what_it_lacks_is_named(open_centre):
    centre = open_centre("first", "2026-03-20", row(1), row(2), "合计,2,,,")
    assert [one.contract.id for one in centre.holdings] == ["civil_low_income", "police_deaths"]
    assert [one.id for one in centre.absent] == ["police_moves"]
    refused, facts = centre.holdings[0], centre.holdings[1].facts
    assert refused.facts is None
    assert refused.refusal[0].startswith("gone.csv：")
    assert refused.refusal[1].startswith("gone.csv: ")
    assert (facts.rows_read, facts.rows_kept, dict(facts.rejects)) == (3, 2, {"row.total": 1})
    assert (centre.rows_read, centre.counts["rows_rejected"].to_list()) == (3, [1])


def test_columns_are_told_with_who_reads_them_and_what_was_dropped(open_centre):
    one = open_centre("first", "2026-03-20", row(1)).holding("police_deaths")
    assert one.facts.kept == ("citizen_id", "cancelled_on", "cancel_reason")
    assert one.facts.dropped == ("name", "death_date")
    (use,) = one.uses
    assert (use.model, use.title_en, use.why["citizen_id"]) == ("small", "Small", "比对 | to compare")


def test_fill_rates_are_shares_of_the_rows_kept_also_of_dropped_columns(open_centre):
    facts = open_centre("first", "2026-03-20", row(1), row(2, died="")).holding("police_deaths").facts
    assert facts.filled["death_date"] == 0.5
    assert facts.filled["citizen_id"] == 1.0
    assert "registered_at" not in facts.filled
    assert facts.before is None


def test_ids_fall_into_classes_that_sum_to_the_rows(open_centre):
    wrong = number(3)[:-1] + ("0" if number(3)[-1] != "0" else "1")
    full_width = number(4).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ids = (number(1), full_width, wrong, "9.00001E+17", "无", "12")
    rows = [row(0, id_=id_) for id_ in ids]
    (found,) = open_centre("first", "2026-03-20", *rows).holding("police_deaths").facts.ids
    assert found.column == "citizen_id"
    assert dict(found.counts) == dict.fromkeys(("valid", "repaired", "check_digit", "digits_lost", "other", "blank"), 1)
    assert (found.rows, found.usable) == (6, 2)


def test_the_delivery_obtained_before_is_compared_by_key(open_centre):
    open_centre("zero", "2026-01-05", row(9))
    open_centre("first", "2026-02-20", *(row(i) for i in range(10)))
    facts = open_centre("second", "2026-03-20", *(row(i, "注销") for i in range(2, 12))).holding("police_deaths").facts
    assert facts.before.obtained == date(2026, 2, 20)
    made = facts.before.difference
    assert (made.added, made.removed, made.changed, made.unchanged) == (2, 2, 8, 0)
    assert dict(made.cells) == {"cancel_reason": 8}


def test_a_later_delivery_is_not_the_one_before_and_a_correction_of_the_same_day_is_compared(open_centre):
    open_centre("later", "2026-03-21", row(1))
    assert open_centre("first", "2026-03-20", row(3)).holding("police_deaths").facts.before is None
    open_centre("corrected", "2026-03-20", row(2))
    assert open_centre("corrected", "2026-03-20", row(2)).holding("police_deaths").facts.before.obtained == date(
        2026, 3, 20
    )
    assert open_centre("first", "2026-03-20", row(3)).holding("police_deaths").facts.before is None


def test_a_delivery_whose_rows_were_destroyed_is_not_compared(open_centre, project):
    open_centre("first", "2026-02-20", row(1))
    for folder in (project / ".casebook" / "store" / "police_deaths").glob("*-*"):
        shutil.rmtree(folder)
    assert open_centre("second", "2026-03-20", row(2)).holding("police_deaths").facts.before is None


def test_a_store_that_cannot_be_read_is_told_as_a_refusal(open_centre, project):
    open_centre("first", "2026-03-20", row(1))
    (flags,) = (project / ".casebook" / "store" / "police_deaths").glob("*-*/flags.parquet")
    flags.write_bytes(b"")
    one = open_centre("first", "2026-03-20", row(1)).holding("police_deaths")
    assert one.facts is None
    assert "of the store cannot be read" in one.refusal[1]


def test_what_needs_a_look_comes_worst_first(open_centre):
    open_centre("first", "2026-02-20", *(row(i) for i in range(20)))
    rows = [row(i, "户口迁出", died="") for i in range(10)]
    centre = open_centre("second", "2026-03-20", *rows, more="\n    retain_until: 2099-01-01")
    told = [(look.contract, look.code) for look in centre.attention]
    assert told[0] == ("civil_low_income", "refused")
    codes = [code for _, code in told]
    assert {"rows_fewer", "column_emptied", "new_values", "vanished_values"} <= set(codes)
    assert codes == sorted(codes, key=attention.ORDER.index)
    facts = {look.code: look.facts for look in centre.attention}
    assert facts["rows_fewer"] == {"before": 20, "now": 10, "share": 0.5}
    assert facts["column_emptied"] == {"column": "death_date", "before": 1.0}
    assert facts["new_values"] == {"column": "cancel_reason", "values": ("户口迁出",)}
    assert centre.worst == "civil_low_income"


@pytest.mark.parametrize(("rows", "told"), [(("合计,2,,,", "总计,2,,,"), False), (("王某,1", "李某,2"), True)])
def test_rows_of_totals_are_no_rejects_to_ask_for(open_centre, rows, told):
    centre = open_centre("first", "2026-03-20", row(1), row(2), *rows)
    assert centre.holding("police_deaths").facts.rows_rejected == 2
    assert ("rejected" in {look.code for look in centre.attention}) is told


def test_the_same_bytes_under_a_later_date_need_a_look_and_nothing_else_of_them(open_centre, project):
    rows = [row(i) for i in range(12)]
    open_centre("first", "2026-02-20", *rows)
    looks = open_centre("second", "2026-03-20", *rows).attention
    assert [(look.contract, look.code) for look in looks] == [
        ("civil_low_income", "refused"),
        ("police_deaths", "same_bytes"),
    ]
    assert looks[1].facts == {"day": date(2026, 2, 20)}


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2026, 3, 31), "retention_passed"), (date(2026, 4, 1), "expires_soon"), (date(2026, 5, 31), "expires_soon"),
     (date(2026, 6, 1), None), (None, None)],
)  # fmt: skip
def test_retention_is_told_from_sixty_days_before(open_centre, until, code):
    one = open_centre("first", "2026-03-20", row(1)).holding("police_deaths")
    dated = type(one)(**{**vars(one), "source": type(one.source)(**{**vars(one.source), "retain_until": until})})
    codes = {look.code for look in attention.of_holdings([dated], date(2026, 4, 1))}
    assert codes & {"retention_passed", "expires_soon"} == ({code} if code else set())


def test_a_contract_the_set_lacks_is_refused_by_name(open_centre):
    with pytest.raises(ParameterError, match="has no source for police_moves; it has civil_low_income, police_deaths"):
        open_centre("first", "2026-03-20", row(1)).holding("police_moves")


def test_no_value_of_a_person_is_in_the_facts(open_centre):
    open_centre("first", "2026-02-20", *(row(i) for i in range(12)))
    centre = open_centre("second", "2026-03-20", *(row(i, "销户") for i in range(1, 13)))
    said = repr([vars(one.facts) for one in centre.holdings if one.facts]) + repr(centre) + repr(centre.counts)
    assert "销户" in said
    assert "王某" not in said
    assert "9000011950" not in said
    assert isinstance(centre.counts, pl.DataFrame)


def test_ids_are_judged_in_batches_and_counted_once(open_centre, monkeypatch):
    monkeypatch.setattr(id_quality, "BATCH_ROWS", 3)
    rows = [row(i) for i in range(7)] + [row(7, id_="无")]
    (found,) = open_centre("first", "2026-03-20", *rows).holding("police_deaths").facts.ids
    assert (found.rows, found.counts["valid"], found.counts["blank"]) == (8, 7, 1)
