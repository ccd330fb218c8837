"""Every kind of notice in every state of its task: the cases of the golden renderings.

``python -m tests.slack.messages.golden_cases`` writes the golden files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from launch_kits.database.records import (
    Event,
    EventVerb,
    LaunchStatus,
    Notice,
    NoticeKind,
    TaskStatus,
)
from launch_kits.views.launch import LaunchView, TaskView
from tests.slack.block_kit import problems
from tests.slack.messages.desk_cases import desk_notices
from tests.slack.messages.golden_cards import short_answers
from tests.slack.messages.golden_forms import forms
from tests.slack.messages.golden_launch_forms import launch_forms
from tests.slack.messages.golden_news import digest_cases, news_cases
from tests.slack.views import (
    NOW,
    READER,
    launch,
    notice,
    plan_of,
    queued_answer,
    task,
)

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
    NoticeKind.NUDGE: {"": {}, "planned": {"planned_finish": "2027-02-01"}},
    NoticeKind.ESCALATION: {"": {}},
}

OWNER = "pmm@example.com"
APPROVER = "legal@example.com"
LEAD = "lead@example.com"
FORMER = "former@example.com"
DEPUTY = "deputy@example.com"
BACKUP = "backup@example.com"
SPONSOR = "sponsor@example.com"
#: the people to whom a notice of a kind may go
READERS: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.TASK: (OWNER, DEPUTY, FORMER),
    NoticeKind.REVIEW: (APPROVER, DEPUTY),
    NoticeKind.NUDGE: (OWNER,),
    NoticeKind.ESCALATION: (LEAD, BACKUP, SPONSOR),
}

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
    "cancelled, with an open question": (
        NoticeKind.CANCELLED,
        None,
        {"by": "lead@example.com", "questions": ["Does it run on Windows?"]},
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
    "news of a move by the lead": (
        NoticeKind.NEWS,
        None,
        {
            "changes": CHANGES,
            "launch_before": "2027-03-02",
            "launch_on": "2027-03-09",
            "by": "lead@example.com",
            "note": "Legal needs  a week.",
        },
    ),
    "news of an edit": (
        NoticeKind.NEWS,
        None,
        {
            "event": "edited",
            "changes": CHANGES[:1],
            "by": "lead@example.com",
            "note": "It waits for <legal>",
        },
    ),
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
    common = {
        "after": ("positioning", "legal"),
        "approver": APPROVER,
        "backup": BACKUP,
    }
    late = {"overdue": True, "due": date(2027, 1, 28), "float_days": -2}
    asked = date(2027, 2, 11)
    granted = date(2027, 2, 9)
    for status in TaskStatus:
        done = {"done_at": NOW, "float_days": None} if status is TaskStatus.DONE else {}
        sent = {"submitted_at": NOW} if status is TaskStatus.REVIEW else {}
        shown = task(status=status, **common, **done, **sent)
        yield str(status), shown
        if status in (TaskStatus.DONE, TaskStatus.DROPPED):
            continue
        yield f"{status}, overdue", replace(shown, **late)
        if status is TaskStatus.READY:
            day = date(2027, 2, 3)
            soon = replace(shown, handed_out_at=None, planned_start=day)
            yield "ready, for later", replace(soon, planned_finish=day)
            yield "ready, due today", replace(shown, due=date(2027, 2, 1))
        yield f"{status}, asks for time", replace(shown, asked_until=asked)
    ready = task(**common)
    doing = replace(ready, status=TaskStatus.DOING, begun_at=NOW)
    yield (
        "doing, overdue, on it",
        replace(doing, **late, on_it=(("pmm@example.com", NOW),)),
    )
    yield (
        "doing, overdue, asks for time",
        replace(doing, **late, asked_until=asked),
    )
    sent_back = (APPROVER, "The source is  missing")
    yield "doing, sent back", replace(doing, submitted_at=NOW, sent_back=sent_back)
    yield (
        "doing, more time granted",
        replace(doing, due=asked, requests=((asked, "granted"),)),
    )
    yield "doing, more time refused", replace(doing, requests=((asked, "refused"),))
    yield "doing, request lapsed", replace(doing, requests=((asked, "lapsed"),))
    yield "doing, moved", replace(doing, due=granted, planned_finish=granted)
    yield from _days_of_work(ready, late)
    yield (
        "blocked by",
        replace(ready, status=TaskStatus.BLOCKED, blocked_by="No  answer\nyet."),
    )
    dropped = replace(ready, status=TaskStatus.DROPPED, closed_by=LEAD)
    yield "dropped by the lead", replace(dropped, dropped_why="No time <now>.")
    finished = replace(ready, status=TaskStatus.DONE, done_at=NOW, float_days=None)
    yield "done by the owner", replace(finished, closed_by=OWNER)
    yield (
        "done, approved, with a link",
        replace(
            finished,
            closed_by=APPROVER,
            begun_at=NOW,
            submitted_at=NOW,
            link="https://x.example/a?b=1&c=2",
        ),
    )
    decision = task(
        title="Launch: go or no-go",
        owner=LEAD,
        owner_name="Product lead",
        decides="launch",
        document=None,
    )
    yield "go or no-go", decision
    yield "go or no-go, overdue", replace(decision, **late)
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


def _days_of_work(
    ready: TaskView, late: Mapping[str, object]
) -> Iterator[tuple[str, TaskView]]:
    """The states in which the days of the work count."""
    asked = date(2027, 2, 11)
    doing = replace(ready, status=TaskStatus.DOING, begun_at=NOW)
    today = date(2027, 2, 1)
    lost = date(2027, 1, 29)
    last = replace(ready, float_days=0, expected_start=today, last_start=today)
    yield "ready, last start", last
    yield "ready, starts late", replace(last, float_days=-1, last_start=lost)
    yield "ready, document lacks facts", replace(ready, lacks=("press.place", "quotes"))
    longer = replace(doing, expected_start=date(2027, 1, 28))
    yield "doing, in time", replace(longer, expected_finish=date(2027, 2, 3))
    yield "doing, longer than planned", replace(longer, expected_finish=asked)
    went_on = {**late, "went_on_at": NOW + timedelta(hours=1)}
    yield "doing, overdue, goes on", replace(doing, **went_on)
    handed_in = replace(ready, status=TaskStatus.REVIEW, submitted_at=NOW)
    yield "review, overdue, handed in since", replace(handed_in, **went_on)
    yield "doing, with a deputy", replace(doing, in_hands_of=DEPUTY)


class Away:
    """Everyone is away whose work another person holds."""

    def __init__(self, shown: TaskView) -> None:
        self._shown = shown

    def of(self, person: str, *, besides: Sequence[str] = ()) -> str | None:
        """The person who acts for a person."""
        task = self._shown
        away = task.approver if task.status is TaskStatus.REVIEW else task.owner
        return task.in_hands_of if person == away else None

    #: the instant of the view
    now = NOW

    def reached(self, person: str, *, besides: Sequence[str] = ()) -> str:
        """The person who hears what is meant for a person."""
        return self.of(person, besides=besides) or person

    def gone(self, _person: str) -> bool:
        """Whether a person is away for good."""
        return False

    def away_until(self, person: str) -> date | None:
        """The last day of the absence of a person."""
        return date(2027, 2, 5) if self.of(person) else None


def view(shown: TaskView, status: LaunchStatus = LaunchStatus.RUNNING) -> LaunchView:
    """A launch around a task: two tasks before it and one after it."""
    tasks = (
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
    )
    return launch(*tasks, status=status, away=Away(shown), plan=plan_of(tasks))


def readers(
    kind: NoticeKind, facts: Mapping[str, object], shown: TaskView
) -> Iterator[tuple[str, Mapping[str, object], TaskView]]:
    """The people to whom a notice may go, with its facts and the task for each."""
    if kind is NoticeKind.REVIEW and "until" in facts:
        yield LEAD, facts, shown
        return
    if kind is NoticeKind.NUDGE and shown.status is TaskStatus.REVIEW:
        # a review awaits its approver, so a reminder never goes to the owner
        yield APPROVER, facts, replace(shown, awaited=APPROVER)
        return
    if kind is NoticeKind.NUDGE:
        yield shown.owner, facts, replace(shown, awaited=shown.owner)
        return
    for to in READERS[kind]:
        if to == DEPUTY:
            whose = APPROVER if kind is NoticeKind.REVIEW else shown.owner
            yield to, {**facts, "for": whose}, replace(shown, in_hands_of=to)
        else:
            yield shown.owner if to == OWNER else to, facts, shown


def cases() -> Iterator[tuple[str, str, Notice, LaunchView]]:
    """File, name, notice and launch of every case."""
    states = dict(tasks())
    for kind, variants in FACTS.items():
        for variant, given in variants.items():
            for state, found in states.items():
                for to, facts, shown in readers(kind, given, found):
                    name = ", ".join(filter(None, (f"to {to}", variant)))
                    told = notice(kind, to=to, **facts)
                    yield kind, f"{state}; {name}", told, view(shown)
                    if state in ("doing", "review"):
                        ended = view(shown, LaunchStatus.CANCELLED)
                        yield kind, f"{state}, cancelled launch; {name}", told, ended
        linked = notice(kind, to=OWNER)
        linked.file_link = "https://example.slack.com/files/U1/F1/redis.html"
        shown = states["review" if kind is NoticeKind.REVIEW else "doing, overdue"]
        yield kind, "with a link to its document", linked, view(shown)
        gone = notice(kind, "gone")
        yield kind, "a task that is gone", gone, view(states["doing"])
    given = {"by": LEAD, "from": APPROVER, "note": "On leave until <May>."}
    yield (
        "task",
        "given by the lead",
        notice(to=OWNER, given=given),
        view(states["ready"]),
    )
    answer = {"event": "extension answered", "by": LEAD, "granted": True}
    line = {"title": "Battlecard", "facts": {**answer, "due": "2027-02-04"}}
    reminder = notice("nudge", to=OWNER, news=[line])
    yield "nudge", "with the answer about more time", reminder, view(states["doing"])
    for name, (kind, key, facts) in OF_LAUNCH.items():
        for status in LaunchStatus:
            shown = view(states["doing"], status)
            yield (
                kind,
                f"{name}; {status} launch",
                notice(kind, key, "#valkey", **facts),
                shown,
            )
    for name, told in desk_notices():
        yield told.kind, name, told, view(next(iter(states.values())))
    for state, shown in states.items():
        yield (
            "headline",
            f"headline; {state}",
            notice("headline", None, "#valkey"),
            view(shown),
        )
        yield "digest", f"week; {state}", notice("digest", None, week="w"), view(shown)


def events() -> list[Event]:
    """Every event of a task, twice, and one of a verb that is unknown."""
    made = []
    for at, verb in enumerate([*EventVerb, "odd<verb>", *EventVerb]):
        days = {"until": "2027-02-11", "due": "2027-02-04"}
        data: dict[str, object] = {"owner": APPROVER, "go": True}
        if verb in (EventVerb.EXTEND, EventVerb.REFUSE):
            data = {"until": days["until"], "asked": at < len(EventVerb)}
        if verb == EventVerb.OVERDUE:
            data = {"due": days["due"]}
        by = OWNER
        if verb in ("ready", "wait", "overdue", "expired", "finished"):
            by = "launch-kits"
        made.append(
            Event(
                launch="v",
                task="t",
                at=NOW + timedelta(minutes=at),
                by=by,
                in_place_of=LEAD if at % 4 == 0 and by == OWNER else None,
                verb=verb,
                note="Because <of> it" if at % 2 else None,
                data=data,
            )
        )
    return made


def handed() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Work that a person acts for, takes over or gives back: name, reader and facts."""
    lines = [
        {
            "launch": f"valkey-{at % 2}",
            "product": f"Valkey {at % 2}",
            "title": f"Task {at}",
            "field": field,
            "due": "2027-02-04" if at else None,
        }
        for at, field in enumerate(["owner", "owner", "approver", "gate"])
    ]
    until = {"from": OWNER, "to": BACKUP, "until": "2027-02-12"}
    for_good = {"from": OWNER, "to": BACKUP, "name": "Product marketing"}
    cases = {
        "acts for another": (until, lines),
        "acts for another, one task": (until, lines[1:2]),
        "acts for another, no work": (until, []),
        "takes over": (for_good, lines),
        "is back": ({"to": OWNER, "back": OWNER}, lines[:2]),
        "acts on": ({"to": BACKUP, "back": OWNER}, lines[2:]),
    }
    for name, (found, tasks_of) in cases.items():
        for to in (BACKUP, OWNER, LEAD):
            yield f"{name}; to {to}", to, {"handed": found, "tasks": tasks_of}
    arranged = {"handed": for_good, "tasks": lines, "by": LEAD, "note": "She left"}
    yield "takes over, arranged; to the new owner", BACKUP, arranged


