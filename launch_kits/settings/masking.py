"""Passwords and tokens in addresses, masked wherever an address is shown.

An address is shown as far as it can be read in one way only. Anything else is masked as a whole.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus

__all__ = ["SECRET", "hidden_in", "masked", "masked_in"]

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
#: the parameters of a database whose plain values are shown
HARMLESS = frozenset(
    (
        "application_name",
        "cache",
        "connect_timeout",
        "host",
        "hostaddr",
        "mode",
        "port",
        "sslmode",
        "target_session_attrs",
        "timeout",
        "uri",
        "user",
    )
)
#: shorter parts of a secret tell nothing, and are in every text
LEAST = 3

WEB = ("http", "https")
PLAIN = re.compile(r"[\w./,+-]*")
NAME = re.compile(r"[\w.%-]+")
#: an address in a text, with all that its scheme could begin with: no two begin in one word, so
#: that a long word is read once
ADDRESS = re.compile(
    r"(?<![A-Za-z0-9+.-])([0-9+.-]*+)([A-Za-z][A-Za-z0-9+.-]*+://[^\s\"'<>]*[^\s\"'<>).,;:])"
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
USER = re.compile(r"[^\s:/?#@&;=\[\]]*")
#: a host and its port
PLACE = re.compile(r"(?:[\w.-]*|\[[0-9A-Fa-f:.]+(?:%[\w.]+)?\])(?::[0-9]{0,5})?")
#: of PostgreSQL, one plain name: libpq reads a name with `=` as parameters
DATABASE = re.compile(r"(?:/[\w.+-]*)?")
#: authority, path, query, fragment
PARTS = re.compile(r"([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?")
#: the same of SQLite, whose path may hold anything else
FILE = re.compile(r"()(/[^?\n]*)(\?.*)?()")
PAGE = re.compile(r"(?:/[^\s]*)?")
FRAGMENT = re.compile(r"[^\s=@]*")


class _Doubtful(Exception):
    """An address that can be read in more ways than one."""


def masked(url: str) -> str:
    """An address without its secrets.

    The password before its host, and the values among its parameters. Returns SECRET alone for a
    text that is no address, or that can be read as more than one.
    """
    return _read(url)[0] if url else ""


def masked_in(text: str) -> str:
    """A text whose addresses are without their secrets."""
    return ADDRESS.sub(lambda found: found[1] + masked(found[2]), text)


def hidden_in(text: str, *, url: str) -> str:
    """A text about a URL, without any part of what `masked` does not show of it.

    A driver may quote the parts of a URL as it took them, not as they were meant.
    """
    for secret in _read(url)[1]:
        for form in (unquote_plus(unquote(secret)), unquote(secret), secret):
            text = _without(text, form)
    return masked_in(re.sub(r"\*{9,}", SECRET, text))


def _without(text: str, secret: str) -> str:
    """The text without the runs of whole words that are in the secret too."""
    if len(secret) >= LEAST:
        text = text.replace(secret, SECRET)
    words = re.findall(r"\w+|\W", text)
    shown = []
    first = 0
    while first < len(words):
        run = words[first]
        end = first + 1
        while end < len(words) and run + words[end] in secret:
            run = run + words[end]
            end = end + 1
        if len(run) >= LEAST and run in secret:
            run = SECRET
        shown.append(run)
        first = end
    return "".join(shown)


def _read(url: str) -> tuple[str, list[str]]:
    """An address as it is shown, and the parts that are not shown."""
    scheme, mark, rest = url.partition("://")
    if not mark or not SCHEME.fullmatch(scheme):
        return SECRET, [url]
    try:
        shown, secrets = _parts(scheme.lower(), rest)
    except _Doubtful:
        return SECRET, [rest]
    return f"{scheme}://{shown}", secrets


def _parts(scheme: str, rest: str) -> tuple[str, list[str]]:
    web = scheme in WEB
    file = scheme.startswith("sqlite") and rest.startswith("/")
    found = (FILE if file else PARTS).fullmatch(rest)
    if found is None:
        raise _Doubtful
    authority, path, query, fragment = (part or "" for part in found.groups())
    # The last @, as a password may hold one unencoded.
    credentials, at, place = authority.rpartition("@")
    user, colon, password = credentials.partition(":")
    if not USER.fullmatch(user) or not PLACE.fullmatch(place):
        raise _Doubtful
    later = f"{path}{query}{fragment}"
    if authority and "@" in later and not (web and ":" not in f"{authority}{later}"):
        # The authority may end further on.
        raise _Doubtful
    if web:
        sound = place and PAGE.fullmatch(path) and FRAGMENT.fullmatch(fragment)
    elif file:
        sound = not any(":" in part.rpartition("@")[0] for part in path.split("/"))
    else:
        sound = DATABASE.fullmatch(path) and not fragment
    if not sound:
        raise _Doubtful
    shown, secrets = _query(query, web=web)
    if colon:
        secrets.append(password)
    start = f"{user}{':' + SECRET if colon else ''}{at}{place}"
    return f"{start}{path}{shown}{fragment}", [each for each in secrets if each]


def _query(query: str, *, web: bool) -> tuple[str, list[str]]:
    """The parameters as they are shown, and what of them is not shown."""
    shown = query[:1]
    secrets: list[str] = []
    for part in re.split(r"([&;])" if web else r"(&)", query[1:]):
        name, equals, value = part.partition("=")
        if part in ("", "&", ";"):
            shown += part
        elif secrets and not (equals and name in HARMLESS):
            # It may belong to the secret before it.
            shown += SECRET
            secrets.append(part)
        elif not web and not (equals and NAME.fullmatch(name)):
            raise _Doubtful
        elif _is_harmless(name, value, web=web):
            shown += part
        else:
            shown += f"{name}={SECRET}"
            secrets.append(value)
    return shown, secrets


def _is_harmless(name: str, value: str, *, web: bool) -> bool:
    if web:
        word = unquote(unquote(name)).lower()
        return not any(secret in word for secret in SECRETS)
    return name in HARMLESS and PLAIN.fullmatch(value) is not None
