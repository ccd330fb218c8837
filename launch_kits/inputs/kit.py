"""The kit: the recipe of a launch, its stages, tasks, gates and nudges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from launch_kits.errors import Fault, suggest
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.base import FileName, Model, Name, TaskKey
from launch_kits.inputs.patterns import NOTICE
from launch_kits.inputs.titles import LONGEST, title_faults
from launch_kits.inputs.yaml_source import Yaml
from launch_kits.workdays.offsets import Offset, Unit

__all__ = [
    "LEAD",
    "After",
    "Check",
    "Each",
    "Gate",
    "Kit",
    "KitTask",
    "Nudges",
    "Rung",
    "Stage",
    "When",
    "kit_faults",
    "title_names",
]

#: the role that answers for the launch; every team has it
LEAD = "lead"


def _offset(written: str) -> str:
    return str(Offset.parse(written))


#: an offset from the anchor day, such as ``T-20``, ``T+3``, ``T-6w`` or ``T-30d``, kept as text
OffsetText = Annotated[
    str,
    AfterValidator(_offset),
    WithJsonSchema({"type": "string", "pattern": r"^T[+-][0-9]{1,9}[dw]?$"}),
]


def _calendar_offset(written: str) -> str:
    offset = Offset.parse(written)
    if offset.unit is Unit.WORKING_DAYS:
        raise ValueError(
            f'"{written}" counts working days; write the very day in calendar days, such as {written}d'
        )
    return str(offset)


#: a day counted in calendar time from the anchor day, worked or not, such as ``T-2d`` or ``T-1w``,
#: kept as text
CalendarOffsetText = Annotated[
    str,
    AfterValidator(_calendar_offset),
    WithJsonSchema({"type": "string", "pattern": r"^T[+-][0-9]{1,9}[dw]$"}),
]


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Days = Annotated[int, Field(strict=True, ge=0, le=2000)]


class After(Model):
    """A task waited for, and the working days that must lie between."""

    task: str = Field(description="Key of the task.")
    lag: Days = Field(default=0, description="Working days that must lie between.")


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


#: what a title can say of an item
PARTS: Mapping[Each, Sequence[str]] = {
    Each.COMPETITORS: ("key", "name", "why"),
    Each.PARTNERS: ("key", "name", "kind"),
    Each.PERSONAS: ("key", "name"),
}


Tier = Literal[1, 2, 3]
Market = Literal["b2b", "b2c", "both"]
Company = Literal["startup", "enterprise"]


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

    def holds(self, *, tier: int, market: str, company: str) -> bool:
        """Whether a launch of this tier, market and company needs the task.

        ``both`` meets b2b and b2c.
        """
        markets = {"b2b", "b2c", "both"} if market == "both" else {market}
        return (
            (not self.tier or tier in self.tier)
            and (not self.market or bool(markets & set(self.market)))
            and (not self.company or company in self.company)
        )


class KitTask(Model):
    """Work with one owner."""

    key: TaskKey = Field(description="Unique in the kit.")
    title: str = Field(
        min_length=1,
        max_length=LONGEST,
        description="May use {{ product }}, and {{ item.name }} where it is fanned out.",
    )
    role: str = Field(min_length=1, description="Who owns it.")
    days: Days = Field(description="Working days of work; 0 is a milestone.")
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
    notice: str | None = Field(
        default=None,
        pattern=NOTICE,
        description="Calendar time that must lie between its end and the anchor day: 30d.",
    )
    workdays: tuple[CalendarOffsetText, ...] = Field(
        default=(),
        description="Days on which it is worked on although others rest, in calendar time: T-2d.",
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
        default=(), description="What to see to before it is done."
    )


class Check(Model):
    """One thing that must be so before a gate opens."""

    title: str = Field(min_length=1, description="What must be so.")
    evidence: Literal["required", "optional"] = Field(
        default="optional", description="Whether a link must prove it."
    )


class Gate(Model):
    """What must hold at the end of a stage, and who says so."""

    title: str = Field(min_length=1, description="What holds when it is open.")
    role: str = Field(default=LEAD, description="Who says so.")
    hard: bool = Field(
        default=False, description="Whether the launch must not pass it closed."
    )
    after_launch: bool = Field(
        default=False,
        description="Whether it can only be checked once the launch is out.",
    )
    checks: tuple[Check, ...] = Field(default=(), description="What is looked at.")


class Stage(Model):
    """An ordered part of the launch, with a gate at its end."""

    key: TaskKey = Field(description="Unique in the kit.")
    title: str = Field(min_length=1, description="For people.")
    tasks: tuple[KitTask, ...] = Field(default=(), description="The work.")
    gate: Gate | None = Field(default=None, description="What must hold at its end.")


class Rung(Model):
    """A step of the escalation ladder: after how many overdue working days, and to whom."""

    after: Days = Field(description="Overdue working days.")
    to: str = Field(description="`backup`, `manager`, or a role.")


class Nudges(Model):
    """When owners are reminded, and who hears it when something slips."""

    before: tuple[Days, ...] = Field(
        default=(3, 1), description="Working days before the due day."
    )
    on_due: bool = Field(default=True, description="On the due day.")
    overdue_every: Days = Field(
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
    pause: Days = Field(
        default=2,
        description="Working days of rest after somebody answered for an overdue task.",
    )
    max: Days = Field(
        default=10, description="Nudges for a task at most, escalations not counted."
    )


class Kit(Model):
    """The recipe of a launch."""

    kit: Name = Field(description="Its name; a brief names it so.")
    version: int = Field(
        default=1, strict=True, ge=1, description="Raised with every change."
    )
    title: str = Field(min_length=1, description="For people.")
    description: str | None = Field(default=None, description="When to use it.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="Ordered parts.")
    nudges: Nudges = Field(default=Nudges(), description="When owners are reminded.")

    def tasks(self) -> Iterator[tuple[Stage, KitTask]]:
        """Every task with its stage, in the kit's order."""
        for stage in self.stages:
            for task in stage.tasks:
                yield stage, task

    def roles(self) -> list[str]:
        """The roles that own tasks and gates, in the order they first appear."""
        named = [task.role for _, task in self.tasks()]
        named += [stage.gate.role for stage in self.stages if stage.gate]
        return list(dict.fromkeys(named))


