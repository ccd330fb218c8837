"""Questions at a terminal, for options that were left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from launch_kits.cli.options import say
from launch_kits.errors import LaunchKitsError, Refused

__all__ = ["NONE", "Interview", "at_a_terminal", "unless_none"]

T = TypeVar("T")

#: the answer that there is none
NONE = "none"


def at_a_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@dataclass(slots=True)
class Interview:
    """Answers given as options, and questions for the rest.

    At the end of the input the defaults are taken for the questions that are left.
    """

    given: Mapping[str, str | None]
    #: options that may be given several times
    several: Mapping[str, Sequence[str]]
    asks: bool
    now: datetime
    #: (option, answer) of each question that was answered, in order
    heard: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False

    def today(self, timezone: str) -> date:
        """The day it is in a time zone."""
        return self.now.astimezone(ZoneInfo(timezone)).date()

    def take(
        self,
        flag: str,
        question: str,
        read: Callable[[str], T],
        *,
        default: str | None = None,
    ) -> T:
        """Take the option's answer, or ask, or take the default.

        Raises Refused if it cannot be read, and Abort at the end of the input if there is no
        default.
        """
        given = self.given.get(flag)
        if given is None and self.asks:
            return self.ask(question, read, default=default, flag=flag)
        return _read(flag, read, given if given is not None else default or "")

    def take_each(
        self, flag: str, question: str, read: Callable[[str], T], *, most: int = 50
    ) -> tuple[T, ...]:
        """Take the answers of an option that may be given several times, or ask for them.

        Raises Refused if one cannot be read.
        """
        given = self.several.get(flag, ())
        if given or not self.asks:
            texts = [text for text in given if text.strip().lower() != NONE]
            return tuple(_read(flag, read, text) for text in texts)
        found: list[T] = []
        while len(found) < most:
            asked = question if not found else "Another one"
            answer = self.ask(asked, unless_none(read), default=NONE, flag=flag)
            if answer is None:
                break
            found.append(answer)
        return tuple(found)

    def ask(
        self,
        question: str,
        read: Callable[[str], T],
        *,
        default: str | None = None,
        flag: str | None = None,
        before: str = "",
    ) -> T:
        """Ask until the answer can be read.

        ``flag`` is the option that says the same, with ``before`` in front of the answer. Raises
        Abort at the end of the input if there is no default.
        """

        def heard(text: str) -> T:
            if default is None and not text.strip():
                raise click.UsageError("an answer is needed; press Ctrl-C to stop")
            answer = _or_again(read, text)
            if flag is not None and text != default:
                self.heard.append((flag, f"{before}{text.strip()}"))
            return answer

        if not self.ended:
            try:
                answer: T = click.prompt(
                    question,
                    default=default or "",
                    show_default=default is not None,
                    value_proc=heard,
                    err=True,
                )
            except click.Abort as error:
                if not isinstance(error.__context__, EOFError):
                    raise
                self.ended = True
                say("\nend of input: no more questions")
            else:
                return answer
        if default is None:
            raise click.Abort
        return read(default)


def unless_none(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """Read an answer, or None for the answer that there is none."""
    return lambda text: None if text.strip().lower() in (NONE, "") else read(text)


def _read(flag: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except (ValueError, LaunchKitsError) as error:
        raise Refused(f"--{flag}: {error}") from None


def _or_again(read: Callable[[str], T], text: str) -> T:
    """An answer, or the question once more."""
    try:
        return read(text)
    except (ValueError, LaunchKitsError) as error:
        raise click.UsageError(str(error)) from None
