from dataclasses import replace
from datetime import date

import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import deliveries, store
from casebook.intake.sources import Source

HEADER = "姓名,身份证号,乡镇,金额"
SOURCE = Source(date(2026, 3, 20), "调取证据通知书 1")


@pytest.fixture
def deliver_in(tmp_path, contract):
    """Takes a file of these lines into the store."""

    def run(*lines, name="a.csv", source=SOURCE, columns=("name", "amount_fen"), contract=contract):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        return deliveries.take_in(contract, [path], source, tmp_path / "store", columns=columns)

    return run


@pytest.fixture
def read_files(monkeypatch):
    """Names of the files that were really read."""
    found = []
    admit = deliveries.take.__globals__["Taking"].run

    def counted(self, paths):
        found.extend(path.name for path in paths)
        return admit(self, paths)

    monkeypatch.setattr(deliveries.take.__globals__["Taking"], "run", counted)
    return found


def test_the_same_bytes_are_read_once_whatever_the_file_is_called(deliver_in, read_files, tmp_path, contract):
    first = deliver_in("张三,1,镇,10", name="三月.csv")
    again = deliver_in("张三,1,镇,10", name="四月.csv")
    assert (read_files, again.key) == (["三月.csv"], first.key)
    dataset = intake.load(again.folder(tmp_path / "store"), contract, again.names)
    assert [part.file for part in dataset.parts] == ["四月.csv"]


def test_other_bytes_another_contract_or_more_columns_are_read(deliver_in, read_files, contract):
    keys = [
        deliver_in("张三,1,镇,10").key,
        deliver_in("张三,1,镇,11").key,
        deliver_in("张三,1,镇,11", contract=replace(contract, sha256="b" * 64)).key,
        deliver_in("张三,1,镇,11", columns=("name", "township", "amount_fen")).key,
    ]
    assert len(set(keys)) == len(read_files) == 4


def test_fewer_columns_are_found_among_more(deliver_in, read_files):
    wide = deliver_in("张三,1,镇,10", columns=("name", "township"))
    assert deliver_in("张三,1,镇,10", columns=("township",)).key == wide.key
    assert len(read_files) == 1


def test_each_day_it_was_obtained_is_on_record(deliver_in, tmp_path):
    deliver_in("张三,1,镇,10")
    deliver_in("张三,1,镇,10", source=replace(SOURCE, obtained=date(2026, 4, 20)))
    deliver_in("张三,1,镇,11", source=replace(SOURCE, obtained=date(2026, 2, 20)))
    found = deliveries.history(tmp_path / "store", "payments")
    assert [str(one.obtained) for one in found] == ["2026-02-20", "2026-03-20", "2026-04-20"]
    assert found[1].key == found[2].key
    assert deliveries.contracts(tmp_path / "store") == ["payments"]


def test_a_record_says_what_was_asked_and_by_whom(deliver_in, tmp_path):
    made = deliver_in("张三,1,镇,10", source=replace(SOURCE, retain_until=date(2999, 12, 31)))
    (found,) = deliveries.history(tmp_path / "store", "payments")
    assert (found.by, found.retain_until, found.columns) == (
        "调取证据通知书 1",
        date(2999, 12, 31),
        ("name", "amount_fen"),
    )
    assert found.files == made.files


def test_a_copy_of_the_file_stays_under_its_digest(deliver_in, tmp_path):
    made = deliver_in("张三,1,镇,10")
    assert [path.name for path in (tmp_path / "store" / "files").iterdir()] == [made.files[0][1]]


def test_a_refused_delivery_leaves_the_store_as_it_was(deliver_in, tmp_path):
    deliver_in("张三,1,镇,10")
    before = sorted(tmp_path.joinpath("store").rglob("*"))
    with pytest.raises(SourceError, match="no rows"):
        deliver_in(name="leer.csv")
    assert sorted(tmp_path.joinpath("store").rglob("*")) == before


def test_a_file_that_is_not_there_is_named(tmp_path, contract):
    with pytest.raises(SourceError, match=r"b\.csv: the source set names this file but it does not exist"):
        deliveries.take_in(contract, [tmp_path / "b.csv"], SOURCE, tmp_path / "store", columns=("name",))


def test_what_may_not_be_kept_any_more_is_not_read(deliver_in, tmp_path):
    with pytest.raises(SourceError) as caught:
        deliver_in("张三,1,镇,10", source=replace(SOURCE, retain_until=date(2026, 3, 31)))
    assert caught.value.code == "retention.passed"
    assert not (tmp_path / "store").exists()


def test_flags_and_rejects_are_counted_in_the_store(deliver_in, tmp_path):
    made = deliver_in("张三,3.7E+17,镇,10", "李四,2,镇,")
    said = store.account(made.folder(tmp_path / "store"))
    assert (said["flags"], said["rejects"]) == ({"id.numeric_cell": 1}, {"value.missing": 1})
