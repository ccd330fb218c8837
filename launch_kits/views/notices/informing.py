"""News that only informs, as a line of a digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from launch_kits.views.notices.facts import mapping_of
from launch_kits.views.notices.handed import handed_lines, handed_sentence
from launch_kits.views.notices.message import Item, Subject
from launch_kits.views.notices.news_events import NewsEvent, Told
from launch_kits.views.notices.news_phrases import (
    blocked,
    card_due,
    check_reopened,
    closed,
    extension_answered,
)
from launch_kits.views.notices.text import capitalize, clean, cut
from launch_kits.views.notices.turn_phrases import (
    extension_lapsed,
    gate_passed,
    on_track,
)
from launch_kits.views.reader import Reader

__all__ = ["informing_items", "informs"]

#: characters of a line, so that Slack shows all of it with the name of its launch
LONG = 200

#: the events that ask nothing of their reader now
_INFORMING: Mapping[NewsEvent, Callable[[Told], str]] = {
    NewsEvent.BLOCKED: blocked,
    NewsEvent.EXTENSION_ANSWERED: extension_answered,
    NewsEvent.EXTENSION_LAPSED: extension_lapsed,
    NewsEvent.CARD_DUE: card_due,
    NewsEvent.GATE_PASSED: gate_passed,
    NewsEvent.ON_TRACK: on_track,
    NewsEvent.CLOSED: closed,
    NewsEvent.CHECK_REOPENED: check_reopened,
}


def informs(facts: Mapping[str, object]) -> bool:
    """Whether a digest can tell news with these facts, as a line."""
    event = facts.get("event")
    # older digests hold lines about reviews of cards, which are asked for by themselves now
    wanting = event == NewsEvent.CARD_DUE
    return (event in _INFORMING and not wanting) or _given_back(facts)


def informing_items(
    lines: Iterable[Mapping[str, object]],
    reader: Reader,
    *,
    where: Callable[[Mapping[str, object]], str],
) -> list[Item]:
    """Write the news that a digest remembers; ``where`` names the launch of a line."""
    items = []
    for line in lines:
        said = cut(clean(_said(line, reader)), LONG)
        text = f"{capitalize(said)}{where(line)}"
        items.append(Item(text=text, subject=_subject(line), others=True))
    return items


def _said(line: Mapping[str, object], reader: Reader) -> str:
    facts = mapping_of(line, "facts")
    if _given_back(facts):
        work = "; ".join(handed_lines(facts, reader))
        sentence = handed_sentence(facts, reader, to=str(line.get("to")))
        return f"{sentence}: {work}" if work else sentence
    title = str(line.get("title") or line.get("task") or "?")
    event = facts.get("event")
    if event not in _INFORMING:
        return title
    write = _INFORMING[NewsEvent(str(event))]
    return write(Told(facts, title, reader))


def _subject(line: Mapping[str, object]) -> Subject | None:
    launch = str(line.get("launch"))
    facts = mapping_of(line, "facts")
    if facts.get("event") == NewsEvent.GATE_PASSED:
        return Subject(launch, "")
    task = line.get("task")
    return Subject(launch, str(task)) if task else None


def _given_back(facts: Mapping[str, object]) -> bool:
    """Whether the reader acted for a person who is back."""
    return mapping_of(facts, "handed").get("back") is not None
