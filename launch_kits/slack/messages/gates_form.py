"""The gates of a launch: as a message and as a modal, and the forms for one check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import (
    Block,
    Message,
    buttons_of,
    context,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.forms import (
    View,
    date_input,
    link_input,
    modal,
    text_input,
)
from launch_kits.slack.messages.told_apart import told_apart
from launch_kits.views.notices.message import Row
from launch_kits.views.notices.text import clean, cut, is_or_are, quoted, shorten
from launch_kits.views.reader import Reader, count, listed

__all__ = [
    "GateOffer",
    "GateWords",
    "check_modal",
    "gates_message",
    "gates_modal",
    "uncheck_modal",
    "waive_modal",
]

#: blocks of a modal with gates, of the 100 that Slack takes
MOST_BLOCKS = 90
#: gates in a message, and lines of one
MOST_GATES = 15
MOST_LINES = 12
#: characters of a gate in a message: Slack refuses more than some 12,000 in all
MOST_GATE = 700
#: characters of a reason
MOST_REASON = 300
#: labels by action id
_LABELS = {
    "gate_check": "Tick",
    "gate_waive": "Let it pass",
    "gate_uncheck": "Take back",
}


@dataclass(frozen=True, slots=True)
class GateOffer:
    """A gate, and the actions that its reader may take on each check, by its key."""

    gate: GateState
    #: action ids
    actions: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class GateWords:
    """The words for the gates of a launch."""

    slug: str
    product: str
    #: the launch's own day
    today: date
    reader: Reader
    #: key → title of its tasks
    titles: Mapping[str, str]

    def state(self, gate: GateState) -> str:
        """How many checks of a gate are open, and whether the launch waits for them."""
        missing = len(gate.open_checks(self.today))
        held = f"{shorten(self.reader.name(gate.owner))} answers for it."
        if not missing:
            left = len(gate.open_work)
            early = (
                f" {count(left, 'task')} of it {is_or_are(left)} open." if left else ""
            )
            return f"All checks are met.{early} {held}"
        open_ones = f"{missing} of {count(len(gate.checks), 'check')} open."
        if not gate.hard:
            return f"{open_ones} The launch can go without them. {held}"
        until = "after the launch" if gate.after_launch else "before the launch can go"
        return f"{open_ones} They must be met {until}. {held}"

    def line(self, check: CheckState) -> str:
        """A check with its box, and who ticked it or the part that it lacks."""
        box = "☑" if check.holds(self.today) else "☐"
        about = self._about(check)
        return f"{box} {cut(clean(check.title), MOST_REASON)}" + (
            f" ({about})" if about else ""
        )

    def _about(self, check: CheckState) -> str:
        reader = self.reader
        if check.checked_by:
            on = f", {reader.day(check.checked_at)}" if check.checked_at else ""
            return f"{shorten(reader.name(check.checked_by))}{on}"
        if check.is_waived(self.today) and check.waived_until:
            by = shorten(reader.name(check.waived_by or ""))
            why = (
                f": {cut(clean(check.waived_why), MOST_REASON)}"
                if check.waived_why
                else ""
            )
            return f"{by} lets it pass until {reader.day(check.waived_until)}{why}"
        if check.waits_for:
            waits = ", ".join(listed(map(self.title, check.waits_for), most=3))
            return f"waits for {waits}"
        if check.offered:
            proved = ", ".join(map(self.title, check.tasks))
            return f"{proved} {is_or_are(len(check.tasks))} done, so it can be ticked"
        return "needs a link" if check.evidence else ""

    def too_early(self, check: CheckState) -> str:
        """Name the open tasks that would prove a check; it has at least one."""
        waits = [*map(self.title, check.waits_for)]
        named = ", ".join(listed(waits, most=3))
        return f"{named} {is_or_are(len(waits))} not done yet, so nothing proves this check."

    def title(self, key: str) -> str:
        """The title of a task in quotes."""
        return quoted(self.titles.get(key, key))


def gates_message(
    words: GateWords, gates: Sequence[GateState], *, verdict: str, decides: bool
) -> Message:
    """Return the gates of a launch with their checks, each with a button that opens it.

    ``decides`` says whether the reader can decide on a go or no-go now.
    """
    if not gates:
        said = f"{shorten(words.product)} has no checks before its launch."
        return message(said, [paragraph(said)])
    blocks: list[Block] = [paragraph(verdict)]
    for gate in gates[:MOST_GATES]:
        points = listed(map(words.line, gate.checks), most=MOST_LINES)
        blocks += [
            paragraph(
                "\n".join([clean(gate.title), words.state(gate), *points]),
                most=MOST_GATE,
            ),
            _buttons(["launch_gates"], words.slug, stage=gate.stage, label="Open"),
        ]
    if decides:
        blocks.append(_buttons(["task_decide"], words.slug, label="Decide"))
    told = " ".join(f"{shorten(each.title)}: {words.state(each)}" for each in gates)
    return message(f"{verdict} {told}", told_apart(blocks))


def gates_modal(
    words: GateWords, offers: Sequence[GateOffer], *, verdict: str, private: str
) -> View:
    """Return the gates with a button for each action that the reader may take."""
    blocks: list[Block] = [paragraph(f"{shorten(words.product)}\n{verdict}")]
    for offer in offers:
        gate = offer.gate
        blocks += [header(gate.title), context(words.state(gate))]
        for check in gate.checks:
            blocks.append(paragraph(words.line(check)))
            blocks += rows(
                [Row("Evidence", [check.link], link=True) if check.link else None]
            )
            actions = offer.actions.get(check.key, ())
            if actions:
                blocks.append(
                    _buttons(actions, words.slug, stage=gate.stage, check=check.key)
                )
    if len(blocks) > MOST_BLOCKS:
        blocks = [
            *blocks[:MOST_BLOCKS],
            context("There are more: open one gate alone."),
        ]
    return modal(
        "Checks before launch",
        told_apart(blocks),
        name="launch_gates",
        private=private,
        close="Close",
    )


def check_modal(words: GateWords, check: CheckState, *, private: str) -> View:
    """Return the form that ticks a check, with a link to its evidence.

    If the work that proves it is open, the form says so and asks why it holds all the same.
    """
    return modal(
        "Tick a check",
        [
            paragraph(words.line(check)),
            *([paragraph(words.too_early(check))] if check.waits_for else []),
            link_input(
                "link",
                "Link to the evidence",
                optional=not check.evidence or bool(check.task_link),
                hint="Where others can see it: a document, a page, a recording.",
            ),
            text_input(
                "note",
                "Why does it hold already?" if check.waits_for else "Note",
                optional=not check.waits_for,
                lines=True,
                most=MOST_REASON,
            ),
        ],
        name="gate_check",
        private=private,
        submit="Tick",
        close="Cancel",
    )


def uncheck_modal(words: GateWords, check: CheckState, *, private: str) -> View:
    """Return the form that takes a check back."""
    return modal(
        "Take a check back",
        [
            paragraph(words.line(check)),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_REASON),
        ],
        name="gate_uncheck",
        private=private,
        submit="Take back",
        close="Cancel",
    )


def waive_modal(
    words: GateWords,
    check: CheckState,
    *,
    until: date,
    holds_launch: bool,
    private: str,
) -> View:
    """Return the form that lets an open check pass until a day.

    ``holds_launch`` says whether the launch cannot go while the check is open.
    """
    effect = (
        "The launch can go until then although the check is open."
        if holds_launch
        else "The check may stay open until then. The launch does not wait for it."
    )
    return modal(
        "Let a check pass",
        [
            paragraph(words.line(check)),
            date_input("until", "Until which day?", initial=until),
            text_input("note", "Why?", lines=True, most=MOST_REASON),
            context(effect),
        ],
        name="gate_waive",
        private=private,
        submit="Let it pass",
        close="Cancel",
    )


def _buttons(
    names: Sequence[str],
    slug: str,
    *,
    label: str = "",
    stage: str = "",
    check: str = "",
) -> Block:
    value = ActionPlace(launch=slug, stage=stage, check=check).pack()
    return buttons_of([(name, label or _LABELS[name]) for name in names], value=value)
