"""A table as a snapshot file: the same from every server and from a file; private; nothing of the address anywhere."""

import hashlib
import logging
import socket
import stat
import subprocess
import sys
import traceback

import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake.database import access, mysql
from casebook.intake.database import postgresql as postgres
from casebook.intake.database import tables as databases
from casebook.intake.sources import Database
from casebook.intake.take import take
from tests.intake import servers

PAY = Database("CASE_DB", "pay")
ROWS = [
    ("张三", "110101199003074518", "白云街道", "1234.50", "12.30"),
    ("张三", "110101199003074518", None, "1234.50", None),
    ("李四", "", "甲\n乙", "-7.00", "0.01"),
    ("欧阳,修", "990", 'a"b', "0.10", "1.00"),
    (None, "11", "𠀀", "99999999.99", "3.00"),
]
COLUMNS = (
    "备注 TEXT, 姓名 VARCHAR(40), 公民身份号码 VARCHAR(40), `乡镇(街道)` TEXT, 金额 DECIMAL(12,2), 面积 DECIMAL(12,2)"
)
FILE = """姓名,公民身份号码,乡镇(街道),金额,面积
,11,𠀀,99999999.99,3.00
张三,110101199003074518,,1234.50,
张三,110101199003074518,白云街道,1234.50,12.30
李四,"","甲
乙",-7.00,0.01
"欧阳,修",990,"a""b",0.10,1.00
"""


def filled(server):
    postgresql = server.scheme == "postgresql"
    columns = COLUMNS.replace("`", '"') if postgresql else COLUMNS
    right = "pay" if postgresql else "civil.*"
    server.run(f"CREATE TABLE pay ({columns})", f"GRANT SELECT ON {right} TO reader" + ("" if postgresql else "@'%'"))
    server.fill("pay", [("备", *row) for row in ROWS])
    return server


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request, monkeypatch):
    """Each server in turn, its address in CASE_DB."""
    chosen = request.getfixturevalue(request.param)
    monkeypatch.setenv("CASE_DB", chosen.url())
    return chosen


def test_a_table_gives_the_same_dataset_from_either_server_and_from_a_file(
    postgresql, mariadb, contract, tmp_path, monkeypatch
):
    (tmp_path / "pay.csv").write_text(FILE, encoding="utf-8")
    paths = [tmp_path / "pay.csv"]
    for server in (postgresql, mariadb):
        monkeypatch.setenv("CASE_DB", filled(server).url())
        paths.append(databases.snapshot(PAY, contract, tmp_path / "taken"))
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths} == {
        hashlib.sha256(FILE.encode()).hexdigest()
    }
    assert [str(path.relative_to(tmp_path)) for path in paths[1:]] == [
        "taken/postgresql/pay.csv",
        "taken/mariadb/pay.csv",
    ]
    datasets = [intake.read(contract, [path])[0] for path in paths]
    assert datasets[0].frame["name"].to_list() == [None, "张三", "张三", "李四", "欧阳,修"]
    assert datasets[0].frame["row"].to_list() == [2, 3, 4, 5, 7]
    assert datasets[0].frame["township"].to_list()[3] == "甲\n乙"
    assert datasets[0].frame.equals(datasets[1].frame)
    assert datasets[0].frame.equals(datasets[2].frame)


def test_canonical_names_are_known_where_no_unit_is_at_stake(server, contract, tmp_path):
    right = "pay TO reader" if server.scheme == "postgresql" else "civil.* TO reader@'%'"
    server.run(
        "CREATE TABLE pay (Citizen_ID VARCHAR(20), name VARCHAR(20), area_dm2 INT, 金额 INT)",
        f"GRANT SELECT ON {right}",
    )
    server.fill("pay", [("1", "李四", 4, 5)])
    path = databases.snapshot(PAY, contract, tmp_path)
    header = "name,citizen_id,金额" if server.scheme == "postgresql" else "name,Citizen_ID,金额"
    assert path.read_text("utf-8") == f"{header}\n李四,1,5\n"
    dataset, _ = intake.read(contract, [path])
    assert dataset.frame.select("name", "citizen_id", "amount_fen", "area_dm2").row(0) == ("李四", "1", "5", None)


