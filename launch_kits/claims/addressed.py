"""Rewrite a line about customers as "you" for customers."""

from __future__ import annotations

import re

from launch_kits.inputs.audience import Audience

__all__ = ["addressed"]

#: they and you take the same form of a verb
_YOU = {
    "they": "you",
    "them": "you",
    "their": "your",
    "theirs": "yours",
    "themselves": "yourselves",
}
_THEY = re.compile(rf"\b(?:{'|'.join(_YOU)})\b", re.IGNORECASE)


def addressed(text: str, reader: Audience) -> str:
    """Rewrite a line about customers for one kind of reader.

    ``They run it on one machine.`` is ``You run it on one machine.`` to customers. Lines that do
    not begin with ``They`` stay as they are.
    """
    if reader is not Audience.CUSTOMER or not re.match(r"They\b", text):
        return text
    return _THEY.sub(_you, text)


def _you(found: re.Match[str]) -> str:
    word = _YOU[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word
