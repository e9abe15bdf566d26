"""MariaDB as it is: types, encodings, order, rights, locks, silence, TLS."""

from contextlib import closing

import pymysql
import pytest
from pymysql.constants import CLIENT

from casebook.errors import SourceError
from casebook.intake.database import access
from casebook.intake.database import mysql as reader
from casebook.intake.database import tables as databases
from casebook.intake.sources import Database

KEYS = "姓名 VARCHAR(20), 身份证号 VARCHAR(20)"


@pytest.fixture
def server(mariadb, monkeypatch):
    monkeypatch.setenv("CASE_DB", mariadb.url())
    return mariadb


@pytest.fixture
def taken(server, contract, tmp_path):
    """Text of the snapshot of a table."""

    def take(table="pay"):
        return databases.snapshot(Database("CASE_DB", table), contract, tmp_path).read_text("utf-8")

    return take


@pytest.fixture
def refused(taken):
    """Code of the refusal."""

    def take(table="pay"):
        with pytest.raises(SourceError) as caught:
            taken(table)
        return caught.value.code

    return take


def made(server, columns, *rows, name="pay"):
    server.run(f"CREATE TABLE {name} ({columns})", "GRANT SELECT, EXECUTE ON civil.* TO reader@'%'")
    if rows:
        server.fill(name, rows)


@pytest.mark.parametrize(
    ("kind", "given", "written"),
    [
        ("DECIMAL(20,4)", "12345678901234.5600", "12345678901234.5600"),
        ("DECIMAL(38,10)", "0.1000000001", "0.1000000001"),
        ("BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615"),
        ("INT(6) ZEROFILL", "7", "000007"),
        ("TINYINT(1)", "1", "1"),
        ("DOUBLE", "0.1", "0.1"),
        ("FLOAT", "123456.78", "123456.78"),
        ("FLOAT", "0.1", "0.1"),
        ("FLOAT", None, ""),
        ("CHAR(8)", "张三", "张三"),
        ("VARCHAR(8)", "张三  ", "张三  "),
        ("TEXT", "", '""'),
        ("TEXT", None, ""),
        ("VARCHAR(20)", 'a,"b"', '"a,""b"""'),
        ("LONGTEXT", "一\n二", '"一\n二"'),
        ("VARCHAR(20)", "一\x00二", "一\x00二"),
        ("VARCHAR(20)", "\\N", "\\N"),
        ("VARCHAR(20) CHARACTER SET gbk", "白云街道", "白云街道"),
        ("VARCHAR(20) CHARACTER SET latin1", "café", "café"),
        ("VARCHAR(20)", "𠀀", "𠀀"),
        ("DATE", "2024-02-29", "2024-02-29"),
        ("DATE", "0000-00-00", "0000-00-00"),
        ("DATE", "2024-02-00", "2024-02-00"),
        ("DATETIME", "2024-02-29 08:30:00", "2024-02-29 08:30:00"),
        ("DATETIME", "0000-00-00 00:00:00", "0000-00-00 00:00:00"),
        ("DATETIME(3)", "2024-02-29 08:30:00.5", "2024-02-29 08:30:00.500"),
        ("TIMESTAMP NULL", "2024-02-29 00:30:00", "2024-02-29T00:30:00+08:00"),
        ("TIMESTAMP NULL", "0000-00-00 00:00:00", "0000-00-00 00:00:00"),
        ("TIME", "838:59:59", "838:59:59"),
        ("YEAR", "2024", "2024"),
        ("ENUM('甲','乙')", "甲", "甲"),
        ("SET('甲','乙')", "甲,乙", '"甲,乙"'),
    ],
)
def test_a_value_is_written_as_the_server_has_it(server, taken, kind, given, written):
    made(server, f"{KEYS}, 乡镇 {kind}, 金额 DECIMAL(9,2)")
    with server.owner() as owner, owner.cursor() as cursor:
        cursor.execute("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+08:00'")
        cursor.execute("INSERT INTO pay VALUES ('李四', '1', %s, 7)", (given,))
    written_file = "姓名,身份证号,乡镇,金额\n李四,1," + written + ",7.00\n"
    assert taken() == written_file


@pytest.mark.parametrize("kind", ["BIT(8)", "BLOB", "VARBINARY(9)", "BINARY(4)", "GEOMETRY", "POINT"])
def test_a_column_whose_type_has_no_exact_text_is_refused_by_name(server, taken, kind):
    made(server, f"{KEYS}, 乡镇 {kind}, 金额 DECIMAL(9,2)")
    with pytest.raises(
        SourceError, match=r"mariadb/pay: the column 乡镇 is of type .*, which cannot be written"
    ) as caught:
        taken()
    assert caught.value.code == "database.type"


