from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launch_kits.room.differences import WORDS, difference

texts = st.text(alphabet="ab \n", max_size=60)


def shown(before: object, after: object) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in difference(before, after)]


def test_a_change_is_told_by_words():
    assert shown("It is fast.", "It is small.") == [
        ("same", "It is "),
        ("gone", "fast."),
        ("new", "small."),
    ]
    assert shown(None, "New") == [("new", "New")]
    assert shown(["a", "b"], None) == [("gone", "a, b")]
    assert shown(None, True) == [("new", "yes")]


def test_long_texts_are_compared_by_lines_and_cut():
    line = "word " * WORDS
    found = shown(f"{line}\nold end\n", f"{line}\nnew end\n")
    assert [kind for kind, _ in found] == ["same", "gone", "new"]
    assert " … " in found[0][1]
    assert found[2] == ("new", "new end\n")


@given(texts, texts)
def test_both_texts_can_be_told_from_their_difference(before, after):
    found = shown(before, after)
    assert "".join(text for kind, text in found if kind != "new").split() == (
        before.split()
    ) or any(" … " in text for _, text in found)
    assert "".join(text for kind, text in found if kind != "gone") == after or any(
        " … " in text for _, text in found
    )
