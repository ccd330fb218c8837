"""Protection against forms that other sites send in a visitor's name."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import compare_digest
from urllib.parse import urlsplit

__all__ = ["COOKIE", "FIELD", "HEADER", "is_forged"]

#: the cookie, the field of each form, and the header that must agree
COOKIE = "launch_kits_form"
FIELD = "form_token"
HEADER = "x-form-token"


def is_forged(
    headers: Mapping[str, str], *, cookie: str | None, sent: str | None
) -> bool:
    """Whether a request that changes something may come from another site.

    The browser's own word counts first, then the origin, and the token always: ``sent`` must be
    the secret of the ``cookie``, which other sites cannot read. The names in ``headers`` are in
    lower case.
    """
    if not cookie or not sent or not compare_digest(cookie.encode(), sent.encode()):
        return True
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return True
    return host.lower() != headers.get("host", "").lower()
