"""The whole district: same bytes twice, sources that exist, truth that points at the planted rows."""

import os
import subprocess
import sys
from collections import Counter
from hashlib import sha256

import polars as pl
import pytest
import yaml
from python_calamine import CalamineWorkbook

from casebook.synth import subsidy
from casebook.synth.make import make
from casebook.synth.world import Scale, World

SEED = 5


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    return make(tmp_path_factory.mktemp("district"), SEED, Scale.of("sample")).parent


@pytest.fixture(scope="module")
def sources(district):
    return yaml.safe_load((district / "sources.yml").read_text("utf8"))


def physical_rows(path):
    """Every physical row of the file, as texts."""
    if path.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
        return [line.replace("\t", ",").split(",") for line in text.split("\r\n")]
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[str(cell) for cell in row] for row in rows]


def digests(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(("hash_seed", "zone"), [("0", "UTC"), ("77", "Asia/Shanghai")])
def test_another_process_writes_the_same_bytes(district, tmp_path, hash_seed, zone):
    code = (
        "from pathlib import Path; from casebook.synth.make import make; from casebook.synth.world import Scale; "
        f"make(Path({str(tmp_path)!r}), {SEED}, Scale.of('sample'))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert digests(tmp_path) == digests(district)


def test_another_seed_gives_another_district(district, tmp_path):
    make(tmp_path, SEED + 1, Scale.of("sample"))
    name = "civil/civil_subsidy_payments_01.csv"
    assert (district / name).read_bytes() != (tmp_path / name).read_bytes()


def test_sources_say_what_they_are(sources):
    assert sources["synthetic"] is True
    assert sources["division"] == "900001"
    assert str(sources["as_of"]) == "2026-03-31"
    assert len(sources["sources"]) == 25


def test_every_source_has_files_a_date_and_an_instrument(district, sources):
    for contract, entry in sources["sources"].items():
        assert all((district / file).is_file() for file in entry["files"]), contract
        assert entry["by"].startswith("青检调")
        assert str(entry["obtained"]).startswith("2026-")


def test_no_file_is_left_unlisted(district, sources):
    listed = Counter(file for entry in sources["sources"].values() for file in entry["files"])
    there = {p.relative_to(district).as_posix() for p in district.rglob("*") if p.is_file()}
    assert there - set(listed) == {"sources.yml", *(f"truth/{p.name}" for p in (district / "truth").iterdir())}
    assert set(listed.values()) == {1}


def test_sample_is_about_twenty_thousand_rows(district, sources):
    files = [file for entry in sources["sources"].values() for file in entry["files"]]
    assert 18_000 < sum(len(physical_rows(district / file)) for file in files) < 23_000


@pytest.mark.parametrize("scenario", ["disabled_two_subsidies", "land_use_tax", "online_catering"])
def test_truth_addresses_lie_inside_their_files(district, scenario):
    truth = pl.read_csv(district / "truth" / f"{scenario}.csv")
    assert truth.height > 50
    for file, lines in truth.group_by("file"):
        assert lines["row"].max() <= len(physical_rows(district / file[0]))
        assert lines["row"].min() >= 2


def test_subsidy_truth_points_at_the_planted_rows(district):
    truth = pl.read_csv(district / "truth" / "disabled_two_subsidies.csv")
    book = subsidy.plant(World(SEED, Scale.of("sample")))
    planted = [book.rows[contract][handle] for _, contract, handles in book.planted for handle in handles]
    read = {file: physical_rows(district / file) for file in truth["file"].unique()}
    assert len(planted) == truth.height
    for row, line in zip(planted, truth.iter_rows(named=True), strict=True):
        cells = [cell.strip() for cell in read[line["file"]][line["row"] - 1]]
        mark = row["银行账号"] if "银行账号" in row else row["残疾人证号"]
        assert {mark, mark.lower()} & set(cells), line


def test_the_excel_list_is_split_and_the_others_differ_in_encoding(district, sources):
    files = sources["sources"]["civil_subsidy_payments"]["files"]
    assert [f.rsplit("_", 1)[1] for f in files if f.endswith(".xls")] == ["1.xls", "2.xls"]
    heads = [(district / f).read_bytes()[:3] for f in files if f.endswith(".csv")]
    assert heads.count(b"\xef\xbb\xbf") == 1
    assert sum(f.endswith(".xlsx") for f in files) == 1


def test_every_identifier_lies_in_the_unassigned_area(district):
    truth = pl.read_csv(district / "federation" / "federation_certificates.csv", infer_schema=False)
    assert truth["公民身份号码"].str.contains("^900001[0-9]{11}[0-9x]$").all()
    assert truth["残疾人证号"].str.contains("^900001[0-9]{11}[0-9X][1-7][1-4](B[1-9])?$").all()
