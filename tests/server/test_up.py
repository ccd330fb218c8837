from __future__ import annotations

import os
import signal
from io import StringIO

import pytest
from rich.console import Console

from launch_kits.board.address import Up, write_up
from launch_kits.errors import DatabaseError, PrefectError
from launch_kits.server.application import application
from launch_kits.server.http import Port
from launch_kits.server.up import _stop_signals, up
from launch_kits.settings import Settings


def test_a_second_up_on_the_same_home_is_refused(settings: Settings) -> None:
    settings.home.mkdir()
    port = Port("127.0.0.1", 0, application([]))
    port.open()
    running = Up(
        "http://127.0.0.1:1/api", "http://127.0.0.1:1", os.getpid(), port.number
    )
    write_up(settings.up_file, running)
    with pytest.raises(
        PrefectError, match=rf"process {os.getpid()}\) runs on .* already"
    ):
        up(settings)
    assert settings.up_file.exists(), "it belongs to the first one"
    port.close()


def test_up_says_at_once_that_it_starts(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "launch-kits.db").write_bytes(b"noise" * 1000)
    said = StringIO()
    with pytest.raises(DatabaseError):
        up(settings, console=Console(file=said, width=20))
    assert said.getvalue() == f"starting …, logs in {settings.home / 'logs'}\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_sets_the_event_and_the_old_handler_returns(number: int) -> None:
    before = signal.getsignal(number)
    with _stop_signals() as stopping:
        assert not stopping.is_set()
        signal.raise_signal(number)
        assert stopping.is_set()
    assert signal.getsignal(number) == before
