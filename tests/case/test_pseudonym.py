"""Keyed ids: stable, separate, and the key kept safe."""

import pytest

from casebook.case.pseudonym import Pseudonyms, load_key, public_key
from casebook.errors import BundleError


def test_key_is_made_once_and_private(tmp_path):
    path = tmp_path / "new" / "case.key"
    assert load_key(path) == load_key(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_readable_key_is_refused(tmp_path):
    path = tmp_path / "case.key"
    load_key(path)
    path.chmod(0o644)
    with pytest.raises(BundleError, match="other users can read it"):
        load_key(path)


def test_damaged_key_is_refused_without_showing_it(tmp_path):
    path = tmp_path / "case.key"
    path.write_text("abc123")
    path.chmod(0o600)
    with pytest.raises(BundleError) as caught:
        load_key(path)
    assert "abc123" not in str(caught.value)


def test_subject_differs_by_scenario_and_key():
    one, two = Pseudonyms(public_key("a")), Pseudonyms(public_key("b"))
    assert len({one.subject("x", "id"), one.subject("y", "id"), two.subject("x", "id"), one.lead("x", "id")}) == 4


def test_key_is_never_shown():
    assert "k" * 8 not in repr(Pseudonyms(b"k" * 32))
