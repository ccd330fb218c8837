"""Reading of the settings of servers: addresses, headers, networks."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from launch_kits.errors import SettingsError
from launch_kits.settings.masking import masked

__all__ = ["address", "endpoint", "header", "is_loopback", "networks"]


def address(env: Mapping[str, str], name: str) -> str | None:
    """The public address of a server, without a path or a slash at its end.

    Raises SettingsError, which names the variable.
    """
    written = env.get(name)
    if not written:
        return None
    parts = _web(written)
    if (
        parts is None
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise SettingsError(
            f'{name}="{written}" is not the address of a server; '
            "write one like https://launches.example.com"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def endpoint(env: Mapping[str, str], name: str, *, like: str) -> str | None:
    """The address of an API as it is written, with its path; ``like`` is an example of one.

    Raises SettingsError, which names the variable and shows no secret of the address.
    """
    written = env.get(name)
    if not written:
        return None
    if _web(written) is None:
        shown = written if re.fullmatch(r"[\w.:-]+", written) else masked(written)
        raise SettingsError(
            f'{name}="{shown}" is not the address of an API; write one like {like}'
        )
    return written


def _web(written: str) -> SplitResult | None:
    """The parts of an address on the web, or None for another text."""
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return None if re.search(r"[\s\x00-\x1f]", written) else parts


def header(env: Mapping[str, str], name: str) -> str | None:
    """The name of an HTTP header, in lower case; raises SettingsError."""
    written = env.get(name)
    if not written:
        return None
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", written):
        raise SettingsError(
            f'{name}="{written}" is not the name of a header; '
            "write one like X-Forwarded-Email"
        )
    if not env.get("LAUNCH_KITS_TRUSTED_PROXIES"):
        raise SettingsError(
            f"{name} is set, but no proxy is trusted to send it; "
            "set LAUNCH_KITS_TRUSTED_PROXIES to the address of the proxy"
        )
    return written.lower()


def networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Networks such as 10.0.0.0/8, or single addresses; raises SettingsError."""
    found = []
    for part in (env.get(name) or "").replace(",", " ").split():
        try:
            network = ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise SettingsError(
                f'{name}="{part}" is not an address or a network; '
                "write one like 10.0.0.7 or 10.0.0.0/8"
            ) from None
        if not network.prefixlen:
            raise SettingsError(
                f'{name}="{part}" is every address, so anyone could name themselves; '
                "write that of the proxy, like 10.0.0.7"
            )
        found.append(str(network))
    return tuple(found)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own loopback."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        found = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
