"""The digest: a person's morning across launches, and a lead's summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, place_of
from launch_kits.views.notices.digest_lines import (
    DigestView,
    Line,
    asked,
    at_risk,
    instead_of,
    is_overdue,
    not_begun,
    of_others,
    review,
    subject_of,
    work,
)
from launch_kits.views.notices.informing import informing_items
from launch_kits.views.notices.landing_lines import landing_lines, passed_items
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
NAMED = 12
NAMED_AT_RISK = 5
#: working days within which a task is due soon
SOON = 3
#: titles of the groups, in their order
ASKED = "Your answer, please"
OVERDUE = "Overdue"
DUE_TODAY = "Due today"
DUE_SOON = "Due soon"
HELP_WANTED = "Others need your help"
LATE = "Late since your last summary"
RISK = "At risk"
NOT_BEGUN = "Due soon and not begun"
LATER = "Later"
#: tasks in hand that are due later: they are counted, and listed with those for later
DUE_LATER = "Due later"
PASSED = "Planned days"
NEWS = "News"
NOTHING_WAITS = "Nothing waits for you today"
NOTE = "Answer here, in each task's own message, or in the Home tab."


def morning(facts: Mapping[str, object], *, reader: Reader) -> NoticeMessage:
    """Write all that a person owes, the longest overdue first, and those who need help.

    For a lead also the tasks of others that turned late or are at risk. ``facts`` are those of
    the notice.
    """
    digest = DigestView(facts, reader)
    own = _grouped(digest)
    news = informing_items(digest.lines("news"), reader, where=digest.product)
    groups = [
        *_owed(digest, own),
        _others(LATE, digest.seen("late"), of_others, digest),
        _others(RISK, digest.seen("risk"), at_risk, digest),
        _others(NOT_BEGUN, digest.seen("soon"), not_begun, digest),
        ItemGroup(PASSED, passed_items(digest)),
        ItemGroup(NEWS, news),
    ]
    later = ItemGroup(
        LATER, [*_group(LATER, own[DUE_LATER]).items, *_group(LATER, own[LATER]).items]
    )
    shown = [_shortened(group) for group in (*groups, later) if group.items]
    # the sentence names no work for later
    one_line = _is_one_line(shown) and not own[LATER]
    return NoticeMessage(
        sentence=_sentence(
            digest, [*groups, *(_group(each, own[each]) for each in (DUE_LATER, LATER))]
        ),
        groups=[_told(shown[0])] if one_line else shown,
        rows=[Row("Launches", [*landing_lines(digest)])],
        note=NOTE,
    )


#: lines with the day of each
_Dated = list[tuple[date, Item]]


def _owed(digest: DigestView, own: Mapping[str, _Dated]) -> list[ItemGroup]:
    """Return the groups that the reader owes soon: that of the longest overdue line first.

    Then comes the group with the line that is due next.
    """
    urgent = {title: own[title] for title in (OVERDUE, ASKED, DUE_TODAY, DUE_SOON)}
    helped = _others(HELP_WANTED, digest.lines("help"), of_others, digest)
    days = map(digest.due, digest.lines("help"))
    urgent[HELP_WANTED] = list(zip(days, helped.items, strict=True))
    first = sorted(
        (items[0][0], number, title)
        for number, (title, unsorted) in enumerate(urgent.items())
        if (items := _by_day(unsorted))
    )
    return [_group(title, urgent[title]) for _, _, title in first]


def _group(title: str, items: _Dated) -> ItemGroup:
    return ItemGroup(title, [item for _, item in _by_day(items)])


def _by_day(items: _Dated) -> _Dated:
    return sorted(items, key=lambda each: each[0])


def _grouped(digest: DigestView) -> dict[str, _Dated]:
    """Group a person's answers and tasks by urgency, under the titles of the groups."""
    found: dict[str, _Dated] = {
        title: [] for title in (OVERDUE, ASKED, DUE_TODAY, DUE_SOON, DUE_LATER, LATER)
    }
    for line in digest.lines("asks"):
        if line.get("wanted") in AnswerKind.__members__.values():
            title = OVERDUE if is_overdue(line, digest) else ASKED
            day = iso_day(line.get("due")) or iso_day(line.get("until"))
            place = place_of(
                AnswerKind(str(line["wanted"])), day, today=digest.reader.today
            )
            found[title].append((place, asked(line, digest)))
    for line in digest.lines("tasks"):
        item = Item(
            text=work(line, digest),
            subject=subject_of(line),
            instead_of=instead_of(line),
        )
        if line.get("status") == TaskStatus.REVIEW:
            item = review(line, digest)
        found[_urgency(line, digest)].append((digest.due(line), item))
    return found


