"""The targets that are tried with hostile inputs.

Each has the inputs that are made for it and those that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from hypothesis.strategies import SearchStrategy

from tests.fuzz.http_port import Http
from tests.fuzz.inputs import Files, Titles, Values
from tests.fuzz.slack_app import Slack

__all__ = ["TARGETS", "Target", "Trial"]

CORPUS = Path(__file__).with_name("corpus")


class Trial(Protocol):
    """Tries one input after the other, each as if it were the first."""

    def run(self, given: bytes) -> None:
        """Raise whatever must not happen."""

    def close(self) -> None:
        """Release its resources."""


@dataclass(frozen=True)
class Target:
    """A part of the program that takes input from anyone."""

    name: str
    #: a trial that may use a folder
    trial: Callable[[Path], Trial]
    #: hostile inputs
    made: Callable[[], SearchStrategy[bytes]]
    #: inputs tried by a short run, enough for a few seconds
    few: int
    #: ending of the files in which inputs are kept
    suffix: str

    @property
    def folder(self) -> Path:
        """The folder of inputs that once failed, or are tried each time."""
        return CORPUS / self.name

    @property
    def kept(self) -> list[Path]:
        """The inputs that are kept."""
        return sorted(self.folder.glob(f"*{self.suffix}"))

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Trial]:
        """A trial, closed at the end."""
        trial = self.trial(folder)
        try:
            yield trial
        finally:
            trial.close()


def _files(kind: str, few: int) -> Target:
    return Target(
        kind, partial(Files, kind=kind), partial(Files.made, kind), few, ".yaml"
    )


TARGETS: Mapping[str, Target] = {
    target.name: target
    for target in (
        _files("brief", 60),
        _files("kit", 80),
        _files("ledger", 80),
        Target("title", Titles, Titles.made, 80, ".txt"),
        Target("values", Values, Values.made, 40, ".yaml"),
        Target("slack", Slack, Slack.made, 80, ".json"),
        Target("http", Http, Http.made, 150, ".http"),
    )
}