def test_a_table_without_the_columns_is_refused_with_those_it_has(server, contract, tmp_path):
    right = "pay TO reader" if server.scheme == "postgresql" else "civil.* TO reader@'%'"
    server.run("CREATE TABLE pay (xm VARCHAR(20), 身份证号 VARCHAR(20), je INT)", f"GRANT SELECT ON {right}")
    with pytest.raises(SourceError) as caught:
        databases.snapshot(PAY, contract, tmp_path)
    assert caught.value.code == "database.column"
    assert caught.value.en == (
        f"{server.scheme}/pay: the column 姓名、金额 is missing; the table has xm、身份证号、je. "
        f"Add its name to headers in the contract payments, or correct the table."
    )
    assert "缺少列 姓名、金额；表中现有：xm、身份证号、je" in caught.value.zh


def test_two_columns_that_mean_the_same_are_refused(server, contract, tmp_path):
    quote, right = ('"', "pay TO reader") if server.scheme == "postgresql" else ("`", "civil.* TO reader@'%'")
    server.run(
        f"CREATE TABLE pay (姓名 TEXT, {quote}姓 名{quote} TEXT, 身份证号 TEXT, 金额 INT)", f"GRANT SELECT ON {right}"
    )
    with pytest.raises(SourceError, match="the columns 姓名 and 姓 名 differ by letter case") as caught:
        databases.snapshot(PAY, contract, tmp_path)
    assert caught.value.code == "database.twins"


def test_the_snapshot_is_private_and_replaces_the_older(server, contract, tmp_path):
    filled(server)
    first = databases.snapshot(PAY, contract, tmp_path)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    server.run("DELETE FROM pay WHERE 姓名 = '张三'")
    second = databases.snapshot(PAY, contract, tmp_path)
    assert second == first
    assert second.read_text("utf-8").count("张三") == 0
    assert [path.name for path in first.parent.iterdir()] == ["pay.csv"]


def test_a_snapshot_is_found_again_without_the_address(server, contract, tmp_path, monkeypatch):
    assert databases.taken(PAY, tmp_path) is None
    filled(server)
    path = databases.snapshot(PAY, contract, tmp_path)
    monkeypatch.delenv("CASE_DB")
    assert databases.taken(PAY, tmp_path) == path
    assert databases.taken(Database("CASE_DB", "pa?"), tmp_path) is None


def test_a_nul_character_is_rejected_as_in_files_not_lost(mariadb, contract, tmp_path, monkeypatch):
    monkeypatch.setenv("CASE_DB", filled(mariadb).url())
    mariadb.fill("pay", [("备", "王\x00五", "1", "x", "1", None)])
    dataset, rejects = intake.read(contract, [databases.snapshot(PAY, contract, tmp_path)])
    assert (dataset.frame.height, rejects.frame["code"].to_list()) == (5, ["char.nul"])


MEASURED = """
import sys
from pathlib import Path
from casebook.intake import contract
from casebook.intake.database import tables as databases
from casebook.intake.sources import Database

def highest():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])

asked = contract.load(Path(sys.argv[1]) / "civil_subsidy_payments.odcs.yaml")
for table in ("few", "many"):
    databases.snapshot(Database("CASE_DB", table), asked, Path(sys.argv[2]))
    print(highest())
"""


