"""Who reads a document."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Audience"]


class Audience(StrEnum):
    """Who reads a document, from the innermost circle to the widest."""

    INTERNAL = "internal"
    PARTNER = "partner"
    CUSTOMER = "customer"

    def may_read(self, meant_for: Audience) -> bool:
        """Whether this reader sees a text meant for an audience.

        Their own circle or a wider one.
        """
        circles = list(Audience)
        return circles.index(meant_for) >= circles.index(self)

    def or_wider(self, other: Audience) -> Audience:
        """The wider of two circles.

        A document for the one may hold texts for this circle if the other reads it.
        """
        return other if self.may_read(other) else self
