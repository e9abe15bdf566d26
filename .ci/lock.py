"""Resolve pyproject.toml into the three locks (hashes, no host names) and environment.yml.

`requirements.lock` is for people and CI, `requirements-batch.lock` for the night machine, `requirements-peers.lock` adds the
libraries that `make bench` measures against.

`pip` refuses a local project beside hashed requirements, so environment.yml carries the same pins as plain lines
with the project; `tests/test_environment.py` holds the three together.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMPILE = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header",
           "--no-annotate", "--system-certs", "--python-version", "3.11", "pyproject.toml"]  # fmt: skip
EVERYONE = ("build", "lab", "bench", "dev")
PIN = re.compile(r"^([A-Za-z0-9_.\-]+==[^\s\\]+(?: ; [^\\]+?)?)\s*\\?$")
HEAD = """# The conda (and Binder) way to the same versions; made by `make lock` from requirements.lock.
name: casebook
channels:
  - conda-forge
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def pins(lock: str) -> list[str]:
    """`name==version ; marker` lines of a hashed lock."""
    return [found.group(1).strip() for line in lock.splitlines() if (found := PIN.match(line))]


def environment(lock: str) -> str:
    """Text of environment.yml for a lock."""
    return HEAD + "".join(f'    - "{pin}"\n' for pin in pins(lock)) + '    - "-e ."\n'


def main() -> None:
    """Write the four files."""
    for name, extras in (
        ("requirements.lock", [word for extra in EVERYONE for word in ("--extra", extra)]),
        ("requirements-batch.lock", ["--extra", "build", "-c", "requirements.lock"]),
        ("requirements-peers.lock", ["--all-extras", "-c", "requirements.lock"]),
    ):
        subprocess.run([sys.executable, *COMPILE, *extras, "-o", name], cwd=ROOT, check=True)
    lock = (ROOT / "requirements.lock").read_text()
    (ROOT / "environment.yml").write_text(environment(lock))


if __name__ == "__main__":
    main()
