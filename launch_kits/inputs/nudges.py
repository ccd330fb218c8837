"""When owners are reminded of a task, and who hears of one that is overdue."""

from __future__ import annotations

from pydantic import Field

from launch_kits.inputs.base import LEAD, DayCount, Model

__all__ = ["Nudges", "Rung"]


class Rung(Model):
    """A step of the ladder: overdue working days, and the role that hears."""

    after: DayCount = Field(description="Overdue working days.")
    to: str = Field(description="`backup`, `manager`, or a role.")


class Nudges(Model):
    """When owners are reminded, and who hears it when something slips."""

    before: tuple[DayCount, ...] = Field(
        default=(3, 1), description="Working days before the due day."
    )
    on_due: bool = Field(default=True, description="On the due day.")
    overdue_every: DayCount = Field(
        default=1,
        description="Working days between reminders once overdue; 0 for none.",
    )
    ladder: tuple[Rung, ...] = Field(
        default=(
            Rung(after=2, to="backup"),
            Rung(after=4, to="manager"),
            Rung(after=6, to=LEAD),
        ),
        description="Who hears of it, and when.",
    )
    pause: DayCount = Field(
        default=2,
        description="Working days of rest after an answer for an overdue task.",
    )
    max: DayCount = Field(
        default=10, description="Nudges for a task at most, escalations not counted."
    )