def test_a_column_the_contract_does_not_name_may_be_of_any_type_and_is_not_read(server, taken):
    made(server, f"照片 BLOB, 金额 DECIMAL(9,2), {KEYS}", (b"\x00", "1", "李四", "2"))
    assert taken() == "姓名,身份证号,金额\n李四,2,1.00\n"


def test_rows_come_by_key_then_by_all_else_bytewise_with_nothing_first(server, taken):
    rows = [
        ("张", "2", None, 1),
        ("张", "10", "b", 9),
        ("张", "10", "B", 10),
        ("a", "1", "", 3),
        (None, "1", "x", 2),
        ("Z", "1", "x", 2),
    ]
    made(server, f"{KEYS}, 乡镇 TEXT, 金额 INT", *rows)
    assert taken().splitlines()[1:] == [",1,x,2", "Z,1,x,2", 'a,1,"",3', "张,10,B,10", "张,10,b,9", "张,2,,1"]


def test_long_texts_that_differ_late_have_an_order_of_their_own(server, taken):
    rows = [("张", "1", "长" * 5_000 + end, 1) for end in "bdac"]
    made(server, f"{KEYS}, 乡镇 TEXT, 金额 INT", *rows)
    assert [line.split(",")[2][-1] for line in taken().splitlines()[1:]] == ["a", "b", "c", "d"]


def test_the_same_table_gives_the_same_bytes_however_it_lies(server, taken):
    rows = [(f"人{n % 7}", str(n % 5), None, n % 3) for n in range(500)]
    made(server, f"{KEYS}, 乡镇 TEXT, 金额 INT", *rows)
    first = taken()
    server.run("DELETE FROM pay")
    server.fill("pay", rows[::-1])
    assert taken() == first
    assert len(first.splitlines()) == 501


def test_the_database_of_the_address_counts_unless_the_table_names_another(server, taken, refused, monkeypatch):
    made(server, f"{KEYS}, 金额 INT", ("甲", "1", 1))
    monkeypatch.setenv("CASE_DB", server.url(database=""))
    assert refused("pay") == "database.table"
    assert taken("civil.pay").splitlines()[1] == "甲,1,1"


@pytest.mark.parametrize(
    "name", ["x`; drop table y; --", 'x"; drop table y; --', "x'; drop table y; -- ", "x y", "表", "%s", "{c}"]
)
def test_c7_a_table_is_named_never_pasted(server, taken, name):
    server.run("CREATE TABLE y (a int)")
    with server.owner() as owner, owner.cursor() as cursor:
        quoted = "`" + name.strip().replace("`", "``") + "`"
        cursor.execute(f"CREATE TABLE {quoted} (姓名 TEXT, 身份证号 TEXT, 金额 INT)")
        cursor.execute("GRANT SELECT ON civil.* TO reader@'%'")
    assert taken(name.strip()) == "姓名,身份证号,金额\n"
    server.run("SELECT * FROM y")


@pytest.mark.parametrize("name", ["pay`; drop table pay; --", "pay'; drop table pay; --", "a" * 65])
def test_c7_a_table_that_is_not_there_is_refused_and_nothing_else_happens(server, refused, name):
    made(server, f"{KEYS}, 金额 INT")
    assert refused(name) == "database.table"
    server.run("SELECT * FROM pay")


def test_c7_the_session_is_read_only_at_repeatable_read(server, taken):
    server.run(
        "CREATE FUNCTION level_of() RETURNS VARCHAR(40) RETURN @@tx_isolation",
        "CREATE FUNCTION is_read_only() RETURNS VARCHAR(40) RETURN @@tx_read_only",
        "CREATE VIEW pay AS SELECT level_of() AS 姓名, is_read_only() AS 身份证号, 1 AS 金额",
        "GRANT SELECT, EXECUTE ON civil.* TO reader@'%'",
    )
    assert taken().splitlines()[1] == "REPEATABLE-READ,1,1"


def test_c7_a_view_that_would_write_is_refused_and_writes_nothing(server, taken):
    server.run(
        "CREATE TABLE trace (at INT)",
        "CREATE FUNCTION leave_trace() RETURNS INT BEGIN INSERT INTO trace VALUES (1); RETURN 1; END",
        "CREATE VIEW pay AS SELECT leave_trace() AS 姓名, '1' AS 身份证号, 1 AS 金额",
        "GRANT SELECT, EXECUTE ON civil.* TO reader@'%'",
    )
    with pytest.raises(SourceError, match=r"ended the reading \(error 1792\)"):
        taken()
    with server.owner() as owner, owner.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trace")
        assert cursor.fetchone() == (0,)


