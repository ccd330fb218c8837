"""The digest: a person's morning across launches, and a lead's summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.plan import State
from launch_kits.views.decisions import ToDecide, Wanted
from launch_kits.views.landing import STATES
from launch_kits.views.notices.decision_text import asked_text
from launch_kits.views.notices.informing import informing_items
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Row,
    Subject,
)
from launch_kits.views.notices.text import capitalize, quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["morning"]

#: lines under a title
NAMED = 12
#: working days within which a task is due soon
SOON = 3
#: titles of the groups, in their order
ASKED, OVERDUE = "Your answer, please", "Overdue"
DUE_TODAY, DUE_SOON = "Due today", "Due soon"
HELP_WANTED, LATE = "Others need your help", "Late since your last summary"
RISK, NOT_BEGUN = "At risk", "Due soon and not begun"
DUE_LATER, LATER, NEWS = "Due later", "Later", "News"
NOTHING_WAITS = "Nothing waits for you today"
NOTE = "Answer here, in each task's own message, or in the Home tab."

Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Digest:
    """The facts of a digest, and its reader."""

    facts: Mapping[str, object]
    reader: Reader

    def lines(self, key: str) -> list[Line]:
        found = self.facts.get(key)
        if not isinstance(found, list):
            return []
        return [line for line in found if isinstance(line, Mapping)]

    @property
    def several(self) -> bool:
        """Whether lines have to name their launch."""
        keys = ("tasks", "help", "asks", "seen", "news")
        return len({line.get("launch") for key in keys for line in self.lines(key)}) > 1

    def seen(self, kind: str) -> list[Line]:
        return [line for line in self.lines("seen") if line.get("kind") == kind]

    def product(self, line: Line) -> str:
        return f" ({shorten(str(line.get('product')))})" if self.several else ""

    def title(self, line: Line) -> str:
        return f"{quoted(str(line.get('title')))}{self.product(line)}"

    def day(self, line: Line, key: str = "due") -> str:
        return self.reader.day(iso_day(line.get(key)) or self.reader.today)

    def owner(self, line: Line) -> str:
        return shorten(self.reader.name(str(line.get("owner"))))

    def overdue(self, line: Line) -> bool:
        return (iso_day(line.get("due")) or self.reader.today) < self.reader.today


def morning(facts: Mapping[str, object], *, reader: Reader) -> NoticeMessage:
    """Write a person's answers and tasks, the most pressing first, and those who need help.

    For a lead also the tasks of others that turned late or are at risk. ``facts`` are those of
    the notice.
    """
    digest = _Digest(facts, reader)
    own = _grouped(digest)
    help_wanted = digest.lines("help")
    asks = [
        _asked(line, digest)
        for line in digest.lines("asks")
        if line.get("wanted") in Wanted.__members__.values()
    ]
    groups = [
        ItemGroup(ASKED, [*asks, *_items(own[ASKED], _review, digest)]),
        _group(OVERDUE, own[OVERDUE], _work, digest),
        _group(DUE_TODAY, own[DUE_TODAY], _work, digest),
        _group(DUE_SOON, own[DUE_SOON], _work, digest),
        _group(HELP_WANTED, help_wanted, _of_others, digest),
        _group(LATE, digest.seen("late"), _of_others, digest),
        _group(RISK, digest.seen("risk"), _at_risk, digest),
        _group(NOT_BEGUN, digest.seen("soon"), _not_begun, digest),
        ItemGroup(
            NEWS, informing_items(digest.lines("news"), reader, where=digest.product)
        ),
        _group(DUE_LATER, own[DUE_LATER], _work, digest),
        _group(LATER, own[LATER], _work, digest),
    ]
    shown = [_shortened(group) for group in groups if group.items]
    sentence = _sentence(digest, own, shown)
    return NoticeMessage(
        sentence=sentence,
        groups=shown,
        rows=[Row("Launches", [*_launches(digest)])],
        note=NOTE,
    )


def _grouped(digest: _Digest) -> dict[str, list[Line]]:
    """Group a person's tasks by urgency, under the titles of the groups."""
    groups: dict[str, list[Line]] = {
        title: [] for title in (ASKED, OVERDUE, DUE_TODAY, DUE_SOON, DUE_LATER, LATER)
    }
    for line in digest.lines("tasks"):
        due = iso_day(line.get("due")) or digest.reader.today
        if line.get("later") is True:
            title = LATER
        elif line.get("status") == TaskStatus.REVIEW:
            title = ASKED
        elif due < digest.reader.today:
            title = OVERDUE
        elif digest.reader.calendar.count(digest.reader.today, due) <= SOON:
            title = DUE_TODAY if due == digest.reader.today else DUE_SOON
        else:
            title = DUE_LATER
        groups[title].append(line)
    return groups


