"""A source by which a claim can be checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from launch_kits.inputs.base import Model, Place
from launch_kits.workdays.partial_dates import PartialDate, end_of_period

__all__ = ["Source"]

StaleAfter = Annotated[int, Field(ge=1, le=36500)]


class Source(Model):
    """A source by which a claim can be checked."""

    url: Place = Field(
        description="Its address: a link, http or https, or the name of a place that is "
        "not on the web, such as `CRM, report 12`."
    )
    as_of: PartialDate = Field(
        description="Date of the source, not of the reading: a day, a month, a year, `unknown`."
    )
    by: Literal["us", "them", "other"] | None = Field(
        default=None, description="Whose it is."
    )
    title: str | None = Field(default=None, description="Its title.")
    repo: str | None = Field(
        default=None, description="The file in a repository, at its commit."
    )
    line: str | int | None = Field(
        default=None, description="The line, or lines, in that file."
    )
    quality: str | None = Field(default=None, description="How good it is.")
    stale_after_days: Literal["never"] | StaleAfter | None = Field(
        default=None,
        description="Its own age in days at which it is stale, or `never`; "
        "without it, the card's.",
    )

    def ages_in(self, after_days: int) -> int | None:
        """Days until it is stale, by default ``after_days``; None if it never is."""
        own = self.stale_after_days
        return None if own == "never" else own or after_days

    def stale_on(self, today: date, *, after_days: int) -> bool:
        """Whether the source is older than its days; one of unknown date is."""
        most = self.ages_in(after_days)
        if most is None:
            return False
        known = end_of_period(self.as_of)
        return known is None or (today - known).days > most
