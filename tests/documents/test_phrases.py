from __future__ import annotations

import pytest

from launch_kits.documents import phrases


@pytest.mark.parametrize(
    ("noun", "article"),
    [
        ("data store", "a"),
        ("open store", "an"),
        ("user guide", "a"),
        ("hour", "an"),
        ("unified store", "a"),
        ("uninstaller", "an"),
        ("one-pager", "a"),
    ],
)
def test_an_article_follows_the_sound_of_its_noun(noun, article):
    assert phrases.article(noun) == article


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("It runs", "It runs."),
        ("It runs. ", "It runs."),
        ("Can it grow?", "Can it grow?"),
        ("Sleep at night!", "Sleep at night!"),
        ("It said “yes.”", "It said “yes.”"),
        ("速い。", "速い。"),
        ("هل ينمو؟", "هل ينمو؟"),
        ("And more…", "And more…"),
        ("", ""),
    ],
)
def test_a_sentence_ends_with_one_mark_in_every_script(text, whole):
    assert phrases.ended(text) == whole


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Redis Open Source", "Redis Open Source"),
        ("Globex", "Globex"),
        ("A paper calendar", "a paper calendar"),
        ("Stay on 7.2", "\u201cStay on 7.2\u201d"),
        ("Do nothing", "\u201cDo nothing\u201d"),
    ],
)
def test_an_alternative_is_within_a_sentence(name, text):
    assert phrases.instead(name) == text


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("It runs", "it runs"),
        ("They wait", "they wait"),
        ("The store", "the store"),
        ("IT staff", "IT staff"),
        ("It's Learning", "It's Learning"),
        ("Redis runs", "Redis runs"),
    ],
)
def test_an_article_or_a_pronoun_loses_its_capital_within_a_sentence(text, within):
    assert phrases.midsentence(text) == within
