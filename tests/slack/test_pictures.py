from __future__ import annotations

import re
from html import unescape

from tests.slack import pictures
from tests.slack.messages.golden_cases import rendered


def test_a_picture_shows_every_line_of_every_golden_message() -> None:
    golden = rendered()
    for name, html in pictures.pages():
        shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
        for case, parts in golden[name].items():
            text = parts[0] if isinstance(parts[0], str) else case
            assert " ".join(unescape(text).split()) in shown, case


def test_slacks_markup_becomes_html_and_nothing_else_does() -> None:
    section = {
        "type": "section",
        "fields": [
            {"type": "mrkdwn", "text": "*Result*"},
            {"type": "mrkdwn", "text": "<https://x.example/a?b=1&amp;c=2>"},
            {"type": "plain_text", "text": "*A* &lt;b&gt;"},
        ],
    }
    html = pictures.page({"one": ["Hello", section]})
    assert "<b>Result</b>" in html
    assert "<a href='https://x.example/a?b=1&amp;c=2'>" in html
    assert "*A* &lt;b&gt;" in html
