"""Lint a brief, a kit or a ledger: call each rule, and sift what escapes suppress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from launch_kits.errors import Fault
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import Ledger
from launch_kits.inputs.loading import Loaded
from launch_kits.inputs.reading import FileReading
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.lint import (
    begun,
    dates,
    decisions,
    ended,
    notice,
    order,
    own_words,
    people,
    plan_prices,
    proof,
    shown,
    stale,
    superlatives,
    workload,
)
from launch_kits.lint.codes import FAULTS
from launch_kits.lint.escapes import sift
from launch_kits.lint.subject import LintSubject
from launch_kits.plan.rollout import Rollout

__all__ = ["Findings", "lint_brief", "lint_kit", "lint_ledger", "lint_unsound"]


class Findings(NamedTuple):
    """Findings of the linter, without those that an escape suppresses."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def lint_brief(
    loaded: Loaded,
    rollout: Rollout,
    *,
    today: date,
    besides: Iterable[Fault] = (),
    running: bool = False,
    templates: Sequence[Path] | None = None,
) -> Findings:
    """Lint a brief with its kit, ledgers and plan.

    ``today`` is a day in the time zone of the launch. ``besides`` are warnings found elsewhere,
    which escapes may suppress too. ``running`` says that the launch runs already: its due days are
    stored, and are not checked here. ``templates`` are the user's folders of templates; None leaves
    the sections of documents unchecked. Returns the findings. Raises PlanError if the plan cannot
    be computed.
    """
    subject = LintSubject(loaded, rollout, today, running=running, templates=templates)
    found = [*besides, *_brief(subject)]
    if subject.kit_source is not None:
        found += _kit(subject.kit, subject.kit_source)
    told = {(fault.path, fault.line, fault.code) for fault in found}
    # a fault of the kit alone is not repeated for the plan
    in_plan = (*notice.notices_in_plan(subject), *notice.told_in_plan(subject))
    found += [
        fault for fault in in_plan if (fault.path, fault.line, fault.code) not in told
    ]
    for ledger, source in subject.ledgers():
        found += _ledger(ledger, source, today, launch_on=rollout.launch_on)
    sources = [subject.source, *subject.sources()]
    for source in sources:
        found += dates.weekdays(source)
    return _findings(found, sources)


def _brief(subject: LintSubject) -> Iterator[Fault]:
    yield from dates.years(subject.source, today=subject.today)
    yield from dates.future_dates(subject.source, today=subject.today)
    yield from dates.anchors(subject)
    yield from dates.days_off(subject)
    yield from decisions.late_gates(subject)
    yield from people.backups(subject)
    yield from begun.begun_too_late(subject)
    yield from workload.overcommitted(subject)
    yield from workload.shares_over_capacity(subject)
    yield from proof.attributes(subject)
    yield from proof.hidden(subject)
    yield from superlatives.unproved(subject)
    yield from shown.colours(subject)
    yield from shown.wider_readers(subject)
    yield from shown.sections(subject)
    yield from ended.proofs(subject)
    yield from plan_prices.prices(subject)
    yield from own_words.promises(subject)
    yield from own_words.messages(subject)


def lint_unsound(reading: FileReading, *, today: date) -> tuple[Fault, ...]:
    """Return the linter's faults of files that have others, so that one round finds all."""
    found: list[Fault] = []
    for source in reading.sources.values():
        found += [*dates.weekdays(source), *dates.years(source, today=today)]
    if reading.kit is not None:
        found += notice.notices_in_kit(*reading.kit)
    return _findings(found, reading.sources.values()).faults


def lint_kit(kit: Kit, source: Yaml, *, besides: Iterable[Fault] = ()) -> Findings:
    """Lint a kit by itself; return the findings."""
    return _findings([*besides, *dates.weekdays(source), *_kit(kit, source)], [source])


def _kit(kit: Kit, source: Yaml) -> Iterator[Fault]:
    yield from order.due_days(kit, source)
    yield from notice.notices_in_kit(kit, source)
    yield from notice.told_in_kit(kit, source)
    yield from people.duplicates(kit, source)


def lint_ledger(ledger: Ledger, source: Yaml, *, today: date) -> Findings:
    """Lint a ledger on a day; return the findings."""
    return _findings(
        [*dates.weekdays(source), *_ledger(ledger, source, today)], [source]
    )


def _ledger(
    ledger: Ledger, source: Yaml, today: date, *, launch_on: date | None = None
) -> Iterator[Fault]:
    yield from dates.years(source, today=today)
    yield from dates.future_dates(source, today=today)
    yield from proof.strengths(ledger, source, today=today)
    yield from stale.stale_card(ledger, source, today=today)
    yield from stale.stale_sources(ledger, source, today=today, launch_on=launch_on)
    yield from ended.claims(ledger, source, today=today, launch_on=launch_on)
    yield from superlatives.unproved_claims(ledger, source)


def _findings(found: Iterable[Fault], sources: Iterable[Yaml]) -> Findings:
    kept = sift(found, sources)
    return Findings(
        tuple(fault for fault in kept if fault.code in FAULTS),
        tuple(fault for fault in kept if fault.code not in FAULTS),
    )
