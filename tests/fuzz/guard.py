"""Watches code for anything except computing.

It sees files that are opened, code that is loaded or run, processes, sockets, anything else. All
that Python's audit events report is refused unless it is listed here, so that an event that no one
thought of is refused too.
"""

from __future__ import annotations

import os
import sys
import threading
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType

import holidays
import tzdata

from launch_kits.inputs.search import BUILT_IN_KITS
from launch_kits.inputs.template_folders import built_in_templates

__all__ = ["Breach", "guarded", "loopback_only"]

#: events that reach nothing outside the computation; what `marshal` loads runs only by an `exec`
HARMLESS = frozenset({
    *("builtins.id", "object.__getattr__", "object.__setattr__", "object.__delattr__"),
    *("array.__new__", "sys._getframe", "sys._getframemodulename", "sys.unraisablehook"),
    *("gc.get_objects", "marshal.loads"),
})  # fmt: skip
#: events whose first argument is a folder that is looked through
LISTING = frozenset({
    *("os.listdir", "os.scandir", "os.walk", "os.fwalk", "glob.glob", "glob.glob/2"),
    *("pathlib.Path.glob", "pathlib.Path.rglob"),
})  # fmt: skip
#: events by which other machines are reached
REACHING = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: countries are Python files of a library, and time zones lie in modules of one: both are loaded
#: from there
LIBRARIES = tuple(
    f"{Path(str(library.__file__)).resolve().parent}{os.sep}"
    for library in (holidays, tzdata)
)
#: files that the product itself reads: its kits and templates, time zones, and countries
OWN = (
    *(
        f"{Path(folder).resolve()}{os.sep}"
        for folder in (BUILT_IN_KITS, built_in_templates(), *zoneinfo.TZPATH)
    ),
    *LIBRARIES,
)
#: code that Jinja2 runs to tell the line of a template that went wrong
FAKE_LINE = b"raise __jinja_exception__"


class Breach(RuntimeError):
    """The code did something forbidden."""


class _Watch(threading.local):
    """The files that one thread may read while it is watched, and its breaches."""

    folders: Sequence[str] | None = None
    breaches: Sequence[str] = ()


_watch = _Watch()
_offline = threading.Event()


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _offline.is_set() and event in REACHING and not _on_loopback(event, args):
        raise OSError(f"nothing beyond this machine is reached: {event}")
    folders = _watch.folders
    if folders is None or event in HARMLESS:
        return
    # calls of the check itself are not watched
    _watch.folders = None
    try:
        allowed = _allowed(event, args, folders)
    finally:
        _watch.folders = folders
    if not allowed:
        told = f"{event}{tuple(str(arg)[:200] for arg in args[:3])}"
        _watch.breaches = [*_watch.breaches, told]
        raise Breach(told)


def _allowed(event: str, args: tuple[object, ...], folders: Sequence[str]) -> bool:
    if event == "open":
        return _may_open(args, folders)
    if event in LISTING:
        return _inside(args[0], folders)
    if event == "exec":
        return isinstance(args[0], CodeType) and (
            _of_a_library(args[0].co_filename) or _shows_a_line()
        )
    if event == "compile":
        return _of_a_library(str(args[1])) or (
            _shows_a_line()
            and isinstance(args[0], bytes)
            and args[0].strip() == FAKE_LINE
        )
    if event == "code.__new__":
        return _shows_a_line()
    # a time zone is a file of a package, and its folder a module
    return event == "import" and str(args[0]).startswith("tzdata.zoneinfo.")


def _may_open(args: tuple[object, ...], folders: Sequence[str]) -> bool:
    if isinstance(args[0], int):
        # a file that is open already: opening it was watched, with its path
        return True
    flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
    return not flags & WRITING and _inside(args[0], folders)


def _inside(path: object, folders: Sequence[str]) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    real = os.path.realpath(os.fsdecode(path))
    return f"{real}{os.sep}".startswith((*folders, *OWN))


def _of_a_library(filename: str) -> bool:
    return os.path.realpath(filename).startswith(LIBRARIES)


def _shows_a_line() -> bool:
    """Whether it is Jinja2 that asks, to make a traceback show the line of a template."""
    return Path(sys._getframe(3).f_code.co_filename).parts[-2:] == (
        "jinja2",
        "debug.py",
    )


def _on_loopback(event: str, args: tuple[object, ...]) -> bool:
    address = args[1] if event == "socket.connect" else args[0]
    host = address[0] if isinstance(address, tuple) else address
    return host in ("127.0.0.1", "localhost", b"127.0.0.1", b"localhost")


@cache
def _install() -> None:
    """Hooks stay for as long as the process lives."""
    sys.addaudithook(_hook)


@contextmanager
def loopback_only() -> Iterator[None]:
    """Let no thread reach another machine: it finds the network to be down."""
    _install()
    _offline.set()
    try:
        yield
    finally:
        _offline.clear()


@contextmanager
def guarded(*folders: Path) -> Iterator[None]:
    """Refuse everything but computing and reading in some folders, in this thread; raises Breach.

    A breach is raised at the end again: those that it happened in may have taken it for an error
    like any other.
    """
    _install()
    _watch.breaches = ()
    _watch.folders = [f"{folder.resolve()}{os.sep}" for folder in folders]
    try:
        yield
    finally:
        _watch.folders = None
        breaches, _watch.breaches = _watch.breaches, ()
        if breaches:
            raise Breach("; ".join(breaches))
