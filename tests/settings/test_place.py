from __future__ import annotations

import getpass
import os
import socket

import pytest

from launch_kits.settings.place import this_place


def test_the_place_is_user_and_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "desk-4")
    monkeypatch.setattr(getpass, "getuser", lambda: "pia")
    assert this_place.__wrapped__() == "pia@desk-4"

    def unknown() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert this_place.__wrapped__() == f"{os.getuid()}@desk-4"
