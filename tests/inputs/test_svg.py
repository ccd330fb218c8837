from __future__ import annotations

import pytest

from launch_kits.inputs.svg import svg_fault

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def of(inside: str, head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#123456"/>',
        '<defs><linearGradient id="a"/></defs><g fill="url(#a)"><use href="#b"/></g>',
        "<title>Falcon</title><style>.a{fill:red}</style>",
    ],
)
def test_shapes_are_taken(inside: str) -> None:
    assert svg_fault(of(inside)) is None


def test_notes_of_a_drawing_program_are_taken() -> None:
    head = HEAD.replace(
        ">", ' xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">'
    )
    assert svg_fault(b'<?xml version="1.0"?>' + of("<s:namedview/>", head)) is None


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="alert(1)"/>', "a script in `onload`"),
        ('<image href="https://example.com/a.png"/>', "<image>"),
        ('<use href="other.svg#a"/>', "refers to another file"),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="http://a.example"/>',
            "refers to another",
        ),
        ('<a href="#x"/>', "<a>"),
        (
            '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
            "<foreignObject>",
        ),
        ('<animate attributeName="href"/>', "<animate>"),
        ('<rect fill="url(https://a.example/#b)"/>', "refers to another"),
        ("<style>@import 'a.css';</style>", "reads or runs"),
        ("<style>a{b:u\\72l(c)}</style>", "backslash"),
        ("<g>" * 60 + "</g>" * 60, "too complex"),
        ("<g/>" * 6000, "too complex"),
        ('<use href="#a"/>' * 200, "too complex"),
        ('<g id="a"><use href="#a"/></g>', "too complex"),
        (
            "<defs>"
            + "".join(
                f'<g id="a{level}"><use href="#a{level + 1}"/><use href="#a{level + 1}"/></g>'
                for level in range(20)
            )
            + '<path id="a20"/></defs><use href="#a0"/>',
            "too complex",
        ),
        ("<g>", "cannot|can be read"),
    ],
)
def test_scripts_and_references_to_other_files_are_refused(
    inside: str, words: str
) -> None:
    fault = svg_fault(of(inside))
    assert fault is not None
    assert any(word in fault for word in words.split("|"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + of(""), "document type"),
        (b'<?xml-stylesheet href="a.css"?>' + of(""), "processing instruction"),
        (b"<svg/>", "first element must be <svg>"),
        (b"\xff\xfe<svg", "not UTF-8"),
        ("<?xml version='1.0' encoding='utf-16'?><svg/>".encode("utf-16"), "not UTF-8"),
    ],
)
def test_another_kind_of_file_is_refused(data: bytes, words: str) -> None:
    assert words in str(svg_fault(data))
