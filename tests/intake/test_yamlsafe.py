from time import process_time

import pytest

from casebook.errors import ContractError, SourceError
from casebook.intake.yamlsafe import MAX_BYTES, load, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 12:30:00", "12:30:00"),
        ("a: 010", "010"),
        ("a: 2026-03-31", "2026-03-31"),
        ("a: 1e3", "1e3"),
        ("a: 0.8", 0.8),
        ("a: -3", -3),
        ("a: true", True),
        ("a:", None),
        ("a: '宗地面积|平方米'", "宗地面积|平方米"),
    ],
)
def test_scalars_mean_what_they_show(text, value):
    assert parse(text, "x.yml") == {"a": value}


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: &x {k: 1}\nb:\n  <<: *x",
        "a: 1\na: 2",
        "? [1, 2]\n: 3",
        "a: !!python/object/apply:os.getcwd []",
        "a: [1",
        "a: \x07",
        "[" * 50 + "]" * 50,
    ],
)
def test_surprises_are_refused(text):
    with pytest.raises(SourceError, match=r"x\.yml"):
        parse(text, "x.yml")


def test_deep_nests_are_refused_at_once():
    start = process_time()
    with pytest.raises(SourceError, match="nested deeper"):
        parse("[" * 3000, "x.yml")
    assert process_time() - start < 1


def test_the_place_is_named_and_the_class_can_be_chosen():
    with pytest.raises(ContractError, match="line 2, column 1"):
        parse("a: 1\na: 2", "x.yml", ContractError)


def test_large_missing_and_foreign_files_are_refused(tmp_path):
    large, foreign = tmp_path / "large.yml", tmp_path / "gbk.yml"
    large.write_bytes(b"a: " + b"x" * MAX_BYTES)
    foreign.write_bytes("a: 张三".encode("gb18030"))
    for path, said in ((large, "KiB"), (foreign, "UTF-8"), (tmp_path / "none.yml", "cannot be opened")):
        with pytest.raises(SourceError, match=said):
            load(path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    path = tmp_path / "bom.yml"
    path.write_bytes(b"\xef\xbb\xbfset: demo\n")
    assert load(path) == {"set": "demo"}
