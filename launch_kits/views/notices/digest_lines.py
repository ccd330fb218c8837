"""The lines of a digest in words, from the facts that it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from launch_kits.database.records import TaskStatus
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.last_acts import ON_IT
from launch_kits.views.notices.asked_message import asked_subject
from launch_kits.views.notices.decision_text import asked_text
from launch_kits.views.notices.facts import mapping_of, rows_of, texts_of
from launch_kits.views.notices.handover import given_clause
from launch_kits.views.notices.message import Item, Subject
from launch_kits.views.notices.text import clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, iso_day, iso_instant

__all__ = [
    "OF_LAUNCHES",
    "DigestView",
    "Line",
    "asked",
    "at_risk",
    "instead_of",
    "is_overdue",
    "not_begun",
    "of_others",
    "product_of",
    "review",
    "subject_of",
    "work",
]

Line = Mapping[str, object]
#: the lists of a digest whose lines name their launch
OF_LAUNCHES = ("tasks", "help", "asks", "seen", "news")
#: characters of a reason
REASON = 100


@dataclass(frozen=True, slots=True)
class DigestView:
    """The facts of a digest, and its reader."""

    facts: Mapping[str, object]
    reader: Reader

    def lines(self, key: str) -> list[Line]:
        """Return the lines under a key; none if older facts lack it."""
        return rows_of(self.facts, key)

    @property
    def several(self) -> bool:
        """Whether lines have to name their launch."""
        launches = {
            line.get("launch") for key in OF_LAUNCHES for line in self.lines(key)
        }
        return len(launches) > 1

    def seen(self, kind: str) -> list[Line]:
        """Return the tasks of others that are late, at risk, or due soon."""
        return [line for line in self.lines("seen") if line.get("kind") == kind]

    def product(self, line: Line) -> str:
        """Return the launch of a line, after a space; empty if all are of one launch."""
        if not self.several:
            return ""
        return f" ({product_of(line)})"

    def title(self, line: Line) -> str:
        """Return the title of a line in quotes, with its launch if there are several."""
        title = quoted(str(line.get("title")))
        return f"{title}{self.product(line)}"

    def of_owner(self, line: Line) -> str:
        """Return the title of a line with the task's owner."""
        return f"{self.title(line)} of {self.owner(line)}"

    def day(self, line: Line, key: str = "due") -> str:
        """Return a day of a line in words."""
        when = iso_day(line.get(key)) or self.reader.today
        return self.reader.day(when)

    def due(self, line: Line) -> date:
        """Return the due day of a line; today if it has none."""
        return iso_day(line.get("due")) or self.reader.today

    def owner(self, line: Line) -> str:
        """Return the name of the owner of a task."""
        email = str(line.get("owner"))
        return shorten(self.reader.name(email))

    def overdue(self, line: Line) -> bool:
        """Return whether a line was overdue, on the day of the digest."""
        return self.due(line) < self.reader.today


def work(line: Line, digest: DigestView) -> str:
    """Write a task of the reader's own, with the day on which they said that they are on it."""
    whose = given_clause(line, digest.reader)
    said_at = iso_instant(line.get("on_it"))
    on_it = f'; you said "{ON_IT}" on {digest.reader.day(said_at)}' if said_at else ""
    return f"{digest.title(line)}: {_by_when(line, digest)}{on_it}{whose}"


def _by_when(line: Line, digest: DigestView) -> str:
    """Say on which days a task is planned, and by which day it is due."""
    if digest.overdue(line):
        return _was_due(line, digest)
    due = f"due {digest.day(line)}"
    expected = iso_day(line.get("expected"))
    if expected is not None:
        ends = digest.reader.day(expected)
        return f"{due}, and as things stand not done before {ends}"
    if _ends_today(line, digest.reader):
        return f"planned to be finished today, {due} at the latest"
    planned = _planned(line, digest.reader)
    if planned is None:
        return due
    return f"planned {planned}, {due} at the latest"


def _was_due(line: Line, digest: DigestView) -> str:
    """Say on which day a task was due, and how long ago that is."""
    reader = digest.reader.inside(str(line.get("launch")))
    return f"was due {reader.due(digest.due(line))}"


def review(line: Line, digest: DigestView) -> Item:
    """Write a review that the reader owes."""
    ask = ToDecide(
        wanted=AnswerKind.REVIEW,
        who="",
        title=str(line.get("title")),
        key=str(line.get("task")),
        owner=digest.reader.name(str(line.get("owner"))),
        due=iso_day(line.get("due")),
    )
    return _asked(ask, line, digest)


