from __future__ import annotations

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings.oidc import Oidc

WHOLE = {
    "LAUNCH_KITS_URL": "https://launches.example.com",
    "LAUNCH_KITS_OIDC_ISSUER": "https://login.example.com",
    "LAUNCH_KITS_OIDC_CLIENT_ID": "launch-room",
    "LAUNCH_KITS_OIDC_CLIENT_SECRET": "very-secret",
}


def test_a_provider_needs_its_whole_client():
    assert Oidc.read({}) == Oidc()
    assert Oidc.read(WHOLE).issuer == "https://login.example.com"
    for name in WHOLE.keys() - {"LAUNCH_KITS_OIDC_ISSUER"}:
        with pytest.raises(SettingsError, match=f"set {name} too"):
            Oidc.read({**WHOLE, name: ""})


def test_the_secret_is_masked():
    found = Oidc.read(WHOLE)
    assert "very-secret" not in repr(found)
    assert "very-secret" not in str(found.shown())
    assert ("LAUNCH_KITS_OIDC_CLIENT_ID", "launch-room") in [
        row[:2] for row in found.shown()
    ]
