"""The libraries we measure against, loaded when a bench asks (`make bench` installs them, `make test` does without)."""

import contextlib
import io
import sys
from importlib import import_module, resources
from types import ModuleType


def peer(name: str) -> ModuleType:
    """The module of a peer, imported without the banners some print.

    Raises:
        ModuleNotFoundError: the peers are not installed; `make bench` does it.
    """
    _offer_pkg_resources()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return import_module(name)


def _offer_pkg_resources() -> None:
    """The one function that cpca takes from pkg_resources, which setuptools no longer ships."""
    if "pkg_resources" not in sys.modules:
        stand_in = ModuleType("pkg_resources")
        stand_in.resource_stream = lambda package, path: resources.files(package).joinpath(path).open("rb")  # type: ignore[attr-defined]
        sys.modules["pkg_resources"] = stand_in
