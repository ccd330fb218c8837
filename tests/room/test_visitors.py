from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import SettingsError
from launch_kits.room.sessions import open_session
from launch_kits.room.visitors import (
    Caller,
    SignInMethod,
    Visitor,
    address_of,
    identify,
    must_know_visitors,
)
from launch_kits.settings import Settings
from tests.launches import LEAD, NOW

LOCAL = {"host": "localhost:8080"}
HEADER = {
    "LAUNCH_KITS_AUTH_HEADER": "X-Email",
    "LAUNCH_KITS_TRUSTED_PROXIES": "10.0.0.0/8, 127.0.0.1",
}


def known(
    store: Store,
    home: Path,
    peer: str = "127.0.0.1",
    headers: dict[str, str] = LOCAL,
    *,
    secret: str | None = None,
    **env: str,
) -> Visitor | None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(home), **env})
    return identify(Caller(peer, headers, secret), settings, store, now=NOW)


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080"])
def test_the_person_at_this_machine_is_the_operator(store, tmp_path, peer, host):
    found = known(store, tmp_path, peer, {"host": host})
    assert found == Visitor(SignInMethod.OPERATOR, None)


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.7", LOCAL),
        ("", LOCAL),
        ("127.0.0.1", {}),
        ("127.0.0.1", {"host": "abc.tunnel.example"}),
        ("127.0.0.1", {"host": "localhost.example"}),
        ("127.0.0.1", {"host": "127.0.0.1.example:8080"}),
        ("127.0.0.1", {"host": "127.0.0.1:80@evil.example"}),
        ("127.0.0.1", {"host": "[::1].evil.example"}),
        ("127.0.0.1", {"host": "127.0.0.1:8080, evil.example"}),
        ("127.0.0.1", {"host": ""}),
        ("127.0.0.1", {**LOCAL, "x-forwarded-for": "192.0.2.7"}),
        ("127.0.0.1", {**LOCAL, "x-forwarded-host": "x.example"}),
        ("127.0.0.1", {**LOCAL, "forwarded": "for=192.0.2.7"}),
        ("127.0.0.1", {**LOCAL, "via": "1.1 proxy"}),
        ("127.0.0.1", {**LOCAL, "cf-connecting-ip": "192.0.2.7"}),
        ("127.0.0.1", {**LOCAL, "x-real-ip": "192.0.2.7"}),
        *(
            ("127.0.0.1", {**LOCAL, name: "192.0.2.7"})
            for name in (
                "cloudfront-viewer-address",
                "forwarded-for",
                "ngrok-trace-id",
                "true-client-ip",
                "x-amzn-trace-id",
                "x-azure-clientip",
                "x-cluster-client-ip",
                "x-envoy-external-address",
                "x-forwarded",
                "x-original-host",
                "x-proxied-for",
            )
        ),
    ],
)
def test_the_internet_is_never_the_operator(store, tmp_path, peer, headers):
    assert known(store, tmp_path, peer, headers) is None


def test_the_headers_of_a_browser_tell_of_no_proxy(store, tmp_path):
    names = ("accept", "cookie", "origin", "sec-ch-ua-platform", "sec-fetch-site")
    headers = {**LOCAL, **dict.fromkeys(names, "a")}
    found = known(store, tmp_path, "127.0.0.1", headers)
    assert found is not None
    assert found.method == SignInMethod.OPERATOR


def test_no_one_is_the_operator_of_a_public_address(store, tmp_path):
    url = {"LAUNCH_KITS_URL": "https://launches.example.com"}
    assert known(store, tmp_path, **url) is None


def test_a_session_names_the_operator(store, tmp_path):
    secret = open_session(store, LEAD, method=SignInMethod.OPERATOR, now=NOW)
    found = known(store, tmp_path, secret=secret)
    assert found is not None
    assert (found.method, found.email) == (SignInMethod.OPERATOR, LEAD)
    elsewhere = known(store, tmp_path, "192.0.2.7", secret=secret)
    assert elsewhere is None, "an operator's session is worth nothing elsewhere"


def test_a_trusted_proxy_names_the_visitor(store, tmp_path):
    named = {"host": "launches.example.com", "x-email": "Pat@example.com"}
    found = known(store, tmp_path, "10.1.2.3", named, **HEADER)
    assert found == Visitor(SignInMethod.HEADER, "pat@example.com")
    assert known(store, tmp_path, "192.0.2.7", named, **HEADER) is None
    for other in ({}, {"x-email": ""}, {"x-email": "not an email"}):
        assert known(store, tmp_path, "10.1.2.3", other, **HEADER) is None


def test_a_proxy_on_this_machine_makes_no_operator(store, tmp_path):
    assert known(store, tmp_path, "127.0.0.1", LOCAL, **HEADER) is None


def test_a_trusted_proxy_names_the_address_that_asks(tmp_path):
    proxy = {"LAUNCH_KITS_TRUSTED_PROXIES": "10.0.0.0/8"}
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path), **proxy})
    named = {"x-forwarded-for": "203.0.113.9, 192.0.2.7"}
    assert address_of(Caller("10.1.2.3", named), settings) == "192.0.2.7"
    assert address_of(Caller("10.1.2.3", {}), settings) == "10.1.2.3"
    assert address_of(Caller("192.0.2.8", named), settings) == "192.0.2.8"


def test_without_the_setting_the_header_is_nothing(store, tmp_path):
    named = {"host": "x.example", "x-email": "pat@example.com", "": "pat@example.com"}
    assert known(store, tmp_path, "10.1.2.3", named) is None


def test_beyond_loopback_the_visitors_must_be_known(tmp_path):
    for env in ({}, {"LAUNCH_KITS_HOST": "::1"}):
        must_know_visitors(Settings.read({"LAUNCH_KITS_HOME": str(tmp_path), **env}))
    open_to_all = {"LAUNCH_KITS_HOME": str(tmp_path), "LAUNCH_KITS_HOST": "0.0.0.0"}
    with pytest.raises(SettingsError, match="set LAUNCH_KITS_AUTH_HEADER"):
        must_know_visitors(Settings.read(open_to_all))
    must_know_visitors(Settings.read({**open_to_all, **HEADER}))
