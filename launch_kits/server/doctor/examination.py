"""Make every check of an installation, and the remedies that are safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import httpx

from launch_kits.board.address import api_url
from launch_kits.database.store import Store
from launch_kits.errors import DatabaseError, LaunchKitsError
from launch_kits.server.doctor import machine, prefect_side, slack_side, work
from launch_kits.server.doctor.defect import Defect, Installation
from launch_kits.server.doctor.variables import variables
from launch_kits.settings import Settings
from launch_kits.settings.masters import Masters
from launch_kits.slack.api.faults import SlackFault

__all__ = ["CheckResult", "examine", "mend"]

Check = Callable[[Installation], Iterable[Defect]]

MACHINE: dict[str, Check] = {
    "settings": variables,
    "permissions": machine.permissions,
    "disk": machine.disk,
    "database": machine.database,
}
WORK: dict[str, Check] = {
    "clock": machine.clock,
    "sweeps": work.sweeps,
    "leases": work.leases,
    "documents": work.documents,
    "fonts": work.fonts,
    "notices": work.notices,
}
PREFECT: dict[str, Check] = {
    "deployments": prefect_side.deployments,
    "workers": prefect_side.workers,
}
SLACK: dict[str, Check] = {
    "slack scopes": slack_side.scopes,
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check with one of its problems, or without any."""

    check: str
    problem: Defect | None = None

    @property
    def text(self) -> str | None:
        """The problem in one sentence."""
        return self.problem.text if self.problem else None

    @property
    def remedy(self) -> str | None:
        """Its remedy."""
        return self.problem.remedy if self.problem else None


def examine(settings: Settings, *, now: datetime) -> list[CheckResult]:
    """Make every check that applies here, and change nothing.

    A part that is not used has no check: Prefect without an address, Slack without a token. If a
    part cannot be reached, the checks that need it are left out.
    """
    try:
        store = Store(settings.database_url)
    except DatabaseError as error:
        return [CheckResult("database", machine.unusable(error))]
    installation = Installation(settings, store, now)
    try:
        return [
            finding
            for name, check in _checks(installation)
            for finding in _made(name, check, installation)
        ]
    finally:
        store.close()


def mend(
    settings: Settings, findings: Iterable[CheckResult], *, now: datetime
) -> list[str]:
    """Do the remedies that are safe; returns a sentence for each that failed.

    Safe are a migration, a sweep, and giving up the lease of a step that died.
    """
    store = Store(settings.database_url)
    failed: list[str] = []
    fixes = [each.problem.fix for each in findings if each.problem and each.problem.fix]
    try:
        for fix in dict.fromkeys(fixes):
            try:
                fix(Installation(settings, store, now))
            except LaunchKitsError as error:
                failed.append(str(error))
    finally:
        store.close()
    return failed


def _checks(installation: Installation) -> Iterator[tuple[str, Check]]:
    """The checks that apply; each group depends on the checks before it."""
    yield from MACHINE.items()
    if installation.settings.up_file.exists():
        yield "up", machine.up
    if installation.settings.masters != Masters():
        yield "masters", machine.masters
    whole = not any(machine.database(installation))
    if whole:
        yield "schema", machine.schema
    readable = whole and machine.is_readable(installation)
    if readable:
        yield from WORK.items()
    if api_url(installation.settings):
        yield "prefect", prefect_side.server
        if not any(prefect_side.server(installation)):
            yield from PREFECT.items()
            if readable:
                yield "runs", prefect_side.launch_runs
    if installation.settings.slack_bot_token:
        yield "slack token", slack_side.token
        if not any(slack_side.token(installation)):
            yield from SLACK.items()
            if readable:
                yield "slack channels", slack_side.channels


def _made(name: str, check: Check, installation: Installation) -> list[CheckResult]:
    try:
        problems = [*check(installation)]
    except (LaunchKitsError, SlackFault, httpx.HTTPError) as error:
        problems = [Defect(str(error), "run `launch-kits doctor` again")]
    return [CheckResult(name, problem) for problem in problems] or [CheckResult(name)]
