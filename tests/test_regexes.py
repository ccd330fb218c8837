"""No pattern that is applied to text of others takes the longer for each character of it.

A pattern that tries again from every character takes 64 times as long for a text 8 times as long;
one that reads each character once takes 8 times as long. No time in seconds is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from launch_kits.claims.own_word import needs_source
from launch_kits.claims.strong_words import EVERYONE, SUPERLATIVE
from launch_kits.documents.escaping import Markdown
from launch_kits.inputs.titles import title_faults
from launch_kits.lint.dates import BEFORE, BEHIND
from launch_kits.lint.escapes import escapes_of
from launch_kits.settings.masking import masked, masked_in
from launch_kits.settings.visible import one_line
from launch_kits.views.answers import for_people
from launch_kits.views.exports import _cell, _harmless_link
from launch_kits.views.notices.text import clean
from launch_kits.workdays.in_words import days_in
from tests.samples import brief
from tests.slack.views import READER, launch

#: characters of the longer text
LONG = 100_000
TIMES = 8
VIEW = launch()

READERS: dict[str, Callable[[str], object]] = {
    "answers": lambda text: for_people(text, VIEW, reader=READER),
    "masked": masked,
    "masked in": masked_in,
    "escapes": lambda text: list(escapes_of(f"# lint:\n{text}")),
    "days in": days_in,
    "before": lambda text: list(BEFORE.finditer(text)),
    "behind": lambda text: list(BEHIND.finditer(text)),
    "superlatives": lambda text: list(SUPERLATIVE.finditer(text)),
    "everyone": lambda text: list(EVERYONE.finditer(text)),
    "own word": lambda text: needs_source(text, brief()),
    "titles": lambda text: list(title_faults(text, ["product"])),
    "markdown": Markdown.escape,
    "clean": clean,
    "one line": one_line,
    "cell": _cell,
    "link": _harmless_link,
}
#: text before, what is repeated
WORST = [
    ("", "a"),
    ("", "."),
    ("", ":"),
    ("<", "|"),
    ("", 'task "a'),
    ('task "', "."),
    ("", "a."),
    ("", "a://"),
    ("a://", ")"),
    ("", "1+"),
    ("", "# lint: ignore\n"),
    ("# lint: ignore[", "a,"),
    ("# lint:", " "),
    ("Tue", " "),
    ("Tue the", " "),
    ("", "Tue, the "),
    ("2027-03-02", " "),
    ("the", " "),
    ("", "the "),
    ("best", " "),
    ("better", " "),
    ("", "1"),
    ("", "1,"),
    ("{{", " "),
    ("{{ a", ".a"),
    ("<", "1"),
    ("", "_a"),
    (" ", "#"),
    ("", "\t"),
    ("", ",\n"),
    ("", "\u200b"),
    ("", "\\"),
]


def cost(read: Callable[[str], object], text: str) -> float:
    """The processor's seconds in this thread, of the quickest of three times."""
    costs = []
    for _ in range(3):
        began = time.thread_time()
        read(text)
        costs.append(time.thread_time() - began)
    return min(costs)


@pytest.mark.parametrize("name", READERS)
def test_a_long_text_costs_as_much_more_as_it_is_longer(name: str) -> None:
    read = READERS[name]
    for before, part in WORST:
        number = LONG // len(part)
        short = cost(read, before + part * (number // TIMES) + "!")
        long = cost(read, before + part * number + "!")
        # what is over in a moment is not measured well
        assert long < TIMES * 4 * max(short, 0.001), (before, part)
