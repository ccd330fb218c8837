from __future__ import annotations

from launch_kits.inputs.audience import Audience
from launch_kits.lint.against.known import Known
from launch_kits.lint.against.statements import Statements
from launch_kits.lint.against.texts import PlacedText, text_of

DEAD = (
    "Redis cluster resharding moves data key by key; only Valkey 9 moves whole slots."
)
INSIDE = "Direction and licence are set by one vendor."


def in_text(
    text: str, known: Known, *, reader: Audience = Audience.CUSTOMER
) -> Statements:
    lines = [
        PlacedText(f"line {at}", line) for at, line in enumerate(text.split("|"), 1)
    ]
    return Statements(text_of("-", lines), known, reader=reader)


def test_an_ended_claim_is_found_across_lines(known: Known):
    statements = in_text("First.|" + DEAD.replace("; ", ";|"), known)
    (slip,) = statements.dead()
    assert (slip.code, "redis.w5" in slip.message) == ("dead-claim", True)


def test_a_line_for_inside_is_found_in_a_text_for_customers(known: Known):
    (slip,) = in_text(f"Know this: {INSIDE}", known).internal()
    assert "must not reach a customer" in slip.message
    inside = in_text(INSIDE, known, reader=Audience.INTERNAL)
    assert list(inside.internal()) == []


def test_a_mark_for_inside_is_found_in_a_text_for_others(known: Known):
    marked = (
        "It is quick. (our inference, internal only)|A word. ✓ may be told to customers"
    )
    slips = list(in_text(marked, known, reader=Audience.PARTNER).marked())
    assert [slip.code for slip in slips] == ["internal-line"] * 2
    assert (
        '"(our inference, internal only)" must not reach a partner' in slips[0].message
    )
    assert list(in_text(marked, known, reader=Audience.INTERNAL).marked()) == []
    assert (
        list(in_text("The port is internal only (by default).", known).marked()) == []
    )


def test_the_same_in_other_words_is_doubtful(known: Known):
    order = (
        "Redis moves data key by key in cluster resharding; whole slots only Valkey 9."
    )
    (slip,) = in_text(order, known).dead()
    assert (slip.code, "redis.w5" in slip.message) == ("like-dead-claim", True)
    (slip,) = in_text("One vendor sets the licence and direction.", known).internal()
    assert slip.code == "like-internal-line"


def test_one_value_of_a_conflict_alone_is_found(disputed: Known):
    (slip,) = in_text("A lifetime Plex Pass costs 249.99.", disputed).disputed()
    assert "sources disagree (plex.k1)" in slip.message
    both = "A lifetime Plex Pass costs 249.99, or 750 by the maker's page."
    assert list(in_text(both, disputed).disputed()) == []
    assert list(in_text("The box costs 750.", disputed).disputed()) == []


def test_a_superlative_needs_a_line_that_says_it(known: Known, disputed: Known):
    (slip,) = in_text("The fastest store in the world.", known).unproved()
    assert slip.code == "superlative-without-proof"
    assert list(in_text("It is free for everybody.", disputed).unproved()) == []
    inside = in_text("The fastest store.", known, reader=Audience.INTERNAL)
    assert list(inside.unproved()) == []
