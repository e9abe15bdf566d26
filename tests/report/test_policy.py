"""The content security policy of a page."""

import pytest

from casebook.report.policy import content_policy, source_hash


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ("a", "sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="),
    ],
)
def test_hash_is_the_one_browsers_compute(text, digest):
    assert source_hash(text) == digest


def test_nothing_is_allowed_by_default():
    assert content_policy("", "a").startswith("default-src 'none'; script-src 'sha256-")


def test_a_page_without_script_allows_none():
    assert "script-src 'none'" in content_policy("p {}")


def test_no_inline_is_allowed_wholesale():
    assert "unsafe" not in content_policy("a", "b")
    assert "http" not in content_policy("a", "b")
