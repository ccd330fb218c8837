"""Who a visitor of the launch room is."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from launch_kits.database.store import Store
from launch_kits.errors import SettingsError
from launch_kits.inputs.patterns import EMAIL
from launch_kits.room.sessions import read_session
from launch_kits.settings import Settings
from launch_kits.settings.web import is_loopback

__all__ = [
    "Caller",
    "SignInMethod",
    "Visitor",
    "address_of",
    "identify",
    "must_know_visitors",
]

#: headers that a proxy or a tunnel adds to requests of others
FORWARDING = re.compile(
    r"forwarded|^via$|^x-(?:original|proxied)-|(?:real|connecting|client)-?ip$"
    r"|^(?:x-)?(?:amz|amzn|azure|cf|cloudfront|envoy|fastly|fly|ngrok|tailscale)-"
)
#: characters of an email
LONGEST = 254


class SignInMethod(StrEnum):
    """The way by which a visitor is known."""

    #: sits at this machine, and chose a member of a team or no one yet
    OPERATOR = "operator"
    #: named by a trusted proxy
    HEADER = "header"
    #: signed in with an identity provider
    OIDC = "oidc"


@dataclass(frozen=True, slots=True)
class Caller:
    """The parts of a request that tell who sends it."""

    #: the address of the other end of the connection
    peer: str
    #: names in lower case
    headers: Mapping[str, str]
    #: the secret in the session's cookie
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person in the launch room."""

    method: SignInMethod
    #: None for an operator who chose no one yet: they may look, and change nothing
    email: str | None
    #: of the session; None without one
    session: str | None = None


def identify(
    arrival: Caller, settings: Settings, store: Store, *, now: datetime
) -> Visitor | None:
    """Tell who sends a request; None if they have to sign in.

    A trusted proxy is believed, and only its header counts then. Otherwise the person at this
    machine is the operator, and all others need a session.
    """
    if is_trusted(arrival.peer, settings):
        email = arrival.headers.get(settings.auth_header or "", "").strip()
        return Visitor(SignInMethod.HEADER, email.lower()) if _is_email(email) else None
    operator = is_operator(arrival, settings)
    found = read_session(store, arrival.secret, now=now) if arrival.secret else None
    method = SignInMethod.OPERATOR if operator else SignInMethod.OIDC
    if found is not None and found.method == method:
        return Visitor(method, found.email, found.digest)
    return Visitor(SignInMethod.OPERATOR, None) if operator else None


def is_operator(arrival: Caller, settings: Settings) -> bool:
    """Whether a request comes from a browser on this machine.

    A tunnel, such as one opened for Slack, must not make the internet the operator. So the peer
    and the Host must be loopback, no header may tell of a proxy, and no public address be set. A
    forwarder that passes on bytes as they come cannot be told from a browser here: whoever opens
    one must set the public address.
    """
    if settings.url is not None or not is_loopback(arrival.peer):
        return False
    if any(FORWARDING.search(name) for name in arrival.headers):
        return False
    return is_loopback(_without_port(arrival.headers.get("host", "")))


def is_trusted(peer: str, settings: Settings) -> bool:
    """Whether a peer is a proxy whose header counts."""
    return settings.auth_header is not None and _is_proxy(peer, settings)


def address_of(caller: Caller, settings: Settings) -> str:
    """The address that a request was sent from; behind a trusted proxy the one that it names."""
    if not _is_proxy(caller.peer, settings):
        return caller.peer
    named = caller.headers.get("x-forwarded-for", "").split(",")[-1].strip()
    return named or caller.peer


def _is_proxy(peer: str, settings: Settings) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(
        address in ipaddress.ip_network(network) for network in settings.trusted_proxies
    )


def must_know_visitors(settings: Settings) -> None:
    """Refuse to let strangers in: raises SettingsError.

    Beyond loopback a proxy or an identity provider must tell who the visitors are.
    """
    if is_loopback(settings.host) or settings.auth_header or settings.oidc.issuer:
        return
    raise SettingsError(
        f"LAUNCH_KITS_HOST={settings.host} would open the launch room to anyone who reaches this "
        "machine; set LAUNCH_KITS_AUTH_HEADER and LAUNCH_KITS_TRUSTED_PROXIES so that a proxy "
        "names the visitors, or LAUNCH_KITS_OIDC_ISSUER so that they sign in, "
        "or listen on 127.0.0.1"
    )


def _is_email(text: str) -> bool:
    return len(text) <= LONGEST and re.fullmatch(EMAIL, text) is not None


def _without_port(host: str) -> str:
    """The name in a Host header; empty if it is none, such as one with a user."""
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::\d*)?", host)
    return found[1] if found else ""
