from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.documents.merging import MOST_LINES, is_marked, merge
from launch_kits.errors import DocumentError

BASE = "one\ntwo\nthree\nfour\n"
texts = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=7).map("\n".join)


def test_changes_in_different_places_are_both_kept() -> None:
    merged = merge(BASE, "ONE\ntwo\nthree\nfour\n", "one\ntwo\nthree\nFOUR\n")
    assert (merged.text, merged.conflicts) == ("ONE\ntwo\nthree\nFOUR\n", 0)


def test_different_changes_of_one_line_are_marked() -> None:
    merged = merge(BASE, "one\nmine\nthree\nfour\n", "one\nnew\nthree\nfour\n")
    assert merged.conflicts == 1
    assert merged.text == (
        "one\n<<<<<<< edited\nmine\n=======\nnew\n>>>>>>> new draft\nthree\nfour\n"
    )
    assert is_marked(merged.text)


@pytest.mark.parametrize(
    ("mine", "merged"),
    [
        ("one\ntwo\nmore\nthree\nfour\n", "one\nnew\nmore\nthree\nfour\n"),
        ("one\nmore\ntwo\nthree\nfour\n", "one\nmore\nnew\nthree\nfour\n"),
    ],
)
def test_lines_added_beside_a_changed_line_are_kept_with_it(
    mine: str, merged: str
) -> None:
    new = "one\nnew\nthree\nfour\n"
    assert merge(BASE, mine, new).text == merged
    assert merge(BASE, new, mine).text == merged
    assert merge(BASE, mine, new).conflicts == 0


def test_lines_added_to_a_part_that_the_draft_no_longer_has_are_marked() -> None:
    merged = merge(BASE, "one\ntwo\nmore\nthree\nfour\n", "one\nthree\nfour\n")
    assert merged.conflicts == 1


def test_without_a_base_every_difference_is_marked() -> None:
    assert merge(None, "one\nmine\n", "one\n").conflicts == 1
    assert merge(None, "one\n", "one\n").conflicts == 0


def test_line_ends_stay_those_of_the_edited_text() -> None:
    merged = merge(BASE, BASE.replace("\n", "\r\n"), "one\ntwo\nthree\n4\n")
    assert (merged.text, merged.conflicts) == ("one\r\ntwo\r\nthree\r\n4\r\n", 0)


def test_a_text_without_a_last_line_feed_is_merged() -> None:
    merged = merge("a\nb", "a\nmine", "a\nnew")
    assert merged.conflicts == 1
    assert merged.text.splitlines()[1:4] == ["<<<<<<< edited", "mine", "======="]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(DocumentError, match="merge it by hand"):
        merge("", "x\n" * (MOST_LINES + 1), "")


@given(base=texts, mine=texts, new=texts)
def test_a_merge_loses_no_line_that_either_side_added(
    base: str, mine: str, new: str
) -> None:
    assert merge(base, mine, base) == merge(mine, mine, mine)
    assert merge(base, base, new).text == new
    assert merge(base, mine, base).text == mine
    text = merge(base, mine, new).text.split("\n")
    added = (set(mine.split("\n")) | set(new.split("\n"))) - set(base.split("\n"))
    assert added <= set(text)
