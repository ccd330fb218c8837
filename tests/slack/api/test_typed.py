from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.slack.api.typed import plain, unescaped
from tests.slack.workspace import typed


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("R&amp;D plan", "R&D plan"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("&amp;lt;", "&lt;"),
        ("&quot; stays", "&quot; stays"),
        (
            "<https://docs.example.com/a?x=1&amp;y=2|docs> done",
            "https://docs.example.com/a?x=1&y=2 done",
        ),
        ("<https://x.example>", "https://x.example"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("ask <@U1|pat> or <@U2> or <@U3>", "ask @pat or @Uma or @U3"),
        ("in <#C1|launch> and <#C2>", "in #launch and #C2"),
        ("<!here> <!subteam^S1|@sales>", "@here @sales"),
        ("1 < 2", "1 < 2"),
        ("", ""),
    ],
)
def test_a_text_is_as_it_was_typed(sent: str, meant: str) -> None:
    assert plain(sent, name_of={"U2": "Uma"}.get) == meant


@given(st.text())
def test_whatever_is_typed_arrives(text: str) -> None:
    assert unescaped(typed(text)) == text
    assert plain(typed(text)) == text