def rendered() -> dict[str, dict[str, list[object]]]:
    """Golden file → case → lines: the text, the buttons, the console's lines, the blocks."""
    # imported here, so that a renamed renderer changes one place
    from launch_kits.slack.messages.render import addressed, to_slack
    from launch_kits.verbs.offers import permitted
    from launch_kits.views.notices.compose import compose
    from launch_kits.views.notices.history import history
    from launch_kits.worker.console import lines

    made: dict[str, dict[str, list[object]]] = {}
    for file, name, about, shown in cases():
        neutral = permitted(compose(about, shown, reader=READER), shown, about.to)
        message = to_slack(neutral)
        assert problems(list(message.blocks)) == []
        made.setdefault(str(file), {})[name] = [
            message.text,
            list(message.actions),
            lines(about, neutral),
            *message.blocks,
        ]
    found = made["in the channel"] = {}
    for kind in FACTS:
        about = notice(kind, to=OWNER)
        shown = view(task(status=TaskStatus.DOING))
        neutral = compose(about, shown, reader=READER)
        to_all = addressed(neutral, name="Product marketing", email=OWNER)
        message = to_slack(permitted(to_all, shown, about.to))
        found[str(kind)] = [message.text, *message.blocks]
    found = made["handed"] = {}
    for name, to, facts in handed():
        about = notice(NoticeKind.NEWS, None, to=to, **facts)
        shown = view(task())
        message = to_slack(compose(about, shown, reader=READER))
        found[name] = [message.text, *message.blocks]
    found = made["history"] = {}
    for name, told in (("all", events()), *((each.verb, [each]) for each in events())):
        message = to_slack(history(told, title="Partner deck", reader=READER))
        found[str(name)] = [message.text, *message.blocks]
    made["home"] = home_cases()
    made["news with buttons"] = _buttoned(news_cases())
    made["digest with buttons"] = _buttoned(digest_cases())
    made["forms"] = {name: [form] for name, form in forms()}
    made["launch forms"] = {name: [form] for name, form in launch_forms()}
    return made | {"short answers": dict(_short_answers())}


