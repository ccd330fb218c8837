"""Sign-in with an OpenID provider: the authorization code flow with PKCE."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from launch_kits.errors import Refused, SettingsError
from launch_kits.room.sessions import new_secret
from launch_kits.settings import Settings

__all__ = ["CALLBACK", "OpenIdFlow", "OpenIdProvider"]

#: the address to which the provider sends its visitors back
CALLBACK = "/oidc/callback"
#: signatures that are believed: those with a public key
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
)
#: seconds for an answer of the provider, and by which its clock may differ
PATIENCE = 10.0
LEEWAY = 120


@dataclass(frozen=True, slots=True)
class OpenIdFlow:
    """The secrets of one sign-in that is under way."""

    state: str
    nonce: str
    verifier: str
    #: the page to which it leads
    back: str

    @classmethod
    def begin(cls, back: str) -> OpenIdFlow:
        """Make new secrets."""
        return cls(new_secret(), new_secret(), new_secret(), back)

    def pack(self) -> str:
        """The flow as one text, for a cookie."""
        return f"{self.state}|{self.nonce}|{self.verifier}|{self.back}"

    @classmethod
    def read(cls, packed: str) -> OpenIdFlow | None:
        """The flow of a text; None if it is none."""
        parts = packed.split("|", 3)
        return cls(*parts) if len(parts) == len(cls.__slots__) else None


class OpenIdProvider:
    """The provider that the settings name; its addresses and keys are read when needed.

    Raises SettingsError if a signature could not be checked.
    """

    def __init__(self, settings: Settings) -> None:
        _must_be_installed()
        self._oidc = settings.oidc
        self._back = f"{settings.url}{CALLBACK}"
        self._found: Mapping[str, Any] | None = None

    def address(self, flow: OpenIdFlow) -> str:
        """The address at which a visitor signs in; raises Refused."""
        query = {
            "response_type": "code",
            "client_id": self._oidc.client_id,
            "redirect_uri": self._back,
            "scope": "openid email profile",
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": _challenge(flow.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._metadata()['authorization_endpoint']}?{urlencode(query)}"

    def email(self, flow: OpenIdFlow, code: str, *, now: datetime) -> str:
        """The email of the visitor whose sign-in gave a code.

        Raises Refused if the provider does not answer, or its answer is not to be believed.
        """
        given = self._asked(
            "POST",
            str(self._metadata()["token_endpoint"]),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back,
                "code_verifier": flow.verifier,
                "client_id": self._oidc.client_id,
                "client_secret": self._oidc.client_secret,
            },
        )
        claims = self._believed(str(given.get("id_token") or ""), flow, now)
        email = str(claims.get("email") or "").strip().lower()
        if not email:
            raise Refused("the provider does not tell your email; allow it there")
        if not self._is_verified(claims):
            raise Refused(
                f"the provider does not say that {email} is verified; verify it there, or ask "
                "the people who run this server about LAUNCH_KITS_OIDC_UNVERIFIED_EMAIL"
            )
        return email

    def _is_verified(self, claims: Mapping[str, Any]) -> bool:
        """Whether the email of a token is its visitor's own.

        Some providers say nothing about it; the settings may accept that, but never a plain no.
        """
        said = claims.get("email_verified")
        if said is None:
            return self._oidc.unverified == "accept"
        return said in (True, "true")

    def _believed(
        self, token: str, flow: OpenIdFlow, now: datetime
    ) -> Mapping[str, Any]:
        """The claims of a token that the provider signed for this sign-in."""
        from joserfc import jwk, jwt
        from joserfc.errors import JoseError

        found = self._metadata()
        stated = found.get("id_token_signing_alg_values_supported") or ["RS256"]
        keys = self._asked("GET", str(found["jwks_uri"]))
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": str(found["issuer"])},
            aud={"essential": True, "value": str(self._oidc.client_id)},
            nonce={"essential": True, "value": flow.nonce},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            read = jwt.decode(
                token,
                jwk.KeySet.import_key_set(cast("Any", keys)),
                algorithms=sorted(ALGORITHMS.intersection(stated)),
            )
            rules.validate(read.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Refused(
                "the provider's answer cannot be believed; sign in once more"
            ) from error
        return dict(read.claims)

    def _metadata(self) -> Mapping[str, Any]:
        if self._found is None:
            issuer = str(self._oidc.issuer).rstrip("/")
            found = self._asked("GET", f"{issuer}/.well-known/openid-configuration")
            if str(found.get("issuer", "")).rstrip("/") != issuer:
                raise Refused(
                    "the provider calls itself otherwise than LAUNCH_KITS_OIDC_ISSUER; correct it"
                )
            self._found = found
        return self._found

    def _asked(self, method: str, url: str, **given: Any) -> Mapping[str, Any]:  # noqa: ANN401  httpx's own options
        import httpx

        try:
            answer = httpx.request(method, url, timeout=PATIENCE, **given)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Refused(
                "the provider does not answer as it should; try again in a while"
            ) from error
        if not isinstance(found, dict):
            raise Refused("the provider does not answer as it should; try again")
        return found


def _challenge(verifier: str) -> str:
    """The challenge of a verifier, as RFC 7636 makes it (S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _must_be_installed() -> None:
    try:
        import joserfc  # noqa: F401
    except ImportError:
        raise SettingsError(
            "LAUNCH_KITS_OIDC_ISSUER needs joserfc, which checks signatures; "
            "install launch-kits[oidc]"
        ) from None
