"""Tries every target with hostile inputs for a while.

Run it as ``python -m tests.fuzz --seconds 60``. Several run at once, and each stops by itself when
its time is over. An input that went wrong is kept in the target's corpus, and tried in each
`make test` from then on; an input that never comes to an end is stopped and kept as well.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import HealthCheck, Verbosity, given, seed, settings

from tests.fuzz.targets import TARGETS, Target, Trial

#: inputs of one round; each round has its own random numbers
ROUND = 200
#: seconds after the end in which the last input must have come to its own; the slowest takes a
#: tenth of one
GRACE = 180


class _TimeIsUp(BaseException):
    """Ends a round from within; Hypothesis lets it pass."""


class _Fuzzer:
    """Tries one target until its time is over, or something went wrong."""

    def __init__(
        self, target: Target, trial: Trial, *, until: float, current: Path
    ) -> None:
        self._target = target
        self._trial = trial
        self._until = until
        self._current = current
        self.tried = 0
        #: the smallest input that went wrong so far, and how
        self.found: tuple[bytes, BaseException] | None = None

    def run(self) -> None:
        """Try the kept inputs, then generated ones."""
        for path in self._target.kept:
            self._try(path.read_bytes())
        try:
            while self.found is None:
                self._round(random.randrange(2**64))
        except _TimeIsUp:
            return
        except Exception:
            if self.found is None:
                raise

    def _round(self, number: int) -> None:
        @seed(number)
        @settings(
            max_examples=ROUND,
            database=None,
            deadline=None,
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(self._target.made())
        def tried(given: bytes) -> None:
            if time.monotonic() > self._until:
                raise _TimeIsUp
            self._try(given)

        tried()

    def _try(self, given: bytes) -> None:
        self._current.write_bytes(given)
        self.tried += 1
        try:
            self._trial.run(given)
        except Exception as error:
            if self.found is None or len(given) < len(self.found[0]):
                self.found = given, error
            raise


def _fuzz(target: Target, seconds: float, current: Path) -> int:
    """Try one target in this process."""
    with tempfile.TemporaryDirectory() as folder, target.opened(Path(folder)) as trial:
        fuzzer = _Fuzzer(
            target, trial, until=time.monotonic() + seconds, current=current
        )
        try:
            fuzzer.run()
        except Exception:
            if fuzzer.found is None:
                raise
    if fuzzer.found is None:
        print(f"{target.name}: {fuzzer.tried} inputs, nothing went wrong")
        return 0
    given, error = fuzzer.found
    print("".join(traceback.format_exception(error)))
    _keep(target, given)
    return 1


def _keep(target: Target, given: bytes) -> None:
    path = target.folder / f"{hashlib.sha256(given).hexdigest()[:16]}{target.suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(given)
    packed = base64.b64encode(zlib.compress(given)).decode()
    print(f"{target.name}: went wrong with {path}")
    place = os.path.relpath(path)
    writing = f"import base64, pathlib, zlib; pathlib.Path({place!r}).write_bytes("
    writing += f"zlib.decompress(base64.b64decode({packed!r})))"
    print(f"its first characters: {given[:300]!r}")
    print("to try it again, also from this log alone:")
    print(f'python -c "{writing}" && make fuzz ARGS={target.name} FUZZ_SECONDS=1')


def _in_a_process(target: Target, seconds: float) -> int:
    """Try one target in a process of its own, which cannot outlive its time."""
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / "current"
        command = [sys.executable, "-m", "tests.fuzz", target.name]
        command += ["--seconds", str(seconds), "--current", str(current)]
        try:
            done = subprocess.run(
                command,
                timeout=seconds + GRACE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as over:
            print((over.stdout or b"").decode("utf-8", "replace"))
            print(f"{target.name}: an input came to no end")
            _keep(target, current.read_bytes())
            return 1
    print(done.stdout.decode("utf-8", "replace"), end="", flush=True)
    return done.returncode


def main() -> int:
    """Return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "targets", nargs="*", choices=[[], *TARGETS], default=[], metavar="TARGET"
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--current", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    targets = [TARGETS[name] for name in asked.targets or TARGETS]
    if asked.current:
        return _fuzz(targets[0], asked.seconds, asked.current)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return max(
            pool.map(lambda target: _in_a_process(target, asked.seconds), targets)
        )


if __name__ == "__main__":
    sys.exit(main())
