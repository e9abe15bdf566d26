"""Command line: `casebook COMMAND`; exit 0 all well, 1 something wrong in the input, 2 a wrong call."""

import os
import signal
import sys
import threading
import traceback
from types import FrameType, TracebackType

from casebook.errors import CasebookError, plain

DEBUG = "CASEBOOK_TRACEBACK"


def main() -> None:
    """Run the command line; every refusal is one sentence on standard error, of a defect only kind and place are told."""
    if not os.environ.get(DEBUG):
        sys.excepthook = tell_defect
    _leave_on_sigterm()
    try:
        from casebook.cli.app import app  # noqa: PLC0415  (`casebook --help` should not wait for the libraries)

        app()
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except CasebookError as caught:
        sys.stderr.write(f"casebook: {caught}\n")
        sys.exit(1)
    except OSError as caught:
        place = plain(f"{caught.filename}: ") if caught.filename else ""
        sys.stderr.write(f"casebook: {place}{caught.strerror or type(caught).__name__}\n")
        sys.exit(1)


def _leave_on_sigterm() -> None:
    """Being told to end is an exit like any other: copies of inputs are removed. Processes started from here end at once."""
    own = os.getpid()

    def leave(number: int, _frame: FrameType | None) -> None:
        if os.getpid() == own:
            sys.exit(128 + number)
        os._exit(128 + number)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, leave)


def tell_defect(kind: type[BaseException], _caught: BaseException, trace: TracebackType | None) -> None:
    """Kind and place of an error nobody foresaw. Its words and the values around it stay unsaid: they may name a person."""
    frames = [f for f in traceback.extract_tb(trace) if "casebook" in f.filename]
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    sys.stderr.write(
        f"casebook: unforeseen {kind.__name__}{place}; please report this as a defect (set {DEBUG}=1 to see all of it)\n"
    )
