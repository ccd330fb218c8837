"""The codes of the linter's findings, which an escape may name."""

from __future__ import annotations

__all__ = ["CODES", "FAULTS"]

#: faults, not only doubts: `check` and `start` refuse them
FAULTS = frozenset(
    {
        "unknown-section",
        "wrong-weekday",
        "no-such-day",
        "impossible-year",
        "notice-too-short",
    }
)

#: every code that `# lint: ignore[CODE] reason` may name; docs/reference/checks.md explains each
CODES = FAULTS | {
    "anchor-off-day",
    "anchor-past",
    "attribute-without-proof",
    "bad-escape",
    "begin-after-launch",
    "begin-past",
    "day-off",
    "decision-before-gate",
    "due-after-successor",
    "due-on-day-off",
    "due-too-early",
    "duplicate-title",
    "ended-claim",
    "everyone-without-proof",
    "far-launch",
    "future-date",
    "kit-name",
    "lacked-by-nobody",
    "left-out",
    "low-contrast",
    "message-left-out",
    "message-too-long",
    "no-real-backup",
    "no-strengths",
    "notice-doubtful",
    "other-price",
    "overcommitted",
    "promise-without-source",
    "release-after-launch",
    "role-held-by-lead",
    "share-over-capacity",
    "stale-card",
    "stale-source",
    "superlative-without-proof",
    "told-out-of-order",
    "unknown-template",
    "wider-audience",
}
