"""The codes that the linter finds in a small kit."""

from __future__ import annotations

from typing import Any

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.lint import lint_kit


def codes(
    *tasks: dict[str, Any], second: tuple[dict[str, Any], ...] = ()
) -> list[tuple[str, str]]:
    """Code and task of each finding in a kit of one or two stages."""
    stages = [
        {"key": f"s{at}", "title": "Stage", "tasks": list(of)}
        for at, of in enumerate((tasks, second))
        if of
    ]
    source = parse(
        repr({"kit": "tiny", "title": "Tiny", "stages": stages}), shown="tiny.yaml"
    )
    found = lint_kit(validate(Kit, source), source)
    return [
        (fault.code, fault.message.split('"')[1])
        for fault in (*found.faults, *found.warnings)
    ]


def task(key: str, title: str | None = None, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": title or key.title(), "role": "pmm", "days": 1, **more}
