from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.claims.similarity import Likeness, stems

KNOWN = [
    ("Redis is open source again (AGPL).", "True since 8.0, as one of three choices."),
    ("We run Redis 7.4 or 8; can we move?", "Not by copying data files."),
    ("Numbered databases work in cluster mode", ""),
    ("Our product has no licensing cost", ""),
]


def best(question: str) -> int:
    scores = Likeness(KNOWN).scores(question)
    return scores.index(max(scores))


def test_words_without_meaning_are_left_out_and_the_others_cut_to_their_stems() -> None:
    assert stems("What do they say about Prices?") == ["pric"]
    assert stems("What does it cost?") == stems("the PRICE")
    assert stems("Isn\N{RIGHT SINGLE QUOTATION MARK}t it 7.4?") == ["7.4"]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("is Redis opensource again?", 0),
        ("how can a customer migrate from redis 7.4", 1),
        ("do numbered databases exist in clusters", 2),
        ("how much does it cost", 3),
    ],
)
def test_the_known_text_with_the_same_meaning_scores_highest(
    question: str, index: int
) -> None:
    assert best(question) == index


def test_a_mistyped_word_counts_as_the_known_one() -> None:
    right, wrong = (
        Likeness(KNOWN).scores(f"numbered {word}")
        for word in ("databases", "databsaes")
    )
    assert wrong == right


def test_one_shared_word_of_many_is_not_a_likeness() -> None:
    assert Likeness(KNOWN).scores("Does Redis have a Kubernetes operator?") == [0.0] * 4


def test_the_score_of_a_text_with_itself_is_whole() -> None:
    for number, (text, _) in enumerate(KNOWN):
        assert Likeness(KNOWN).scores(text)[number] == pytest.approx(1)


def test_texts_without_words_are_like_nothing() -> None:
    assert Likeness(KNOWN).scores("?!") == [0.0] * 4
    assert Likeness([("", ""), ("is it?", "")]).scores("price") == [0.0, 0.0]
    assert Likeness([]).scores("price") == []


@given(st.text(max_size=80), st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_scores_lie_between_0_and_1(
    question: str, known: list[tuple[str, str]]
) -> None:
    scores = Likeness(known).scores(question)
    assert len(scores) == len(known)
    assert all(0 <= score <= 1.000001 for score in scores)
