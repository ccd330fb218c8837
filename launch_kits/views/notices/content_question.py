"""The question whether the new content of an approved document is approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from launch_kits.views.notices.actions import answers_to
from launch_kits.views.notices.message import NoticeMessage
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.task_rows import file_rows, followers_note
from launch_kits.views.notices.text import capitalize, clean, cut, stopped
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
    changes = facts.get("changes")
    for each in changes if isinstance(changes, list) else []:
        if isinstance(each, Mapping):
            yield _change(each)
    more = facts.get("more")
    if isinstance(more, int) and more:
        yield f"And {count(more, 'more change')}."


def _change(facts: Mapping[str, object]) -> str:
    """A change in words: the part, then the value before and after."""
    path = str(facts.get("path"))
    if facts.get("cause") == "edit":
        return "A person edited the document."
    parts = path.split(".")
    if parts[0] == "claims":
        what = f"Claim {'.'.join(parts[1:3])}, {' '.join(parts[3:])}"
    else:
        what = capitalize(" ".join(parts[1:]).replace("_", " "))
    return f"{what}: {_value(facts.get('before'))} → {_value(facts.get('after'))}"


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    return f'"{cut(clean(str(value)), VALUE)}"'
