"""The URL of a MariaDB or MySQL server, in parts: `mysql://user:password@host:3306/database?ssl-mode=VERIFY_IDENTITY&ssl-ca=ca.pem`."""

import ssl
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from casebook.intake.database.access import Asked

DEFAULT_PORT: Final = 3306
MODES: Final = ("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY")
_KNOWN: Final = frozenset({"ssl-mode", "ssl-ca", "ssl-cert", "ssl-key", "socket"})


def options(asked: Asked) -> dict[str, Any]:
    """What the driver is called with.

    Raises:
        SourceError: the URL is none, asks for something unknown, or names certificates that cannot be read.
    """
    try:
        return _options(urlsplit(asked.url))
    except (OSError, ValueError):
        raise asked.refusal("database.address_fault") from None


def _options(url: SplitResult) -> dict[str, Any]:
    _, _, path, query, fragment = url
    said = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    if set(said) - _KNOWN or fragment:
        raise ValueError
    database = unquote(path.removeprefix("/"))
    return {
        "user": unquote(url.username or ""),
        "password": unquote(url.password or "").encode(),
        "host": url.hostname or "localhost",
        "port": url.port or DEFAULT_PORT,
        "database": database or None,
        "unix_socket": said.get("socket"),
        **_security(said),
    }


def _security(said: Mapping[str, str]) -> dict[str, Any]:
    """TLS as asked: preferred when nothing is said; from REQUIRED on a server without it is refused."""
    mode = said.get("ssl-mode", "VERIFY_CA" if "ssl-ca" in said else "PREFERRED").upper()
    if mode not in MODES:
        raise ValueError
    if mode in {"DISABLED", "PREFERRED"}:
        return {"ssl_disabled": mode == "DISABLED"}
    context = ssl.create_default_context(cafile=said.get("ssl-ca"))
    context.check_hostname = mode == "VERIFY_IDENTITY"
    context.verify_mode = ssl.CERT_REQUIRED if mode.startswith("VERIFY") else ssl.CERT_NONE
    if "ssl-cert" in said:
        context.load_cert_chain(said["ssl-cert"], said.get("ssl-key"))
    return {"ssl": context}
