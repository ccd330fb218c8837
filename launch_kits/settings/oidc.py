"""The identity provider with which visitors of the launch room sign in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from launch_kits.errors import SettingsError
from launch_kits.settings.masking import SECRET
from launch_kits.settings.reading import choice, secret
from launch_kits.settings.web import endpoint

__all__ = ["Oidc"]


@dataclass(frozen=True, slots=True)
class Oidc:
    """A client of an OpenID provider; it is used if the issuer is set."""

    issuer: str | None = field(
        default=None,
        metadata={
            "env": "LAUNCH_KITS_OIDC_ISSUER",
            "doc": "address of the OpenID provider that visitors sign in with",
        },
    )
    client_id: str | None = field(
        default=None,
        metadata={
            "env": "LAUNCH_KITS_OIDC_CLIENT_ID",
            "doc": "the launch room, as the provider knows it",
        },
    )
    client_secret: str | None = field(
        default=None,
        repr=False,
        metadata={
            "env": "LAUNCH_KITS_OIDC_CLIENT_SECRET",
            "secret": "whole",
            "doc": "its secret there",
        },
    )
    unverified: str = field(
        default="refuse",
        metadata={
            "env": "LAUNCH_KITS_OIDC_UNVERIFIED_EMAIL",
            "doc": "accept an email that the provider does not call verified: refuse, accept",
        },
    )

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Oidc:
        """The provider that an environment names; raises SettingsError."""
        names = {item.name: str(item.metadata["env"]) for item in fields(cls)}
        among = ("refuse", "accept")
        unverified = choice(env, names.pop("unverified"), among=among)
        found = {name: secret(env, variable) for name, variable in names.items()}
        endpoint(env, names["issuer"], like="https://accounts.example.com")
        if not found["issuer"]:
            return cls(**found, unverified=unverified)
        needed = {names[name]: value for name, value in found.items()}
        needed["LAUNCH_KITS_URL"] = env.get("LAUNCH_KITS_URL")
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise SettingsError(
                f"{names['issuer']} is set, but not all that signing in needs; "
                f"set {' and '.join(missing)} too"
            )
        return cls(**found, unverified=unverified)

    def shown(self) -> list[tuple[str, str, str]]:
        """List (variable, value with the secret masked, purpose)."""
        rows = []
        for item in fields(self):
            value = getattr(self, item.name) or ""
            shown = SECRET if value and "secret" in item.metadata else value
            rows.append((str(item.metadata["env"]), shown, str(item.metadata["doc"])))
        return rows
