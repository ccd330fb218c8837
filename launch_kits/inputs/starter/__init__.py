"""A first brief and its first ledger, for a user who has neither."""

from launch_kits.inputs.starter.answers import Answers
from launch_kits.inputs.starter.first_brief import (
    brief_text,
    files,
    ledger_text,
    write,
)

__all__ = ["Answers", "brief_text", "files", "ledger_text", "write"]
