"""Real database servers of the tests: each worker starts its own in a temporary folder and ends it with the session.

Servers refuse to run as root, so that root hands them to Debian's own user of that name, or to nobody. They listen on a loopback port
and on a socket in their folder; nothing of the machine's own servers is touched.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pymysql
import pytest

REQUIRED = "CASEBOOK_REQUIRE_DATABASES"
OWNER = "owner-geheim"
READER = "Planted-7f3a-密码"
STARTED_WITHIN = 60


@dataclass(frozen=True)
class Server:
    """A running server with an owner, and a `reader` who may do nothing until told."""

    scheme: str
    folder: Path
    port: int
    process: subprocess.Popen

    def url(self, user="reader", password=READER, database="civil", **options):
        query = "?" + urlencode(options) if options else ""
        return f"{self.scheme}://{user}:{password}@127.0.0.1:{self.port}/{database}{query}"

    def owner(self, database="civil"):
        """A connection that may do everything."""
        if self.scheme == "postgresql":
            return psycopg.connect(self.url("owner", OWNER, database), autocommit=True)
        return pymysql.connect(
            unix_socket=str(self.folder / "s"), user="root", database=database, autocommit=True, charset="utf8mb4"
        )

    def run(self, *statements):
        """As the owner, in order."""
        with self.owner() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def fill(self, table, rows):
        """Inserts the rows as the owner."""
        with self.owner() as connection, connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def found(name, *folders):
    """Path of a server's program; None when it is not installed."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *(str(f) for f in folders)])
    return shutil.which(name, path=path)


def demand(program, package):
    """The program; else the test is skipped, or fails where databases are required."""
    if program is not None:
        return program
    if os.environ.get(REQUIRED):
        pytest.fail(f"database tests need a server: apt-get install {package}")
    pytest.skip(f"no server on this machine: apt-get install {package} to run the database tests (they must run in CI)")


@contextmanager
def postgresql():
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    initdb = Path(demand(found("initdb", *programs), "postgresql"))
    with _folder("postgres") as (folder, as_user):
        password = folder / "password"
        password.write_text(OWNER)
        said = ["-D", folder / "data", "-U", "owner", "-A", "scram-sha-256", f"--pwfile={password}"]
        _once([*as_user, initdb, *said, "-E", "UTF8", "--locale=C", "--no-sync"], folder)
        with _running(
            "postgresql",
            folder,
            lambda port: [*as_user, initdb.with_name("postgres"), "-D", folder / "data", "-F", "-p", str(port),
                          "-h", "127.0.0.1", "-k", folder],
        ) as server:  # fmt: skip
            _wait(server, lambda: server.owner("postgres").close())
            with server.owner("postgres") as owner:
                owner.execute("CREATE DATABASE civil TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh'")
                owner.execute(f"CREATE ROLE reader LOGIN PASSWORD '{READER}'")
            yield server


@contextmanager
def mariadb():
    program = demand(found("mariadbd"), "mariadb-server")
    with _folder("mysql") as (folder, as_user):
        data = f"--datadir={folder / 'data'}"
        _once(
            [*as_user, found("mariadb-install-db"), "--no-defaults", data, "--skip-test-db",
             "--auth-root-authentication-method=normal", "--skip-name-resolve"],
            folder,
        )  # fmt: skip
        with _running(
            "mariadb",
            folder,
            lambda port: [*as_user, program, "--no-defaults", data, f"--socket={folder / 's'}", f"--port={port}",
                          "--bind-address=127.0.0.1", f"--pid-file={folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0",
                          "--skip-name-resolve", *_certificate(folder)],
        ) as server:  # fmt: skip
            _wait(server, lambda: server.owner(None).close())
            with server.owner(None) as owner, owner.cursor() as cursor:
                cursor.execute(f"CREATE USER reader@'%' IDENTIFIED BY '{READER}'")
            yield server


def emptied(server):
    """The server with an empty database `civil`, of which the reader may see nothing yet."""
    if server.scheme == "postgresql":
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'",
            "DROP SCHEMA IF EXISTS public, civil CASCADE",
            "CREATE SCHEMA public",
            "GRANT USAGE ON SCHEMA public TO reader",
        )
        return server
    with server.owner(None) as owner, owner.cursor() as cursor:
        cursor.execute("KILL USER reader")
        cursor.execute("DROP DATABASE IF EXISTS civil")
        cursor.execute("CREATE DATABASE civil CHARACTER SET utf8mb4")
        cursor.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM reader@'%'")
    return server


def _certificate(folder):
    """Options that give the server a certificate for localhost, signed by itself."""
    key, certificate = folder / "key.pem", folder / "ca.pem"
    _once(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout",
         key, "-out", certificate, "-addext", "subjectAltName=DNS:localhost"],
        folder,
    )  # fmt: skip
    for path in (key, certificate):
        shutil.chown(path, folder.owner(), folder.group())
    return [f"--ssl-cert={certificate}", f"--ssl-key={key}"]


@contextmanager
def _folder(user):
    """A folder of the user the server runs as, and the words that make a command run so and end with us."""
    folder = Path(tempfile.mkdtemp(prefix="casebook-db-"))
    words = ["setpriv", "--pdeathsig", "TERM"]
    if os.geteuid() == 0:
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get(user) or names["nobody"]
        group = grp.getgrgid(entry.pw_gid).gr_name
        shutil.chown(folder, entry.pw_name, group)
        words = ["setpriv", f"--reuid={entry.pw_name}", f"--regid={group}", "--clear-groups", "--pdeathsig", "TERM"]
    try:
        yield folder, words
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _once(command, folder):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _running(scheme, folder, command):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(word) for word in command(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        yield Server(scheme, folder, port, process)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def _wait(server, attempt):
    """Until the server answers; its log says why when it does not."""
    until = time.monotonic() + STARTED_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port)).close()
            return attempt()
        except (OSError, psycopg.Error, pymysql.Error):
            if server.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{server.scheme} did not start: {(server.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