def test_c7_a_role_without_select_is_told_so(server, taken, refused):
    server.run(f"CREATE TABLE pay ({KEYS}, 金额 INT)", "GRANT INSERT ON civil.pay TO reader@'%'")
    with pytest.raises(
        SourceError, match=r"^mariadb/pay: the role may not read the whole table .*ask for the right"
    ) as caught:
        taken()
    assert caught.value.code == "database.rights"


def test_a_role_without_any_right_is_told_the_same_of_a_table_and_of_none(server, refused):
    server.run(
        f"CREATE TABLE pay ({KEYS}, 金额 INT)",
        "CREATE TABLE other (a INT)",
        "GRANT SELECT ON civil.other TO reader@'%'",
    )
    assert [refused(name) for name in ("pay", "civil.none", "elsewhere.pay")] == ["database.rights"] * 3


def test_a_locked_table_is_refused_after_a_while(server, refused, monkeypatch):
    monkeypatch.setattr(reader, "_SETTINGS", (*reader._SETTINGS, "SET SESSION lock_wait_timeout = 1"))
    made(server, f"{KEYS}, 金额 INT")
    with server.owner() as owner, owner.cursor() as cursor:
        cursor.execute("LOCK TABLES pay WRITE")
        assert refused("pay") == "database.slow"


def test_a_server_that_falls_silent_is_left(server, refused, monkeypatch):
    monkeypatch.setattr(reader, "SILENCE_SECONDS", 0.2)
    server.run(
        "CREATE VIEW pay AS SELECT sleep(5) AS 姓名, '1' AS 身份证号, 1 AS 金额",
        "GRANT SELECT ON civil.* TO reader@'%'",
    )
    assert refused("pay") == "database.ended"


def test_no_local_file_is_ever_sent(server):
    made(server, f"{KEYS}, 金额 INT")
    with closing(reader._connected(access.ask(Database("CASE_DB", "pay")))) as connection:
        with pytest.raises((pymysql.Error, RuntimeError)):
            connection.query("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE civil.pay")
        assert not connection.client_flag & CLIENT.LOCAL_FILES


def test_a_view_that_no_longer_works_leaves_no_partial_file(server, refused, tmp_path):
    made(server, f"{KEYS}, 金额 INT", name="base")
    server.run("CREATE VIEW pay AS SELECT * FROM base", "ALTER TABLE base DROP COLUMN 金额")
    assert refused("pay") in {"database.rights", "database.table"}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("mode", "host"), [("REQUIRED", "127.0.0.1"), ("VERIFY_CA", "127.0.0.1"), ("VERIFY_IDENTITY", "localhost")]
)
def test_tls_is_used_as_the_address_asks(server, taken, monkeypatch, mode, host):
    server.run(
        "CREATE FUNCTION cipher() RETURNS VARCHAR(99) RETURN (SELECT variable_value FROM information_schema.session_status "
        "WHERE variable_name = 'Ssl_version')",
        "CREATE VIEW pay AS SELECT cipher() AS 姓名, '1' AS 身份证号, 1 AS 金额",
        "GRANT SELECT, EXECUTE ON civil.* TO reader@'%'",
    )
    authority = {} if mode == "REQUIRED" else {"ssl-ca": server.folder / "ca.pem"}
    url = server.url(**{"ssl-mode": mode}, **authority).replace("127.0.0.1", host)
    monkeypatch.setenv("CASE_DB", url)
    assert taken().splitlines()[1].startswith("TLSv1.")


def test_a_certificate_that_does_not_hold_is_refused(server, refused, monkeypatch):
    monkeypatch.setenv("CASE_DB", server.url(**{"ssl-mode": "VERIFY_CA"}))
    assert refused("pay") == "database.unreachable"
    monkeypatch.setenv("CASE_DB", server.url(**{"ssl-mode": "VERIFY_IDENTITY", "ssl-ca": server.folder / "ca.pem"}))
    assert refused("pay") == "database.unreachable"


@pytest.mark.parametrize("query", ["?local_infile=1", "?ssl-mode=maybe", "?ssl-ca=/nowhere.pem", "?x", "#x"])
def test_an_address_with_what_nobody_knows_is_refused(server, refused, monkeypatch, query):
    monkeypatch.setenv("CASE_DB", server.url() + query)
    assert refused("pay") == "database.address_fault"
