"""The lines of a table are those of Rich's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import box
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from launch_kits.cli.grid_lines import Column, table_lines

WIDTH = 120

letters = st.text(st.sampled_from("ab 界é\n-\t[]"), max_size=14)
styled = st.builds(Text, letters, st.sampled_from(["", "yellow", "bold red"]))
two = st.builds(
    lambda one, other: Text.assemble(one, "  ", (other, "dim")), letters, letters
)
#: a cell that is no text of its own
rendered = st.builds(lambda text: Text.from_markup("[bold]x[/bold] ") + text, styled)
cells = st.one_of(styled, two, rendered)
columns = st.lists(
    st.builds(
        Column,
        st.sampled_from(["Task", "Due", "Who"]),
        st.integers(3, 16),
        st.sampled_from(["left", "right"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def richs(
    shown: Sequence[Column], rows: Sequence[Sequence[RenderableType]], padding: int
) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, padding))
    for column in shown:
        table.add_column(
            Text(column.name),
            justify=column.justify,
            no_wrap=column.whole,
            overflow="fold",
            width=column.width,
        )
    for row in rows:
        table.add_row(*row)
    return table


def seen(segments: Iterable[Segment]) -> list[list[tuple[str, Style]]]:
    """The characters of each line with their styles; no reader sees spaces at its end."""
    found = []
    for line in Segment.split_lines(segments):
        letters = [
            (letter, (style or Style()) if letter != " " else Style())
            for text, style, _ in line
            for letter in text
        ]
        while letters and letters[-1][0] == " ":
            letters.pop()
        found.append(letters)
    return found


@given(data=st.data(), shown=columns, padding=st.integers(0, 1))
def test_a_table_is_drawn_as_rich_draws_it(data, shown, padding):
    row = st.tuples(*(cells for _ in shown))
    rows = data.draw(st.lists(row, max_size=4))
    # texts that come again are drawn once
    rows += rows[::2]
    console = Console(
        file=StringIO(), width=WIDTH, force_terminal=True, color_system="standard"
    )
    mine = table_lines(console, console.options, shown, rows, padding=padding)
    its = seen(console.render(richs(shown, rows, padding), console.options))
    assert seen(mine) == its

    plain = Console(file=StringIO(), width=WIDTH)
    letters = table_lines(plain, plain.options, shown, rows, padding=padding)
    assert texts(seen(letters)) == texts(its)


def texts(lines: list[list[tuple[str, Style]]]) -> list[str]:
    return ["".join(letter for letter, _ in line) for line in lines]


def test_a_terminal_of_plain_letters_gets_borders_of_plain_letters():
    console = Console(file=StringIO(), width=WIDTH)
    options = console.options.copy()
    options.encoding = "ascii"
    shown = [Column("Task", 8), Column("Due", 6)]
    rows = [(Text("Research"), Text("2 Mar"))]
    mine = table_lines(console, options, shown, rows, padding=1)
    its = console.render(richs(shown, rows, 1), options)
    assert seen(mine) == seen(its)


@pytest.mark.parametrize("text", ["two\nlines", "a word too long", " spaces ", ""])
def test_a_text_that_is_not_a_single_line_is_laid_out(text):
    console = Console(file=StringIO(), width=WIDTH)
    shown = [Column("Task", 8)]
    lines = seen(
        table_lines(console, console.options, shown, [(Text(text),)], padding=1)
    )
    assert max(map(len, lines)) <= 10
