"""The codes of what can be doubtful or wrong although it can be read: what an escape may name."""

from __future__ import annotations

__all__ = ["CODES", "FAULTS"]

#: what the linter calls wrong, not only doubtful: `check` and `start` refuse it
FAULTS = frozenset(
    {"wrong-weekday", "no-such-day", "impossible-year", "notice-too-short"}
)

#: every code that `# lint: ignore[CODE] reason` may name; docs/reference/checks.md explains each
CODES = FAULTS | {
    "anchor-off-day",
    "anchor-past",
    "attribute-without-proof",
    "bad-escape",
    "begin-after-launch",
    "day-off",
    "due-after-successor",
    "due-on-day-off",
    "due-too-early",
    "duplicate-title",
    "everyone-without-proof",
    "far-launch",
    "future-date",
    "kit-name",
    "lacked-by-nobody",
    "left-out",
    "message-too-long",
    "no-real-backup",
    "no-strengths",
    "notice-doubtful",
    "release-after-launch",
    "role-held-by-lead",
    "superlative-without-proof",
    "told-out-of-order",
    "unknown-template",
}
