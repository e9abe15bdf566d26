"""The page's content security policy: nothing is fetched, only this one script and this one style may act."""

import base64
import hashlib


def source_hash(text: str) -> str:
    """`sha256-…` of the exact text between the tags, as a browser computes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def content_policy(style: str, script: str = "") -> str:
    """Policy for a page with one inline style and at most one inline script."""
    acting = f"'{source_hash(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; script-src {acting}; style-src '{source_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
