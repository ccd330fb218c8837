from __future__ import annotations

import pytest

from launch_kits.slack.messages.blocks import (
    buttons,
    context,
    first_line,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.views.notices.message import Action, Row
from tests.slack.block_kit import problems


def cell(row):
    (section,) = rows([row])
    return section["fields"][1]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "https://x.example/a?b=1&c=2",
            ("mrkdwn", "<https://x.example/a?b=1&amp;c=2>"),
        ),
        ("https://x.example/a|b", ("plain_text", "https://x.example/a|b")),
        (
            "https://x.example/a> <!channel",
            ("plain_text", "https://x.example/a&gt; &lt;!channel"),
        ),
        ("https://x.example/\u202egpj", ("plain_text", "https://x.example/gpj")),
        ("javascript:alert(1)", ("plain_text", "javascript:alert(1)")),
        ("the wiki", ("plain_text", "the wiki")),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(written, shown):
    found = cell(Row("Link", [written], link=True))
    assert (found["type"], found["text"]) == shown


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        (
            "card-redis.md",
            "https://x.example/f?a=1&b=2",
            "<https://x.example/f?a=1&amp;b=2|card-redis.md>",
        ),
        ("card.md", None, "card.md"),
        ("card.md", "javascript:alert(1)", "card.md"),
        ("*card*", "https://x.example/f", "*card*"),
        ("_card_", "https://x.example/f", "_card_"),
    ],
)
def test_a_name_links_to_its_address_if_neither_can_be_read_as_markup(
    name, address, shown
):
    found = cell(Row("Document", [name], address=address))
    assert found["text"] == shown
    assert (found["type"] == "mrkdwn") == shown.startswith("<")


@pytest.mark.parametrize(
    "written", ["https://x.example/" + "&" * 900, "https://x.example/" + "x" * 5000]
)
def test_an_address_too_long_for_a_link_is_cut_as_text(written):
    found = cell(Row("Link", [written], link=True))
    assert found["type"] == "plain_text"
    assert found["text"].endswith("…")


def test_what_slack_formats_is_in_plain_text_as_it_was_written():
    assert header("*a* `b` _c_ :tada:")["text"] == {
        "type": "plain_text",
        "text": "*a* `b` _c_ :tada:",
        "emoji": False,
    }


def test_more_rows_than_a_section_takes_make_two():
    assert [
        len(section["fields"])
        for section in rows([Row(str(at), ["x"]) for at in range(7)])
    ] == [10, 4]


def test_rows_without_a_value_are_left_out():
    assert rows([None, Row("Nothing", [])]) == []


def test_paragraphs_keep_their_lines():
    assert paragraph(" a  b \n\n c")["text"]["text"] == "a b\n\nc"
    assert problems([paragraph("\n"), context("")]) == []


def test_a_value_that_a_button_cannot_carry_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="2001 characters"):
        buttons([Action("go", "Go")], value="x" * 2001)


def test_too_many_blocks_are_cut_before_the_buttons():
    last = buttons([Action("go", "Go")], value="x")
    small = [context(str(at)) for at in range(80)]
    for blocks in ([*small, last], [small[0], last, *small[1:]]):
        sent = message("Long", blocks)
        assert problems(list(sent.blocks)) == []
        assert last in sent.blocks
        assert sent.blocks[0] == small[0]


def test_the_first_line_is_as_long_as_the_text():
    long = "word " * 1000
    assert first_line(long)["text"]["text"] == message(long.strip(), []).text
