"""The colours of slides and Word files, as hexadecimal RGB.

The colours of pages are in page.css and page.typ.
"""

__all__ = ["ACCENT", "INK", "LINE", "LOSE", "SOFT", "WARN", "WIN"]

INK = "1B1F24"
SOFT = "57606A"
LINE = "D5DAE0"
ACCENT = "0B57D0"
WARN = "8A4B00"
WIN = "1A7F37"
LOSE = "B3261E"
