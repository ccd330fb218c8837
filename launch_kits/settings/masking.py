"""Passwords and tokens in addresses, masked wherever an address is shown."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["SECRET", "masked", "masked_in"]

#: shown in place of a secret
SECRET = "********"
#: a parameter whose name holds one of these, such as `sslpassword` or `passfile`, is secret
SECRETS = (
    "pass",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "auth",
    "credential",
    "signature",
)

PARAMETER = re.compile(r"(?<=[?&;])([^=&;#\s]+)=([^&;#\s]*)")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>]*[^\s\"'<>).,;:]")


def masked(url: str) -> str:
    """An address without its secrets.

    The password before its host, and those among its parameters.
    """
    scheme, mark, rest = PARAMETER.sub(_masked_parameter, url).partition("://")
    # The last @, as a password may hold one unencoded.
    credentials, at, place = rest.rpartition("@")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}{mark}{user}{':' + SECRET if colon else ''}{at}{place}"


def masked_in(text: str) -> str:
    """A text whose addresses are without their secrets."""
    return ADDRESS.sub(lambda found: masked(found[0]), text)


def _masked_parameter(found: re.Match[str]) -> str:
    name = unquote(unquote(found[1])).lower()
    return f"{found[1]}={SECRET}" if any(word in name for word in SECRETS) else found[0]
