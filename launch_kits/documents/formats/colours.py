"""The colours of slides and Word files, as hexadecimal RGB.

The colours of pages are in page.css and page.typ.
"""

__all__ = [
    "ACCENT",
    "DARK",
    "HEADING",
    "INK",
    "LARGE",
    "LINE",
    "LOSE",
    "PANEL",
    "READABLE",
    "SOFT",
    "WARN",
    "WIN",
]

INK = "1B1F24"
SOFT = "57606A"
LINE = "D5DAE0"
#: the paper of cards
PANEL = "F3F6FA"
ACCENT = "0B57D0"
WARN = "8A4B00"
WIN = "1A7F37"
LOSE = "B3261E"
#: headings among texts, which have a colour of the theme
HEADING = "heading"

#: colour → the one in its place on dark paper, as in page.css
DARK = {
    SOFT: "9AA4AF",
    LINE: "343B44",
    WARN: "FFCF8A",
    WIN: "7EE2A0",
    LOSE: "FF9D94",
}

#: the contrast with its paper that text needs, and that large or bold text needs (WCAG 2.2, 1.4.3)
READABLE = 4.5
LARGE = 3.0
