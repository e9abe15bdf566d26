"""PostgreSQL as it is: types, order, rights, locks, silence."""

from dataclasses import replace

import psycopg
import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake.database import postgresql as reader
from casebook.intake.database import tables as databases
from casebook.intake.sources import Database
from tests.intake import servers


@pytest.fixture
def server(postgresql, monkeypatch):
    monkeypatch.setenv("CASE_DB", postgresql.url())
    return postgresql


@pytest.fixture
def taken(server, contract, tmp_path):
    """Text of the snapshot of a table."""

    def take(table):
        return databases.snapshot(Database("CASE_DB", table), contract, tmp_path).read_text("utf-8")

    return take


@pytest.fixture
def refused(taken):
    """Code of the refusal."""

    def take(table):
        with pytest.raises(SourceError) as caught:
            taken(table)
        return caught.value.code

    return take


def with_header(contract, name, header):
    columns = (replace(c, headers=(*c.headers, header)) if c.name == name else c for c in contract.columns)
    return replace(contract, columns=tuple(columns))


def made(server, columns, *rows, name="pay"):
    server.run(f"CREATE TABLE {name} ({columns})", f"GRANT SELECT ON {name} TO reader")
    if rows:
        server.fill(name, rows)


@pytest.mark.parametrize(
    ("kind", "given", "written"),
    [
        ("numeric(20,4)", "12345678901234.5600", "12345678901234.5600"),
        ("numeric", "0.1000000000000000000001", "0.1000000000000000000001"),
        ("bigint", "9223372036854775807", "9223372036854775807"),
        ("double precision", "0.1", "0.1"),
        ("real", "123456.78", "123456.78"),
        ("boolean", "t", "TRUE"),
        ("boolean", "f", "FALSE"),
        ("boolean", None, ""),
        ("char(8)", "张三", "张三"),
        ("varchar(8)", "张三  ", "张三  "),
        ("text", "", '""'),
        ("text", None, ""),
        ("text", 'a,"b"', '"a,""b"""'),
        ("text", "一\r\n二", '"一\n二"'),
        ("date", "2024-02-29", "2024-02-29"),
        ("date", "infinity", "infinity"),
        ("timestamp", "2024-02-29 08:30:00.5", "2024-02-29 08:30:00.5"),
        ("timestamptz", "2024-02-28 16:30:00Z", "2024-02-29T00:30:00+08:00"),
        ("timestamptz", "1988-07-01 00:00:00+09", "1988-06-30T23:00:00+08:00"),
        ("timestamptz", "infinity", "infinity"),
        ("time", "08:30:00", "08:30:00"),
        ("uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        ("kind", "甲", "甲"),
        ("money_text", "12.50", "12.50"),
    ],
)
def test_a_value_is_written_as_the_server_has_it(server, taken, kind, given, written):
    server.run("DROP TYPE IF EXISTS kind CASCADE", "CREATE TYPE kind AS ENUM ('甲', '乙')")
    server.run("DROP DOMAIN IF EXISTS money_text", "CREATE DOMAIN money_text AS numeric(9,2)")
    made(server, f"姓名 text, 身份证号 text, 乡镇 {kind}, 金额 numeric(9,2)", ("李四", "1", given, "7"))
    assert taken("pay") == f"姓名,身份证号,乡镇,金额\n李四,1,{written},7.00\n"


@pytest.mark.parametrize("kind", ["bytea", "text[]", "json", "jsonb", "money", "interval", "int4range", "point", "oid"])
def test_a_column_whose_type_has_no_exact_text_is_refused_by_name(server, taken, kind):
    made(server, f"姓名 text, 身份证号 text, 乡镇 {kind}, 金额 numeric")
    with pytest.raises(
        SourceError, match=r"postgresql/pay: the column 乡镇 is of type .*, which cannot be written"
    ) as caught:
        taken("pay")
    assert caught.value.code == "database.type"


def test_a_column_the_contract_does_not_name_may_be_of_any_type_and_is_not_read(server, taken):
    made(
        server, "照片 bytea, 金额 numeric(9,2), 姓名 text, 备用 json, 身份证号 text", (b"\x00", "1", "李四", "{}", "2")
    )
    assert taken("pay") == "姓名,身份证号,金额\n李四,2,1.00\n"


def test_rows_come_by_key_then_by_all_else_bytewise_with_nothing_first(server, taken):
    rows = [
        ("张", "2", None, 1),
        ("张", "10", "b", 9),
        ("张", "10", "B", 10),
        ("a", "1", "", 3),
        (None, "1", "x", 2),
        ("Z", "1", "x", 2),
    ]
    made(server, "姓名 text, 身份证号 text, 乡镇 text, 金额 int", *rows)
    assert taken("pay").splitlines()[1:] == [',1,x,2', 'Z,1,x,2', 'a,1,"",3', "张,10,B,10", "张,10,b,9", "张,2,,1"]  # fmt: skip


def test_the_same_table_gives_the_same_bytes_however_it_lies(server, taken):
    rows = [(f"人{n % 7}", str(n % 5), None, n % 3) for n in range(500)]
    made(server, "姓名 text, 身份证号 text, 乡镇 text, 金额 int", *rows)
    first = taken("pay")
    server.run("DELETE FROM pay")
    server.fill("pay", rows[::-1])
    assert taken("pay") == first
    assert len(first.splitlines()) == 501


def test_a_table_is_found_by_schema_and_name_and_otherwise_by_the_search_path(server, taken):
    server.run("CREATE SCHEMA civil", "GRANT USAGE ON SCHEMA civil TO reader")
    made(server, "姓名 text, 身份证号 text, 金额 int", ("乙", "2", 2), name="civil.pay")
    made(server, "姓名 text, 身份证号 text, 金额 int", ("甲", "1", 1))
    assert taken("pay").splitlines()[1] == "甲,1,1"
    assert taken("civil.pay").splitlines()[1] == "乙,2,2"


@pytest.mark.parametrize("name", ['x"; drop table y; --', "x'; drop table y; --", "x y", "表", "%s", "{c}", "a" * 63])
def test_c7_a_table_is_named_never_pasted(server, taken, name):
    quoted = '"' + name.replace('"', '""').replace("%", "%%") + '"'
    server.run("CREATE TABLE y (a int)")
    with server.owner() as owner:
        owner.execute(f"CREATE TABLE {quoted.replace('%%', '%')} (姓名 text, 身份证号 text, 金额 int)")
        owner.execute(f"GRANT SELECT ON {quoted.replace('%%', '%')} TO reader")
    assert taken(name) == "姓名,身份证号,金额\n"
    server.run("SELECT * FROM y")


@pytest.mark.parametrize("name", ['pay"; drop table pay; --', "a" * 64, "PAY", "pg_stat_activity_", "civil.pay"])
def test_c7_a_table_that_is_not_there_is_refused_and_nothing_else_happens(server, refused, name):
    made(server, "姓名 text, 身份证号 text, 金额 int")
    made(server, "姓名 text, 身份证号 text, 金额 int", name="a" * 63)
    assert refused(name) == "database.table"
    server.run("SELECT * FROM pay")


def test_c7_the_session_is_read_only_at_repeatable_read(server, taken):
    server.run(
        "CREATE VIEW pay AS SELECT current_setting('transaction_isolation') AS 姓名, current_setting('transaction_read_only') "
        "AS 身份证号, current_setting('default_transaction_read_only') AS 乡镇, 1 AS 金额",
        "GRANT SELECT ON pay TO reader",
    )
    assert taken("pay").splitlines()[1] == "repeatable read,on,on,1"


def test_c7_a_view_that_would_write_is_refused_and_writes_nothing(server, taken):
    server.run(
        "CREATE TABLE trace (at int)",
        "CREATE FUNCTION leave_trace() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO trace VALUES (1) RETURNING at::text'",
        "CREATE VIEW pay AS SELECT leave_trace() AS 姓名, '1' AS 身份证号, 1 AS 金额",
        "GRANT SELECT ON pay TO reader",
    )
    with pytest.raises(SourceError, match=r"ended the reading \(error 25006\)") as caught:
        taken("pay")
    assert caught.value.code == "database.ended"
    with server.owner() as owner:
        assert owner.execute("SELECT count(*) FROM trace").fetchone() == (0,)


def test_c7_a_role_without_select_is_told_so(server, taken):
    server.run("CREATE TABLE pay (姓名 text, 身份证号 text, 金额 int)")
    with pytest.raises(
        SourceError, match=r"^postgresql/pay: the role may not read the whole table .*ask for the right"
    ) as caught:
        taken("pay")
    assert caught.value.code == "database.rights"


def test_rows_that_a_policy_would_hide_are_refused(server, refused):
    made(server, "姓名 text, 身份证号 text, 金额 int", ("甲", "1", 1), ("乙", "2", 2))
    server.run("ALTER TABLE pay ENABLE ROW LEVEL SECURITY", "CREATE POLICY own ON pay TO reader USING (金额 > 1)")
    assert refused("pay") == "database.rights"


def test_a_locked_table_is_refused_after_a_while(server, refused, monkeypatch):
    monkeypatch.setattr(reader, "LOCK_SECONDS", 0.1)
    made(server, "姓名 text, 身份证号 text, 金额 int")
    with server.owner() as owner, owner.transaction():
        owner.execute("LOCK TABLE pay")
        assert refused("pay") == "database.slow"


SLOW = "CREATE VIEW pay AS SELECT '' || pg_sleep(60) AS 姓名, '1' AS 身份证号, 1 AS 金额"


def test_a_query_without_end_is_ended_by_the_server(server, refused, monkeypatch):
    monkeypatch.setattr(reader, "STATEMENT_SECONDS", 0.1)
    server.run(SLOW, "GRANT SELECT ON pay TO reader")
    assert refused("pay") == "database.slow"


def test_a_server_that_falls_silent_is_left(server, refused, monkeypatch):
    monkeypatch.setattr(reader, "SILENCE_SECONDS", 0.2)
    server.run(SLOW, "GRANT SELECT ON pay TO reader")
    assert refused("pay") == "database.ended"


def test_a_value_that_the_server_cannot_compute_leaves_no_partial_file(server, refused, tmp_path):
    server.run(
        "CREATE VIEW pay AS SELECT n::text AS 姓名, '1' AS 身份证号, 1 / (n - 60000) AS 金额 FROM generate_series(1, 60000) n",
        "GRANT SELECT ON pay TO reader",
    )
    assert refused("pay") == "database.ended"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_text_of_a_database_that_knows_no_encoding_is_told_as_in_files(server, contract, tmp_path, monkeypatch):
    with server.owner("postgres") as owner:
        owner.execute("DROP DATABASE IF EXISTS old")
        owner.execute("CREATE DATABASE old ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with psycopg.connect(server.url("owner", servers.OWNER, "old"), autocommit=True) as owner:
        owner.execute("CREATE TABLE pay (name text, citizen_id text, township text, amount numeric)")
        for name in ("张三丰", "李四光"):
            owner.execute(
                b"INSERT INTO pay VALUES ('"
                + name.encode("gb18030")
                + b"', '1', '"
                + "白云街道".encode("gb18030")
                + b"', 1)"
            )
        owner.execute("GRANT SELECT ON pay TO reader")
    monkeypatch.setenv("CASE_DB", server.url(database="old"))
    known = with_header(contract, "amount_fen", "amount")
    path = databases.snapshot(Database("CASE_DB", "pay"), known, tmp_path)
    dataset, _ = intake.read(known, [path])
    assert dataset.parts[0].encoding == "gb18030"
    assert sorted(dataset.frame["name"]) == ["张三丰", "李四光"]
