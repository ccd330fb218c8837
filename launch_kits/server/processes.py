"""The child processes of `up`.

Each has its own process group and log file, and ends together with all that it started.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch_kits.settings.small_file import read_end
from launch_kits.settings.visible import one_line

__all__ = ["ORPHANED", "ChildProcess"]

#: prctl(2): the signal that a process gets when its parent dies
PR_SET_PDEATHSIG = 1
#: a signal for children that must distinguish their parent's death from a request to stop
ORPHANED = signal.SIGUSR1


class ChildProcess:
    """A process that ends with this one at the latest."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        log: Path,
        pass_fds: Sequence[int] = (),
        when_orphaned: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own commands
                command,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in a terminal reaches a whole group; children are stopped in order instead.
                start_new_session=True,
                preexec_fn=_signal_of_death(when_orphaned),  # noqa: PLW1509  no threads yet
                pass_fds=pass_fds,
            )

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The last line of its log, or the signal that killed it."""
        code = self._process.poll()
        if code is not None and code < 0:
            return f"killed by signal {-code}"
        lines = read_end(self.log).decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return one_line(said) or "its log is empty"

    def ask_to_stop(self) -> None:
        """Ask it to end; returns at once."""
        if self.alive:
            self._process.terminate()

    def stop(self, *, within: float) -> None:
        """Ask it to end, and kill it and its children after ``within`` seconds."""
        self.ask_to_stop()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _end_group(self._process.pid)
            self._process.wait()


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _signal_of_death(number: signal.Signals) -> Callable[[], None] | None:
    """The hook by which a new child gets a signal at its parent's death.

    Returns None if the system is not Linux.
    """
    if sys.platform != "linux":
        return None
    return lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
