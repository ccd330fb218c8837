"""Launches with their tasks, dependencies and extensions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    UniqueConstraint,
    false,
)
from sqlmodel import Field, SQLModel

from launch_kits.database.records.columns import (
    WebLink,
    few,
    launch_key,
    one_of,
)
from launch_kits.database.records.enums import ExtensionStatus
from launch_kits.statuses import TASK_STATUSES, LaunchStatus, TaskStatus

__all__ = ["Dependency", "Extension", "Launch", "Task"]


class Launch(SQLModel, table=True):
    """One run of a kit, with a snapshot of its brief, kit and ledgers."""

    __tablename__ = "launch"
    __table_args__ = (
        one_of("status", LaunchStatus),
        CheckConstraint(
            "(status = 'running') = (ended_at IS NULL)", name="ended_when_not_running"
        ),
        few("launch_running", "opened_at", where="status = 'running'"),
        few("launch_look", "look_at", "slug", where="look_at IS NOT NULL"),
        # holds all that lists and open pages ask of every launch: SQLite finds these columns of
        # the table behind the brief, which it would read whole
        Index("launch_head", "opened_at", "slug", "status", "revision"),
    )

    slug: str = Field(primary_key=True)
    product: str
    kit: str
    tier: int
    status: str = LaunchStatus.RUNNING
    #: the brief with kit and ledgers in place, as JSON
    brief: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    begin_on: date
    release_on: date
    launch_on: date
    #: the days of the plan as started; never changed
    baseline_release_on: date
    baseline_launch_on: date
    #: the instant of the plan in force: the start or the last move
    planned_at: datetime
    opened_at: datetime
    ended_at: datetime | None = None
    #: the next instant at which a sweep has something to do for the launch as a whole; None for
    #: none
    look_at: datetime | None = None
    #: the state that its lead knows: as it was when they were last told of a turn
    state_told: str | None = None
    #: grows with every change; the board has caught up when `drawn` equals it
    revision: int = 0
    drawn: int = -1
    #: the revision up to which Prefect was sent events, and whether it was sent that the launch is
    #: at risk; both outlast Prefect's own database
    events_sent: int = Field(default=-1, sa_column_kwargs={"server_default": "-1"})
    risk_sent: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    #: the launch's run in Prefect
    flow_run_id: str | None = None
    #: the lease of the step at work, so that no process revives a run that is still alive
    step_by: str | None = None
    step_until: datetime | None = None


class Task(SQLModel, table=True):
    """Work with one owner, as planned and as it goes."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("launch", "key", name="task_key_once_a_launch"),
        one_of("status", TaskStatus),
        CheckConstraint("days >= 0", name="days_not_negative"),
        CheckConstraint("share >= 0 AND share <= 1", name="share_of_a_day"),
        CheckConstraint(
            "(status = 'done') = (done_at IS NOT NULL)", name="done_has_its_time"
        ),
        CheckConstraint(
            "(status = 'blocked') = (status_before IS NOT NULL)",
            name="blocked_remembers",
        ),
        few("task_look", "look_at", "launch", where="look_at IS NOT NULL"),
        Index("task_owner_open", "owner", "status"),
        few("task_document_owed", "launch", where="document_owed_at IS NOT NULL"),
        few("task_in_review", "approver", where="status = 'review'"),
        few("task_in_hands_of", "in_hands_of", where="in_hands_of IS NOT NULL"),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    launch: str = Field(sa_column=launch_key())
    key: str
    #: order in the launch: the kit's, then the brief's
    position: int
    stage: str
    stage_title: str
    title: str
    role: str
    #: emails
    owner: str
    backup: str | None = None
    approver: str | None = None
    #: the person who acts for the owner, in review for the approver; None if they are there
    in_hands_of: str | None = None
    days: int
    #: the part of its owner's working day that it takes; 0 is a milestone
    share: float
    anchor: str
    #: offset text of the kit's own latest finish and earliest start, for planning again
    due_offset: str | None = None
    not_before_offset: str | None = None
    #: offset texts of the days on which it is worked on although others rest
    workdays: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    #: as planned
    start: date
    finish: date
    start_by: date
    due: date
    #: the due day of the plan, from which `due` differs by the extensions granted
    planned_due: date
    critical: bool
    #: the days on which its owner has time for it; by default the earliest ones
    planned_start: date
    planned_finish: date
    #: the day until which its owner was granted more time; None if they were not, or if that lapsed
    extended_until: date | None = None
    #: as first planned; never changed
    baseline_owner: str
    baseline_days: int
    baseline_start: date
    baseline_finish: date
    baseline_due: date
    #: the instant of the first plan if that is not the start of the launch
    baseline_at: datetime | None = None
    #: the day given by the kit, on or after which the task can be started
    not_before: date | None = None
    #: its subject, if it was fanned out: `competitors`, `partners` or `personas`, and the
    #: key there
    each: str | None = None
    item: str | None = None
    template: str | None = None
    audience: str
    checklist: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    #: the points of its checklist that are ticked
    ticked: list[str] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
    )
    #: the day that it decides on, `release` or `launch`, if it is a go or no-go
    decides: str | None = None
    #: names of columns that a person edited: `update` and `upgrade` leave them alone
    edited: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    status: str = TaskStatus.WAITING
    #: the status that unblock goes back to
    status_before: str | None = None
    ready_at: datetime | None = None
    #: when its owner was first told of it
    handed_out_at: datetime | None = None
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    done_at: datetime | None = None
    #: the link left as evidence
    link: str | None = Field(default=None, sa_type=WebLink)
    #: path of the document, relative to the documents folder
    document: str | None = None
    #: the places of missing parts of a document for partners or customers
    lacks: list[str] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
    )
    #: since when a step has to write the document (again); None when it is written
    document_owed_at: datetime | None = None
    #: the next instant at which a sweep has something to do here; None for none
    look_at: datetime | None = None
    #: when it was put in by hand; None for a task that the kit planned
    added_at: datetime | None = None
    #: due day whose passing has been told; an overdue event is recorded once for each
    overdue_told: date | None = None

    @property
    def answerable(self) -> str:
        """The email of its approver in review, also if it is blocked there, else of its owner."""
        reviewed = TaskStatus.REVIEW in (self.status, self.status_before)
        return (self.approver or self.owner) if reviewed else self.owner

    @property
    def awaited(self) -> str | None:
        """The email of the person whose turn it is.

        Returns the owner at work, the approver in review, or the person who acts for them;
        None in any other status.
        """
        if TASK_STATUSES[TaskStatus(self.status)].turn is None:
            return None
        return self.in_hands_of or self.answerable


