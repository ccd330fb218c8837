from __future__ import annotations

import re
from collections import Counter
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from launch_kits.cli.grid import Terminal, TerminalTable, Titled
from launch_kits.settings.visible import visible

KEY = "competitor_ledger:redis"
COLUMNS = ("Task", "Owner", "Start", "Due", "Float")


def tasks() -> TerminalTable:
    grid = TerminalTable(COLUMNS, right=("Float",), spare=("Start", "Float"))
    grid.add_row(
        Titled("Claims ledger: Redis Open Source", KEY),
        "Product marketing",
        "Fri 27 Nov",
        "Fri 18 Dec",
        "+9",
    )
    return grid


def drawn(grid: TerminalTable, width: int) -> list[str]:
    out = StringIO()
    Console(file=out, width=width).print(grid)
    return [line.rstrip() for line in out.getvalue().splitlines() if line.strip()]


def test_a_task_takes_one_line_if_there_is_room():
    head, _, row = drawn(tasks(), 140)
    assert head.split() == list(COLUMNS)
    assert (
        f"Claims ledger: Redis Open Source  {KEY}   Product marketing   Fri 27 Nov"
        in row
    )


def test_a_key_takes_a_line_of_its_own_and_words_wrap_if_there_is_little_room():
    head, _, *rows = drawn(tasks(), 80)
    assert head.split() == list(COLUMNS)
    assert [row.split()[0] for row in rows] == ["Claims", "Source", KEY]
    assert "Product" in rows[0]
    assert "marketing" in rows[1]
    assert "Fri 27 Nov   Fri 18 Dec      +9" in rows[0]


def test_columns_are_left_out_in_their_order_if_there_is_less_room():
    assert drawn(tasks(), 56)[0].split() == ["Task", "Owner", "Due", "Float"]
    assert drawn(tasks(), 50)[0].split() == ["Task", "Owner", "Due"]


@given(st.integers(46, 200))
def test_a_key_and_a_day_stay_whole_and_no_line_is_too_long(width):
    lines = drawn(tasks(), width)
    assert max(map(len, lines)) <= width
    assert sum(KEY in line for line in lines) == 1
    assert sum("Fri 18 Dec" in line for line in lines) == 1


def test_a_remark_follows_the_key():
    grid = TerminalTable(("Task",))
    grid.add_row(Titled("Research", "research", remark="No access to the deal notes"))
    assert drawn(grid, 80)[-1] == " Research  research  No access to the deal notes"
    assert drawn(grid, 24)[-4:] == [
        " Research",
        " research",
        " No access to the deal",
        " notes",
    ]


@pytest.mark.parametrize(("width", "fits"), [(200, True), (76, True), (60, False)])
def test_it_knows_whether_it_fits_as_a_whole(width, fits):
    assert tasks().fits(Console(file=StringIO(), width=width)) == fits


def test_an_address_in_a_note_is_broken_before_a_key_is():
    grid = TerminalTable(("Task", "Note"))
    grid.add_row(KEY, "https://docs.example.com/a/very/long/address/of/a/document")
    lines = drawn(grid, 60)
    assert sum(KEY in line for line in lines) == 1
    assert len(lines) == 4


@pytest.mark.parametrize(
    "hostile",
    [
        "[/]",
        "[/bold]",
        "[link=https://evil.example]Owner[/link]",
        "\x1b]8;;https://evil.example\x07Owner",
        "\x1b[2J\x9b31m",
        "ab\u202edc",
    ],
)
def test_no_text_of_a_table_is_obeyed_or_read_as_markup(hostile):
    grid = TerminalTable(("Task", "Owner"), title=hostile)
    grid.add_row(Titled(hostile, KEY, remark=hostile), hostile)
    out = StringIO()
    Terminal(file=out, width=200, force_terminal=True).print(grid)
    styled = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert not set("\x1b\x07\x9b\u202e") & set(styled)
    # Rich leaves some characters out itself
    shown = visible(hostile).replace("\ufffd", "")
    assert styled.replace("\ufffd", "").count(shown) >= 3


def test_in_the_narrowest_terminal_words_are_broken_before_a_day_is():
    lines = drawn(tasks(), 40)
    assert max(map(len, lines)) <= 40
    assert sum("Fri 18 Dec" in line for line in lines) == 1
    written = Counter("Claims ledger: Redis Open Source" + KEY + "Product marketing")
    written.pop(" ")
    assert written <= Counter("".join(lines))
