from __future__ import annotations

from launch_kits.slack.messages import answers
from launch_kits.views.answers import LONG


def test_a_note_is_one_line_cut_to_a_readable_length():
    short = answers.note("Done.\n\nReady now:\u202e Training")
    assert short.text == "Done. Ready now: Training"
    long = answers.note("x" * 2000)
    assert long.text == "x" * (LONG - 1) + "…"
    assert long.blocks[0]["text"]["text"] == long.text


def test_an_apology_says_what_to_do():
    said = answers.apology().text
    assert said.startswith("Sorry")
    assert "Please try again" in said
