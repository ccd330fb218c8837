"""The digest: a person's morning across launches, and a lead's summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launch_kits.database.records import TaskStatus
from launch_kits.views.decisions import Wanted
from launch_kits.views.notices.digest_lines import (
    DigestView,
    Line,
    asked,
    at_risk,
    landing_lines,
    not_begun,
    of_others,
    review,
    subject_of,
    work,
)
from launch_kits.views.notices.informing import informing_items
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Row,
)
from launch_kits.views.notices.text import capitalize, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["morning"]

#: lines under a title, and under the title of tasks at risk: most of them follow from the first
NAMED, NAMED_AT_RISK = 12, 5
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


def morning(facts: Mapping[str, object], *, reader: Reader) -> NoticeMessage:
    """Write a person's answers and tasks, the most pressing first, and those who need help.

    For a lead also the tasks of others that turned late or are at risk. ``facts`` are those of
    the notice.
    """
    digest = DigestView(facts, reader)
    own = _grouped(digest)
    help_wanted = digest.lines("help")
    asks = [
        asked(line, digest)
        for line in digest.lines("asks")
        if line.get("wanted") in Wanted.__members__.values()
    ]
    groups = [
        ItemGroup(ASKED, [*asks, *_items(own[ASKED], review, digest, asks=True)]),
        _group(OVERDUE, own[OVERDUE], work, digest),
        _group(DUE_TODAY, own[DUE_TODAY], work, digest),
        _group(DUE_SOON, own[DUE_SOON], work, digest),
        _group(HELP_WANTED, help_wanted, of_others, digest),
        _group(LATE, digest.seen("late"), of_others, digest),
        _group(RISK, digest.seen("risk"), at_risk, digest),
        _group(NOT_BEGUN, digest.seen("soon"), not_begun, digest),
        ItemGroup(
            NEWS, informing_items(digest.lines("news"), reader, where=digest.product)
        ),
        _group(DUE_LATER, own[DUE_LATER], work, digest),
        _group(LATER, own[LATER], work, digest),
    ]
    shown = [_shortened(group) for group in groups if group.items]
    return NoticeMessage(
        sentence=_sentence(digest, own, shown),
        groups=[_told(shown[0])] if _is_one_line(shown) else shown,
        rows=[Row("Launches", [*landing_lines(digest)])],
        note=NOTE,
    )


def _grouped(digest: DigestView) -> dict[str, list[Line]]:
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
    digest: DigestView, own: Mapping[str, Sequence[Line]], groups: Sequence[ItemGroup]
) -> str:
    """Count the answers and tasks of the reader, and name the first."""
    told = [*_counts(digest, own)]
    turns = [
        f"{shorten(str(line.get('product')))} is at risk now."
        for line in digest.lines("turned")
    ]
    if not told:
        return " ".join([*turns, f"{NOTHING_WAITS}."])
    counted = capitalize(", ".join(told))
    if not groups:
        return " ".join([*turns, f"{counted}."])
    first = groups[0].items[0].text
    joined = ": " if _is_one_line(groups) else ". First: "
    return " ".join([*turns, f"{counted}{joined}{first}."])


def _is_one_line(groups: Sequence[ItemGroup]) -> bool:
    """Whether the digest has a single line, which its sentence can say."""
    return len(groups) == 1 and len(groups[0].items) == 1 and not groups[0].more


def _told(group: ItemGroup) -> ItemGroup:
    return replace(group, items=[replace(item, told=True) for item in group.items])


def _counts(digest: DigestView, own: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    """Count the parts of a digest that hold something, the most pressing first."""
    answers = len(digest.lines("asks")) + len(own[ASKED])
    if answers:
        yield f"{count(answers, 'answer')} needed from you"
    at_work = sum(
        len(own[title]) for title in (OVERDUE, DUE_TODAY, DUE_SOON, DUE_LATER)
    )
    overdue = len(own[OVERDUE])
    if at_work:
        behind = f", {overdue} overdue" if overdue else ""
        yield f"{count(at_work, 'task')} for you{behind}"
    wanting = len(digest.lines("help"))
    if wanting:
        verb = "needs" if wanting == 1 else "need"
        yield f"{count(wanting, 'task')} of others {verb} your help"
    late = len(digest.seen("late"))
    if late:
        yield f"{count(late, 'task')} of others late"
    news = len(digest.lines("news"))
    if news:
        yield f"{count(news, 'thing')} to know"


def _group(
    title: str,
    lines: Sequence[Line],
    write: Callable[[Line, DigestView], str],
    digest: DigestView,
) -> ItemGroup:
    others = title in (HELP_WANTED, LATE, RISK, NOT_BEGUN)
    return ItemGroup(title, _items(lines, write, digest, others=others))


def _items(
    lines: Iterable[Line],
    write: Callable[[Line, DigestView], str],
    digest: DigestView,
    *,
    others: bool = False,
    asks: bool = False,
) -> list[Item]:
    return [
        Item(
            text=write(line, digest),
            subject=subject_of(line),
            others=others,
            review=asks,
        )
        for line in lines
    ]


def _shortened(group: ItemGroup) -> ItemGroup:
    most = NAMED_AT_RISK if group.title == RISK else NAMED
    return ItemGroup(group.title, group.items[:most], max(0, len(group.items) - most))
