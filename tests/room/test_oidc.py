"""Sign-in with an OpenID provider, against a small one of our own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwk, jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from launch_kits.errors import SettingsError
from launch_kits.room.cookies import FLOW, SESSION
from launch_kits.room.oidc import CALLBACK, OpenIdFlow, OpenIdProvider
from launch_kits.room.sessions import read_session
from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.settings import Settings
from tests.launches import NOW, PMM, SLUG, opened
from tests.room.visiting import Visit, text_of

URL = "https://launches.example.com"
ID = "launch-room"
SECRET = "not-so-secret"


@dataclass
class Provider:
    """A provider with one visitor, who signs in at once."""

    key: jwk.RSAKey = field(
        default_factory=lambda: jwk.RSAKey.generate_key(2048, {"kid": "1"})
    )
    issuer: str = ""
    #: claims that differ from the honest ones
    claims: dict[str, Any] = field(default_factory=dict)
    #: the key that signs, and the name of the algorithm
    signs: Any = None
    algorithm: str = "RS256"
    nonce: str = ""
    challenge: str = ""
    codes: list[str] = field(default_factory=list)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self.about),
            Route("/keys", self.keys),
            Route("/token", self.token, methods=["POST"]),
        ]

    def about(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def sign_in(self, address: str) -> dict[str, str]:
        """Sign the visitor in; returns the query with which they come back."""
        query = dict(parse_qsl(urlsplit(address).query))
        self.nonce = query["nonce"]
        self.challenge = query["code_challenge"]
        assert query["redirect_uri"] == f"{URL}{CALLBACK}"
        return {"code": "abc", "state": query["state"]}

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if form["client_secret"] != SECRET or shown != self.challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(NOW.timestamp())
        honest = {
            "iss": self.issuer,
            "aud": ID,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": PMM.upper(),
            "email_verified": True,
        }
        claims = {**honest, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "1"}
        token = jwt.encode(header, claims, self.signs or self.key)
        return JSONResponse({"id_token": token})


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    port = Port("127.0.0.1", 0, application(made.routes))
    port.open()
    made.issuer = f"http://127.0.0.1:{port.number}"
    yield made
    port.close()


@pytest.fixture
def known(store, arriving: Callable[..., Visit], provider: Provider) -> Visit:
    """A browser on another machine, in a room whose visitors sign in."""
    opened(store)
    return _arrived(arriving, provider)


def _arrived(
    arriving: Callable[..., Visit], provider: Provider, **settings: str
) -> Visit:
    visit = arriving(
        LAUNCH_KITS_URL=URL,
        LAUNCH_KITS_OIDC_ISSUER=provider.issuer,
        LAUNCH_KITS_OIDC_CLIENT_ID=ID,
        LAUNCH_KITS_OIDC_CLIENT_SECRET=SECRET,
        **settings,
    )
    visit.browser = visit.another(peer="192.0.2.7", host=URL)
    return visit


def signed_in(known: Visit, provider: Provider):
    """Sign in from a page; returns the answer to the way back."""
    start = known.get(f"/launches/{SLUG}").headers["location"]
    address = known.get(start).headers["location"]
    return known.get(CALLBACK, params=provider.sign_in(address))


def test_a_visitor_signs_in_and_comes_back_to_the_page(known, provider):
    answer = signed_in(known, provider)
    assert answer.headers["location"] == f"/launches/{SLUG}"
    page = known.text(f"/launches/{SLUG}")
    assert PMM in page
    assert known.send(f"/launches/{SLUG}/tasks/positioning/begin").status_code == 303
    assert not known.cookie(FLOW)


def test_a_sign_in_ends_the_session_before_it(known, provider):
    signed_in(known, provider)
    first = known.cookie(SESSION)
    signed_in_again = known.get("/oidc/start").headers["location"]
    known.get(CALLBACK, params=provider.sign_in(signed_in_again))
    assert known.cookie(SESSION) not in ("", first)
    assert read_session(known.store, first, now=NOW) is None


def test_a_cookie_leads_to_no_other_site(known, provider):
    address = known.get("/oidc/start").headers["location"]
    flow = OpenIdFlow.read(known.cookie(FLOW).strip('"'))
    assert flow is not None
    known.browser.cookies.clear()
    tossed = replace(flow, back="https://evil.example/").pack()
    known.browser.cookies.set(f"__Host-{FLOW}", tossed)
    answer = known.get(CALLBACK, params=provider.sign_in(address))
    assert answer.headers["location"] == "/me"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(NOW.timestamp()) - 600},
        {"exp": None},
        {"email": None},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email_verified": 1.5},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(known, provider, claims):
    provider.claims = claims
    answer = signed_in(known, provider)
    assert answer.status_code == 409
    assert known.get("/me").headers["location"].startswith("/oidc/start")


@pytest.mark.parametrize(("said", "status"), [(None, 303), ("true", 303), (False, 409)])
def test_a_provider_may_vouch_for_its_emails_but_not_against_its_word(
    store, arriving, provider, said, status
):
    opened(store)
    visit = _arrived(arriving, provider, LAUNCH_KITS_OIDC_UNVERIFIED_EMAIL="accept")
    provider.claims = {"email_verified": said}
    assert signed_in(visit, provider).status_code == status


def test_a_token_that_another_signed_is_refused(known, provider):
    provider.signs = jwk.RSAKey.generate_key(2048, {"kid": "1"})
    assert "cannot be believed" in text_of(signed_in(known, provider).text)


def test_a_secret_of_all_is_not_a_signature(known, provider):
    provider.algorithm = "HS256"
    provider.signs = jwk.OctKey.import_key(SECRET * 3)
    assert "cannot be believed" in text_of(signed_in(known, provider).text)


def test_a_sign_in_that_was_begun_elsewhere_is_refused(known, provider):
    address = known.get("/oidc/start").headers["location"]
    query = provider.sign_in(address)
    for wrong in ({**query, "state": "guessed"}, {**query, "error": "denied"}):
        assert known.get(CALLBACK, params=wrong).status_code == 409
    other = known.another(peer="192.0.2.8", host=URL)
    assert other.get(CALLBACK, params=query).status_code == 409


def test_a_provider_that_does_not_answer_is_told(known, provider):
    provider.issuer = "http://127.0.0.1:1"
    answer = known.get("/oidc/start")
    assert answer.status_code == 409
    assert "provider" in text_of(answer.text)


def test_a_room_without_a_provider_has_no_such_page(visit):
    assert visit.get("/oidc/start").status_code == 404
    assert visit.get(CALLBACK).status_code == 409


def test_a_flow_is_read_as_it_was_packed():
    flow = OpenIdFlow.begin("/launches?all=1")
    assert OpenIdFlow.read(flow.pack()) == flow
    assert OpenIdFlow.read("a|b") is None


def test_a_missing_library_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "joserfc", None)
    with pytest.raises(SettingsError, match=r"install launch-kits\[oidc\]"):
        OpenIdProvider(Settings.read({"LAUNCH_KITS_HOME": str(tmp_path)}))
