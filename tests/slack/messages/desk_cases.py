"""The messages of the answer desk for the golden renderings."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.database.records import Notice, NoticeKind
from tests.slack.views import notice

__all__ = ["desk_notices"]

_OWNER = "pmm@example.com"
_LEAD = "lead@example.com"
_CHANNEL = "#valkey"
_ASKER = "seller@example.com"
_ASKED: dict[str, object] = {
    "id": 7,
    "question": "Does it run on Windows & <ARM>?",
    "by": _ASKER,
    "owner": _OWNER,
    "due_at": "2027-02-04T20:00:00+00:00",
}
_LATE: dict[str, object] = {"has": _OWNER, "until": "2027-02-05T16:00:00+00:00"}
_ANSWER: dict[str, object] = {
    "answer": "On Linux and macOS",
    "source": "https://x.example/platforms",
}
_ANSWERED: dict[str, object] = {**_ANSWER, "answered_by": _OWNER}
_FAQ: dict[str, object] = {**_ASKED, **_ANSWER, "faq": True, "by": _OWNER}

_DOUBT: dict[str, object] = {
    "about": "redis.y1",
    "card": "Redis",
    "doubts": [{"by": _ASKER, "note": "See <p. 3>"}, {"by": _LEAD, "note": None}],
}

_QUESTIONS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("asked", _OWNER, {"part": "answer"}),
    ("asked, in the channel", _CHANNEL, {"part": "answer"}),
    ("doubted", _OWNER, {"part": "answer", **_DOUBT}),
    ("late", _OWNER, {"part": "late"}),
    ("help", _LEAD, {"part": "help"}),
    ("doubted, late", _OWNER, {"part": "late", "about": "redis.y1"}),
    ("doubted, help", _LEAD, {"part": "help", **_DOUBT, **_LATE, "has": _LEAD}),
    ("help, with another", _LEAD, {"part": "help", **_LATE}),
    ("late, first message", _OWNER, {"part": "answer", **_LATE}),
    ("late, in the channel", _CHANNEL, {"part": "answer", **_LATE}),
    ("late, for the asker", _ASKER, {"part": "asker", **_LATE}),
    ("late, no time left", _ASKER, {"part": "asker", "has": _LEAD, "until": None}),
    ("late, with the lead", _LEAD, {"part": "asker", **_LATE, "has": _LEAD}),
    ("answered", _OWNER, {"part": "late", **_ANSWERED}),
    ("answered, for the lead", _LEAD, {"part": "help", **_ANSWERED}),
    ("answered, in the channel", _CHANNEL, {"part": "answer", **_ANSWERED}),
    ("replaced", _OWNER, {"part": "answer", "replaced": True}),
    ("proposed", _LEAD, _FAQ),
    ("added", _LEAD, {**_FAQ, "decided": "added", "decided_by": _LEAD}),
    ("declined", _LEAD, {**_FAQ, "decided": "declined", "decided_by": _LEAD}),
)
_ANSWERS: tuple[tuple[str, dict[str, object]], ...] = (
    ("answer", {**_ASKED, **_ANSWER, "by": _OWNER}),
    ("without a source", {**_ASKED, "answer": "Yes", "source": None, "by": _OWNER}),
    ("from a claim", {**_ASKED, "answer": "Yes", "source": "redis.y3", "by": _OWNER}),
    ("doubt", {**_ASKED, **_ANSWER, "by": _OWNER, "about": "redis.y1"}),
    ("added", {"faq": "added", "question": "Windows?", "by": _LEAD}),
    ("declined", {"faq": "declined", "question": "Windows?", "by": _LEAD}),
)


def desk_notices() -> Iterator[tuple[str, Notice]]:
    """Name and notice of each message of the desk."""
    for name, to, facts in _QUESTIONS:
        yield name, notice(NoticeKind.QUESTION, None, to, **{**_ASKED, **facts})
    for name, facts in _ANSWERS:
        yield name, notice(NoticeKind.ANSWER, None, _ASKER, **facts)
