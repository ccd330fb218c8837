"""The gate at the end of a stage, and its checks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from launch_kits.inputs.base import LEAD, Key, Model, Text
from launch_kits.inputs.patterns import slug_of

__all__ = ["Check", "Gate"]


class Check(Model):
    """One thing that must be so before a gate opens."""

    title: Text = Field(description="The condition that is checked.")
    evidence: Literal["required", "optional"] = Field(
        default="optional", description="Whether a link must prove it."
    )
    key: Key = Field(
        default="",
        description="Unique in its gate; made from the title when left out.",
    )
    task: str | None = Field(
        default=None,
        description="Key of the task whose result proves it; fanned out: all of them.",
    )

    @model_validator(mode="before")
    @classmethod
    def _with_key(cls, given: object) -> object:
        """Make the key from the title if none is given."""
        if isinstance(given, Mapping) and given.get("key") is None:
            title = given.get("title")
            return {**given, "key": _key_of(title)} if isinstance(title, str) else given
        return given


def _key_of(title: str) -> str:
    """The slug of a title, or a key from its hash if it has no Latin letter or digit."""
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()
    return slug_of(title, otherwise=f"check-{digest[:8]}")


class Gate(Model):
    """The conditions at the end of a stage, and the role that confirms them."""

    title: Text = Field(description="The condition that holds when it is open.")
    role: str = Field(default=LEAD, description="Who says so.")
    hard: bool = Field(
        default=False, description="Whether the launch must not pass it closed."
    )
    after_launch: bool = Field(
        default=False,
        description="Whether it can only be checked once the launch is out.",
    )
    checks: tuple[Check, ...] = Field(
        default=(), description="The conditions that are checked."
    )
