"""Messages about work that another person acts for, takes over, or gives back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from launch_kits.database.records import Notice
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import mapping_of, rows_of
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Subject,
)
from launch_kits.views.notices.text import (
    NOTHING,
    capitalize,
    clean,
    cut,
    quoted,
    shorten,
    stopped,
)
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["handed", "handed_lines", "handed_sentence"]

#: tasks named in a message
NAMED = 20
#: characters of a reason
LONG = 200
#: the part of a person in a task → the thing handed to them, and the word before it
NOUNS = {
    "owner": "task",
    "approver": "review",
    "more time": "request",
    "gate": "gate",
    "blocked": "blocked task",
    "help": "call for help",
    "card": "card to review",
    "line": "doubted line",
}
#: it follows the number of some
OF = {"more time": " for more time"}
PREFIXES = {
    "approver": "Approve: ",
    "more time": "More time: ",
    "gate": "Gate: ",
    "blocked": "Blocked: ",
    "help": "Help: ",
    "card": "Card to review: ",
    "line": "Doubted line: ",
}
#: those about a card, whose task has no part in it
OF_CARDS = ("card", "line")

_Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Handing:
    """The fact ``handed`` of a notice with the work, for a reader."""

    given: _Row
    work: Sequence[_Row]
    reader: Reader
    #: the email of the reader
    to: str

    @property
    def holder(self) -> str:
        """The email of the person who has the work now."""
        return str(self.given.get("to") or "?")

    @property
    def mine(self) -> bool:
        """Whether the reader has the work now."""
        return self.holder.lower() == self.to.lower()

    @property
    def who(self) -> str:
        """The person who has the work now, as the subject of a sentence."""
        return self.whom(self.holder)

    @property
    def acts(self) -> str:
        """The verb that follows `who`."""
        return "act" if self.mine else "acts"

    @property
    def much(self) -> str:
        """How much work it is."""
        return _counted(self.work)

    def whom(self, person: str, name: object = None) -> str:
        """Name a person, by ``name`` if it is known; `you` for the reader."""
        if person.lower() == self.to.lower():
            return "you"
        return shorten(str(name or self.reader.name(person)))


def handed(notice: Notice, launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write who acts for another, and the work.

    The notice's facts are the ``tasks``, and ``handed`` with ``from``, ``name``, ``to`` and
    ``until``, or with ``back``, the person whose work it is; ``by`` and ``note`` tell who arranged
    it, and why.
    """
    facts = notice.facts
    lines = handed_lines(facts, reader)
    said = capitalize(handed_sentence(facts, reader, to=notice.to))
    if not _several(rows_of(facts, "tasks")):
        said += f" ({shorten(launch.product)})"
    said = f"{said}.{_arranged(facts, reader)}"
    holder = str(mapping_of(facts, "handed").get("to"))
    if holder.lower() == notice.to.lower():
        return NoticeMessage(sentence=said, groups=_to_act_on(facts, lines))
    told = "\n".join(listed(lines, most=NAMED))
    return NoticeMessage(sentence=said, paragraphs=[told] if told else [])


def _to_act_on(facts: Mapping[str, object], lines: Sequence[str]) -> list[ItemGroup]:
    """Return the list for the person who acts now, each line with its task."""
    absent = _absent(facts)
    items = [
        Item(text=line, subject=_subject(row), ask=_asked(row), instead_of=absent)
        for row, line in zip(rows_of(facts, "tasks"), lines, strict=True)
    ]
    more = max(0, len(items) - NAMED)
    return [ItemGroup("With you now", items[:NAMED], more)] if items else []


def _absent(facts: Mapping[str, object]) -> str | None:
    """The absent person; None if the reader has the work for good."""
    given = mapping_of(facts, "handed")
    return str(given.get("from")) if given.get("until") else None


#: the answers that a part asks for; the others are work, gates, or have no buttons
_WANTED = {
    "approver": AnswerKind.REVIEW,
    "blocked": AnswerKind.BLOCKED,
    "help": AnswerKind.UNBLOCK,
}


