"""Leaving: told to end, or stopped at the keyboard while libraries load, the program cleans up without a word."""

import os
import signal
import subprocess
import sys

import pytest

from casebook import cli

WAITING = """
import sys, tempfile, time
from casebook import cli
class App:
    def app(self):
        with tempfile.TemporaryDirectory(prefix="casebook-", dir=sys.argv[1]):
            print("ready", flush=True)
            time.sleep(60)
sys.modules["casebook.cli.app"] = App()
sys.modules["casebook.cli.app"].app = App().app
cli.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM for other processes")
def test_told_to_end_copies_are_removed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout.readline() == b"ready\n"
        assert len(list(tmp_path.iterdir())) == 1
        run.send_signal(signal.SIGTERM)
        _, err = run.communicate(timeout=30)
    assert (run.returncode, err, list(tmp_path.iterdir())) == (128 + signal.SIGTERM, b"", [])


def test_stopped_at_the_keyboard_while_loading(monkeypatch, capsys):
    class Loading:
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "casebook.cli.app", Loading())
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert (left.value.code, capsys.readouterr().err) == (130, "")