def _sentence(
    digest: _Digest, own: Mapping[str, Sequence[Line]], groups: Sequence[ItemGroup]
) -> str:
    """Count the answers and tasks of the reader, and name the first."""
    at_work = sum(
        len(own[title]) for title in (OVERDUE, DUE_TODAY, DUE_SOON, DUE_LATER)
    )
    overdue, asked = len(own[OVERDUE]), len(digest.lines("asks")) + len(own[ASKED])
    told = []
    if asked:
        told.append(f"{count(asked, 'answer')} of yours awaited")
    if at_work:
        behind = f", {overdue} overdue" if overdue else ""
        told.append(f"{count(at_work, 'task')} for you{behind}")
    if wanting := len(digest.lines("help")):
        verb = "needs" if wanting == 1 else "need"
        told.append(f"{count(wanting, 'task')} of others {verb} your help")
    if late := len(digest.seen("late")):
        told.append(f"{count(late, 'task')} of others late")
    if news := len(digest.lines("news")):
        told.append(f"{count(news, 'thing')} to know")
    first = groups[0].items[0].text if groups else None
    counted = capitalize(", ".join(told)) if told else NOTHING_WAITS
    return f"{counted}. First: {first}." if told and first else f"{counted}."


def _group(
    title: str,
    lines: Sequence[Line],
    write: Callable[[Line, _Digest], str],
    digest: _Digest,
) -> ItemGroup:
    others = title in (HELP_WANTED, LATE, RISK, NOT_BEGUN)
    return ItemGroup(title, _items(lines, write, digest, others=others))


def _items(
    lines: Iterable[Line],
    write: Callable[[Line, _Digest], str],
    digest: _Digest,
    *,
    others: bool = False,
) -> list[Item]:
    return [
        Item(text=write(line, digest), subject=_subject(line), others=others)
        for line in lines
    ]


def _shortened(group: ItemGroup) -> ItemGroup:
    return ItemGroup(group.title, group.items[:NAMED], max(0, len(group.items) - NAMED))


def _subject(line: Line, until: date | None = None) -> Subject | None:
    task = line.get("task")
    return Subject(str(line.get("launch")), str(task), until) if task else None


def _work(line: Line, digest: _Digest) -> str:
    if digest.overdue(line):
        return f"{digest.title(line)}: {_was_due(line, digest)}"
    planned = _planned(line, digest.reader)
    if planned is None:
        return f"{digest.title(line)}: due {digest.day(line)}"
    return (
        f"{digest.title(line)}: planned {planned}, due {digest.day(line)} at the latest"
    )


def _was_due(line: Line, digest: _Digest) -> str:
    """Say on which day a task was due, and how long ago that is."""
    due = iso_day(line.get("due")) or digest.reader.today
    return f"was due {digest.reader.due(due)}"


def _review(line: Line, digest: _Digest) -> str:
    by = "was due" if digest.overdue(line) else "by"
    return (
        f"Approve {digest.title(line)} of {digest.owner(line)}, {by} {digest.day(line)}"
    )


def _of_others(line: Line, digest: _Digest) -> str:
    due = f"due {digest.day(line)}"
    if digest.overdue(line):
        due = _was_due(line, digest)
    return f"{digest.title(line)} of {digest.owner(line)}: {due}"


def _at_risk(line: Line, digest: _Digest) -> str:
    whose = f"{digest.title(line)} of {digest.owner(line)}"
    return f"{whose} cannot be done by {digest.day(line)} as things stand"


def _not_begun(line: Line, digest: _Digest) -> str:
    return f"{digest.title(line)} of {digest.owner(line)}: due {digest.day(line)}"


def _asked(line: Line, digest: _Digest) -> Item:
    until = iso_day(line.get("until"))
    checks = line.get("checks")
    ask = ToDecide(
        wanted=Wanted(str(line.get("wanted"))),
        who="",
        title=str(line.get("title")),
        key=str(line.get("task")),
        owner=str(line["owner"]) if line.get("owner") else None,
        due=iso_day(line.get("due")),
        until=until,
        checks=tuple(map(str, checks)) if isinstance(checks, list) else (),
    )
    text = f"{asked_text(ask, digest.reader)}{digest.product(line)}"
    more_time = until if ask.wanted is Wanted.MORE_TIME else None
    subject = _subject(line, more_time)
    if ask.wanted in (Wanted.GATE, Wanted.WAIVER):
        subject = Subject(str(line.get("launch")), "")
    return Item(text=text, subject=subject)


def _launches(digest: _Digest) -> Iterable[str]:
    """Say of each launch on which day it is to land, and as things stand."""
    for line in digest.lines("launches"):
        lands_on, launch_on = (
            iso_day(line.get("lands_on")),
            iso_day(line.get("launch_on")),
        )
        told = f"{shorten(str(line.get('product')))}: launch day {digest.day(line, 'launch_on')}"
        if lands_on is None:
            told += ", which cannot be kept as things stand"
        elif lands_on != launch_on:
            told += f", lands on {digest.reader.day(lands_on)} as things stand"
        state, late = line.get("state"), line.get("late")
        if state in STATES:
            told += f"; {STATES[State(str(state))]}"
        if isinstance(late, int) and late:
            told += f", {count(late, 'task')} late"
        yield told


def _planned(line: Line, reader: Reader) -> str | None:
    """Return the days planned for a task, or None if they say no more than its due day.

    Those of begun work are over, or are no longer the days on which it is done.
    """
    if line.get("status") == TaskStatus.DOING:
        return None
    due = iso_day(line.get("due")) or reader.today
    start, finish = (
        iso_day(line.get("planned_start")),
        iso_day(line.get("planned_finish")),
    )
    if start is None or finish is None or start >= due or due < reader.today:
        return None
    return reader.span(start, finish)
