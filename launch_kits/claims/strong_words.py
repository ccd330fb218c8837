"""Words that need a proof: superlatives, and statements about everyone."""

from __future__ import annotations

import re

__all__ = ["EVERYONE", "SUPERLATIVE"]

SUPERLATIVE = re.compile(
    r"(?<!\bat )\bbest\b(?!\s+(?:practices?|efforts?|before|of luck|guess))(?!-(?:fit|effort))"
    r"|\bbest-in-class\b"
    r"|\b(?:the|our|your|their)\s+only\b"
    r"|\bonly\s+(?:we|one|product|vendor|solution|platform|tool|company)\b"
    r"|\bleading\b(?!\s+(?:to|up|zeros?|zeroes|spaces?|digits?|edge))"
    r"|\b(?:fastest|cheapest|easiest|safest|smartest|simplest|strongest|world[- ]class"
    r"|revolutionary|revolutionis\w+|revolutioniz\w+|game[- ]chang\w+|unmatched|unrivall?ed"
    r"|unparallell?ed|unbeatable|number[- ]one|second to none)\b"
    r"|\bmost\s+(?:advanced|powerful|secure|reliable|popular|trusted|complete|innovative)\b|#1\b|\bno\.\s?1\b",
    re.IGNORECASE,
)
EVERYONE = re.compile(
    r"\b(?:everyone|everybody|(?:all|every)\s+(?:customers?|users?|companies|company|teams?|developers?|buyers?))\b",
    re.IGNORECASE,
)
