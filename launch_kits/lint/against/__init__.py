"""Checks texts from outside against a brief: its facts, its claims, its readers."""

from launch_kits.lint.against.comparison import (
    DOUBTS,
    TextFinding,
    TextFindings,
    check_texts,
)

__all__ = ["DOUBTS", "TextFinding", "TextFindings", "check_texts"]
