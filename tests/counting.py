"""Coverage, paused while nothing of the package runs that has to be counted."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import launch_kits

__all__ = ["collects", "import_package", "paused"]

#: what the package is built on; Python 3.11 imports it twice as slowly while coverage counts
LIBRARIES = (
    *(
        "alembic",
        "docx",
        "fastapi",
        "icalendar",
        "pptx",
        "prefect.flows",
        "prometheus_client",
    ),
    *("pypdf", "rich.console", "slack_bolt", "sqlmodel", "typst", "uvicorn"),
)
#: modules that do something as soon as they are imported
ACTING = "launch_kits.database.migrations"


@contextmanager
def paused(config: pytest.Config) -> Iterator[None]:
    """Count nothing for a while, if anything is counted; a tracer belongs to its thread."""
    plugin: Any = config.pluginmanager.get_plugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    in_main = threading.current_thread() is threading.main_thread()
    if controller is None or not controller.started or not in_main:
        yield
        return
    controller.pause()
    try:
        yield
    finally:
        controller.resume()


def import_package(config: pytest.Config) -> None:
    """Import every module of the package, so that its first lines are counted whoever runs them.

    Without coverage each is imported by the first test that needs it.
    """
    if not config.pluginmanager.has_plugin("_cov"):
        return
    with paused(config):
        for name in (
            "tests.served",
            *LIBRARIES,
        ):  # the first leaves the user's Prefect alone
            importlib.import_module(name)
    found = pkgutil.walk_packages(launch_kits.__path__, "launch_kits.")
    names = [each.name for each in found if not each.name.startswith(ACTING)]
    for name in ("launch_kits", *names, "flows.launch", "flows.sweep"):
        importlib.import_module(name)


def collects(config: pytest.Config) -> bool:
    """Whether this process collects tests: not the one that hands them out to others."""
    return config.getoption("dist", "no") == "no" or hasattr(config, "workerinput")
