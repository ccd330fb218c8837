from __future__ import annotations

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings.web import address, endpoint, header, is_loopback, networks

PROXIES = "LAUNCH_KITS_TRUSTED_PROXIES"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Launches.example.com/", "https://launches.example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("", None),
    ],
)
def test_an_address_is_read_without_its_slash(written, read):
    assert address({"URL": written}, "URL") == read


@pytest.mark.parametrize(
    "written",
    [
        "launches.example.com",
        "ftp://x.example",
        "https://",
        "https://x.example/a",
        "https://x.example?a",
        "https://me@x.example",
        "https://x.example:port",
        "http://[",
        "https://a b",
        "https://x.example\n",
    ],
)
def test_other_addresses_are_refused(written):
    with pytest.raises(SettingsError, match="write one like https://"):
        address({"URL": written}, "URL")


def test_an_endpoint_keeps_its_path():
    written = "https://me:secret@prefect.example.com/api"
    assert endpoint({"API": written}, "API", like="x") == written
    assert endpoint({"API": ""}, "API", like="x") is None


@pytest.mark.parametrize(
    "written",
    ["localhost:4200", "prefect.example.com/api", "ftp://x.example/api", "http://a b"],
)
def test_an_endpoint_without_a_scheme_or_a_host_is_refused(written):
    with pytest.raises(SettingsError, match=r"^API=.* write one like http://x/api$"):
        endpoint({"API": written}, "API", like="http://x/api")


def test_a_refused_endpoint_keeps_its_password_to_itself():
    with pytest.raises(SettingsError) as caught:
        endpoint({"API": "ftp://me:hunter22@x.example/api"}, "API", like="y")
    assert "hunter22" not in str(caught.value)


def test_a_header_needs_a_trusted_proxy():
    env = {"HEADER": "X-Forwarded-Email", PROXIES: "10.0.0.7"}
    assert header(env, "HEADER") == "x-forwarded-email"
    assert header({}, "HEADER") is None
    with pytest.raises(SettingsError, match=f"set {PROXIES}"):
        header({"HEADER": "X-Forwarded-Email"}, "HEADER")
    with pytest.raises(SettingsError, match="not the name of a header"):
        header({"HEADER": "X: y", PROXIES: "10.0.0.7"}, "HEADER")


def test_networks_and_addresses_are_read():
    written = {"P": "10.0.0.7, 192.0.2.1/24,::1"}
    assert networks(written, "P") == ("10.0.0.7/32", "192.0.2.0/24", "::1/128")
    assert networks({}, "P") == ()
    with pytest.raises(SettingsError, match='P="proxy" is not an address'):
        networks({"P": "proxy"}, "P")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("LOCALHOST", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("", False),
        ("0.0.0.0", False),
    ],
)
def test_loopback_is_this_machine_alone(host, own):
    assert is_loopback(host) is own


@pytest.mark.parametrize("written", ["0.0.0.0/0", "10.0.0.7, ::/0"])
def test_a_network_of_all_addresses_is_refused(written):
    with pytest.raises(SettingsError, match="anyone could name themselves"):
        networks({PROXIES: written}, PROXIES)