def of_others(line: Line, digest: DigestView) -> str:
    """Write a task of another person who needs help, or is late, and who owes its next step."""
    due = f"due {digest.day(line)}"
    when = _was_due(line, digest) if digest.overdue(line) else due
    state = _state(line, digest)
    joined = f" {state}, " if state else ": "
    return f"{digest.of_owner(line)}{joined}{when}"


def at_risk(line: Line, digest: DigestView) -> str:
    """Write a task of another person that cannot make its due day, and why."""
    day = digest.day(line)
    told = f"{digest.of_owner(line)} cannot be done by {day} as things stand"
    state = _state(line, digest)
    return f"{told}: it {state}" if state else told


def not_begun(line: Line, digest: DigestView) -> str:
    """Write a task of another person that is due soon and not begun."""
    return of_others(line, digest)


def _state(line: Line, digest: DigestView) -> str:
    """Name the person, other than the owner, who owes the next step; empty if it is."""
    behind = mapping_of(line, "behind")
    status = behind.get("status") or line.get("status")
    who = shorten(digest.reader.name(str(line.get("who"))))
    other = quoted(str(behind.get("title"))) if behind else "it"
    if status == TaskStatus.REVIEW:
        return f"waits for {who} to approve {other}"
    if behind:
        owner = shorten(digest.reader.name(str(behind.get("owner"))))
        blocked = ", which is blocked" if status == TaskStatus.BLOCKED else ""
        return f"waits for {other} of {owner}{blocked}"
    if status == TaskStatus.BLOCKED:
        why = line.get("why")
        return f"is blocked: {cut(clean(str(why)), REASON)}" if why else "is blocked"
    return ""


def asked(line: Line, digest: DigestView) -> Item:
    """Write an answer that the reader owes besides reviews."""
    owner = line.get("owner")
    why = line.get("why")
    ask = ToDecide(
        wanted=AnswerKind(str(line.get("wanted"))),
        who="",
        title=str(line.get("title")),
        key=str(line.get("key") or line.get("task")),
        owner=str(owner) if owner else None,
        due=iso_day(line.get("due")),
        due_at=iso_instant(line.get("due_at")),
        late=line.get("late") is True,
        until=iso_day(line.get("until")),
        why=str(why) if why else None,
        checks=tuple(texts_of(line, "checks")),
    )
    return _asked(ask, line, digest)


def is_overdue(line: Line, digest: DigestView) -> bool:
    """Whether an answer is overdue: after its day, or the instant that was promised."""
    if line.get("due_at"):
        return line.get("late") is True
    due = iso_day(line.get("due"))
    return due is not None and due < digest.reader.today


def _asked(ask: ToDecide, line: Line, digest: DigestView) -> Item:
    reader = digest.reader.inside(str(line.get("launch")))
    text = f"{asked_text(ask, reader)}{digest.product(line)}"
    return Item(
        text=f"{text}{given_clause(line, digest.reader)}",
        subject=asked_subject(ask, str(line.get("launch"))),
        ask=ask,
        instead_of=instead_of(line),
    )


def instead_of(line: Line) -> str | None:
    """Return the absent person of a line, by email."""
    person = line.get("for")
    return person if isinstance(person, str) else None


def subject_of(line: Line, until: date | None = None) -> Subject | None:
    """Return the task of a line; ``until`` is a day that is asked for."""
    task = line.get("task")
    if not task:
        return None
    return Subject(str(line.get("launch")), str(task), until)


def product_of(line: Line) -> str:
    """Return the name of the launch of a line."""
    return shorten(str(line.get("product")))


def _ends_today(line: Line, reader: Reader) -> bool:
    """Whether begun work is planned to be finished today, and due later."""
    due = iso_day(line.get("due"))
    finish = iso_day(line.get("planned_finish"))
    begun = line.get("status") == TaskStatus.DOING
    if not begun or due is None or finish is None or due <= reader.today:
        return False
    return reader.calendar.last_on_or_before(finish) == reader.today


def _planned(line: Line, reader: Reader) -> str | None:
    """Return the days planned for a task; None if it is begun, and if they are over.

    A digest of an earlier version also holds days after the due day, which are left out.
    """
    if line.get("status") == TaskStatus.DOING:
        return None
    due = iso_day(line.get("due")) or reader.today
    start = iso_day(line.get("planned_start"))
    finish = iso_day(line.get("planned_finish"))
    if start is None or finish is None or not reader.today <= finish <= due:
        return None
    return reader.span(start, finish)
