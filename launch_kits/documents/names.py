"""The names that a template may use."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.documents.context import TemplateContext
from launch_kits.documents.facts import Facts
from launch_kits.inputs.audience import Audience

__all__ = ["NAMES", "USES", "names_for"]

#: the names that a noted gap reads
_GAP = ("draft", "task.key", "task.owner", "task.owner_name", "brief.team")

#: function of a template → the names and the parts of the brief that it reads
USES: Mapping[str, tuple[str, ...]] = {
    "sheet": ("reader", "item"),
    "attributes": (*_GAP, "reader", "brief.positioning"),
    "themes": ("reader", "brief.positioning"),
    "prices": ("reader", "brief.pricing", "brief.positioning"),
    "questions": (*_GAP, "reader", "brief.faq", "brief.positioning"),
    "desk": ("reader", "desk"),
    "claims": ("reader", "brief.positioning"),
    "messages": (
        "brief.messages",
        "brief.product",
        "brief.summary",
        "brief.positioning",
    ),
    "problems": (*_GAP, "reader", "brief.research"),
    "commitments": (*_GAP, "reader", "brief.commitments", "brief.positioning"),
    "quotes": ("reader", "brief.quotes"),
    "sourced": ("reader",),
    "clock": ("launch_on", "brief.timezone", "brief.team"),
    "gap": _GAP,
    "hold_back": ("draft",),
    "override": ("overrides",),
    "say": (),
    "reply": (),
    "cite": (),
    "support": (),
    "fail": (),
}

#: the facts of a template
FACTS = (
    "brief",
    "tasks",
    "task",
    "item",
    "today",
    "reader",
    "inside",
    "draft",
    "begin_on",
    "release_on",
    "launch_on",
    "feasible",
    "outlook",
    "chain",
)

#: every name that a template may use
NAMES = (*FACTS, *USES)


def names_for(facts: Facts, context: TemplateContext) -> dict[str, object]:
    """The value of each name in ``NAMES``, for one document."""
    reader = facts.audience
    return {
        "brief": facts.brief,
        "tasks": facts.tasks,
        "task": facts.task,
        "item": facts.task.item if facts.task else None,
        "today": facts.today,
        "reader": reader.value,
        "inside": reader is Audience.INTERNAL,
        # a colleague who works on a document for others sees their version, with its gaps
        "draft": facts.reader is Audience.INTERNAL,
        "begin_on": facts.begin_on,
        "release_on": facts.release_on,
        "launch_on": facts.launch_on,
        "feasible": facts.feasible,
        "outlook": facts.outlook,
        "chain": facts.chain,
        **{name: getattr(context, name) for name in USES},
    }