def home_cases() -> dict[str, list[object]]:
    """State of a task → the Home tab, the answer to a command, and the modal with details."""
    from launch_kits.slack.messages.details import details_modal
    from launch_kits.slack.messages.home import my_home, my_message
    from launch_kits.views.answer_kinds import AnswerKind
    from launch_kits.views.notices.task_notice import TaskNotice
    from launch_kits.views.personal_queue import PersonalQueue, QueuedTask

    found: dict[str, list[object]] = {}
    for state, shown in tasks():
        about = TaskNotice(notice(to=shown.owner), view(shown), shown, READER)
        asked = replace(about, notice=notice(to=LEAD))
        answers = []
        if shown.status is TaskStatus.REVIEW:
            reviewed = replace(about, notice=notice(to=APPROVER))
            answers.append(queued_answer(reviewed, AnswerKind.REVIEW))
        if shown.asked_until:
            answers.append(queued_answer(asked, AnswerKind.MORE_TIME))
        mine = [QueuedTask(about)] if shown.open else []
        queue = PersonalQueue(
            answers=answers,
            now=[] if for_later(shown) else mine,
            later=mine if for_later(shown) else [],
        )
        message = my_message(queue)
        found[f"{state}; home"] = [my_home(queue, note="Done & dusted")]
        found[f"{state}; message"] = [message.text, *message.blocks]
        modal = details_modal(
            about, events()[-12:], page="https://p.example", private="p"
        )
        found[f"{state}; details"] = [modal]
    return found


def for_later(shown: TaskView) -> bool:
    """Whether a task waits for others, for a day, or for its planned start."""
    return shown.later or shown.status in (TaskStatus.WAITING, TaskStatus.REVIEW)


def _short_answers() -> Iterator[tuple[str, list[object]]]:
    for name, answer in short_answers():
        assert problems(list(answer.blocks)) == []
        yield name, [answer.text, *answer.blocks]


def _buttoned(
    told: Iterator[tuple[str, Notice, LaunchView]],
) -> dict[str, list[object]]:
    """Case → text and blocks, with the buttons of each line."""
    from launch_kits.slack.messages.render import render

    made: dict[str, list[object]] = {}
    for name, about, shown in told:
        message = render(about, shown, reader=READER)
        assert problems(list(message.blocks)) == []
        made[name] = [message.text, *message.blocks]
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
