import shutil
import subprocess

import pytest

from casebook.intake.text import gb18030

TWO_BYTES = [bytes((a, b)) for a in range(0x81, 0xFF) for b in (*range(0x40, 0x7F), *range(0x80, 0xFF))]


def test_the_table_has_every_code_on_which_python_and_glibc_differ():
    if shutil.which("iconv") is None:
        pytest.skip("iconv is not installed")
    told = subprocess.run(
        [shutil.which("iconv") or "", "-f", "GB18030", "-t", "UTF-8"],
        input=b"\n".join(TWO_BYTES),
        capture_output=True,
        check=True,
    ).stdout.decode()
    pairs = zip(TWO_BYTES, told.split("\n"), strict=True)
    assert gb18030.table() == {
        code.decode("gb18030"): meant for code, meant in pairs if code.decode("gb18030") != meant
    }


@pytest.mark.parametrize(
    ("code", "meant"), [("FE59", "\u9fb4"), ("A8BC", "\u1e3f"), ("A6D9", "\ufe10"), ("FE51", "\U00020087")]
)
def test_a_private_use_character_becomes_the_one_meant(code, meant):
    text = f"张{bytes.fromhex(code).decode('gb18030')}三".encode()
    assert gb18030.settled(text * 2) == (f"张{meant}三".encode() * 2, 2)


def test_other_text_stays_as_it_is():
    text = "张三，\ue000\uf8f5ﬀ".encode()
    assert gb18030.settled(text) == (text, 0)
