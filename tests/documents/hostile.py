"""Hostile templates, and a check that they are refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from launch_kits.documents import render
from launch_kits.errors import DocumentError
from tests.samples import brief, facts

# the beginnings of errors
WORK = "takes more work than allowed"
TEXT = "a text grows longer than"
LIST = "a list grows longer than"
NUMBER = "a number grows longer than 300 digits"
WIDTH = "at most 999 characters wide"
SELF = "itself endlessly"

# the beginnings of templates
BIG_TEXT = "{% set a = 'a' * 190000 %}"
BIG_LIST = "{% set a = [0] * 40000 %}"
BIG_TUPLE = "{% set a = (0,) * 40000 %}"


def grown(start: str, step: str, *, times: int = 99) -> str:
    """A template that replaces a value again and again by a larger one."""
    loop = f"{{% for i in range({times}) %}}{{% set n.x = {step} %}}{{% endfor %}}"
    return f"{{% set n = namespace(x={start}) %}}{loop}"


def repeated(body: str) -> str:
    """A template that repeats its body very often."""
    return f"{{% for i in range(49999) %}}{body}{{% endfor %}}"


def rendered(folder: Path, text: str) -> str:
    """Render a template that is written into a folder."""
    (folder / "own.md.j2").write_text(text, "utf-8")
    (folder / "empty.md.j2").write_text("", "utf-8")
    return render("own.md.j2", facts(brief()), folders=[folder])


def assert_refused(folder: Path, text: str, fault: str) -> None:
    """Check that a template is refused soon, with an error that names it."""
    began = time.process_time()
    with pytest.raises(DocumentError) as raised:
        rendered(folder, text)
    took = time.process_time() - began
    message = str(raised.value)
    assert message.startswith("template own.md.j2")
    assert fault in message
    assert len(message) < 1000
    # the allowed work takes about half a second, far less than a busy machine could hide
    assert took < 20, f"{took:.1f} s"
