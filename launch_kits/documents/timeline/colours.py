"""The styles of a picture, light and dark."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["style_sheet"]

LIGHT = {
    "paper": "#ffffff",
    "band": "#f5f7f9",
    "ink": "#1b1f24",
    "soft": "#57606a",
    "line": "#d5dae0",
    "planned": "#9dbdf0",
    "doing": "#3b78d8",
    "done": "#7ab88a",
    "late": "#d03535",
    "blocked": "#e8a817",
    "launch": "#8a2be2",
    "release": "#0b7a75",
}
DARK = {
    "paper": "#14171b",
    "band": "#1b2026",
    "ink": "#e8ebef",
    "soft": "#a3adb8",
    "line": "#39414a",
    "planned": "#41618f",
    "doing": "#6ea3f5",
    "done": "#3f8a55",
    "late": "#ff6b6b",
    "blocked": "#ffc145",
    "launch": "#c79bff",
    "release": "#4fd1c5",
}
_SIZES = """text { font-family: "Source Sans 3", Helvetica, Arial, sans-serif; font-weight: 500; }
.heading { font-size: 24px; font-weight: 700; }
.small { font-size: 13px; }
.stage { font-size: 13px; font-weight: 600; }
.month { font-weight: 600; }
"""


def style_sheet(*, dark: bool) -> str:
    """The style sheet, with the dark colours for readers who prefer them if ``dark``."""
    rules = _SIZES + _rules(LIGHT)
    if dark:
        rules += f"@media (prefers-color-scheme: dark) {{\n{_rules(DARK)}}}\n"
    return rules


def _rules(colours: Mapping[str, str]) -> str:
    c = colours
    looks = ("planned", "doing", "done", "late", "blocked")
    rules = [
        f".paper {{ fill: {c['paper']}; }}",
        f".band {{ fill: {c['band']}; }}",
        f"text {{ fill: {c['ink']}; }}",
        f".label {{ paint-order: stroke; stroke: {c['paper']}; stroke-width: 2.4; }}",
        f"text.soft {{ fill: {c['soft']}; }}",
        f".tick {{ stroke: {c['line']}; stroke-width: 0.7; }}",
        f".month-tick {{ stroke: {c['soft']}; stroke-width: 0.8; }}",
        *(f".{look} {{ fill: {c[look]}; stroke: none; }}" for look in looks),
        f".blocked {{ stroke: {c['ink']}; stroke-width: 1; stroke-dasharray: 3 2; }}",
        f".dropped {{ fill: {c['paper']}; stroke: {c['soft']}; stroke-dasharray: 2 2; }}",
        f".critical {{ stroke: {c['ink']}; stroke-width: 2; stroke-dasharray: none; }}",
        f".tail {{ stroke: {c['soft']}; stroke-width: 1.3; }}",
        f".tail-late {{ stroke: {c['late']}; stroke-width: 2.4; }}",
        f".mark {{ fill: none; stroke: {c['ink']}; stroke-width: 1.5; }}",
        f".gate {{ fill: {c['paper']}; stroke: {c['ink']}; stroke-width: 1.4; }}",
        ".gate-hard { stroke-width: 2.6; }",
        f".gate-passed {{ fill: {c['done']}; }}",
        f".arrow {{ fill: none; stroke: {c['ink']}; stroke-width: 1.4; }}",
        f".arrow-head {{ fill: {c['ink']}; }}",
        f".today {{ stroke: {c['late']}; stroke-width: 1.6; stroke-dasharray: 6 3; }}",
        f".anchor-launch {{ stroke: {c['launch']}; stroke-width: 2; }}",
        f".anchor-release {{ stroke: {c['release']}; stroke-width: 2; }}",
        f".lands-on {{ stroke: {c['launch']}; stroke-width: 2.4; stroke-dasharray: 2 4; }}",
        f"text.lands-on {{ fill: {c['launch']}; stroke: none; }}",
        f"text.today {{ fill: {c['late']}; stroke: none; }}",
        f"text.anchor-launch {{ fill: {c['launch']}; stroke: none; }}",
        f"text.anchor-release {{ fill: {c['release']}; stroke: none; }}",
    ]
    return "\n".join(rules) + "\n"
