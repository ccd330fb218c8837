"""Links: addresses of the web, http or https alone, fit to be kept, printed and followed."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

__all__ = [
    "LINK",
    "LONGEST",
    "PUBLIC_LINK",
    "SOURCE_PLACE",
    "is_web_link",
    "public_link",
    "source_place",
    "web_link",
]

#: characters of a link; browsers, Slack and calendars take as many
LONGEST = 2000
#: characters of the name of a place that is not on the web
LONGEST_PLACE = 200
#: characters of a link that a fault quotes
QUOTED = 60

#: a link for editors, which check a text as it is typed; `web_link` knows more
LINK = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"`|\\@/?#][^\s<>\"`|\\]*$"
#: a link for customers, for editors: https, or the address of a mailbox
PUBLIC_LINK = (
    r"^([Hh][Tt][Tt][Pp][Ss]://[^\s<>\"`|\\@/?#][^\s<>\"`|\\]*"
    r"|[Mm][Aa][Ii][Ll][Tt][Oo]:[^@\s<>\"`|\\]+@[^@\s<>\"`|\\]+\.[^@\s<>\"`|\\]+)$"
)
#: the place of a source, for editors: a link, or words
SOURCE_PLACE = rf"{LINK}|^(?![\w+.-]*:|//|[Ww][Ww][Ww]\.)(?:\S+ .*|[^\s./:@]+)$"
#: characters that end a link in HTML, Markdown, Slack's markup or a shell, and those that
#: browsers read as a slash
UNFIT = re.compile(r"[<>\"`|\\]")
#: a domain name, in any script, or a number of the network
HOST = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)*\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


def web_link(written: str) -> str:
    """A link as it is kept: without space around it, its scheme in lower case.

    Raises ValueError with the fault and the remedy. The message never holds a
    password.
    """
    link = written.strip()
    if not re.match(r"https?://", link, re.IGNORECASE):
        # A text that is not a link may hold a password as well.
        shown = "".join(
            letter if letter.isprintable() else "\ufffd"
            for letter in link.rpartition("@")[2][:QUOTED]
        )
        raise ValueError(
            f'"{shown}" is not a link; write one that begins with https:// or http://'
        )
    if len(link) > LONGEST:
        raise ValueError(
            f"the link has {len(link)} characters; use one of at most {LONGEST}"
        )
    if any(unicodedata.category(letter)[0] in "CZ" for letter in link):
        raise ValueError(
            "the link holds spaces or control characters; "
            "write %20 for a space, and take the rest out"
        )
    if UNFIT.search(link):
        raise ValueError(
            'the link holds one of < > " ` | \\; percent-encode it, such as %7C for |'
        )
    scheme, _, rest = link.partition(":")
    _must_have_host(link)
    return f"{scheme.lower()}:{rest}"


def public_link(written: str) -> str:
    """A link for readers outside: https, or ``mailto:`` and one address, without space around it.

    Raises ValueError with the fault and the remedy.
    """
    link = written.strip()
    scheme, _, rest = link.partition(":")
    if scheme.lower() == "mailto":
        if not re.fullmatch(PUBLIC_LINK, link) or len(link) > LONGEST:
            raise ValueError(
                "not an address of mail; write one such as mailto:press@example.com"
            )
        return f"mailto:{rest}"
    if scheme.lower() == "http":
        web_link(link)
        raise ValueError("http is not encrypted; write the link with https://")
    if scheme.lower() != "https":
        shown = link.rpartition("@")[2][:QUOTED]
        raise ValueError(
            f'"{shown}" is not a link for readers; '
            "write one that begins with https:// or mailto:"
        )
    return web_link(link)


def source_place(written: str) -> str:
    """The place of a source: a link, or words for a place that is not on the web.

    ``CRM, report 12``. Words without a space that have a dot, a slash or a colon are taken for a
    link, and so are those that begin as one. Raises ValueError with the fault and the remedy.
    """
    place = written.strip()
    is_words = " " in place or not re.search(r"[./:@]", place)
    if is_words and not re.match(r"[\w+.-]*:|//|www\.", place, re.IGNORECASE):
        if len(place) > LONGEST_PLACE:
            raise ValueError(
                f"the place has {len(place)} characters; use at most {LONGEST_PLACE}"
            )
        return place
    return web_link(place)


def is_web_link(written: str | None) -> bool:
    """Whether a text is a link that may be shown as one."""
    try:
        return written is not None and bool(web_link(written))
    except ValueError:
        return False


def _must_have_host(link: str) -> None:
    try:
        parts = urlsplit(link)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    else:
        if "@" in parts.netloc:
            raise ValueError(
                "the link holds a user name or password before its host; take it out"
            )
    if not host or not HOST.fullmatch(host):
        raise ValueError(
            "the link names no host; write one such as https://docs.example.com/result"
        )
