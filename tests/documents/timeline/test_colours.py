from __future__ import annotations

from launch_kits.documents.timeline.colours import DARK, LIGHT, style_sheet


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_can_be_read_on_its_ground():
    for colours in (LIGHT, DARK):
        for text in ("ink", "soft", "late", "launch", "release"):
            for ground in ("paper", "band"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_light_and_dark_style_the_same():
    assert LIGHT.keys() == DARK.keys()
    light = style_sheet(dark=False)
    both = style_sheet(dark=True)
    assert both.startswith(light)
    assert both.count("{") == both.count("}")
    assert DARK["paper"] in both
    assert DARK["paper"] not in light
