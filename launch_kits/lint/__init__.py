"""The linter: faults and doubts of inputs that can be read, each with its line and a remedy."""

from launch_kits.lint.codes import CODES
from launch_kits.lint.linter import (
    Findings,
    lint_brief,
    lint_kit,
    lint_ledger,
    lint_unsound,
)

__all__ = ["CODES", "Findings", "lint_brief", "lint_kit", "lint_ledger", "lint_unsound"]
