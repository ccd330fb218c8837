"""Check files: recognise briefs, kits and ledgers, and lint each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launch_kits.errors import (
    Fault,
    InputError,
    LaunchKitsError,
    Suggestions,
    first_of_each_file,
)
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import (
    FaultyInput,
    load_brief,
    load_kit,
    load_ledger,
)
from launch_kits.inputs.reading import kind_of
from launch_kits.inputs.search import goes_by_its_file
from launch_kits.inputs.template_folders import template_names
from launch_kits.inputs.yaml_source import Location, Yaml, read
from launch_kits.lint import Findings, lint_brief, lint_kit, lint_ledger, lint_unsound
from launch_kits.plan.rollout import Rollout

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a check."""

    files: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _CheckContext:
    """The folders and the time of a check."""

    #: folders searched before the built-in kits
    search: Sequence[Path]
    #: folders searched before the built-in templates
    folders: Sequence[Path]
    #: names of the known templates
    templates: Collection[str]
    now: datetime


def check(
    paths: Sequence[Path],
    *,
    search: Sequence[Path] = (),
    templates: Sequence[Path] = (),
    now: datetime,
) -> Checked:
    """Check files, and in folders every brief, kit and ledger.

    Other YAML in a folder is skipped. ``search`` and ``templates`` are the folders that come before
    the built-in kits and templates. ``now`` is aware. Returns the findings, sorted by file and
    line: the first of each file, and a count of the others.
    """
    place = _CheckContext(search, templates, template_names(templates), now)
    faults: dict[Fault, None] = {}
    warnings: dict[Fault, None] = {}
    count = 0
    for path, kind, source in _files(paths, faults):
        count += 1
        try:
            found = _check(path, kind, source, place)
        except FaultyInput as error:
            more = lint_unsound(error.reading, today=now.date())
            faults.update(dict.fromkeys((*error.faults, *more)))
        except LaunchKitsError as error:
            faults[Fault(str(path), None, "unplannable", str(error))] = None
        else:
            faults.update(dict.fromkeys(found.faults))
            warnings.update(dict.fromkeys(found.warnings))
    return Checked(count, first_of_each_file(faults), first_of_each_file(warnings))


def _files(
    paths: Iterable[Path], faults: dict[Fault, None]
) -> Iterator[tuple[Path, str, Yaml]]:
    for path in paths:
        try:
            inside = path.is_dir()
        except OSError:
            # such as a name too long: reading it gives the reason
            inside = False
        files = (
            sorted(filter(_to_be_read, (*path.rglob("*.yaml"), *path.rglob("*.yml"))))
            if inside
            else [path]
        )
        for file in files:
            try:
                source = read(file, mend=True)
            except InputError as error:
                faults.update(dict.fromkeys(error.faults))
                continue
            kind = kind_of(source)
            if kind is not None:
                yield file, kind, source
            elif source.slips:
                faults.update(dict.fromkeys(source.slips))
            elif not inside:
                message = (
                    "neither a brief (`launch:`), a kit (`stages:`) nor a ledger "
                    "(`card:`); check its top keys"
                )
                faults[Fault(str(file), 1, "unknown-file", message)] = None


def _to_be_read(file: Path) -> bool:
    """Return whether a path is a file or a broken link.

    Folders with such a name are skipped, and pipes, which could block a reader.
    """
    return file.is_file() or (file.is_symlink() and not file.exists())


def _check(path: Path, kind: str, source: Yaml, place: _CheckContext) -> Findings:
    """Lint an input; return the findings.

    Raises InputError or PlanError if it cannot be read or planned.
    """
    if kind == "kit":
        kit = load_kit(path)
        missing = _unknown_templates(kit, source, (), place.templates)
        return lint_kit(
            kit,
            source,
            besides=[*_other_name(kit, path, source, place.search), *missing],
        )
    if kind == "ledger":
        return lint_ledger(load_ledger(path), source, today=place.now.date())
    return _check_brief(path, source, place)


def _other_name(
    kit: Kit, path: Path, source: Yaml, search: Sequence[Path]
) -> Iterator[Fault]:
    if kit.kit != path.stem and goes_by_its_file(path, search=search):
        message = (
            f'the kit is named "{kit.kit}", but a brief finds it by its file as "{path.stem}"; '
            "give both the same name"
        )
        yield source.fault(("kit",), "kit-name", message)


def _unknown_templates(
    kit: Kit, source: Yaml, where: Location, known: Collection[str]
) -> Iterator[Fault]:
    hints = Suggestions()
    for stage_at, stage in enumerate(kit.stages):
        for task_at, task in enumerate(stage.tasks):
            if task.document is not None and task.document not in known:
                hint = (
                    hints.nearest(task.document, known)
                    or "; put it into a folder of LAUNCH_KITS_TEMPLATES"
                )
                message = (
                    f'the template "{task.document}" of task "{task.key}" is in none '
                    "of the template folders"
                )
                at = (*where, "stages", stage_at, "tasks", task_at, "document")
                yield source.fault(at, "unknown-template", message + hint)


def _check_brief(path: Path, source: Yaml, place: _CheckContext) -> Findings:
    loaded = load_brief(path, search=place.search)
    brief = loaded.brief
    today = place.now.astimezone(brief.zone()).date()
    rollout = Rollout.of(brief, today=today)
    # planning finds faults that no single line shows, such as dates out of bounds
    rollout.schedule  # noqa: B018
    in_place = "kit" not in loaded.sources
    where, written = (("kit",), source) if in_place else ((), loaded.sources["kit"])
    missing = _unknown_templates(brief.kit_in_place, written, where, place.templates)
    doubts = [
        *loaded.warnings,
        *rollout.warnings(source, today=today),
        *missing,
    ]
    return lint_brief(
        loaded, rollout, today=today, besides=doubts, templates=place.folders
    )