def _asked(row: _Row) -> ToDecide | None:
    """The answer that is asked for by a line; None for a task to work on, or a gate."""
    title = str(row.get("title"))
    key = str(row.get("task"))
    until = iso_day(row.get("until"))
    wanted = AnswerKind.MORE_TIME if until else _WANTED.get(str(row.get("field")))
    if wanted is None:
        return None
    return ToDecide(wanted=wanted, who="", title=title, key=key, until=until)


def _subject(row: _Row) -> Subject | None:
    """The task of a line, with the day that is asked for; of a gate its launch."""
    if row.get("field") in OF_CARDS:
        return None
    gate = row.get("field") == "gate"
    key = "" if gate else str(row.get("task"))
    return Subject(str(row.get("launch")), key, iso_day(row.get("until")))


def handed_sentence(facts: Mapping[str, object], reader: Reader, *, to: str) -> str:
    """Write who acts for another, until when, and how much it is, without a full stop."""
    handing = _Handing(
        given=mapping_of(facts, "handed"),
        work=rows_of(facts, "tasks"),
        reader=reader,
        to=to,
    )
    if handing.given.get("back") is not None:
        return _given_back(handing)
    return _taken_over(handing)


def _given_back(handing: _Handing) -> str:
    """Write that a person has their work again, or that someone else acts for them now."""
    absent = str(handing.given["back"])
    if absent.lower() != handing.holder.lower():
        whose = handing.whom(absent)
        return f"{handing.who} {handing.acts} for {whose} now, with {handing.much}"
    again = "are back and have" if handing.mine else "is back and has"
    return f"{handing.who} {again} {handing.much} again"


def _taken_over(handing: _Handing) -> str:
    """Write that a person has the work of another, for some days or for good."""
    before = str(handing.given.get("from") or "?")
    whose = handing.whom(before, handing.given.get("name"))
    until = iso_day(handing.given.get("until"))
    if until is None:
        take = "take" if handing.mine else "takes"
        return f"{handing.who} {take} over {handing.much} from {whose}"
    day = handing.reader.day(until)
    said = f"{handing.who} {handing.acts} for {whose} until {day}"
    return f"{said}, with {handing.much}" if handing.work else said


def _arranged(facts: Mapping[str, object], reader: Reader) -> str:
    """A sentence on who arranged it, unless it was one of the two people, and why."""
    said = _arranger(facts, reader)
    note = clean(str(facts.get("note") or ""))
    if note == NOTHING:
        return f" {stopped(said)}" if said else ""
    why = cut(note, LONG)
    because = f"{said or 'The reason'}: {why}"
    return f" {stopped(because)}"


def _arranger(facts: Mapping[str, object], reader: Reader) -> str | None:
    """Say who arranged it, or None if it was one of the two people."""
    by = facts.get("by")
    if not isinstance(by, str):
        return None
    given = mapping_of(facts, "handed")
    people = {str(given.get(key)).lower() for key in ("from", "to")}
    if by.lower() in people:
        return None
    return f"{shorten(reader.name(by))} arranged it"


def handed_lines(facts: Mapping[str, object], reader: Reader) -> list[str]:
    """Write the tasks, reviews and gates, a line each."""
    lines = rows_of(facts, "tasks")
    several = _several(lines)
    return [_line(line, reader, several=several) for line in lines]


def _several(lines: Sequence[_Row]) -> bool:
    return len({line.get("launch") for line in lines}) > 1


def _line(line: _Row, reader: Reader, *, several: bool) -> str:
    prefix = PREFIXES.get(str(line.get("field")), "")
    title = str(line.get("title") or line.get("task") or "?")
    told = f"{prefix}{quoted(title)}"
    if several:
        product = str(line.get("product"))
        told += f" ({shorten(product)})"
    due = iso_day(line.get("due"))
    if due is not None:
        told += f", due {reader.day(due)}"
    until = iso_day(line.get("until"))
    if until is not None:
        told += f", until {reader.day(until)} asked for"
    return told


def _counted(lines: Sequence[_Row]) -> str:
    """``3 tasks and 1 review``; ``no open task`` for no line."""
    numbers = Counter(line.get("field") for line in lines)
    found = [
        f"{count(numbers[field], noun)}{OF.get(field, '')}"
        for field, noun in NOUNS.items()
        if field in numbers
    ]
    if not found:
        return "no open task"
    *most, last = found
    return f"{', '.join(most)} and {last}" if most else last
