"""The command line called in this process, and its output."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from launch_kits.cli import main
from tests.launches import NOW

#: the keys of a task in JSON, in their order
TASK_KEYS = [
    "key",
    "stage",
    "title",
    "status",
    "owner",
    "due",
    "overdue",
    "float",
    "planned_start",
    "planned_finish",
    "expected_start",
    "expected_finish",
    "last_start",
    "handed_out",
    "asked_until",
    "document",
]


def asked(*words: str, now: datetime = NOW) -> list[str]:
    """The words of a command that answers in JSON, at an instant."""
    return [*words, "--now", now.isoformat(), "--json"]


@dataclass(frozen=True, slots=True)
class Said:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """Calls the command line as its console script does, errors included."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: object) -> Said:
        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "argv", ["launch-kits", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        assert "please report it" not in err, err
        code = left.value.code
        return Said(code if isinstance(code, int) else int(bool(code)), out, err)

    def ok(self, *words: object) -> Said:
        said = self(*words)
        assert said.code == 0, said.err
        return said

    def refused(self, *words: object) -> str:
        """The message of a command that is refused; stdout stays empty."""
        said = self(*words)
        assert said.code == 1, said.out
        assert said.out == ""
        return said.err

    def misused(self, *words: object) -> str:
        said = self(*words)
        assert said.code == 2, said.out
        assert said.out == ""
        return said.err
