import ssl

import pytest

from casebook.errors import SourceError
from casebook.intake.database.access import Asked
from casebook.intake.database.mysql_address import options


def read(url):
    return options(Asked("mysql", url, ("pay",), "url_env CASE_DB"))


def test_an_address_is_taken_apart_and_its_signs_unfolded():
    assert read("mysql://a%40b:p%2F%E5%AF%86@h:3307/%E5%BA%93?socket=%2Frun%2Fs&ssl-mode=disabled") == {
        "user": "a@b", "password": "p/密".encode(), "host": "h", "port": 3307, "database": "库",
        "unix_socket": "/run/s", "ssl_disabled": True,
    }  # fmt: skip


def test_what_an_address_leaves_out_is_the_usual():
    assert read("mariadb://u@h") == {
        "user": "u", "password": b"", "host": "h", "port": 3306, "database": None, "unix_socket": None, "ssl_disabled": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "verify", "checks_host"),
    [
        ("REQUIRED", ssl.CERT_NONE, False),
        ("verify_ca", ssl.CERT_REQUIRED, False),
        ("VERIFY_IDENTITY", ssl.CERT_REQUIRED, True),
    ],
)
def test_the_mode_decides_what_of_the_certificate_is_checked(mode, verify, checks_host):
    context = read(f"mysql://u:p@h/d?ssl-mode={mode}")["ssl"]
    assert (context.verify_mode, context.check_hostname) == (verify, checks_host)


@pytest.mark.parametrize(
    "url",
    ["mysql://u:p@h:x/d", "mysql://u:p@h:99999/d", "mysql://u:p@[h/d", "mysql://h/d?ssl-mode=maybe", "mysql://h/d?ssl-ca=/no.pem",
     "mysql://h/d?local_infile=1", "mysql://h/d?ssl-mode", "mysql://h/d#x"],
)  # fmt: skip
def test_a_faulty_address_is_refused_and_not_repeated(url):
    with pytest.raises(SourceError, match=r"^mysql/pay: the address in url_env CASE_DB is faulty") as caught:
        read(url)
    assert caught.value.code == "database.address_fault"
    assert "u:p" not in str(caught.value)
