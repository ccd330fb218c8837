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


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("Dims itself", "that", "dims itself"),
        ("that dims itself", "that", "dims itself"),
        ("That Dims itself", "that", "dims itself"),
        ("who Must stay", "who", "must stay"),
        ("For people who read", "for", "people who read"),
        ("Teams that shard", "for", "teams that shard"),
        ("Kubernetes operators", "for", "Kubernetes operators"),
        ("EU companies", "for", "EU companies"),
        ("A team of two", "for", "a team of two"),
        ("Forty people", "for", "Forty people"),
        ("A reading lamp", "a", "reading lamp"),
        ("an in-memory store", "a", "in-memory store"),
        ("Antenna", "a", "Antenna"),
        ("people", "for", "people"),
        ("", "that", ""),
    ],
)
def test_a_part_of_a_sentence_goes_on_behind_its_word(text, word, told):
    assert phrases.behind(text, word) == told


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("Berlin", "BERLIN"),
        ("San Francisco, Calif.", "SAN FRANCISCO, Calif."),
        ("São Paulo, Brazil", "SÃO PAULO, Brazil"),
    ],
)
def test_a_dateline_has_its_city_in_capitals(place, text):
    assert phrases.dateline(place) == text


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("a calendar for people who plan", "Acme 2 is a calendar for people who plan."),
        ("An hour planner.", "Acme 2 is an hour planner."),
        ("The lamp for people who read", "Acme 2 is the lamp for people who read."),
        ("The small hub comes with a lamp", "The small hub comes with a lamp."),
        ("The lamp is for readers", "The lamp is for readers."),
        ("Plan a week on one page", "Plan a week on one page."),
        ("it dims itself!", "It dims itself!"),
    ],
)
def test_a_summary_is_told_as_a_sentence(summary, told):
    assert phrases.told_of(summary, "Acme 2") == told
    assert phrases.told_of("A lamp", "Acme 2", again=True) == "It is a lamp."
