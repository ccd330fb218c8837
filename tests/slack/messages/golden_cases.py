"""Every kind of notice in every state of its task: the cases of the golden renderings.

``python -m tests.slack.messages.golden_cases`` writes the golden files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from launch_kits.database.records import (
    Event,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from tests.slack.messages.desk_cases import desk_notices
from tests.slack.views import NOW, READER, launch, notice, task

GOLDEN = Path(__file__).parent / "golden"

#: the facts that a kind's notices may hold, by the name of the variant
FACTS: Mapping[NoticeKind, Mapping[str, dict[str, object]]] = {
    NoticeKind.TASK: {"": {}},
    NoticeKind.REVIEW: {
        "": {},
        "note": {"by": "pmm@example.com", "note": "Second draft, see <p. 3> & *bold*"},
        "more time": {
            "until": "2027-02-11",
            "by": "pmm@example.com",
            "reason": "The agency is late",
            "missed": [
                {"task": "training", "days": 2},
                {"task": "battlecard:redis", "days": 1},
            ],
            "anchors": [
                {"anchor": "launch", "on": "2027-03-02", "ends_on": "2027-03-04"}
            ],
        },
        "more time, no effect": {
            "until": "2027-02-11",
            "by": "pmm@example.com",
            "reason": None,
            "missed": [],
            "anchors": [],
        },
        "another day": {"until": "2027-02-18", "by": "former@example.com"},
    },
    NoticeKind.NUDGE: {"": {}},
    NoticeKind.ESCALATION: {"": {}, "text": {"text": "Third reminder"}},
}

OWNER = "pmm@example.com"
APPROVER = "legal@example.com"
LEAD = "lead@example.com"

CHANGES = [
    {
        "task": f"t{at}",
        "title": f"Task {at}",
        "due_before": "2027-02-04",
        "due": f"2027-02-{at + 5:02}",
    }
    for at in range(22)
]

LINES = [
    {
        "launch": f"valkey-{at % 2}",
        "product": f"Valkey {at % 2}",
        "task": f"t{at}",
        "title": f"Task {at}",
        "owner": "pmm@example.com",
        "due": f"2027-{1 + at // 10:02}-{20 + at % 8}",
        "status": "review" if at % 3 == 0 else "doing",
    }
    for at in range(20)
]

#: notices that are about a launch, or that tell of something: no task's state changes them
OF_LAUNCH: Mapping[str, tuple[NoticeKind, str | None, dict[str, object]]] = {
    "headline": (NoticeKind.HEADLINE, None, {}),
    "cancelled": (NoticeKind.CANCELLED, None, {}),
    "cancelled by": (
        NoticeKind.CANCELLED,
        None,
        {"by": "lead@example.com", "note": "We wait  for\n9.1"},
    ),
    "week": (NoticeKind.DIGEST, None, {"week": "2027-W05"}),
    "morning": (
        NoticeKind.DIGEST,
        None,
        {"day": "2027-02-01", "tasks": LINES, "help": []},
    ),
    "morning with help": (
        NoticeKind.DIGEST,
        None,
        {"day": "2027-02-01", "tasks": LINES[:1], "help": LINES[1:3]},
    ),
    "empty morning": (NoticeKind.DIGEST, None, {"day": "2027-02-01"}),
    "news": (NoticeKind.NEWS, None, {}),
    "news of moves": (
        NoticeKind.NEWS,
        None,
        {"changes": CHANGES, "launch_on": "2027-03-09"},
    ),
    "news of one move": (NoticeKind.NEWS, None, {"changes": CHANGES[:1]}),
    "news in words": (
        NoticeKind.NEWS,
        "battlecard:redis",
        {"text": "battlecard is blocked, says Ann: <why> & *how*"},
    ),
    "news of the product": (
        NoticeKind.NEWS,
        None,
        {"text": "Valkey 9.0: every task is done. The launch is complete."},
    ),
    "long news": (NoticeKind.NEWS, None, {"text": "It is & stays late. " * 100}),
}


def tasks() -> Iterator[tuple[str, TaskView]]:
    """The states of a task, each with its name."""
    common = {"after": ("positioning", "legal"), "approver": "legal@example.com"}
    for status in TaskStatus:
        done = {"done_at": NOW, "float_days": None} if status is TaskStatus.DONE else {}
        shown = task(status=status, **common, **done)
        yield str(status), shown
        if status in (TaskStatus.DONE, TaskStatus.DROPPED):
            continue
        yield (
            f"{status}, overdue",
            replace(shown, overdue=True, due=date(2027, 1, 28), float_days=-2),
        )
        if status is TaskStatus.READY:
            day = date(2027, 2, 3)
            soon = replace(shown, handed_out_at=None, planned_start=day)
            yield "ready, for later", replace(soon, planned_finish=day)
        yield f"{status}, asks for time", replace(shown, asked_until=date(2027, 2, 11))
    yield (
        "blocked by",
        task(status=TaskStatus.BLOCKED, blocked_by="No  answer\nyet", float_days=0),
    )
    yield (
        "done with a link",
        task(
            status=TaskStatus.DONE,
            done_at=NOW,
            begun_at=NOW,
            submitted_at=NOW,
            link="https://x.example/a?b=1&c=2",
            document=None,
        ),
    )
    yield "bare", task(checklist=(), document=None, ready_at=None, after=())
    yield (
        "hostile",
        task(
            title="*A* <!channel> `b` & \u202ec\x00",
            owner_name="<@U1>",
            checklist=("_x_ <y>",) * 12,
            link="https://x.example/*a*",
            stage_title="",
            status=TaskStatus.DOING,
            begun_at=NOW,
        ),
    )


def view(shown: TaskView, status: LaunchStatus = LaunchStatus.RUNNING) -> LaunchView:
    """A launch around a task: two tasks before it and one after it."""
    return launch(
        task("positioning", "Positioning", status=TaskStatus.DONE, done_at=NOW),
        task("legal", "Legal review", owner_name="Counsel", float_days=1),
        shown,
        task(
            "training",
            "Sales training",
            after=("battlecard:redis",),
            owner="sales@example.com",
            owner_name="Sales enablement",
            status=TaskStatus.WAITING,
            due=date(2027, 2, 10),
        ),
        status=status,
    )


def readers(kind: NoticeKind, facts: Mapping[str, object]) -> list[str]:
    """The people to whom a notice of a kind may go."""
    if kind is NoticeKind.REVIEW:
        return [LEAD] if "until" in facts else [APPROVER, LEAD]
    return [OWNER, LEAD]


def cases() -> Iterator[tuple[str, str, Notice, LaunchView]]:
    """File, name, notice and launch of every case."""
    states = list(tasks())
    for kind, variants in FACTS.items():
        for variant, facts in variants.items():
            for to in readers(kind, facts):
                named = ", ".join(filter(None, (f"to {to}", variant)))
                for state, shown in states:
                    # a review awaits its approver, so a reminder never goes to the owner
                    review = shown.status is TaskStatus.REVIEW
                    nudged = kind is NoticeKind.NUDGE and review and to == OWNER
                    yield (
                        kind,
                        f"{state}; {named}",
                        notice(kind, to=APPROVER if nudged else to, **facts),
                        view(shown),
                    )
                ended = view(states[3][1], LaunchStatus.CANCELLED)
                yield (
                    kind,
                    f"cancelled launch; {named}",
                    notice(kind, to=to, **facts),
                    ended,
                )
        yield kind, "a task that is gone", notice(kind, "gone"), view(states[3][1])
    for name, (kind, key, facts) in OF_LAUNCH.items():
        for status in LaunchStatus:
            shown = view(states[4][1], status)
            yield (
                kind,
                f"{name}; {status} launch",
                notice(kind, key, "#valkey", **facts),
                shown,
            )
    for name, told in desk_notices():
        yield told.kind, name, told, view(states[4][1])
    for state, shown in states:
        yield (
            "headline",
            f"headline; {state}",
            notice("headline", None, "#valkey"),
            view(shown),
        )
        yield "digest", f"week; {state}", notice("digest", None, week="w"), view(shown)


def events() -> list[Event]:
    """The events of a task, thirty-six of them."""
    verbs = [
        "ready",
        "begin",
        "submit",
        "approve",
        "reject",
        "block",
        "unblock",
        "drop",
        "reopen",
        "wait",
        "overdue",
        "note",
        "reassign",
        "extend",
        "refuse",
        "ack",
        "odd<verb>",
        "done",
    ]
    made = []
    for at, verb in enumerate([*verbs, *verbs]):
        data: dict[str, object] = {"asked": at < len(verbs)} if verb == "extend" else {}
        if verb in ("extend", "refuse"):
            data["until"] = "2027-02-11"
        if verb == "reassign":
            data["owner"] = "legal@example.com"
        by = "launch-kits" if at % 3 == 0 else "pmm@example.com"
        note = "Because <of> it" if at % 2 else None
        made.append(
            Event(launch="v", task="t", at=NOW, by=by, verb=verb, note=note, data=data)
        )
    return made


def rendered() -> dict[str, dict[str, list[object]]]:
    """Golden file → case → lines: the text, the buttons, the console's lines, the blocks."""
    # imported here, so that a renamed renderer changes one place
    from launch_kits.slack.messages.blocks import addressed
    from launch_kits.slack.messages.details import details_modal
    from launch_kits.slack.messages.home import my_home, my_message
    from launch_kits.slack.messages.my_tasks import PersonalQueue, QueuedTask
    from launch_kits.slack.messages.render import to_slack
    from launch_kits.views.notices.compose import compose
    from launch_kits.views.notices.history import history
    from launch_kits.views.notices.task_notice import TaskNotice
    from launch_kits.worker.console import lines

    made: dict[str, dict[str, list[object]]] = {}
    for file, name, about, shown in cases():
        neutral = compose(about, shown, reader=READER)
        message = to_slack(neutral)
        to_all = addressed(message, name="Ann", email=about.to)
        assert to_all.blocks[1:] == message.blocks
        made.setdefault(str(file), {})[name] = [
            message.text,
            list(message.actions),
            lines(about, neutral),
            to_all.text if "@" in about.to else None,
            *message.blocks,
        ]
    told = to_slack(history(events(), reader=READER))
    found = made["history"] = {"all": [told.text, *told.blocks]}
    told = to_slack(history(events()[:1], reader=READER))
    found["one"] = [told.text, *told.blocks]
    found = made["home"] = {}
    for state, shown in tasks():
        about = TaskNotice(notice(), view(shown), shown, READER)
        asked = replace(about, notice=notice(to=LEAD))
        queue = PersonalQueue(
            answers=[
                QueuedTask(asked, answer=True),
                QueuedTask(asked, answer=True, until=date(2027, 2, 11)),
            ],
            now=[QueuedTask(about)] if shown.open else [],
        )
        message = my_message(queue)
        found[f"{state}; home"] = [my_home(queue, note="Done & dusted")]
        found[f"{state}; message"] = [message.text, *message.blocks]
        modal = details_modal(
            about, events()[:12], page="https://p.example", private="p"
        )
        found[f"{state}; details"] = [modal]
    return made


def written(found: Mapping[str, list[object]]) -> str:
    """The cases of a golden file as JSON, a line each part."""
    parts = []
    for name, lines in found.items():
        body = ",\n  ".join(json.dumps(line, ensure_ascii=True) for line in lines)
        parts.append(f" {json.dumps(name)}: [\n  {body}\n ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    for file, found in rendered().items():
        (GOLDEN / f"{file}.json").write_text(written(found))
