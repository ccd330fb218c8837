from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launch_kits.documents.timeline.text_width import shortened, width_of


def test_wide_letters_are_wider_and_marks_on_letters_take_no_room():
    assert width_of("il", 10) < width_of("ab", 10) < width_of("MW", 10)
    assert width_of("漢", 10) > width_of("a", 10)
    assert width_of("e\u0301", 10) == width_of("e", 10)


@given(text=st.text(max_size=60), room=st.floats(0, 300))
def test_a_shortened_text_fits_and_is_a_beginning(text, room):
    short = shortened(text, room=room, size=10)
    assert width_of(short, 10) <= room + 1e-6
    assert short == text or text.startswith(short.removesuffix("…"))


def test_what_fits_is_left_as_it_is():
    assert shortened("Legal review", room=200, size=10) == "Legal review"
    assert shortened("Legal review", room=40, size=10) == "Legal…"


#: titles of the kits → their width in DejaVu Sans of size 100
IN_DEJAVU_SANS = {
    "White paper": 613.4,
    "Demo environment": 965.8,
    "Home page and price": 1077.5,
    "Told inside": 524.4,
    "Sales FAQ": 491.7,
    "Release candidate for ramp-up customers": 2101.0,
}


def test_no_label_reaches_beyond_its_room_in_a_wide_font():
    """Or the next bar of its row would cover its end."""
    for text, width in IN_DEJAVU_SANS.items():
        assert width <= width_of(text, 100) <= 1.12 * width