class Dependency(SQLModel, table=True):
    """A predecessor that a task waits for."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint("task <> after", name="waits_for_another"),
        CheckConstraint("lag >= 0", name="lag_not_negative"),
        Index("link_after", "after"),
    )

    task: int = Field(
        sa_column=Column(
            "task", ForeignKey("task.id", ondelete="CASCADE"), primary_key=True
        )
    )
    after: int = Field(
        sa_column=Column(
            "after", ForeignKey("task.id", ondelete="CASCADE"), primary_key=True
        )
    )
    #: working days of the launch's calendar that must lie between
    lag: int = 0


class Extension(SQLModel, table=True):
    """A due day asked for, and the answer."""

    __tablename__ = "extension"
    __table_args__ = (
        one_of("status", ExtensionStatus),
        CheckConstraint(
            "(status = 'asked') = (answered_at IS NULL)", name="answered_when_not_asked"
        ),
        few("extension_asked_once", "task", where="status = 'asked'", unique=True),
    )

    #: given by the database; None until then
    id: int = Field(default=None, primary_key=True)
    task: int = Field(
        sa_column=Column(
            "task", ForeignKey("task.id", ondelete="CASCADE"), nullable=False
        )
    )
    until: date
    due_before: date
    reason: str | None = None
    by: str
    asked_at: datetime
    status: str
    answered_by: str | None = None
    answered_at: datetime | None = None
