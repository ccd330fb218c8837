"""The kit: the recipe of a launch, its stages and tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AliasChoices,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import (
    Amount,
    DayCount,
    FileName,
    Model,
    Name,
    TaskKey,
    Text,
)
from launch_kits.inputs.gates import Gate
from launch_kits.inputs.nudges import Nudges
from launch_kits.inputs.offset_texts import CalendarOffsetText, OffsetText
from launch_kits.inputs.patterns import NOTICE
from launch_kits.inputs.titles import LONGEST

__all__ = [
    "After",
    "Each",
    "Goods",
    "Kit",
    "KitTask",
    "Stage",
    "When",
    "WorkingHours",
    "title_names",
]


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


#: a part of a working day
Share = Annotated[
    Amount,
    Field(gt=0, le=1, json_schema_extra={"exclusiveMinimum": 0, "maximum": 1}),
]
#: hours of a person's working days, which have eight
WorkingHours = Annotated[
    Amount,
    Field(gt=0, le=400, json_schema_extra={"exclusiveMinimum": 0, "maximum": 400}),
]
#: `ready` hands a task out as soon as it is ready, not when its planned start is near
Handout = Literal["ready"]


class After(Model):
    """A task waited for, and the working days that must lie between."""

    task: str = Field(description="Key of the task.")
    lag: DayCount = Field(default=0, description="Working days that must lie between.")


def _link(value: object) -> object:
    return {"task": value} if isinstance(value, str) else value


def _unlink(link: After) -> object:
    return {"task": link.task, "lag": link.lag} if link.lag else link.task


Predecessor = Annotated[
    After,
    BeforeValidator(_link, json_schema_input_type=str | After),
    PlainSerializer(_unlink),
]


class Each(StrEnum):
    """The list of the brief that a task is fanned out over."""

    COMPETITORS = "competitors"
    PARTNERS = "partners"
    PERSONAS = "personas"


#: the parts of an item that a title can name
PARTS: Mapping[Each, Sequence[str]] = {
    Each.COMPETITORS: ("key", "name", "why"),
    Each.PARTNERS: ("key", "name", "kind"),
    Each.PERSONAS: ("key", "name"),
}


Tier = Literal[1, 2, 3]
Market = Literal["b2b", "b2c", "both"]
Company = Literal["startup", "enterprise"]
Goods = Literal["software", "physical"]


class When(Model):
    """The launches that need a task; all conditions must hold."""

    tier: Annotated[
        tuple[Tier, ...],
        BeforeValidator(_as_list, json_schema_input_type=Tier | list[Tier]),
    ] = Field(default=(), description="Of these tiers only.")
    market: Annotated[
        tuple[Market, ...],
        BeforeValidator(_as_list, json_schema_input_type=Market | list[Market]),
    ] = Field(
        default=(), description="In these markets only; `both` meets b2b and b2c."
    )
    company: Annotated[
        tuple[Company, ...],
        BeforeValidator(_as_list, json_schema_input_type=Company | list[Company]),
    ] = Field(default=(), description="In companies of this kind only.")
    goods: Annotated[
        tuple[Goods, ...],
        BeforeValidator(_as_list, json_schema_input_type=Goods | list[Goods]),
    ] = Field(default=(), description="For these goods only: software or physical.")

    def holds(self, *, tier: int, market: str, company: str, goods: str) -> bool:
        """Whether a launch of this tier, market, company and these goods needs the task.

        ``both`` meets b2b and b2c.
        """
        markets = {"b2b", "b2c", "both"} if market == "both" else {market}
        return (
            (not self.tier or tier in self.tier)
            and (not self.market or bool(markets & set(self.market)))
            and (not self.company or company in self.company)
            and (not self.goods or goods in self.goods)
        )


class KitTask(Model):
    """Work with one owner."""

    key: TaskKey = Field(description="Unique in the kit.")
    title: Text = Field(
        max_length=LONGEST,
        description="May use {{ product }}, and {{ item.name }} if it is fanned out.",
    )
    role: str = Field(min_length=1, description="Who owns it.")
    days: DayCount = Field(description="Working days of work; 0 is a milestone.")
    after: tuple[Predecessor, ...] = Field(default=(), description="Tasks waited for.")
    anchor: Literal["launch", "release"] = Field(
        default="launch", description="The day that its offsets count from."
    )
    due: OffsetText | None = Field(
        default=None, description="Latest finish: T-20, T+3, T-6w, T-30d."
    )
    not_before: OffsetText | None = Field(
        default=None, description="Earliest start, in the same notation."
    )
    share: Share | None = Field(
        default=None,
        description="The part of its owner's working day that it takes; the kit's when left out.",
    )
    notice_period: str | None = Field(
        default=None,
        pattern=NOTICE,
        validation_alias=AliasChoices("notice_period", "notice"),
        description="Calendar time that must lie between its end and the anchor day: 30d.",
    )
    workdays: tuple[CalendarOffsetText, ...] = Field(
        default=(),
        description=(
            "Days on which it is worked on although others rest, in calendar time: "
            "T-2d."
        ),
    )
    each: Each | None = Field(
        default=None, description="One task for each of these in the brief."
    )
    when: When = Field(default=When(), description="The launches that need it.")
    document: FileName | None = Field(
        default=None, description="Template of the document it leaves."
    )
    review: str | None = Field(default=None, description="Role of the approver.")
    audience: Audience = Field(
        default=Audience.INTERNAL, description="Who reads the document."
    )
    checklist: tuple[str, ...] = Field(
        default=(), description="Points to see to before it is done."
    )
    decides: Literal["release", "launch"] | None = Field(
        default=None,
        description="Marks a go or no-go task, by the day that it decides on.",
    )
    optional: bool = Field(
        default=False, description="Whether it may be dropped to save a date."
    )
    handout: Handout | None = Field(
        default=None,
        description="`ready`: handed out when it is ready; the kit's when left out.",
    )

    @model_validator(mode="before")
    @classmethod
    def _one_notice(cls, given: object) -> object:
        """Refuse the old key of the notice period beside the new one."""
        names = ("notice", "notice_period")
        if isinstance(given, Mapping) and all(
            given.get(name) is not None for name in names
        ):
            raise ValueError(
                "has both notice_period and its old name notice; keep notice_period"
            )
        return given

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave out the readers that the kit does not give: a task without them tells no one."""
        found: dict[str, object] = handler(self)
        if "audience" not in self.model_fields_set:
            found.pop("audience", None)
        return found