def test_a_large_table_passes_through_little_memory(server, root, tmp_path):
    if server.scheme == "postgresql":
        source, right = "generate_series(1, {})", "{} TO reader"
    else:
        source, right = "seq_1_to_{}", "civil.* TO reader@'%'"
    for table, rows in (("few", 10), ("many", 200_000)):
        server.run(
            f"CREATE TABLE {table} (姓名 TEXT, 身份证号 TEXT, 补贴类型 TEXT, 发放月份 TEXT, 发放金额 INT)",
            f"INSERT INTO {table} SELECT '人', '110101199003074518', '{'一二三四五' * 5}', '2024-02', 1 FROM "
            + source.format(rows)
            + (" n" if server.scheme == "postgresql" else ""),
            f"GRANT SELECT ON {right.format(table)}",
        )
    command = [sys.executable, "-c", MEASURED, root / "data_contracts", tmp_path]
    before, after = map(int, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    path = tmp_path / server.scheme / "many.csv"
    assert path.stat().st_size > 20_000_000
    assert after - before < 10_000
    with path.open("rb") as file:
        assert sum(1 for _ in file) == 200_001


SECRET = servers.READER
WRONG = "Falsch-91b2"


@pytest.fixture
def seen(capsys, caplog):
    """All that anybody could have seen, of errors too."""
    caplog.set_level(logging.DEBUG)

    def tell(*errors):
        printed = capsys.readouterr()
        texts = [f"{e} {e!r} {e.zh} {e.en} {e.file} {e.args} {''.join(traceback.format_exception(e))}" for e in errors]
        return "\n".join([*texts, printed.out, printed.err, caplog.text])

    return tell


@pytest.fixture
def refusal(server, contract, tmp_path, monkeypatch):
    """The refusal of the table when its address is changed."""

    def refuse(change):
        monkeypatch.setenv("CASE_DB", change(server.url()))
        with pytest.raises(SourceError) as caught:
            databases.snapshot(PAY, contract, tmp_path)
        return caught.value

    return refuse


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda url: url.replace(SECRET, WRONG), "database.login"),
        (lambda url: url.replace("reader", "nobody"), "database.login"),
        (lambda url: url.replace("/civil", "/nowhere"), "database.login"),
        (lambda url: url.replace("127.0.0.1", "casebook.invalid"), "database.unreachable"),
        (lambda url: url.replace(f"{SECRET}@", f"{SECRET}%zz@[") + "?sslmode=no&ssl-mode=no", "database.address_fault"),
        (lambda url: url.replace("://", ":/"), "database.address"),
        (lambda url: url.replace("://", " ://"), "database.address"),
        (lambda url: f"oracle://{SECRET}", "database.address"),
        (lambda url: f"{url}\n{url}", "database.address"),
    ],
)
def test_c4_no_refusal_shows_the_address(refusal, seen, change, code):
    error = refusal(change)
    assert error.code == code
    everything = seen(error)
    assert "CASE_DB" in everything
    for secret in (SECRET, WRONG, "reader:", "nobody:"):
        assert secret not in everything


def test_c4_nothing_that_is_written_holds_the_password(server, seen, contract, tmp_path):
    filled(server)
    path = databases.snapshot(PAY, contract, tmp_path / "taken")
    take(contract, [path], tmp_path / "dataset")
    asked = access.ask(PAY)
    assert SECRET in asked.url
    assert SECRET not in f"{asked!r} {asked} {seen()}"
    written = [found for found in tmp_path.rglob("*") if found.is_file()]
    assert {"pay.csv", "intake.json", "data.parquet"} <= {found.name for found in written}
    for found in written:
        assert SECRET.encode() not in found.read_bytes()
        assert b"reader:" not in found.read_bytes()


@pytest.mark.parametrize(("scheme", "module"), [("postgresql", postgres), ("mysql", mysql)])
def test_a_server_that_takes_the_call_and_says_nothing_is_left(contract, tmp_path, monkeypatch, scheme, module):
    monkeypatch.setattr(module, "CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        monkeypatch.setenv("CASE_DB", f"{scheme}://u:p@127.0.0.1:{mute.getsockname()[1]}/d")
        with pytest.raises(SourceError) as caught:
            databases.snapshot(PAY, contract, tmp_path)
    assert caught.value.code == "database.unreachable"


def test_tls_that_the_address_demands_is_not_given_up(postgresql, contract, tmp_path, monkeypatch):
    monkeypatch.setenv("CASE_DB", postgresql.url(sslmode="require"))
    with pytest.raises(SourceError) as caught:
        databases.snapshot(PAY, contract, tmp_path)
    assert caught.value.code == "database.unreachable"


def test_what_a_program_cannot_start_is_skipped_here_and_fails_in_ci(monkeypatch):
    monkeypatch.delenv(servers.REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install mariadb-server"):
        servers.demand(None, "mariadb-server")
    monkeypatch.setenv(servers.REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="need a server: apt-get install mariadb-server"):
        servers.demand(None, "mariadb-server")