def kit_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """What the model cannot see.

    Keys used twice, unknown predecessors, tasks that wait for each other.
    """
    faults: list[Fault] = []
    keys = [task.key for _, task in kit.tasks()]
    seen_stages: set[str] = set()
    seen: set[str] = set()
    for stage_at, stage in enumerate(kit.stages):
        if stage.key in seen_stages:
            message = f'stage "{stage.key}" stands here twice; rename one'
            faults.append(
                source.fault(("stages", stage_at, "key"), "duplicate-stage", message)
            )
        seen_stages.add(stage.key)
        for task_at, task in enumerate(stage.tasks):
            where = ("stages", stage_at, "tasks", task_at)
            if task.key in seen:
                message = f'task "{task.key}" stands here twice; rename one'
                faults.append(source.fault((*where, "key"), "duplicate-task", message))
            seen.add(task.key)
            faults.extend(_predecessor_faults(task, keys, source, where))
            faults.extend(_title_faults(task, source, where))
    if not any(fault.code.startswith("duplicate") for fault in faults):
        faults.extend(_cycle_faults(kit, source))
    return faults


def _predecessor_faults(
    task: KitTask, keys: Sequence[str], source: Yaml, where: tuple[str | int, ...]
) -> Iterator[Fault]:
    for index, link in enumerate(task.after):
        at = (*where, "after", index)
        if link.task in keys:
            continue
        base = link.task.partition(":")[0]
        if base != link.task and base in keys:
            message = f'task "{task.key}" waits for "{link.task}"; a kit waits for all of them: write "{base}"'
            yield source.fault(at, "fanned-out-predecessor", message)
        else:
            hint = suggest(link.task, keys) or "; name a task of this kit"
            message = f'task "{task.key}" waits for unknown task "{link.task}"{hint}'
            yield source.fault(at, "unknown-task", message)


def title_names(task: KitTask) -> list[str]:
    """The names that a task's title can use, such as ``product`` and ``item.name``."""
    return [
        "product",
        *(f"item.{part}" for part in (PARTS[task.each] if task.each else ())),
    ]


def _title_faults(
    task: KitTask, source: Yaml, where: tuple[str | int, ...]
) -> Iterator[Fault]:
    for problem in title_faults(task.title, title_names(task)):
        yield source.fault(
            (*where, "title"), "bad-title", f'title of task "{task.key}" {problem}'
        )


def _cycle_faults(kit: Kit, source: Yaml) -> list[Fault]:
    """One fault for each cycle met, named along its path in the direction of the work."""
    waits = {task.key: [link.task for link in task.after] for _, task in kit.tasks()}
    places = {
        task.key: ("stages", stage_at, "tasks", task_at, "after")
        for stage_at, stage in enumerate(kit.stages)
        for task_at, task in enumerate(stage.tasks)
    }
    faults = []
    for path in _cycles(waits):
        message = f"these tasks wait for each other: {' → '.join(path)}; take one `after` away"
        faults.append(source.fault(places[path[0]], "cycle", message))
    return faults


def _cycles(waits: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Cycles found by one depth-first walk, without recursion: input may be long."""
    done: set[str] = set()
    for root in waits:
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, int]] = [(root, 0)]
        while stack:
            key, step = stack.pop()
            if step == 0:
                if key in done:
                    continue
                trail.append(key)
                on_trail.add(key)
            followed = [before for before in waits[key] if before in waits]
            if step < len(followed):
                stack.append((key, step + 1))
                before = followed[step]
                if before in on_trail:
                    cycle = trail[trail.index(before) :]
                    yield [before, *reversed(cycle)]
                elif before not in done:
                    stack.append((before, 0))
            else:
                trail.pop()
                on_trail.discard(key)
                done.add(key)