def _urgency(line: Line, digest: DigestView) -> str:
    """Return the title of the group of a task."""
    due = digest.due(line)
    reader = digest.reader
    if line.get("later") is True:
        return LATER
    if due < reader.today:
        return OVERDUE
    if line.get("status") == TaskStatus.REVIEW:
        return ASKED
    if due == reader.today:
        return DUE_TODAY
    days = reader.inside(str(line.get("launch"))).calendar.count(reader.today, due)
    return DUE_SOON if days <= SOON else DUE_LATER


def _sentence(digest: DigestView, found: Sequence[ItemGroup]) -> str:
    """Count the lines of each group but those for later, and tell the first line of all."""
    groups: defaultdict[str, Sequence[Item]] = defaultdict(tuple)
    groups.update((group.title, group.items) for group in found)
    turns = [
        f"{shorten(str(line.get('product')))} is at risk now."
        for line in digest.lines("turned")
    ]
    told = [*_counts(groups)]
    counted = [
        item for title, items in groups.items() if title != LATER for item in items
    ]
    if not counted:
        return " ".join([*turns, f"{NOTHING_WAITS}."])
    one_line = len(counted) == 1 and not groups[LATER]
    joined = ": " if one_line else ". First: "
    first = f"{capitalize(', '.join(told))}{joined}{counted[0].text}."
    return " ".join([*turns, first])


def _is_one_line(groups: Sequence[ItemGroup]) -> bool:
    """Whether the digest has a single line, which its sentence can say."""
    return len(groups) == 1 and len(groups[0].items) == 1 and not groups[0].more


def _told(group: ItemGroup) -> ItemGroup:
    return replace(group, items=[replace(item, told=True) for item in group.items])


def _counts(groups: Mapping[str, Sequence[Item]]) -> Iterator[str]:
    """Count the requests of the lines, so that the counts and the lines agree."""
    own = (OVERDUE, ASKED, DUE_TODAY, DUE_SOON, DUE_LATER)
    mine = [item for title in own for item in groups[title]]
    answers = sum(item.ask is not None for item in mine)
    if answers:
        yield f"{count(answers, 'answer')} needed from you"
    if len(mine) > answers:
        yield f"{count(len(mine) - answers, 'task')} for you"
    if groups[OVERDUE]:
        yield f"{len(groups[OVERDUE])} overdue"
    help_wanted = len(groups[HELP_WANTED])
    if help_wanted:
        needs = "needs" if help_wanted == 1 else "need"
        yield f"{count(help_wanted, 'task')} of others {needs} your help"
    of_others = " of others"
    for title, word in _OF_OTHERS.items():
        number = len(groups[title])
        if number:
            noun = count(number, "task") if of_others else str(number)
            yield f"{noun}{of_others} {word}"
            of_others = ""
    if groups[NEWS]:
        yield f"{count(len(groups[NEWS]), 'thing')} to know"


#: title of a group of the tasks of others → the word for them
_OF_OTHERS: Mapping[str, str] = {
    LATE: "late",
    RISK: "at risk",
    NOT_BEGUN: "due soon",
}


def _others(
    title: str,
    lines: Iterable[Line],
    write: Callable[[Line, DigestView], str],
    digest: DigestView,
) -> ItemGroup:
    """Write the tasks of other people under a title."""
    items = [
        Item(text=write(line, digest), subject=subject_of(line), others=True)
        for line in lines
    ]
    return ItemGroup(title, items)


def _shortened(group: ItemGroup) -> ItemGroup:
    most = NAMED_AT_RISK if group.title == RISK else NAMED
    return ItemGroup(group.title, group.items[:most], max(0, len(group.items) - most))