class Stage(Model):
    """An ordered part of the launch, with a gate at its end."""

    key: TaskKey = Field(description="Unique in the kit.")
    title: Text = Field(description="For people.")
    tasks: tuple[KitTask, ...] = Field(default=(), description="The work.")
    gate: Gate | None = Field(default=None, description="Conditions at its end.")


class Kit(Model):
    """The recipe of a launch."""

    kit: Name = Field(description="Its name; a brief names it so.")
    version: int = Field(
        default=1, strict=True, ge=1, description="Raised with every change."
    )
    title: Text = Field(description="For people.")
    description: str | None = Field(default=None, description="When to use it.")
    share: Share = Field(
        default=1,
        description="The part of a working day that a task takes if it does not say.",
    )
    handout: Handout | None = Field(
        default=None,
        description="`ready`: tasks are handed out when ready, not near their planned start.",
    )
    stages: tuple[Stage, ...] = Field(min_length=1, description="Ordered parts.")
    answered_by: str = Field(
        default="support",
        min_length=1,
        description="Role that answers questions of sellers.",
    )
    answer_within: WorkingHours = Field(
        default=8, description="Working hours of that role until an answer is due."
    )
    nudges: Nudges = Field(default=Nudges(), description="When owners are reminded.")

    def tasks(self) -> Iterator[tuple[Stage, KitTask]]:
        """Every task with its stage, in the kit's order."""
        for stage in self.stages:
            for task in stage.tasks:
                yield stage, task

    def share_of(self, task: KitTask) -> float:
        """The part of its owner's working day that a task takes.

        A milestone takes none.
        """
        if task.days == 0:
            return 0
        return self.share if task.share is None else task.share

    def hands_out_when_ready(self, task: KitTask) -> bool:
        """Whether a task is handed out as soon as it is ready."""
        return "ready" in (task.handout, self.handout)

    def roles(self) -> list[str]:
        """The roles that own tasks and gates, in the order they first appear."""
        named = [task.role for _, task in self.tasks()]
        named += [stage.gate.role for stage in self.stages if stage.gate]
        return list(dict.fromkeys(named))


def title_names(task: KitTask) -> list[str]:
    """The names that a task's title can use, such as ``product`` and ``item.name``."""
    return [
        "product",
        *(f"item.{part}" for part in (PARTS[task.each] if task.each else ())),
    ]
