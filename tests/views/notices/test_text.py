from __future__ import annotations

from launch_kits.views.notices.text import NOTHING, clean


def test_a_value_is_one_line_of_what_can_be_seen():
    assert clean("  a\tb\r\nc\u2028d \u202ee\x1b[31m\u200b") == "a b c d e[31m"
    assert clean(" \u200b\n") == clean("") == NOTHING
    assert clean("\ud800") == "\ufffd"
    assert clean("نمی‌خواهم 👩🏽‍💻") == "نمی‌خواهم 👩🏽‍💻"
