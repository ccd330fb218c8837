"""News of every event, lists and digests with their buttons: cases of the golden renderings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from launch_kits.database.records import LaunchStatus, Notice, NoticeKind, TaskStatus
from launch_kits.plan.readiness import CheckState, GateState
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.news_events import NewsEvent
from tests.slack.views import NOW, launch, notice, task

__all__ = ["digest_cases", "news_cases"]

_OWNER = "pmm@example.com"
_LEAD = "lead@example.com"
_APPROVER = "legal@example.com"
_CARD = {"name": "Redis Open Source", "verified_on": "2026-12-03"}

#: the facts of each event about a task
OF_TASKS: Mapping[NewsEvent, dict[str, object]] = {
    NewsEvent.BLOCKED: {"by": _OWNER, "note": "No data yet"},
    NewsEvent.HELP_WANTED: {"by": _OWNER, "note": "No data yet"},
    NewsEvent.UNBLOCKED: {"by": _LEAD, "note": "The data are here"},
    NewsEvent.SENT_BACK: {"by": _APPROVER, "note": "One source is missing"},
    NewsEvent.CONTENT_REFUSED: {"by": _APPROVER, "note": "Too soon"},
    NewsEvent.EXTENDED: {
        "by": _OWNER,
        "until": "2027-02-11",
        "missed": [{"task": "training", "days": 2}],
        "anchors": [],
    },
    NewsEvent.EDITED: {
        "by": _LEAD,
        "changes": [
            {"title": "Copy", "due_before": "2027-02-04", "due": "2027-02-09"},
            {"title": "Copy", "field": "days", "from": 2, "to": 4},
        ],
    },
    NewsEvent.EXTENSION_ANSWERED: {"by": _LEAD, "granted": True, "due": "2027-02-11"},
    NewsEvent.CLOSED: {"by": _LEAD, "did": "drop", "note": "Not needed"},
    NewsEvent.CHECK_REOPENED: {
        "by": _APPROVER,
        "gate": "Sales can sell it",
        "checks": ["Cards are read", "Sellers are trained"],
    },
    NewsEvent.EXTENSION_LAPSED: {
        "by": _LEAD,
        "until": "2027-02-11",
        "due": "2027-02-09",
    },
    NewsEvent.CARD_DUE: {**_CARD, "review_on": "2027-02-08"},
    NewsEvent.CARD_STALE: {**_CARD, "review_on": "2027-01-25"},
    NewsEvent.CARD_FLAGGED: {**_CARD, "quote": "They are slow", "by": _APPROVER},
    NewsEvent.HELP_ANSWERED: {"by": _LEAD, "note": "You have access now"},
    NewsEvent.CARD_CHANGE: {**_CARD, "by": _OWNER, "note": "The price went up"},
    NewsEvent.CLAIM_ENDED: {
        "claim": "redis.y1",
        "quote": "x",
        "last_day": "2027-01-29",
    },
    NewsEvent.UNDELIVERED: {"kind": "nudge", "to": _OWNER, "error": "no such person"},
    NewsEvent.STUCK: {"kind": "task", "to": _OWNER, "error": "it is too old"},
}
#: and of each about a launch
OF_LAUNCH: Mapping[NewsEvent, dict[str, object]] = {
    NewsEvent.FINISHED: {},
    NewsEvent.NOT_WRITTEN: {"titles": ["Battlecard: Redis"]},
    NewsEvent.SHARED_CHANNEL: {"channel": "valkey"},
    NewsEvent.DECIDED: {"by": _LEAD, "go": True, "decides": "launch", "note": "Go"},
    NewsEvent.AT_RISK: {
        "launch_on": "2027-03-02",
        "lands_on": "2027-03-04",
        "late": 1,
        "behind": [{"title": "Copy", "owner": _OWNER, "due": "2027-02-04"}],
    },
    NewsEvent.ON_TRACK: {"product": "Valkey 9.0", "launch_on": "2027-03-02"},
    NewsEvent.LAUNCH_DAY_PASSED: {"launch_on": "2027-03-02"},
    NewsEvent.GATE_PASSED: {
        "gate": "Sales can sell it",
        "day": "2027-01-29",
        "checks": ["Cards are read", "Sellers are trained"],
    },
    NewsEvent.WAIVER_ENDED: {
        "gate": "Sales can sell it",
        "ended": [
            {
                "gate": "Sales can sell it",
                "check": "Cards are read",
                "until": "2027-01-29",
            }
        ],
    },
}
_STATES: Mapping[str, dict[str, object]] = {
    "ready": {},
    "doing": {"status": TaskStatus.DOING, "begun_at": NOW},
    "review": {"status": TaskStatus.REVIEW, "approver": _APPROVER},
    "blocked": {"status": TaskStatus.BLOCKED, "blocked_by": "No data yet"},
    "done": {"status": TaskStatus.DONE, "done_at": NOW, "float_days": None},
}


def news_cases() -> Iterator[tuple[str, Notice, LaunchView]]:
    """Name, notice and launch of the news of every event, in every state of their task."""
    for event, facts in OF_TASKS.items():
        for state, values in _STATES.items():
            for to in (_OWNER, _LEAD):
                told = notice(NoticeKind.NEWS, to=to)
                told.facts = {"event": event, **facts}
                yield f"{event}; {state}; to {to}", told, _view(task(**values))
    for event, facts in OF_LAUNCH.items():
        for status in (LaunchStatus.RUNNING, LaunchStatus.DONE):
            for to in (_LEAD, "#valkey"):
                told = notice(NoticeKind.NEWS, None, to)
                told.facts = {"event": event, **facts}
                late = task(due=date(2027, 1, 29))
                yield f"{event}; {status}; to {to}", told, _view(late, status)
    lines = [
        {"task": key, "title": title, "due": "2027-02-04"}
        for key, title in (("battlecard:redis", "Card"), ("training", "Training"))
    ]
    for state, values in _STATES.items():
        told = notice(NoticeKind.NEWS, None, handed_out=True, tasks=lines)
        yield f"list; {state}", told, _view(task(**values))


def digest_cases() -> Iterator[tuple[str, Notice, LaunchView]]:
    """Name, notice and launch of digests, in every state of their tasks."""
    line: dict[str, object] = {
        "launch": "valkey-9",
        "product": "Valkey 9.0",
        "task": "battlecard:redis",
        "title": "Battlecard",
        "owner": _OWNER,
        "due": "2027-02-04",
    }
    gate = {**line, "task": None, "title": "Sales can sell it", "checks": ["A", "B"]}
    risk = {"state": "at_risk", "late": 2, "launch_on": "2027-03-02"}
    blocked = {"event": NewsEvent.BLOCKED, **OF_TASKS[NewsEvent.BLOCKED]}
    passed = {"event": NewsEvent.GATE_PASSED, **OF_LAUNCH[NewsEvent.GATE_PASSED]}
    variants: Mapping[str, dict[str, object]] = {
        "own work": {"tasks": [{**line, "status": "doing"}]},
        "own work, overdue": {"tasks": [{**line, "due": "2027-01-22"}]},
        "own work, planned to end today": {
            "tasks": [
                {**line, "planned_start": "2027-01-28", "planned_finish": "2027-02-01"}
            ]
        },
        "own work, later": {"tasks": [{**line, "later": True}]},
        "review": {"tasks": [{**line, "status": "review"}]},
        "more time": {"asks": [{**line, "wanted": "more time", "until": "2027-02-11"}]},
        "decision": {"asks": [{**line, "wanted": "decision"}]},
        "gate": {"asks": [{**gate, "wanted": "gate"}]},
        "gate after its day": {
            "asks": [{**gate, "wanted": "gate", "due": "2027-01-29"}]
        },
        "waiver": {"asks": [{**gate, "wanted": "waiver", "until": "2027-02-03"}]},
        "help": {"help": [{**line, "due": "2027-01-22"}]},
        "summary": {
            "seen": [
                {**line, "kind": "late", "due": "2027-01-29"},
                *({**line, "kind": "risk"} for _ in range(7)),
                {**line, "kind": "soon"},
            ],
            "launches": [
                {
                    **line,
                    **risk,
                    "lands_on": "2027-03-04",
                    "landed": "2027-03-03",
                    "because": [{"cause": '"Copy"', "days": 2}],
                }
            ],
            "turned": [line],
        },
        "news": {
            "news": [
                {**line, "to": _LEAD, "facts": blocked},
                {**line, "task": None, "to": _LEAD, "facts": passed},
            ]
        },
    }
    for name, facts in variants.items():
        for state, values in _STATES.items():
            told = notice(NoticeKind.DIGEST, None, _LEAD, day="2027-02-01", **facts)
            yield f"{name}; {state}", told, _view(task(**values))


def _view(found: TaskView, status: LaunchStatus = LaunchStatus.RUNNING) -> LaunchView:
    checks = tuple(
        CheckState(number, title, False, key=title)
        for number, title in enumerate(("Cards are read", "Sellers are trained"), 1)
    )
    gate = GateState(
        stage="sales_readiness",
        title="Sales can sell it",
        owner=_LEAD,
        hard=True,
        before_launch=True,
        checks=checks,
    )
    training = task(
        "training", "Sales training", stage="training", due=date(2027, 2, 10)
    )
    return launch(found, training, gates=(gate,), status=status)
