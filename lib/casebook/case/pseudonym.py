"""Keyed ids: stable within a case, unlinkable without its key.

SHA-256 of a citizen id is reversible by trying the ten thousand tails of an area and birthday, so every id that leaves
the machine is HMAC-SHA256 with the 32-byte key of the case. A synthetic set has a public key derived from its name: nobody can be hurt.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import BundleError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_BYTES = 32


@dataclass(frozen=True)
class Pseudonyms:
    """Makes lead ids and subject references from raw keys; holds the case key and never shows it."""

    key: bytes

    def __repr__(self) -> str:
        return "Pseudonyms(key=…)"

    def lead(self, *parts: str) -> str:
        """16 characters for a lead: scenario, subject, direction, bin, period."""
        return self._code("lead", parts, 16)

    def subject(self, *parts: str) -> str:
        """12 characters for a subject within one scenario (59 bits; two scenarios never share one)."""
        return self._code("subject", parts, 12)

    def _code(self, domain: str, parts: tuple[str, ...], length: int) -> str:
        message = "\0".join(("casebook", domain, "v1", *parts)).encode()
        number = int.from_bytes(hmac.digest(self.key, message, "sha256"), "big")
        digits = []
        for _ in range(length):
            number, index = divmod(number, len(ALPHABET))
            digits.append(ALPHABET[index])
        return "".join(digits)


def public_key(set_name: str) -> bytes:
    """Key of a synthetic set: known to everyone, the same on every machine."""
    return hashlib.sha256(f"casebook synthetic set {set_name}".encode()).digest()


def load_key(path: Path) -> bytes:
    """The case key in `path`; made there (mode 0600) when the file does not exist.

    Raises:
        BundleError: the file is readable by others or is not a key.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
    if path.stat().st_mode & 0o077:
        raise BundleError(f"case key {path.name}: other users can read it; run chmod 600 on it")
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise BundleError(f"case key {path.name}: expected {2 * KEY_BYTES} hex digits; restore it from its backup")
    return key
