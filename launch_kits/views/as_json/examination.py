"""The JSON of an examination."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["examination_json"]


def examination_json(
    findings: Iterable[tuple[str, str | None, str | None]],
) -> list[dict[str, object]]:
    """Checks with their problem and remedy, as `doctor` prints them; None if there is none."""
    return [
        {"check": check, "ok": problem is None, "problem": problem, "remedy": remedy}
        for check, problem, remedy in findings
    ]
