from __future__ import annotations

from launch_kits.lint.against.html_text import parts_of_html

PAGE = """<!doctype html>
<html><head><title>Hidden</title><style>p {color: red}</style></head>
<body>
<h1>Valkey&nbsp;9.0</h1>
<p>It is
<strong>out</strong> now.<sup><a href="#1">1</a></sup></p>
<ul><li>One<li>Two</ul>
<div hidden><p>Not read</p></div>
<script>var a = "not read";</script>
<table><tr><td>USD 5</td><td>a month</td></tr></table>
<img alt="x"> The end
"""


def test_the_text_that_a_browser_shows_is_read_with_its_lines() -> None:
    assert [(part.place, part.text) for part in parts_of_html(PAGE)] == [
        ("line 4", "Valkey 9.0"),
        ("line 5", "It is out now."),
        ("line 7", "One"),
        ("line 7", "Two"),
        ("line 10", "USD 5"),
        ("line 10", "a month"),
        ("line 11", "The end"),
    ]


def test_broken_html_is_read_as_far_as_it_goes() -> None:
    parts = parts_of_html("<p>One <b>two</p><script>never ended <p>three")
    assert [part.text for part in parts] == ["One two"]
    assert [part.text for part in parts_of_html("</div></sup>x < y")] == ["x < y"]
