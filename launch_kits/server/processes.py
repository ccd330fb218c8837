"""The child processes of `up`.

Each has its own process group and log file, and ends together with all that it started.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch_kits.server.logs import rotate
from launch_kits.settings.small_file import read_end
from launch_kits.settings.visible import one_line

__all__ = ["ORPHANED", "ChildProcess"]

#: prctl(2): the signal that a process gets when its parent dies
PR_SET_PDEATHSIG = 1
#: a signal for children that must distinguish their parent's death from a request to stop
ORPHANED = signal.SIGUSR1
#: bytes at the end of a log in which the reason for an end is looked for
MOST_WORDS = 64 * 1024
#: the last line of a traceback, which names the error
ERROR = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Exit|Interrupt)\b.*:")


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
        self._said_before = log.stat().st_size if log.exists() else 0
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
    def exit_code(self) -> int | None:
        """Its exit code, or minus the number of the signal; None while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The reason for its end.

        Returns the last error in its log, else the last line, or the signal that killed it.
        """
        code = self.exit_code
        if code is not None and code < 0:
            return f"killed by signal {-code}"
        try:
            said = read_end(self.log, most=MOST_WORDS)
            new = max(0, self.log.stat().st_size - self._said_before)
        except (OSError, ValueError) as error:
            return f"its log cannot be read ({error})"
        lines = [
            line.strip()
            for line in said[-new:].decode("utf-8", "replace").split("\n")
            if new and line.strip()
        ]
        errors = [line for line in lines if ERROR.match(line)]
        last = (errors or lines or [""])[-1]
        return one_line(last) or f"exit code {code}, nothing in its log"

    def rotate_log(self, *, megabytes: int) -> None:
        """Begin its log anew if it is too large."""
        if rotate(self.log, megabytes=megabytes):
            self._said_before = 0

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
