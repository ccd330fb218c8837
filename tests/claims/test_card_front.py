from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.claims.card_front import FRONT, card_front, words_in
from launch_kits.claims.lines import Mark
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.positioning import Alternative
from tests.samples import claim, ledger

TODAY = date(2026, 12, 1)
(REDIS,) = load_brief(
    Path(__file__).parents[2] / "examples/valkey-9/brief.yaml"
).brief.competitors()


def front(words: int = 200, **more: object) -> list[tuple[str, str]]:
    given = {"today": TODAY, "reader": Audience.INTERNAL, **more}
    found = card_front(REDIS, words=words, **given)  # type: ignore[arg-type]
    return [(line.ref.partition(".")[2], line.section) for line in found.lines]


def test_lines_are_in_the_order_of_the_card() -> None:
    sections = [section for _, section in front()]
    order = list(FRONT)
    assert sections == sorted(sections, key=order.index)
    assert set(sections) == set(FRONT)


@pytest.mark.parametrize("per_line", [0, 3])
@pytest.mark.parametrize("words", [0, 5, 20, 60, 120, 200, 2000])
def test_headings_and_lines_stay_within_the_words(words: int, per_line: int) -> None:
    found = card_front(
        REDIS,
        today=TODAY,
        reader=Audience.INTERNAL,
        words=words,
        per_line=per_line,
    )
    headings = {FRONT[line.section] for line in found.lines}
    used = sum(words_in(line.shown) + per_line for line in found.lines)
    assert used + sum(map(words_in, headings)) <= words


def test_the_first_line_of_each_section_comes_before_a_second_one() -> None:
    assert [claim_id for claim_id, _ in front(30)] == ["s1", "y1"]
    # at most three of a section, however much room there is
    found = [section for _, section in front(5000)]
    assert max(map(found.count, found)) == 3


def test_a_line_has_its_marks_its_hosts_and_whether_customers_may_be_told() -> None:
    found = card_front(REDIS, today=TODAY, reader=Audience.INTERNAL, words=200)
    shown = {line.ref: line.shown for line in found.lines}
    assert shown["redis.y1"] == "BSD 3-Clause licence. ✓ [github.com]"
    assert shown["redis.y2"] == (
        "Governed under the Linux Foundation; no single company controls it. "
        "(our own statement) ✓ [valkey.io]"
    )


def test_a_line_in_doubt_says_so() -> None:
    found = card_front(
        REDIS,
        today=TODAY,
        reader=Audience.INTERNAL,
        words=200,
        questioned={"redis.y1": Mark.QUESTIONED},
    )
    (line,) = [line for line in found.lines if line.questioned]
    assert line.shown == (
        "BSD 3-Clause licence. (questioned, wait for the answer) [github.com]"
    )


def test_a_reader_outside_sees_what_is_meant_for_them() -> None:
    assert {section for _, section in front(reader=Audience.CUSTOMER)} == {"why_we_win"}


def test_the_card_says_how_fresh_it_is_and_how_much_more_there_is() -> None:
    claims = ledger(why_we_win=[claim(f"y{at}", "We win.") for at in range(5)])
    alternative = Alternative(key="globex", name="Globex", claims=claims)
    day = claims.card.next_review_on
    fresh, late = (
        card_front(alternative, today=each, reader=Audience.INTERNAL, words=200)
        for each in (day, date(2099, 1, 1))
    )
    assert (fresh.stale, late.stale) == (False, True)
    assert (len(fresh.lines), fresh.left_out) == (3, 2)


def test_an_alternative_without_claims_has_no_card() -> None:
    nothing = Alternative(key="stay", name="Do nothing")
    with pytest.raises(TypeError, match="stay has no claims"):
        card_front(nothing, today=TODAY, reader=Audience.INTERNAL, words=200)
