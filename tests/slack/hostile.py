"""Names and texts that try to be something else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hypothesis import strategies as st

from tests.slack.block_kit import texts

MARKUP = [
    "<!channel>",
    "<@U1>",
    "<https://x.y|z>",
    "*b*",
    "_i_",
    "~s~",
    "`c`",
    "```",
    "&amp;",
    ":tada:",
    "@here",
    "|",
]
CHARACTERS = [
    "\u202e",
    "\u2066",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\u200b",
    "👩🏽‍💻",
    "שלום",
    "\r\n",
    "\u2028",
    "x" * 5000,
]
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*MARKUP, *CHARACTERS]), max_size=12).map("".join),
    st.sampled_from(
        ["<&>" * 2000, "😀" * 5000, "", " ", "\u200b", "https://x.example/" + "&" * 900]
    ),
)


def assert_harmless(part: object) -> None:
    """Check that only our own links are markup of Slack.

    No text may disturb the text around it.
    """
    for shown in texts(part):
        assert not re.search(r"&(?!amp;|lt;|gt;)", shown["text"])
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown["text"]
        )
        assert not re.search(r"<(?!https?://[^<>|\s]+>$)|(?<!.)>", shown["text"])


def harmless_message(text: str, blocks: object) -> None:
    mrkdwn: Mapping[str, str] = {"type": "mrkdwn", "text": text}
    assert_harmless([mrkdwn, blocks])
