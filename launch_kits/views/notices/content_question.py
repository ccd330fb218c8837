"""The question whether the new content of an approved document is approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from launch_kits.views.notices.actions import answers_to
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.task_rows import file_rows, followers_note
from launch_kits.views.notices.text import capitalize, clean, cut, spoken, stopped
from launch_kits.views.reader import count

__all__ = ["about_content"]

#: characters of a value before or after
VALUE = 200


def about_content(task_notice: TaskNotice) -> NoticeMessage:
    """Ask the approver again, with the changes since their approval."""
    told = f"please approve {task_notice.named} again: its content has changed"
    return NoticeMessage(
        sentence=stopped(capitalize(told)),
        paragraphs=["\n".join(_changes(task_notice.facts))],
        actions=answers_to(until=None),
        rows=file_rows(task_notice),
        note=followers_note(task_notice),
        subject=task_notice.subject(),
    )


def _changes(facts: Mapping[str, object]) -> Iterator[str]:
    for each in rows_of(facts, "changes"):
        yield _change(each)
    more = facts.get("more")
    if isinstance(more, int) and more:
        yield f"And {count(more, 'more change')}."


def _change(facts: Mapping[str, object]) -> str:
    """A change in words: the part, then the value before and after."""
    if facts.get("cause") == "edit":
        return "A person edited the document."
    before = _value(facts.get("before"))
    after = _value(facts.get("after"))
    return f"{_part(str(facts.get('path')))}: {before} → {after}"


def _part(path: str) -> str:
    """A path of the brief or the ledger as people say it."""
    room, *steps = path.split(".")
    if room == "claims":
        claim = ".".join(steps[:2])
        return f"Claim {claim}, {' '.join(steps[2:])}"
    return capitalize(" ".join(map(spoken, steps)))


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    return f'"{cut(clean(str(value)), VALUE)}"'
