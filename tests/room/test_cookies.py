from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response

from launch_kits.room.cookies import SESSION, Cookies


def sent_back(response: Response) -> Request:
    """The next request of a browser that took all cookies of an answer."""
    found = response.headers.getlist("set-cookie")
    pairs = "; ".join(each.partition(";")[0] for each in found)
    return Request({"type": "http", "headers": [(b"cookie", pairs.encode())]})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (None, SESSION),
        ("http://launches.example.com", SESSION),
        ("https://launches.example.com", f"__Host-{SESSION}"),
    ],
)
def test_a_value_comes_back_by_the_name_of_the_connection(url, name):
    cookies = Cookies(url)
    response = Response()
    cookies.keep(response, SESSION, "secret", seconds=60)
    assert response.headers["set-cookie"].startswith(f"{name}=secret; ")
    assert cookies.read(sent_back(response), SESSION) == "secret"


def test_a_cookie_without_the_prefix_is_not_taken_over_https():
    response = Response()
    Cookies(None).keep(response, SESSION, "of another site")
    assert Cookies("https://x.example").read(sent_back(response), SESSION) is None


def test_a_value_is_forgotten_under_the_same_conditions():
    response = Response()
    Cookies("https://x.example").drop(response, SESSION)
    (said,) = response.headers.getlist("set-cookie")
    for part in (f"__Host-{SESSION}=", "Max-Age=0", "Secure", "Path=/", "HttpOnly"):
        assert part in said
